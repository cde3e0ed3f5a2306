"""Forms of the profile: a new fact, and other words over one that stands."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.models.profile import Topic
from clinic.partial_dates import is_partial_date
from clinic.profile import LONGEST


class CorrectionForm(forms.Form):
    """Words, and the date as it is known: a year, a month or a day."""

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
    field_order = ("topic", "words", "dated")


def submission_of(posted: Mapping[str, str]) -> UUID:
    """The id that the form carries, or a new one where it carries none."""
    try:
        return UUID(posted.get("submission", ""))
    except ValueError:
        return uuid4()
