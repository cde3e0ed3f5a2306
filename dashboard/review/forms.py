"""The forms of a review: the words, what goes with a signature, the reasons for rejecting."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from recommendations.review.reasons import EDITS, REJECTION_GROUPS
from recommendations.review.rules import LONGEST, LONGEST_VALIDITY
from recommendations.words import PlanWords

LONGEST_NOTE = 2_000
"""Characters of a note for the record: a few paragraphs."""

TOO_LONG = _("At most %(limit_value)d characters; these are %(show_value)d.")


def _limit(characters: int) -> MaxLengthValidator:
    """A limit that is said beside the field. No maxlength in the page: a browser would cut off pasted words unseen."""
    return MaxLengthValidator(characters, message=TOO_LONG)


class PlainText(forms.CharField):
    """A text with line breaks of one kind, whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        """The text, stripped, with plain line breaks."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(label: Any, name: str, rows: int, *, required: bool) -> PlainText:
    widget = forms.Textarea(attrs={"class": "input input--words", "rows": rows})
    return PlainText(label=label, required=required, widget=widget, validators=[_limit(LONGEST[name])])


class WordsForm(forms.Form):
    """The words of a plan item as the patient would read them."""

    title = PlainText(
        label=_("Title"),
        widget=forms.TextInput(attrs={"class": "input input--words"}),
        validators=[_limit(LONGEST["title"])],
    )
    words = _text(_("What to do"), "words", 6, required=True)
    dose = _text(_("How often, how long"), "dose", 3, required=False)
    stop_rule = _text(_("When to stop"), "stop_rule", 5, required=False)

    def plan_words(self, language: str) -> PlanWords:
        """The words; only of a valid form."""
        return PlanWords(language=language, **{name: self.cleaned_data[name] for name in LONGEST})


class SignForm(forms.Form):
    """What goes with a signature. The hidden fields say what the signer was shown."""

    supporting = forms.MultipleChoiceField(
        label=_("What supports this?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name at least one piece of evidence that supports your decision.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why you changed it"),
        choices=list(EDITS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say why you changed it: at least one reason.")},
    )
    note = PlainText(
        label=_("Note for the record"),
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
        validators=[_limit(LONGEST_NOTE)],
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
        error_messages={
            "required": _("Choose the last day on which it holds."),
            "invalid": _("Write the day as year-month-day, for example 2026-12-22."),
        },
    )
    with_estimate = forms.BooleanField(label=_("Also release the mood estimate"), required=False)
    statement = forms.BooleanField(
        label=_("I have read the evidence. This wording is my clinical decision."),
        error_messages={"required": _("Tick this to sign: it is what your signature says.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": _("Your password is asked for each signature.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    expected_plan = forms.CharField(widget=forms.HiddenInput)
    expected_estimate = forms.CharField(widget=forms.HiddenInput, required=False)
    shown_until = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        evidence: Sequence[tuple[str, str]] = (),
        changed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        supporting = self.fields["supporting"]
        assert isinstance(supporting, forms.MultipleChoiceField)  # noqa: S101  declared above
        supporting.choices = list(evidence)
        if not evidence:  # a plan of one's own has no evidence to read; nobody signs that it was read
            self.fields["statement"].label = _("I wrote this. This wording is my clinical decision.")
        for name, wanted in (("supporting", bool(evidence)), ("reasons", changed)):
            if not wanted:
                del self.fields[name]

    def clean_valid_until(self) -> dt.date:
        """After today and within a year."""
        day: dt.date = self.cleaned_data["valid_until"]
        if not self.today < day <= self.today + LONGEST_VALIDITY:
            raise forms.ValidationError(_("Choose a day after today and within a year."))
        return day

    @property
    def expected(self) -> dict[str, str]:
        """Kind of words to the digest that the signer was shown; only of a valid form."""
        found = {"plan_item": self.cleaned_data["expected_plan"]}
        if self.cleaned_data["with_estimate"]:
            found["mood_estimate"] = self.cleaned_data["expected_estimate"]
        return found


class RejectForm(forms.Form):
    """The reasons for rejecting, in groups, and words for another reason."""

    reasons = forms.MultipleChoiceField(
        label=_("Why you reject it"),
        choices=[(group, list(reasons.items())) for group, reasons in REJECTION_GROUPS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason.")},
    )
    note = PlainText(
        label=_("Note for the record"),
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
        validators=[_limit(LONGEST_NOTE)],
    )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The reasons as the page shows them: each group's label and its checkboxes."""
        boxes = {box.data["value"]: box for box in self["reasons"]}
        return [
            {"label": label, "choices": [boxes[code] for code in reasons]}
            for label, reasons in REJECTION_GROUPS
        ]

    def clean(self) -> dict[str, Any]:
        """Another reason needs words."""
        entered = super().clean() or self.cleaned_data
        if "other" in entered.get("reasons", ()) and not entered.get("note"):
            self.add_error("note", _("Say in a few words what the other reason is."))
        return entered
