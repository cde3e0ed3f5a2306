"""What a patient reads of their alert, state by state: only what happened, and no time that has passed."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from clinic.oncall.expectation import Expectation
from clinic.oncall.progress import Progress, Told
from dashboard.portal.before import said as before
from dashboard.portal.followed import said
from dashboard.portal.when import Calendar

AT = dt.datetime(2026, 11, 30, 3, 2, tzinfo=dt.UTC)


def minutes(count: int) -> dt.datetime:
    return AT + dt.timedelta(minutes=count)


def words(stands: Progress, *, later: int = 0) -> str:
    return " ".join(said(stands, Calendar(ZoneInfo("Europe/London"), minutes(later))))


def waiting(**more: object) -> Progress:
    due = {"second_due": minutes(15), "lead_due": minutes(30)}
    return Progress(is_paged=True, **(due | more))  # type: ignore[arg-type]


def test_while_the_message_is_on_its_way_nobody_has_been_told_yet() -> None:
    assert words(waiting(first=Told(None, True))) == (
        "The psychologist on call is being told now. If nobody has answered by 03:17, a second person is told."
    )


def test_once_it_has_left_it_says_when_and_who_is_told_next() -> None:
    told = waiting(first=Told(AT, True))
    assert words(told, later=3).startswith("The psychologist on call has been told, 03:02.")
    second = waiting(first=Told(AT, True), second=Told(minutes(15), True))
    assert "A second person has been told, 03:17. If nobody has answered by 03:32" in words(second, later=16)


@pytest.mark.parametrize("later", [15, 16, 30, 31, 300])
def test_no_time_that_has_passed_is_promised(later: int) -> None:
    shown = words(waiting(first=Told(AT, True)), later=later)
    assert "03:17, a second person is told" not in shown
    assert ("03:32" in shown) == (later < 30)
    assert ("Nobody has answered yet" in shown) == (later >= 30)


def test_where_nobody_is_on_call_it_does_not_say_that_somebody_is() -> None:
    assert "Nobody is on call just now." in words(waiting(first=Told(AT, False)))
    assert "Nobody could be called just now." in words(waiting())


def test_who_has_read_it_is_named_and_then_what_they_did() -> None:
    reader = SimpleNamespace(staff=SimpleNamespace(printed_name="Dr Maya Okonkwo"))
    read = {"reader": reader, "read_at": minutes(4)}
    assert words(waiting(**read)) == "Dr Maya Okonkwo has read it, 03:06."
    assert "tried to reach you, 03:20" in words(waiting(**read, tried_at=minutes(18)))
    closed = words(waiting(**read, tried_at=minutes(18), closed_at=minutes(60)))
    assert "The clinic has finished with it, 04:02." in closed
    assert "try again" not in closed


def test_of_a_note_nobody_is_called_and_the_page_says_so() -> None:
    assert words(Progress(is_paged=False)).startswith("Nobody is called because of it.")


@pytest.mark.parametrize(
    ("staffed", "reaches", "promise"),
    [
        (True, True, "the psychologist on call is told those words"),
        (False, True, "It can be hours"),
        (False, False, "when somebody is next at work"),
    ],
)
def test_before_typing_the_rota_decides_what_is_promised(staffed: bool, reaches: bool, promise: str) -> None:
    stands = Expectation((), minutes(15), minutes(30), minutes(660), staffed, reaches)
    sentence = before(stands)
    assert "it is not an emergency service" in sentence
    assert promise in sentence
    assert ("Nobody is on call" in sentence) == (not staffed)
