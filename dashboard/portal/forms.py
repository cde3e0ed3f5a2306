"""The check-in form: what may be entered, and what is said beside a field that does not fit."""

from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.intake import FEELINGS, LONGEST_NOTE
from clinic.models.observation import MOOD_HIGHEST, MOOD_LOWEST

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


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def submission_of(posted: QueryDict) -> UUID:
    """The id that the form carries, or a new one where it carries none."""
    try:
        return UUID(posted.get("submission", ""))
    except ValueError:
        return uuid4()
