"""The form for something that a patient wants to be known. Its words stand in the field `note`, as in a check-in, so
that a form whose session has ended is read for danger by the same door."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.profile import Topic
from clinic.profile import LONGEST, PATIENTS_OWN

LABELS: dict[Topic, StrOrPromise] = {
    Topic.HELPS: gettext_lazy("What helps me, or does not"),
    Topic.PREFERENCE: gettext_lazy("How I want things to be"),
    Topic.GOAL: gettext_lazy("What I want to reach"),
}


class OwnFactForm(forms.Form):
    """What it is about, and the words."""

    topic = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[(topic.value, LABELS[topic]) for topic in PATIENTS_OWN],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about, then save.")},
    )
    note = forms.CharField(
        label=gettext_lazy("In your own words"),
        widget=forms.Textarea(attrs={"class": "input", "rows": 3, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write something, then save.")},
    )

    def clean_note(self) -> str:
        """The words, kept whole; refused when they are too many."""
        note: str = self.cleaned_data["note"].replace("\r\n", "\n")
        if len(note) > LONGEST:
            counts = {"count": len(note), "longest": LONGEST}
            raise forms.ValidationError(
                _("These are %(count)d characters, and %(longest)d can be kept. Save them in parts.") % counts
            )
        return note

    @staticmethod
    def initial_of(posted: Mapping[str, str]) -> dict[str, Any]:
        """What had been typed, for a form that is not checked yet."""
        return {"topic": posted.get("topic", ""), "note": posted.get("note", "")}

    @staticmethod
    def label_of(topic: Topic) -> StrOrPromise:
        """The topic in the patient's words."""
        return LABELS[topic]
