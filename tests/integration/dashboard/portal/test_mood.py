"""The mood page: own check-ins always, an estimate only when it was signed, pauses named, page by page."""

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from clinic import clock
from clinic.models.user import StaffProfile
from dashboard.figures.fold import unfolded
from recommendations import pipeline, publications, review
from recommendations.models.review import Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review.sign import prepare_estimate
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import approved, check_in, check_ins, choice_for, open_drafts, proof, seen
from tests.integration.dashboard.portal.pages import counted, html_of, keys_away
from tests.integration.dashboard.portal.test_today import MOST_READS, MOST_WRITES

pytestmark = COMMITTED


def figure(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json">(.*?)</script>', page, re.S)
    assert found is not None
    drawn: dict[str, Any] = unfolded(json.loads(found.group(1)))
    return drawn


def lines(page: str) -> list[dict[str, Any]]:
    return [trace for trace in figure(page)["data"] if trace["mode"] == "lines"]


def signed_with_estimate(draft: Suggestion, cast: Cast) -> None:
    """The draft approved, and its estimate with it."""
    choice = choice_for(draft, draft_words(draft, cast.ring), cast.treating)
    estimate = prepare_estimate(
        draft.reading,
        verdict=Verdict.APPROVED,
        draft=draft,
        signer=StaffProfile.objects.get(user=cast.treating.user),
        patient=cast.patient,
        ring=cast.ring,
    )
    expected = {**choice.expected, estimate.kind.value: estimate.digest}
    review.approve(
        suggestion=draft,
        seen=seen(draft),
        choice=replace(choice, with_estimate=True, expected=expected),
        proof=proof(cast.treating),
        by=cast.treating,
        at=NOW,
    )


def test_without_a_signed_estimate_only_own_check_ins_are_drawn(portal: Client, cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    approved(draft, cast.treating)
    page = html_of(portal, "/my/mood/")
    assert lines(page) == []
    assert [trace["mode"] for trace in figure(page)["data"]] == ["markers"]
    assert figure(page)["layout"]["shapes"] == []
    assert "Estimate" not in page


def test_a_signed_estimate_is_drawn_with_its_date_and_who_signed_it(portal: Client, cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    signed_with_estimate(draft, cast)
    page = html_of(portal, "/my/mood/")
    published = publications.of_patient(cast.patient, cast.ring, at=NOW)
    assert published.estimate is not None
    known = [day for day in published.estimate.days if day.level is not None]
    assert [y for trace in lines(page)[2::3] for y in trace["y"]] == [day.level for day in known][-27:]
    assert "The line is an estimate as of" in page
    assert "Dr Maya Okonkwo signed it" in page
    assert published.estimate.sentence in page


def test_a_newer_reading_does_not_move_a_signed_estimate(portal: Client, cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    signed_with_estimate(draft, cast)
    before = lines(html_of(portal, "/my/mood/"))
    check_in(cast.patient, 10, at=NOW + dt.timedelta(hours=1))
    pipeline.score([cast.patient.pk], at=NOW + dt.timedelta(hours=2), history=True)
    assert lines(html_of(portal, "/my/mood/")) == before


def test_every_own_check_in_is_a_circle_and_a_row(portal: Client, cast: Cast) -> None:
    for mood in (3, 7):
        check_in(cast.patient, mood, at=NOW)
    page = html_of(portal, "/my/mood/")
    assert figure(page)["data"][0]["y"] == [3, 7]
    assert "<td>3, 7</td>" in re.sub(r"<td>\s+|\s+</td>", lambda m: m.group(0).strip(), page)


def test_own_words_stand_in_the_list_with_a_way_to_correct_them(portal: Client, cast: Cast) -> None:
    made = check_in(cast.patient, 4, "Slept badly. نوم", feelings=("tired",)).check_in
    assert made is not None
    page = html_of(portal, "/my/mood/")
    assert "Slept badly. نوم" in page
    assert "Tired" in page
    assert f"/my/check-in/{made.pk}/" in page


def test_another_patients_words_do_not_stand_there(portal: Client, cast: Cast) -> None:
    check_in(cast.other_patient, 4, "Not for Amara.")
    assert "Not for Amara." not in html_of(portal, "/my/mood/")


def test_a_pause_of_more_than_three_days_is_named_without_comment(portal: Client, cast: Cast) -> None:
    for ago in (9, 4):
        check_in(cast.patient, 5, at=NOW - dt.timedelta(days=ago))
    page = html_of(portal, "/my/mood/")
    assert "No check-ins from" in page
    bands = figure(page)["layout"]["shapes"]
    assert len(bands) == 2
    assert not re.search(r"missed|should have|streak", page)


def test_a_pause_of_three_days_is_not_named(portal: Client, cast: Cast) -> None:
    for ago in (4, 0):
        check_in(cast.patient, 5, at=clock.now() - dt.timedelta(days=ago))
    assert "No check-ins from" not in html_of(portal, "/my/mood/")


def test_the_list_is_read_page_by_page_and_shows_every_check_in_once(portal: Client, cast: Cast) -> None:
    check_ins(cast.patient, [5] * 45)
    path, seen_links = "/my/mood/", []
    for _ in range(4):
        page = html_of(portal, path)
        seen_links += re.findall(r'href="(/my/check-in/[^"]+/)"', page)
        older = re.search(r'href="(/my/mood/\?[^"]+)" rel="next"', page)
        if older is None:
            break
        path = older.group(1)
    assert len(seen_links) == len(set(seen_links)) == 45


def test_the_chart_reaches_back_eight_weeks_when_asked(portal: Client, cast: Cast) -> None:
    check_ins(cast.patient, [5] * 50)
    counts = [len(figure(html_of(portal, f"/my/mood/?weeks={n}"))["data"][-1]["y"]) for n in (4, 8)]
    assert counts == [27, 50]


@pytest.mark.parametrize("query", ["?before=nonsense", "?weeks=999", "?before=&weeks="])
def test_an_address_with_nonsense_shows_the_first_page(portal: Client, cast: Cast, query: str) -> None:
    check_in(cast.patient, 5, "Newest.")
    assert "Newest." in html_of(portal, f"/my/mood/{query}")


def test_with_the_key_store_away_numbers_are_shown_and_words_are_said_to_be_closed(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_in(cast.patient, 4, "Sealed words.")
    keys_away(monkeypatch)
    page = html_of(portal, "/my/mood/")
    assert "4 of 10" in page
    assert "The words cannot be opened just now. Nothing is lost." in page


def test_the_page_reads_at_most_12_times_however_much_there_is(portal: Client, cast: Cast) -> None:
    for draft in open_drafts(cast.patient, cast.treating):
        approved(draft, cast.treating)
    portal.get("/my/mood/")
    with counted() as statements:
        html_of(portal, "/my/mood/")
    reads = [sql for sql in statements if sql.startswith("SELECT")]
    assert len(reads) <= MOST_READS, "\n".join(reads)
    assert len(statements) - len(reads) <= MOST_WRITES
