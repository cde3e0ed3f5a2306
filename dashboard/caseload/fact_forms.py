"""Forms of the profile: a new fact, and other words over one that stands."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.activities import ACTIVITIES, SAID_BY_STAFF, Mark, Verdict
from clinic.models.profile import Topic
from clinic.partial_dates import is_partial_date
from clinic.profile import LONGEST


def choose(
    label: StrOrPromise, none: StrOrPromise, choices: Iterable[tuple[str, StrOrPromise]]
) -> forms.ChoiceField:
    """A list from which nothing need be chosen."""
    widget = forms.Select(attrs={"class": "input"})
    return forms.ChoiceField(label=label, required=False, choices=[("", none), *choices], widget=widget)


class CorrectionForm(forms.Form):
    """Words, the date as it is known (a year, a month or a day), and the activity that it is about, if any."""

    words = forms.CharField(
        label=gettext_lazy("What is known"),
        widget=forms.Textarea(attrs={"class": "input", "rows": 2, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what is known, then record it.")},
    )
    dated = forms.CharField(
        label=gettext_lazy("Since when, or when"),
        help_text=gettext_lazy("As far as it is known: 2022, 2022-02 or 2022-02-14."),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )

    activity = choose(
        gettext_lazy("About an activity"), gettext_lazy("None in particular"), ACTIVITIES.items()
    )
    verdict = choose(
        gettext_lazy("How it is with it"),
        gettext_lazy("Nothing to say"),
        [(each.value, SAID_BY_STAFF[each]) for each in Verdict],
    )

    def clean(self) -> dict[str, Any]:
        """An activity goes with how it is with it."""
        entered = super().clean() or self.cleaned_data
        if entered.get("activity") and not entered.get("verdict"):
            self.add_error("verdict", _("Say how it is with this activity, or choose none."))
        if entered.get("verdict") and not entered.get("activity"):
            self.add_error("activity", _("Choose the activity that this is about."))
        return entered

    @property
    def code(self) -> str:
        """The code of the mark, or "" where none was chosen; only of a valid form."""
        activity, verdict = self.cleaned_data["activity"], self.cleaned_data["verdict"]
        return Mark(activity, Verdict(verdict)).code if activity else ""

    def clean_words(self) -> str:
        """The words, kept whole; refused when they are too many."""
        words: str = self.cleaned_data["words"].replace("\r\n", "\n")
        if len(words) > LONGEST:
            counts = {"count": len(words), "longest": LONGEST}
            raise forms.ValidationError(
                _("These are %(count)d characters, and a fact has %(longest)d at most. Record it in parts.")
                % counts
            )
        return words

    def clean_dated(self) -> str:
        """The date, whole or partial."""
        dated: str = self.cleaned_data["dated"].strip()
        if dated and not is_partial_date(dated):
            raise forms.ValidationError(_("Write a year, a month or a day like 2022, 2022-02 or 2022-02-14."))
        return dated


class FactForm(CorrectionForm):
    """A new fact: what it is about comes first."""

    topic = forms.ChoiceField(
        label=gettext_lazy("About"),
        choices=Topic.choices,
        widget=forms.Select(attrs={"class": "input"}),
    )
    field_order = ("topic", "words", "dated", "activity", "verdict")


def submission_of(posted: Mapping[str, str]) -> UUID:
    """The id that the form carries, or a new one where it carries none."""
    try:
        return UUID(posted.get("submission", ""))
    except ValueError:
        return uuid4()
