"""The form for something that a patient wants to be known. Its words stand in the field `note`, as in a check-in, so
that a form whose session has ended is read for danger by the same door."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.activities import ACTIVITIES, SAID_OF_MYSELF, Mark, Verdict
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

    activity = forms.ChoiceField(
        label=gettext_lazy("Is it about one of these?"),
        required=False,
        choices=[("", gettext_lazy("None of these")), *ACTIVITIES.items()],
        widget=forms.Select(attrs={"class": "input"}),
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("How is it with it?"),
        required=False,
        choices=[
            ("", gettext_lazy("Nothing to say")),
            *((each.value, SAID_OF_MYSELF[each]) for each in Verdict),
        ],
        widget=forms.Select(attrs={"class": "input"}),
    )

    def clean(self) -> dict[str, Any]:
        """What it is about goes with how it is with it."""
        entered = super().clean() or self.cleaned_data
        if entered.get("activity") and not entered.get("verdict"):
            self.add_error("verdict", _("Say how it is with it, or choose “None of these” above."))
        if entered.get("verdict") and not entered.get("activity"):
            self.add_error("activity", _("Choose what it is about."))
        return entered

    @property
    def mark(self) -> Mark | None:
        """What was ticked; only of a valid form."""
        activity, verdict = self.cleaned_data["activity"], self.cleaned_data["verdict"]
        return Mark(activity, Verdict(verdict)) if activity else None

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
        return {name: posted.get(name, "") for name in ("topic", "note", "activity", "verdict")}

    @staticmethod
    def label_of(topic: Topic) -> StrOrPromise:
        """The topic in the patient's words."""
        return LABELS[topic]
