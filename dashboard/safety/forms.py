"""The forms by which an owner says what was done about an alert, closes it or opens it again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from clinic.models.safety import SafetyAlert
from clinic.models.user import User
from clinic.safety import notes
from dashboard.safety.context import printed_name
from dashboard.times import said

RETRY_MINUTES = (15, 30, 60, 120)
WELFARE, CRISIS_TEAM = "welfare", "crisis_team"


DONE = gettext_lazy("Write in a sentence what was done.")


def note_field(
    label: StrOrPromise,
    *,
    missing: StrOrPromise = DONE,
    required: bool = True,
    rows: int = 3,
    help_text: StrOrPromise = "",
) -> forms.CharField:
    """A note that the care team reads; `missing` says what to write where it is empty."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=notes.LONGEST,
        widget=forms.Textarea(attrs={"class": "input", "rows": rows}),
        help_text=help_text,
        error_messages={
            "required": missing,
            "max_length": gettext_lazy("At most 4,000 characters."),
        },
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Another open alert of the same person, and how a form names it."""

    alert: SafetyAlert
    words: str


class ActForm(forms.Form):
    """What all of them have: the id of the form, so that it makes one row however often it is sent, and a note."""

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}-%s")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid4())

    too_short: StrOrPromise = gettext_lazy("Write in a sentence what was done: at least four words.")

    @property
    def submission_id(self) -> UUID:
        """The id of this form."""
        given: UUID | None = self.cleaned_data["submission"]
        return given or uuid4()

    def clean_note(self) -> str:
        """A note that is there is a sentence."""
        note: str = self.cleaned_data["note"]
        if note and not notes.is_sentence(note):
            raise forms.ValidationError(str(self.too_short))
        return note


class TogetherForm(ActForm):
    """An act that may serve the other open alerts of this person too. `others` are those that the reader saw with it;
    `ticked` says that they are chosen unless somebody takes them out."""

    also = forms.MultipleChoiceField(
        label=gettext_lazy("This too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("One of these was closed or taken meanwhile. Choose again.")
        },
    )
    ticked = True

    def __init__(self, *args: Any, alert: SafetyAlert, others: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(choice.alert.pk): choice for choice in others}
        self.has_graver = any(choice.alert.level > alert.level for choice in self.others.values())
        self.fields["also"].choices = [(key, choice.words) for key, choice in self.others.items()]  # type: ignore[attr-defined]
        if not self.others:
            del self.fields["also"]
        elif self.ticked:
            self.initial.setdefault("also", list(self.others))

    @property
    def chosen(self) -> list[SafetyAlert]:
        """The other alerts for which this is said as well."""
        return [self.others[key].alert for key in self.cleaned_data.get("also", ())]


class SpokeForm(TogetherForm):
    """Somebody spoke with the person."""

    note = note_field(gettext_lazy("What was said and agreed"))


class NotReachedForm(ActForm):
    """Nobody answered: when it is tried again, or that somebody was asked to look in."""

    then = forms.ChoiceField(
        label=gettext_lazy("What next?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what happens next.")},
    )
    note = note_field(
        gettext_lazy("How you tried, and whom you asked to look in"),
        required=False,
        rows=2,
        help_text=gettext_lazy("Needed where somebody is asked to look in."),
    )

    def __init__(self, *args: Any, at: dt.datetime, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(minutes), _in(minutes, at=at, zone=zone)) for minutes in RETRY_MINUTES]
        self.fields["then"].choices = [*choices, (WELFARE, _("Somebody was asked to look in on them"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who was asked to look in stands in the note."""
        given = self.cleaned_data
        if given.get("then") == WELFARE and not given.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write whom you asked to look in, and when they will."))
        return given

    def retry_at(self, *, at: dt.datetime) -> dt.datetime | None:
        """When it is tried again; None where somebody looks in."""
        then = self.cleaned_data["then"]
        return None if then == WELFARE else at + dt.timedelta(minutes=int(then))


def _in(minutes: int, *, at: dt.datetime, zone: str) -> str:
    words = ngettext("Try again in {count} minute, {time}", "Try again in {count} minutes, {time}", minutes)
    return words.format(count=minutes, time=said(at + dt.timedelta(minutes=minutes), at=at, zone=zone))


class HandOverForm(TogetherForm):
    """To the crisis team, or to a colleague who owns the alert from then on."""

    to = forms.ChoiceField(
        label=gettext_lazy("To whom?"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": gettext_lazy("Choose to whom.")},
    )
    note = note_field(gettext_lazy("What they need to know"))

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(user.pk): user for user in colleagues}
        names = [(pk, printed_name(user)) for pk, user in self.colleagues.items()]
        self.fields["to"].choices = [("", _("Choose one")), (CRISIS_TEAM, _("The crisis team")), *names]  # type: ignore[attr-defined]

    @property
    def colleague(self) -> User | None:
        """The colleague who was chosen; None for the crisis team."""
        return self.colleagues.get(self.cleaned_data["to"])
