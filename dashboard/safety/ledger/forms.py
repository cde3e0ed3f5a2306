"""The forms of the alert ledger."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from clinic.models.danger import ReleaseReason
from clinic.safety.ledger.bounds import CEILING, FLOOR
from clinic.safety.thresholds import LEAST, MOST, Thresholds

BY_ALERTS, BY_SHARE, BY_NAME = "alerts", "share", "name"
SORTS = {
    BY_ALERTS: _("Most alerts first"),
    BY_SHARE: _("Least often acted on first"),
    BY_NAME: _("By name"),
}


def _select(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs={"class": "input"}))


class FilterForm(forms.Form):
    """Which lines are shown, and in which order. What does not fit is as if it were not chosen."""

    category = _select(_("Category"))
    language = _select(_("Language"))
    sort = _select(_("Order"))

    def __init__(self, *args: Any, categories: dict[str, str], languages: dict[str, str]) -> None:
        super().__init__(*args)
        choices = {
            "category": {"": _("All"), **categories},
            "language": {"": _("All"), **languages},
            "sort": SORTS,
        }
        for name, offered in choices.items():
            self.fields[name].choices = list(offered.items())  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """What was chosen, or "" where nothing fitting was."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


def _may_sign(least: float, most: float) -> Any:
    return format_lazy(
        _("Lower notices more. {least} to {most} can be signed, 0.05 to 0.99 tried."),
        least=f"{least:.2f}",
        most=f"{most:.2f}",
    )


def _score(label: Any, hint: Any) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"class": "input input--short", "step": "0.01", "inputmode": "decimal"})
    return forms.FloatField(label=label, min_value=LEAST, max_value=MOST, widget=widget, help_text=hint)


class TryForm(forms.Form):
    """The thresholds that are tried, and whether past texts are read again."""

    concern = _score(_("A concern from"), _may_sign(FLOOR.concern, CEILING.concern))
    urgent = _score(_("An alert from"), _may_sign(FLOOR.urgent, CEILING.urgent))
    texts = forms.BooleanField(
        label=_("Read past check-in notes again with the rules and the classifier as they are installed"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The second must not lie below the first."""
        entered = super().clean() or self.cleaned_data
        concern, urgent = entered.get("concern"), entered.get("urgent")
        if concern is not None and urgent is not None and urgent < concern:
            self.add_error(
                "urgent", _("This lies below the other. An alert begins where a concern does, or later.")
            )
        return entered

    @property
    def thresholds(self) -> Thresholds:
        """What was entered. Only of a valid form."""
        return Thresholds(self.cleaned_data["concern"], self.cleaned_data["urgent"])


class ReleaseForm(forms.Form):
    """What goes with the signature under a release."""

    reason = forms.ChoiceField(
        label=_("Why"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Say why you sign.")},
    )
    lost = forms.BooleanField(
        label=_(
            "I know which alerts would have been lost and what share of the measured messages is missed."
        ),
        required=False,
    )
    statement = forms.BooleanField(
        label=_("I have read the trial and sign this release for this clinic."),
        error_messages={"required": _("Tick this to sign: it is what your signature says.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": _("Your password is asked for each signature.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [each for each in ReleaseReason if (each is ReleaseReason.FIRST) == is_first]
        begin = [] if is_first else [("", _("Choose one"))]
        self.fields["reason"].choices = [*begin, *((each.value, each.label) for each in offered)]  # type: ignore[attr-defined]
