"""The forms that put a draft aside, and the one for an answer."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from clinic.models.user import User
from dashboard.review.forms import TOO_LONG, PlainText
from dashboard.safety.context import printed_name
from dashboard.times import said_weekday
from recommendations.models.pause import DeferReason, PauseKind
from recommendations.waiting import LONGEST_ANSWER, LONGEST_QUESTION


def _words(label: Any, longest: int, *, required: bool, error: Any = None, hint: Any = "") -> PlainText:
    return PlainText(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
        validators=[MaxLengthValidator(longest, message=TOO_LONG)],
        error_messages={"required": error} if error else None,
    )


class DeferForm(forms.Form):
    """Why, and until which working day."""

    reason = forms.ChoiceField(
        label=_("Why you put it aside"),
        choices=DeferReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why you put it aside.")},
    )
    until = forms.TypedChoiceField(
        label=_("When it comes back"),
        coerce=dt.date.fromisoformat,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the day on which it comes back."),
            "invalid_choice": _("Choose one of these days."),
        },
    )

    def __init__(self, *args: Any, days: Sequence[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self.fields["until"]
        assert isinstance(until, forms.TypedChoiceField)  # noqa: S101  declared above
        until.choices = [(day.isoformat(), said_weekday(day)) for day in days]


class AskForm(forms.Form):
    """Whom, and what. A colleague is chosen by their id; nobody outside the care team is offered."""

    to = forms.ChoiceField(
        label=_("Whom you ask"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whom you ask."),
            "invalid_choice": _("Choose somebody of this person’s care team."),
        },
    )
    question = _words(
        _("Your question"),
        LONGEST_QUESTION,
        required=False,
        hint=_("Only the care team reads it. Nothing is sent to the patient."),
    )

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(user.pk): user for user in colleagues}
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101  declared above
        to.choices = [
            *((key, printed_name(user)) for key, user in self.colleagues.items()),
            (PauseKind.SESSION.value, _("The patient, in the next session: you write down what they say")),
            (PauseKind.SCORING.value, _("The next scoring run: it comes back with a newer reading")),
        ]

    def clean(self) -> dict[str, Any]:
        """A person needs words; a scoring run does not."""
        entered = super().clean() or self.cleaned_data
        asks_a_person = entered.get("to") not in {None, PauseKind.SCORING.value}
        if asks_a_person and "question" in entered and not entered["question"]:
            self.add_error("question", _("Write down what you want to know."))
        return entered

    @property
    def kind(self) -> str:
        """What the draft waits for; only of a valid form."""
        to: str = self.cleaned_data["to"]
        return PauseKind.COLLEAGUE.value if to in self.colleagues else to

    @property
    def colleague(self) -> User | None:
        """The colleague who is asked; only of a valid form."""
        return self.colleagues.get(self.cleaned_data["to"])


class AnswerForm(forms.Form):
    """What a person answers, in their own words."""

    words = _words(_("Your answer"), LONGEST_ANSWER, required=True, error=_("Write down your answer."))
