"""The clinic's settings for answering alerts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SETTINGS = ("reassess_high_days", "reassess_moderate_days", "reassess_low_days", "welfare_route")


def _days(label: StrOrPromise, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "input", "min": 1, "max": most}),
        error_messages={"required": _("Give a number of days.")},
    )


class SettingsForm(forms.Form):
    """After how many days a risk is judged again, never later than the product's own numbers; and the welfare route."""

    reassess_high_days = _days(_("High: days (at most 7)"), 7)
    reassess_moderate_days = _days(_("Moderate: days (at most 14)"), 14)
    reassess_low_days = _days(_("Low: days (at most 30)"), 30)
    welfare_route = forms.CharField(
        label=_("Whom to ask to look in on somebody who cannot be reached"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
        help_text=_("Names and numbers of services, by day and by night. It stands on every alert."),
    )

    def clean(self) -> dict[str, Any]:
        """A graver risk is judged again no later than a smaller one."""
        given = self.cleaned_data
        found = [given.get(name) for name in SETTINGS[:3]]
        days = [each for each in found if each is not None]
        if len(days) == 3 and days != sorted(days):
            self.add_error(
                "reassess_high_days", _("A graver risk is judged again no later than a smaller one.")
            )
        return given
