"""The forms of the rota: who is on call at which hours of the week, and who is away."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.clock import zone_of
from clinic.models.oncall import Position, Weekday
from clinic.oncall.absences import NewAbsence
from clinic.oncall.keeping import NewSlot

Choices = list[tuple[UUID, str]]


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "input"})


def _time() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"class": "input", "type": "time"})


def _date() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"})


class _OfPeople(forms.Form):
    """A form with fields in which a psychologist is chosen."""

    people: tuple[str, ...] = ()

    def __init__(self, *args: Any, psychologists: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.people:
            empty = _("Choose one") if self.fields[name].required else _("Nobody")
            listed = [(str(user_id), printed) for user_id, printed in psychologists]
            self.fields[name].choices = [("", empty), *listed]  # type: ignore[attr-defined]


class SlotForm(_OfPeople):
    """Somebody is on call in one position, on some days of each week, between two times."""

    people = ("psychologist",)

    psychologist = forms.ChoiceField(label=_("Psychologist"), widget=_select())
    position = forms.ChoiceField(label=_("Position"), choices=Position.choices, widget=_select())
    weekdays = forms.MultipleChoiceField(
        label=_("Days"),
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    starts = forms.TimeField(label=_("From"), widget=_time())
    ends = forms.TimeField(label=_("To"), widget=_time())

    def slots(self) -> list[NewSlot]:
        """One for each day."""
        given = self.cleaned_data
        user, position = UUID(given["psychologist"]), Position(given["position"])
        days = map(int, given["weekdays"])
        return [NewSlot(user, position, day, given["starts"], given["ends"]) for day in days]


class AbsenceForm(_OfPeople):
    """Somebody is away between two moments by the clinic's clock, and somebody is in their place or nobody."""

    people = ("absent", "cover")

    absent = forms.ChoiceField(label=_("Who is away"), widget=_select())
    from_day = forms.DateField(label=_("From the day"), widget=_date())
    from_time = forms.TimeField(label=_("at"), widget=_time(), initial=dt.time(0))
    to_day = forms.DateField(label=_("Until the day"), widget=_date())
    to_time = forms.TimeField(label=_("at"), widget=_time(), initial=dt.time(0))
    cover = forms.ChoiceField(
        label=_("Who is on call instead"),
        widget=_select(),
        required=False,
        help_text=_("With nobody, the next position is paged at once."),
    )
    known = forms.CharField(required=False, max_length=32)
    """What of the hours that are left with nobody was read, where that was asked."""

    def absence(self, zone: str) -> NewAbsence:
        """As moments."""
        given, place = self.cleaned_data, zone_of(zone)
        return NewAbsence(
            user=UUID(given["absent"]),
            starts_at=dt.datetime.combine(given["from_day"], given["from_time"], tzinfo=place),
            ends_at=dt.datetime.combine(given["to_day"], given["to_time"], tzinfo=place),
            cover=UUID(given["cover"]) if given["cover"] else None,
        )
