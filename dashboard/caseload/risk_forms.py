"""The forms of a person's risk page: a judgement, and asking for another look."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models.risk import RiskLevel, StepDown
from clinic.safety.risk import AlertOpen
from dashboard.safety.forms import ActForm, note_field


class AssessForm(ActForm):
    """How great the danger is, as this person judges it. A lower level asks for a reason and the password."""

    level = forms.TypedChoiceField(
        label=_("Your judgement of the risk"),
        choices=[(int(level), level.label) for level in reversed(RiskLevel)],
        coerce=lambda value: RiskLevel(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a level."), "invalid_choice": _("Choose one of these levels.")},
    )
    note = note_field(
        _("What the assessment found"),
        missing=_("Write in a sentence what the assessment found."),
        rows=4,
    )
    too_short = _("Write in a sentence what the assessment found: at least four words.")
    reason = forms.TypedChoiceField(
        label=_("Why the level is lower than before"),
        choices=[("", _("It is not lower")), *StepDown.choices],
        coerce=StepDown,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        help_text=_("Only for a lower level."),
    )

    def __init__(self, *args: Any, standing: RiskLevel, is_alert_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_alert_open:
            level = self.fields["level"]
            level.choices = [(int(each), each.label) for each in reversed(RiskLevel) if each]  # type: ignore[attr-defined]
            level.help_text = level.error_messages["invalid_choice"] = str(AlertOpen())
        self.standing = standing
        if standing is RiskLevel.ENDED:
            del self.fields["reason"], self.fields["password"]
            self.fields["level"].choices = [  # type: ignore[attr-defined]
                (int(level), level.label) for level in reversed(RiskLevel) if level
            ]

    @property
    def is_lower(self) -> bool:
        """Whether the level that was chosen is below the one that stands."""
        level: RiskLevel = self.cleaned_data["level"]
        return level < self.standing

    def clean(self) -> dict[str, Any]:
        """A lower level has a reason."""
        given = self.cleaned_data
        if "level" in given and self.is_lower and not given.get("reason"):
            self.add_error("reason", _("Choose why the level is lower. Nothing goes down by itself."))
        return given


class RaiseForm(ActForm):
    """Why somebody should look."""

    note = note_field(
        _("What should be looked at, and why"),
        missing=_("Write in a sentence what should be looked at, and why."),
    )
    too_short = _("Write in a sentence what should be looked at, and why: at least four words.")
