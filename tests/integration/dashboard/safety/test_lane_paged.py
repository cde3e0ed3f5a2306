"""What the safety list says of pages: to whom they were sent and when, and to whom none was."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.clock import now
from clinic.models.clinic import Clinic
from clinic.models.oncall import Channel
from clinic.models.page import Outcome, Page, PageAttempt, Sought, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import addresses, paging
from clinic.safety import alerts, persons
from dashboard import duties
from dashboard.safety import paged
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import text_of
from tests.paging import URGENT, raised, staffed

pytestmark = ROLLED_BACK

LATER = NOW + dt.timedelta(minutes=7)
MINUTE = dt.timedelta(minutes=1)

with_ends = paged._with_ends


def ended(page: Page, outcome: Outcome, *, at: dt.datetime = LATER, number: int = 1) -> None:
    for each in dict.fromkeys((Outcome.BEGUN, outcome)):
        PageAttempt.objects.create(page=page, number=number, outcome=each, happened_at=at)


def of(alert: SafetyAlert, position: Sought) -> Page:
    return Page.objects.get(alert=alert, position=position)


def said_of(alert: SafetyAlert, *, at: dt.datetime = LATER) -> str:
    return paged.clock(paged.of_lines([alert], at=at)[alert.pk], at=at, zone="UTC")


def test_a_page_that_was_sent_is_named_with_the_time_of_sending(cast: Cast) -> None:
    alert = raised(staffed(cast), URGENT)
    ended(of(alert, Sought.FIRST), Outcome.TIMEOUT, at=NOW + MINUTE)
    ended(of(alert, Sought.FIRST), Outcome.SENT, number=2)
    assert said_of(alert) == "Paged: first on call today 09:07."


@pytest.mark.parametrize(
    ("outcome", "words", "own"),
    [
        (None, "waits to be sent", "Waits to be sent"),
        (Outcome.BEGUN, "on its way", "On its way"),
        (
            Outcome.REFUSED,
            "1 tried: refused by the receiving server",
            "Not sent, 1 tried: refused by the receiving server",
        ),
    ],
)
def test_of_a_page_that_was_not_sent_it_says_so_in_the_words_of_the_alerts_page(
    cast: Cast, outcome: Outcome | None, words: str, own: str
) -> None:
    alert = raised(staffed(cast), URGENT)
    if outcome:
        ended(of(alert, Sought.FIRST), outcome)
    assert said_of(alert) == f"Not sent: first on call ({words})."
    assert [line.state for line in duties.of_alert(alert, at=LATER, zone="UTC")] == [own]


def test_a_page_that_is_not_needed_any_more_is_not_said_to_wait(cast: Cast) -> None:
    alert, late = raised(staffed(cast), URGENT), NOW + dt.timedelta(hours=13)
    assert said_of(alert, at=late) == "Not sent: first on call (no longer needed)."
    assert duties.of_alert(alert, at=late, zone="UTC")[0].state == "Not sent, and no longer needed"


def test_of_the_two_whom_an_emergency_pages_only_the_one_whose_page_was_sent_is_paged(cast: Cast) -> None:
    alert = raised(staffed(cast))
    assert said_of(alert) == "Not sent: first and second on call (waits to be sent)."
    ended(of(alert, Sought.SECOND), Outcome.SENT)
    assert said_of(alert) == "Paged: second on call today 09:07. Not sent: first on call (waits to be sent)."
    ended(of(alert, Sought.FIRST), Outcome.SENT)
    assert said_of(alert) == "Paged: first and second on call today 09:07."


def test_what_only_the_clinics_receiver_got_is_not_said_of_people(cast: Cast) -> None:
    addresses.set_address(
        user=None, channel=Channel.EMAIL, address="desk@staff.example", by=cast.administrator, at=NOW
    )
    alert = raised(staffed(cast), URGENT)
    ended(of(alert, Sought.CLINIC), Outcome.SENT)
    ended(of(alert, Sought.FIRST), Outcome.NO_ADDRESS)
    assert said_of(alert) == (
        "Paged: the clinic’s own receiver today 09:07. "
        "Not sent: first on call (1 tried: the address was removed or cannot be read)."
    )


def test_where_not_all_of_several_were_sent_one_it_says_how_many(cast: Cast) -> None:
    alert = raised(staffed(cast), URGENT)
    first = of(alert, Sought.FIRST)
    people = [cast.treating.user, cast.other_psychologist.user]
    pages = [
        Page.objects.create(
            alert=alert,
            step="everybody",
            position="anybody",
            recipient=each,
            channel=first.channel,
            due_at=LATER,
        )
        for each in people
    ]
    ended(first, Outcome.SENT)
    ended(pages[0], Outcome.SENT)
    assert said_of(alert) == "Paged: first on call today 09:07, everybody (1 of 2) today 09:07."


def test_the_list_shows_it_and_asks_once_for_all_alerts(treating: Client, cast: Cast) -> None:
    alert = raised(staffed(cast), at=now())
    assert "Not sent: first and second on call (waits to be sent)." in text_of(treating.get("/safety/"))
    moment = now()
    for page in Page.objects.filter(alert=alert):
        ended(page, Outcome.SENT, at=moment)
    shown = text_of(treating.get("/safety/"))
    assert "Paged: first and second on call " in shown
    assert "Not sent" not in shown
    assert "an emergency the second too" in shown
    with CaptureQueriesContext(connection) as asked:
        paged.of_lines([alert], at=LATER)
    assert len(asked) == 1


def of_a_line(cast: Cast) -> tuple[SafetyAlert, SafetyAlert]:
    """An urgent alert of which everybody was told, and an emergency, which stands for both."""
    before = raised(staffed(cast), URGENT)
    ended(of(before, Sought.FIRST), Outcome.SENT, at=NOW + MINUTE)
    paging.escalate(at=NOW + 61 * MINUTE)
    for page in Page.objects.filter(alert=before).exclude(step=Step.FIRST):
        ended(page, Outcome.SENT, at=NOW + 61 * MINUTE)
    alert = raised(cast, at=NOW + 62 * MINUTE)
    for page in Page.objects.filter(alert=alert):
        ended(page, Outcome.SENT, at=NOW + 63 * MINUTE)
    return before, alert


def test_the_line_of_a_person_names_whoever_was_paged_about_any_of_their_alerts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = of_a_line(cast)[1]
    late = NOW + 64 * MINUTE
    assert [line.pk for line in persons.by_person()] == [alert.pk]
    of_both = said_of(alert, at=late)
    assert of_both.startswith("Paged: first on call today 09:01,")
    assert "everybody today 10:01" in of_both
    assert (
        of_both
        == paged.beside(alert, at=late, zone="UTC").rstrip(".") + ", first and second on call today 10:03."
    )
    monkeypatch.setattr(paged, "_with_ends", lambda pages, at: with_ends(pages.filter(alert=alert), at=at))
    assert said_of(alert, at=late) == "Paged: first and second on call today 10:03."


def test_who_was_paged_about_what_somebody_has_is_not_said_of_words_that_came_later(cast: Cast) -> None:
    before = of_a_line(cast)[0]
    alerts.take(alert=before, by=cast.treating, at=LATER)
    alert = raised(cast, URGENT, at=LATER)
    assert said_of(alert) == "Not sent: first on call (waits to be sent)."
    assert paged.beside(alert, at=LATER, zone="UTC") == ""


def test_the_page_of_an_alert_names_them_apart(treating: Client, cast: Cast) -> None:
    alert = of_a_line(cast)[1]
    page = text_of(treating.get(f"/safety/{alert.pk}/"))
    assert "About the other alerts of this person: Paged: first on call" in page


@pytest.mark.parametrize(
    ("second", "lead", "words"),
    [
        (1, 2, "the second is paged after 1 minute and the duty lead after 2 minutes."),
        (0, 1, "the second is paged at once and the duty lead after 1 minute."),
        (15, 30, "the second is paged after 15 minutes and the duty lead after 30 minutes."),
    ],
)
def test_minutes_are_said_as_people_say_them(
    treating: Client, cast: Cast, second: int, lead: int, words: str
) -> None:
    staffed(cast)
    Clinic.objects.update(second_page_minutes=second, lead_page_minutes=lead)
    assert words in " ".join(text_of(treating.get("/safety/")).split())
