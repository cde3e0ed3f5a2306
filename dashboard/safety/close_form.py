"""The forms by which an owner closes an alert, and by which anybody opens it again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome
from clinic.safety.silent import LONGEST_REASON, Contact
from dashboard.safety.forms import ActForm, TogetherForm, note_field


class CloseForm(TogetherForm):
    """How the alert ended, how great the danger is now, and a note for those who care for this person."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it end?"),
        choices=AlertOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how it ended."),
            "invalid_choice": gettext_lazy("Choose how it ended."),
        },
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Your judgement of the risk"),
        required=False,
        coerce=lambda value: RiskLevel(int(value)),
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("After a structured assessment. It says when the risk is assessed again."),
    )
    note = note_field(
        gettext_lazy("What was done and agreed"),
        rows=4,
        help_text=gettext_lazy(
            "The care team can read it on this page. It is encrypted under this person’s key."
        ),
    )

    reached = forms.TypedChoiceField(
        label=gettext_lazy("Were they reached?"),
        required=False,
        choices=[
            ("yes", gettext_lazy("Yes, somebody spoke with them: it is stored as a talk")),
            ("no", gettext_lazy("No, it was read and nobody spoke with them")),
        ],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Asked because no talk with them is recorded since these words."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why nobody needs to reach them"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
        help_text=gettext_lazy("A sentence, where the alert is urgent or the risk that stands is high."),
        error_messages={"max_length": gettext_lazy("At most 1,000 characters.")},
    )
    graver = forms.BooleanField(
        label=gettext_lazy("I have read the words of the graver alert: the same ending holds for it"),
        required=False,
    )
    ticked = False

    def __init__(self, *args: Any, standing: RiskLevel, days: dict[RiskLevel, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.has_graver:
            del self.fields["graver"]
        levels = [level for level in (RiskLevel.HIGH, RiskLevel.MODERATE, RiskLevel.LOW) if level >= standing]
        self.fields["level"].choices = [(int(level), _again(level, days[level])) for level in levels]  # type: ignore[attr-defined]

    @property
    def contact(self) -> Contact | None:
        """Whether they were reached, as it was said; None where it was not."""
        reached: bool | None = self.cleaned_data["reached"]
        return None if reached is None else Contact(reached, self.cleaned_data["why"])


def _again(level: RiskLevel, days: int) -> str:
    words = ngettext("{level}: again within {count} day", "{level}: again within {count} days", days)
    return words.format(level=level.label, count=days)


class ReopenForm(ActForm):
    """Why a closed alert is opened again."""

    note = note_field(
        gettext_lazy("Why it is opened again"),
        missing=gettext_lazy("Write in a sentence why it is opened again."),
    )
    too_short = gettext_lazy("Write in a sentence why it is opened again: at least four words.")
