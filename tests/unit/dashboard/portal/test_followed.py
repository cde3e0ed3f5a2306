"""What a patient reads of their alert, state by state: only what happened, and no time that has passed."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from clinic.models.alert_act import ActKind
from clinic.oncall.expectation import Expectation
from clinic.oncall.progress import Contact, Progress
from clinic.oncall.told import Told
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


def somebody(name: str) -> SimpleNamespace:
    return SimpleNamespace(staff=SimpleNamespace(printed_name=name))


MAYA, ELIAS = somebody("Dr Maya Okonkwo"), somebody("Dr Elias Ruiz")
TAKEN = {"owner": MAYA, "taken_at": minutes(3)}
READ = TAKEN | {"reader": MAYA, "read_at": minutes(4)}


def done(kind: ActKind, at: int, *, again: int | None = None) -> dict[str, object]:
    act = Contact(kind, MAYA, minutes(at), None if again is None else minutes(again))  # type: ignore[arg-type]
    return READ | {"contacts": (act,)}


def test_in_an_emergency_the_second_is_told_at_once_and_nobody_waits_for_them() -> None:
    both = waiting(first=Told(AT, True), second=Told(AT, True), second_due=AT)
    assert words(both, later=1) == (
        "The psychologist on call has been told, 03:02. A second person has been told, 03:02. "
        "If nobody has answered by 03:32, whoever leads the service is told."
    )
    on_its_way = waiting(first=Told(AT, True), second=Told(None, True), second_due=AT)
    assert "A second person is being told now." in words(on_its_way, later=1)


def test_a_message_that_left_before_the_words_told_nobody_of_them() -> None:
    shown = words(waiting(before=AT), later=5)
    assert "has been told" not in shown
    assert "left 03:02, before you wrote this. What you wrote now stands beside it" in shown
    assert "If nobody has answered by 03:17, a second person is told." in shown
    assert "a second person is told" not in words(waiting(before=minutes(15)), later=20)


def test_who_has_taken_it_is_not_said_to_have_read_it() -> None:
    assert words(waiting(**TAKEN)) == "Dr Maya Okonkwo has taken it on, 03:05."
    assert words(waiting(**READ)) == "Dr Maya Okonkwo has read it, 03:06."


def test_a_colleague_whom_it_was_passed_on_to_has_read_it_once_they_have_opened_it() -> None:
    handed: dict[str, object] = {"owner": ELIAS, "giver": MAYA, "taken_at": minutes(9)}
    waits = words(waiting(**handed, reader=MAYA, read_at=minutes(4)))
    assert waits == (
        "Dr Maya Okonkwo has read it, 03:06. Dr Maya Okonkwo has passed it on to Dr Elias Ruiz, 03:11."
    )
    assert words(waiting(**handed, reader=ELIAS, read_at=minutes(12))) == "Dr Elias Ruiz has read it, 03:14."


def test_what_was_done_is_said_and_the_next_attempt_while_it_lies_ahead() -> None:
    assert "Dr Maya Okonkwo spoke with you, 03:20." in words(waiting(**done(ActKind.SPOKE, 18)))
    team = words(waiting(**done(ActKind.TO_CRISIS_TEAM, 18)))
    assert "has passed it on to the crisis team, 03:20. When they ring is not known here." in team
    tried = waiting(**done(ActKind.NOT_REACHED, 18, again=48))
    assert "mean to try again at about 03:50" in words(tried, later=20)
    assert "03:50" not in words(tried, later=48)
    assert words(waiting(**done(ActKind.WELFARE, 18))).endswith("They tried to reach you, 03:20.")


def test_what_is_over_is_said_without_sending_anybody_away() -> None:
    closed = words(waiting(**done(ActKind.NOT_REACHED, 18, again=90), closed_at=minutes(60)), later=61)
    assert closed.endswith(
        "03:20. The clinic has looked after this, 04:02. If it comes back or gets harder, write again at any time."
    )
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
