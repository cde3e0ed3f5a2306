"""What is assigned in one record, in words; and the form that assigns."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.models.assignment import Assignment
from clinic.questionnaires.assign import NewAssignment
from clinic.questionnaires.definition import Definition
from clinic.questionnaires.due import Asked
from clinic.questionnaires.schedule import STATES, State
from dashboard.caseload.questionnaires.parts import AssignedLine
from dashboard.safety.context import printed_name
from dashboard.times import said_date

ONCE = ""
WEEKS = (1, 2, 4, 6, 8, 12)
LONGEST = dt.timedelta(days=2 * 365)

KINDS = {State.LATE: "warn", State.DUE: "new", State.ANSWERED: "ok"}


def rhythm_words(weeks: int | None) -> str:
    """How often: "Once", "Every 2 weeks"."""
    if weeks is None:
        return _("Once")
    return ngettext("Every week", "Every %(count)d weeks", weeks) % {"count": weeks}


class AssignForm(forms.Form):
    """Which questionnaire from which day on, once or with a rhythm up to a day."""

    instrument = forms.CharField(
        label=gettext_lazy("Questionnaire"), widget=forms.Select(attrs={"class": "input"})
    )
    every_weeks = forms.TypedChoiceField(
        label=gettext_lazy("How often"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "input"}),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Up to"),
        required=False,
        help_text=gettext_lazy("Only where it repeats."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
    )

    def __init__(self, *args: Any, offered: list[Definition], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["starts_on"].initial = today
        names = [(each.key, f"{each.name}: {each.title}") for each in offered]
        self.fields["instrument"].widget.choices = names
        self.fields["every_weeks"].choices = [  # type: ignore[attr-defined]
            (ONCE, rhythm_words(None)),
            *((weeks, rhythm_words(weeks)) for weeks in WEEKS),
        ]

    def clean_starts_on(self) -> dt.date:
        """Nobody is asked for yesterday's answers."""
        day: dt.date = self.cleaned_data["starts_on"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("Choose today or a later day, within two years."))
        return day

    def clean(self) -> dict[str, Any]:
        """A rhythm needs its last day."""
        given: dict[str, Any] = super().clean() or {}
        starts, until = given.get("starts_on"), given.get("until")
        if given.get("every_weeks") is None:
            given["until"] = None
        elif until is None and "until" not in self.errors:
            self.add_error("until", _("Say up to which day it repeats."))
        elif starts and until and not starts <= until <= starts + LONGEST:
            self.add_error("until", _("Choose a day after the first one, within two years."))
        return given

    @property
    def wanted(self) -> NewAssignment:
        """What was chosen; only of a valid form."""
        given = self.cleaned_data
        return NewAssignment(given["instrument"], given["starts_on"], given["every_weeks"], given["until"])


def line_of(asked: Asked, *, may_end: bool, today: dt.date) -> AssignedLine:
    """One assignment in words."""
    row = asked.assignment
    return AssignedLine(
        assignment_id=row.pk,
        name=asked.definition.name,
        rhythm=_rhythm(row, today=today),
        state=STATES[asked.place.state],
        kind=KINDS.get(asked.place.state, ""),
        when=_when(asked, today=today),
        may_end=may_end,
    )


def _rhythm(row: Assignment, *, today: dt.date) -> str:
    name = printed_name(row.assigned_by)
    if row.until is None:
        return _("Once, assigned by %(name)s") % {"name": name}
    words = _("%(rhythm)s up to %(until)s, assigned by %(name)s")
    until = said_date(row.until, today=today)
    return words % {"rhythm": rhythm_words(row.every_weeks), "until": until, "name": name}


def _when(asked: Asked, *, today: dt.date) -> str:
    place, parts = asked.place, []
    if place.due_on:
        parts.append(_("Due since %(day)s.") % {"day": said_date(place.due_on, today=today)})
    if place.next_on:
        parts.append(_("Next on %(day)s.") % {"day": said_date(place.next_on, today=today)})
    if place.missed:
        words = ngettext("%(count)d was not answered.", "%(count)d were not answered.", place.missed)
        parts.append(words % {"count": place.missed})
    return " ".join(parts)
