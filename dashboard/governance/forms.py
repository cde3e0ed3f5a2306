"""The forms of the administrator's pages."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models.care import CareKind
from clinic.models.patient import Patient

BY_HAND = (CareKind.TREATING, CareKind.COVERING, CareKind.SECOND_READER)
"""The kinds that an administrator starts. The others begin and end with an alert, or with an emergency."""


def _text(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", "autocomplete": "off"} | attrs)


def _date() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"})


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "input"})


class LicenceForm(forms.Form):
    """Until when a licence holds."""

    licence_valid_until = forms.DateField(label=_("Licence valid until"), required=False, widget=_date())


class TrainingForm(forms.Form):
    """When somebody was trained to supervise AI drafts."""

    trained_on = forms.DateField(label=_("Trained on"), required=False, widget=_date())

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_trained_on(self) -> dt.date | None:
        """Not in the future: what is planned is no training yet."""
        day: dt.date | None = self.cleaned_data["trained_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day


class PasswordForm(forms.Form):
    """One's own password again, right before an act that needs it."""

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": _("Give your password.")},
    )


class StartCareForm(forms.Form):
    """Who cares for which record. `psychologists` are the choices: id and printed name."""

    record_number = forms.CharField(
        label=_("Record number"), max_length=12, widget=_text(autocapitalize="characters", placeholder="CS-")
    )
    psychologist = forms.ChoiceField(label=_("Psychologist"), widget=_select())
    kind = forms.ChoiceField(
        label=_("Kind of care"), choices=[(kind.value, kind.label) for kind in BY_HAND], widget=_select()
    )
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=_date(), help_text=_("Access ends with this day.")
    )

    def __init__(
        self, *args: Any, psychologists: list[tuple[UUID, str]], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["psychologist"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  the field above
        field.choices = [("", _("Choose one")), *((str(user_id), name) for user_id, name in psychologists)]

    def clean_record_number(self) -> Patient:
        """The patient of this number; nothing but the number is read."""
        number = str(self.cleaned_data["record_number"]).strip().upper()
        patient = Patient.objects.only("record_number").filter(record_number=number).first()
        if patient is None:
            raise forms.ValidationError(_("No record has this number."))
        return patient

    def clean_last_day(self) -> dt.date | None:
        """From today on."""
        day: dt.date | None = self.cleaned_data["last_day"]
        if day and day < self.today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return day


class PermissionForm(forms.Form):
    """The permission of an instrument's owner: for which, from whom, by which document, of what day."""

    key = forms.ChoiceField(label=_("Questionnaire"), widget=_select())
    owner = forms.CharField(
        label=_("Who gave the permission"),
        max_length=80,
        widget=_text(),
        help_text=_("The author, university or publisher that holds the rights."),
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=80,
        widget=_text(),
        help_text=_("Where it can be found, for example a letter’s number. No patient’s name."),
    )
    dated = forms.DateField(label=_("Of what day"), widget=_date())

    def __init__(self, *args: Any, instruments: list[tuple[str, str]], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["key"].choices = instruments  # type: ignore[attr-defined]

    def clean_dated(self) -> dt.date:
        """A permission is there before it is recorded."""
        day: dt.date = self.cleaned_data["dated"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day
