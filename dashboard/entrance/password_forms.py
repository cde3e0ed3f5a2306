"""The form by which somebody chooses a new password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.password_renewal import Chosen
from clinic.proofs import Ask
from dashboard.entrance.join_forms import JoinForm

INPUT = {"class": "input"}


class NewPasswordForm(JoinForm):
    """The password twice, and what shows that it is the right person: of what is not asked there is no field."""

    sign_in_name = None  # type: ignore[assignment]  # they have one; Django drops the field
    birth_date = forms.DateField(
        label=_("Your date of birth"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=INPUT | {"type": "date", "autocomplete": "bday"}),
        help_text=_("As the clinic knows it. It shows that nobody else uses this code."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs=INPUT | {"autocomplete": "name"}),
        help_text=_("As you gave it to the clinic. It shows that nobody else uses this code."),
    )

    def __init__(self, *args: Any, asks: Ask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = asks
        del self.fields["birth_date" if asks is Ask.NAME else "name"]
        if asks is Ask.IF_IN_CARE:
            self.fields["birth_date"].required = False
            self.fields["birth_date"].help_text = _("Only if you are in care at this clinic too.")

    @property
    def chosen(self) -> Chosen:
        """What was entered; only of a valid form."""
        given = self.cleaned_data
        return Chosen(
            password=given["password"], birth_date=given.get("birth_date"), name=given.get("name", "")
        )

    @property
    def asked_field(self) -> str:
        """The field by which somebody shows who they are."""
        return "name" if self.asks is Ask.NAME else "birth_date"

    @property
    def may_be_empty(self) -> bool:
        """Whether that field is for some people only."""
        return self.asks is Ask.IF_IN_CARE
