"""The first page: greeting, plan with its signature, own mood, who has looked, in few queries."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from clinic import clock
from clinic.models.patient import Patient
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import approved, check_in, check_ins, open_drafts
from tests.integration.dashboard.portal.pages import counted, html_of, keys_away
from tests.integration.dashboard.portal.test_looked import look

pytestmark = COMMITTED

MOST_READS, MOST_WRITES = 21, 2
"""Six of the reads are the rota: who would be told is said before anything is typed."""


def at_hour(monkeypatch: pytest.MonkeyPatch, hour: int) -> None:
    today = NOW.date() + dt.timedelta(days=1)
    moment = dt.datetime.combine(today, dt.time(hour, 5), ZoneInfo("Europe/London"))
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(3, "Hello"), (9, "Good morning"), (14, "Good afternoon"), (21, "Good evening")],
)
def test_the_greeting_fits_the_part_of_the_patients_day(
    portal: Client, monkeypatch: pytest.MonkeyPatch, hour: int, greeting: str
) -> None:
    at_hour(monkeypatch, hour)
    assert f"{greeting}, Amara Nwosu</h1>" in html_of(portal, "/my/")


def test_the_greeting_follows_the_patients_zone(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_hour(monkeypatch, 9)
    Patient.objects.filter(pk=cast.patient.pk).update(zone="Asia/Tokyo")
    assert "Good evening, Amara Nwosu" in html_of(portal, "/my/")


def test_a_signed_step_stands_with_who_signed_it_and_what_ai_did(portal: Client, cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    approved(draft, cast.treating)
    page = html_of(portal, "/my/")
    assert "Dr Maya Okonkwo, your psychologist, signed this" in page
    assert "AI helped draft it. Dr Maya Okonkwo read it and approved it as it was." in page
    assert "Fingerprint of the signed words" in page
    assert draft_words(draft, cast.ring).words in page


def test_before_anything_is_signed_the_page_says_so(portal: Client) -> None:
    assert "Nothing is signed for you yet." in html_of(portal, "/my/")


def test_what_was_saved_today_is_said(portal: Client, cast: Cast) -> None:
    assert "Saved today" not in html_of(portal, "/my/")
    check_in(cast.patient, 4, at=clock.now())
    assert "Saved today: 4." in html_of(portal, "/my/")


def test_with_the_key_store_away_the_page_opens_and_one_can_still_check_in(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_ins(cast.patient)
    keys_away(monkeypatch)
    page = html_of(portal, "/my/")
    assert "Your plan cannot be opened just now. Nothing is lost." in page
    assert "Amara" not in page
    assert 'name="mood"' in page


def test_the_page_reads_at_most_21_times_however_much_there_is(portal: Client, cast: Cast) -> None:
    for draft in open_drafts(cast.patient, cast.treating):
        approved(draft, cast.treating)
    for by in (cast.treating, cast.other_psychologist):
        look(by, cast.patient, "record_opened", "draft_opened")
    portal.get("/my/")
    with counted() as statements:
        html_of(portal, "/my/")
    reads = [sql for sql in statements if sql.startswith("SELECT")]
    assert len(reads) <= MOST_READS, "\n".join(reads)
    assert len(statements) - len(reads) <= MOST_WRITES


def test_the_last_three_who_looked_are_named(portal: Client, cast: Cast) -> None:
    for ago in range(4):
        look(cast.treating, cast.patient, "record_opened", at=NOW - dt.timedelta(days=3 - ago))
    listed = html_of(portal, "/my/").split("Who has looked at your record", 1)[1]
    assert listed.count("Dr Maya Okonkwo") == 3
    assert "yesterday, " in listed


def test_a_query_for_each_step_would_be_counted(portal: Client, cast: Cast) -> None:
    """The planted fault: as many further reads as there are steps."""
    with counted() as statements:
        for _ in range(MOST_READS + 1):
            Patient.objects.filter(pk=cast.patient.pk).exists()
    assert len(statements) > MOST_READS
