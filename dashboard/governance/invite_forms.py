"""The forms by which an administrator invites."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.staff import STAFF_ROLES
from dashboard.entrance.invite_forms import InvitePatientForm

INPUT = {"class": "input", "autocomplete": "off"}


class InviteStaffForm(forms.Form):
    """A new member of staff: the name that others read, not how they sign in."""

    printed_name = forms.CharField(
        label=_("Printed name"),
        max_length=120,
        widget=forms.TextInput(attrs=INPUT),
        help_text=_("It stands under every signature, for example Dr Maya Okonkwo."),
    )
    title = forms.CharField(
        label=_("Professional title"),
        max_length=120,
        widget=forms.TextInput(attrs=INPUT),
        help_text=_("For example Clinical psychologist."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in STAFF_ROLES],
        widget=forms.Select(attrs={"class": "input"}),
    )
    licence_valid_until = forms.DateField(
        label=_("Licence valid until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
        help_text=_("Psychologists need one: after that day signing is refused."),
    )


class InviteRecordForm(InvitePatientForm):
    """A patient, with the psychologist who will treat them. `psychologists` are the choices: id and printed name."""

    psychologist = forms.ChoiceField(
        label=_("Treating psychologist"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        help_text=_("Their care begins when the person joins. Without one nobody can open the record yet."),
    )

    def __init__(self, *args: Any, psychologists: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record_number"].help_text = _(
            "Leave it empty. Give it to replace an invitation that nobody has used. To a record that exists already "
            "its psychologist invites."
        )
        field = self.fields["psychologist"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  the field above
        field.choices = [("", _("Nobody yet")), *((str(user_id), name) for user_id, name in psychologists)]
