"""The form of the clinic's times: after how many minutes an alert goes on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models.clinic import LONGEST_MINUTES
from clinic.oncall.escalation import Minutes


def _minutes(label: Any, least: int, help_text: Any = "") -> forms.IntegerField:
    number = forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=LONGEST_MINUTES,
        widget=number,
        help_text=help_text,
        error_messages={
            "min_value": _("At least %(limit_value)s minutes."),
            "max_value": _("At most %(limit_value)s minutes: twelve hours."),
        },
    )


class MinutesForm(forms.Form):
    """When each step is due, in minutes. None may be later than twelve hours; the database refuses it too."""

    second = _minutes(_("Second on call, minutes after the alert"), 0)
    lead = _minutes(_("Duty lead, minutes after the alert"), 0)
    everybody = _minutes(_("All psychologists, minutes after the alert, and again each time"), 10)
    emergency_contact = _minutes(_("Contact recorded, minutes after an emergency was taken"), 5)
    urgent_contact = _minutes(_("Contact recorded, minutes after an urgent alert was taken"), 5)

    def clean(self) -> dict[str, Any]:
        """Each step at the earliest with the one before it."""
        given: dict[str, Any] = super().clean() or {}
        for earlier, later in (
            ("second", "lead"),
            ("lead", "everybody"),
            ("emergency_contact", "urgent_contact"),
        ):
            if earlier in given and later in given and given[later] < given[earlier]:
                self.add_error(later, _("This cannot come before the step above it."))
        return given

    def minutes(self) -> Minutes:
        """As the operation takes them."""
        return Minutes(**self.cleaned_data)
