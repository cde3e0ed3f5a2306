"""Appointments: what the wall clock shows is agreed, through every change of the clocks; nothing is overwritten."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from clinic import access, appointments
from clinic.actor import SOFTWARE
from clinic.appointments import AppointmentRefused, moment
from clinic.models.appointment import Appointment
from clinic.models.care import CareKind
from clinic.slots import Slot
from dashboard.portal.appointment import ics
from recommendations import correspondence
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import agreed, open_drafts
from tests.pages import get
from tests.sign_in import signed_in

LONDON = "Europe/London"


@given(day=st.dates(dt.date(2025, 1, 1), dt.date(2035, 12, 31)), hour=st.integers(6, 22))
def test_an_agreed_time_of_the_day_is_the_same_on_every_day_of_the_year(day: dt.date, hour: int) -> None:
    found = moment(day, dt.time(hour), zone=LONDON)
    assert found.astimezone(ZoneInfo(LONDON)).replace(tzinfo=None) == dt.datetime.combine(day, dt.time(hour))


def test_an_hour_that_the_clocks_leave_out_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    with pytest.raises(AppointmentRefused, match="clocks go forward"):
        moment(dt.date(2027, 3, 28), dt.time(1, 30), zone=LONDON)
    assert moment(dt.date(2027, 10, 31), dt.time(1, 30), zone=LONDON).hour == 0


@ROLLED_BACK
def test_a_change_is_a_new_row_and_the_old_one_stays(cast: Cast) -> None:
    first = agreed(cast.patient, cast.treating)
    slot = Slot(
        dt.date(2999, 6, 2), dt.time(9), LONDON, 30, first.held_by, "telephone", "I ring you at home."
    )
    second = correspondence.agree(patient=cast.patient, slot=slot, by=cast.treating, at=NOW, instead_of=first)
    first.refresh_from_db()
    assert (first.ending, second.supersedes) == ("moved", first)
    assert list(appointments.upcoming(cast.patient, at=NOW)) == [second]
    with pytest.raises(AppointmentRefused, match="moved or cancelled already"):
        appointments.cancel(appointment=first, by=cast.treating, at=NOW)


@ROLLED_BACK
def test_nobody_outside_the_care_team_sets_one_and_none_lies_in_the_past(cast: Cast) -> None:
    with pytest.raises(access.NotAllowed):
        agreed(cast.patient, cast.other_psychologist)
    with pytest.raises(AppointmentRefused, match="still to come"):
        agreed(cast.patient, cast.treating, day=dt.date(2020, 1, 1))
    assert not Appointment.objects.exists()


@ROLLED_BACK
def test_the_calendar_file_says_when_and_nothing_else(cast: Cast) -> None:
    appointment = agreed(cast.patient, cast.treating)
    text = ics(appointment, at=NOW)
    assert "DTSTART:29990601T130000Z\r\n" in text
    assert "DTEND:29990601T135000Z\r\n" in text
    assert "SUMMARY:Appointment\r\n" in text
    for words in ("Okonkwo", "Northside", "Amara", "ring"):
        assert words not in text


@ROLLED_BACK
def test_the_pages_of_the_record_set_move_and_cancel_one(cast: Cast) -> None:
    client = signed_in(Client(), cast.treating)
    path = f"/patients/{cast.patient.record_number}/appointments/"
    filled = {"day": "2999-06-03", "time": "14:00", "minutes": "50", "place": "video", "words": "Room 2"}
    refused = get(client, path).send("/appointments/", filled | {"day": "2020-01-01"})
    assert refused.status == 422
    assert "Choose a time that is still to come." in refused.words
    after = refused.send("/appointments/", filled).follow()
    assert "Monday 3 June 2999, 14:00" in after.words
    assert "Next visit 3 June 2999, 14:00" in after.words
    assert "Cancelled." in after.send("/cancel/").follow().words
    assert not appointments.upcoming(cast.patient, at=NOW).exists()


@ROLLED_BACK
def test_the_page_says_that_a_drafts_words_cannot_go_out_and_keeps_what_was_typed(cast: Cast) -> None:
    words = draft_words(open_drafts(cast.patient, cast.treating)[0], cast.ring).words[:300]
    client = signed_in(Client(), cast.treating)
    path = f"/patients/{cast.patient.record_number}/appointments/"
    filled = {"day": "2999-06-03", "time": "14:00", "minutes": "50", "place": "video", "words": words}
    refused = get(client, path).send("/appointments/", filled)
    assert refused.status == 422
    assert "words of an AI draft that nobody has signed" in refused.words
    assert refused.field("/appointments/", "words") == words
    assert not Appointment.objects.exists()


@ROLLED_BACK
def test_two_appointments_of_one_psychologist_in_the_same_minutes_are_noticed(cast: Cast) -> None:
    first = agreed(cast.patient, cast.treating)
    assert not appointments.clashes(first)
    access.start_care(
        patient=cast.other_patient, user=first.held_by, kind=CareKind.TREATING, by=SOFTWARE, at=NOW
    )
    second = agreed(cast.other_patient, cast.treating)
    assert appointments.clashes(first)
    assert appointments.clashes(second)
    appointments.cancel(appointment=second, by=cast.treating, at=NOW)
    assert not appointments.clashes(first)
