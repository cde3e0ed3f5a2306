"""The form of the clinic's times: after how many minutes an alert goes on."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from clinic.oncall.minutes import LEAST, MOST, Minutes


def _minutes(name: str, label: Any) -> forms.IntegerField:
    least, most = getattr(LEAST, name), getattr(MOST, name)
    number = {"class": "input", "inputmode": "numeric", "min": least, "max": most}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs=number),
        help_text=format_lazy(_("{least} to {most} minutes."), least=least, most=most),
        error_messages={
            "required": _("Say after how many minutes."),
            "invalid": _("A whole number of minutes."),
            "min_value": _("At least %(limit_value)s minutes."),
            "max_value": _("At most %(limit_value)s minutes, so that nobody waits alone for longer."),
        },
    )


class MinutesForm(forms.Form):
    """When each step is due, in minutes, within bounds that the operation and the database keep too."""

    second = _minutes("second", _("Second on call, minutes after the alert"))
    lead = _minutes("lead", _("Duty lead, minutes after the alert"))
    everybody = _minutes("everybody", _("All psychologists, minutes after the alert, and again each time"))
    emergency_contact = _minutes(
        "emergency_contact", _("Contact recorded, minutes after an emergency was taken")
    )
    urgent_contact = _minutes(
        "urgent_contact", _("Contact recorded, minutes after an urgent alert was taken")
    )

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
