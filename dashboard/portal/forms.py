"""The check-in form: what may be entered, and what is said beside a field that does not fit."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.intake import FEELINGS, LONGEST_NOTE
from clinic.models.observation import MOOD_HIGHEST, MOOD_LOWEST
from clinic.safety_plan import LONGEST as LONGEST_SECTION
from recommendations.reports import LONGEST_WORDS

MOODS = range(MOOD_LOWEST, MOOD_HIGHEST + 1)


class CheckInForm(forms.Form):
    """Mood from 0 to 10, feelings, and a note. The note has no `maxlength`: a browser would cut it unseen."""

    mood = forms.TypedChoiceField(
        choices=[(value, value) for value in MOODS],
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose a number from 0 to 10, then save."),
            "invalid_choice": gettext_lazy("Choose a number from 0 to 10."),
        },
    )
    feelings = forms.MultipleChoiceField(
        choices=list(FEELINGS.items()),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose from these words only.")},
    )
    note = forms.CharField(required=False, strip=False)

    def clean_note(self) -> str:
        """The note with plain line ends. Refused when it is too long: with the count, and with every word kept."""
        note: str = self.cleaned_data["note"].replace("\r\n", "\n")
        if len(note) > LONGEST_NOTE:
            counts = {"count": _grouped(len(note)), "longest": _grouped(LONGEST_NOTE)}
            raise forms.ValidationError(
                _(
                    "Your note has %(count)s characters, and %(longest)s can be kept. Your words are all still here: "
                    "shorten them, or save them in parts."
                )
                % counts
            )
        return note if note.strip() else ""


class StepReportForm(forms.Form):
    """What happened with a step: signs in fixed words, own words, or an `answer` of "no": nothing bad happened."""

    signs = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose from these sentences only.")},
    )
    note = forms.CharField(required=False, strip=False)

    def __init__(self, *args: Any, asked: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        signs = self.fields["signs"]
        assert isinstance(signs, forms.MultipleChoiceField)  # noqa: S101  declared above
        signs.choices = list(asked)

    def clean_note(self) -> str:
        """The words with plain line ends, refused when they are too long to be kept whole."""
        note: str = self.cleaned_data["note"].replace("\r\n", "\n")
        if len(note) > LONGEST_WORDS:
            counts = {"count": _grouped(len(note)), "longest": _grouped(LONGEST_WORDS)}
            words = _(
                "Your words have %(count)s characters, and %(longest)s can be kept. They are all still here."
            )
            raise forms.ValidationError(words % counts)
        return note if note.strip() else ""

    def clean(self) -> dict[str, Any]:
        """Something was ticked or said, unless the answer is that nothing bad happened."""
        entered = super().clean() or self.cleaned_data
        said = entered.get("signs") or entered.get("note") or self.errors
        if not said and not self.nothing_bad:
            self.add_error("signs", _("Tick what happened, or say it in your own words."))
        return entered

    @property
    def nothing_bad(self) -> bool:
        """Whether the person answered that nothing bad happened, and ticked nothing either."""
        return self.data.get("answer") == "no" and not self["signs"].value()

    @property
    def signs_chosen(self) -> tuple[str, ...]:
        """The signs; own words alone count as "something else". Only of a valid form."""
        ticked = tuple(self.cleaned_data["signs"])
        return () if self.nothing_bad else ticked or ("other",)

    @property
    def told(self) -> tuple[str, ...]:
        """What was ticked, in its words."""
        return tuple(words for code, words in self.asked if code in self.cleaned_data["signs"])


class SafetyPlanForm(forms.Form):
    """The words of one section of a safety plan; none empty it. The field is called as in a check-in, so that a form
    whose session has ended is read for danger by the same door."""

    note = forms.CharField(required=False, strip=False)

    def clean_note(self) -> str:
        """The words with plain line ends, refused when they are too long to be kept whole."""
        note: str = self.cleaned_data["note"].replace("\r\n", "\n").strip()
        if len(note) > LONGEST_SECTION:
            counts = {"count": _grouped(len(note)), "longest": _grouped(LONGEST_SECTION)}
            words = _(
                "Your words have %(count)s characters, and %(longest)s can be kept. They are all still here."
            )
            raise forms.ValidationError(words % counts)
        return note


def number_of(posted: QueryDict) -> int:
    """The number of the version that the form was drawn over; 0 where it carries none."""
    number = posted.get("seen", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def submission_of(posted: QueryDict) -> UUID:
    """The id that the form carries, or a new one where it carries none."""
    try:
        return UUID(posted.get("submission", ""))
    except ValueError:
        return uuid4()
