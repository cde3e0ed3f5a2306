"""What people reported about a step, on the page of its text: counts of each version, days and signs, and no person."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from recommendations import effects, reports
from recommendations.catalogue import texts, write
from recommendations.models.publication import Publication
from recommendations.models.report import EffectReport
from recommendations.reports import NewReport
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts, proof
from tests.integration.dashboard.queries import captured
from tests.pages import get
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

HERE = "/catalogue/planned_walk/"
SECRET = "My neighbour saw me and laughed"


@pytest.fixture
def treating(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast.treating)


@pytest.fixture
def walk(cast: Cast) -> Publication:
    drafts = {draft.code: draft for draft in open_drafts(cast.patient, cast.treating)}
    return approved(drafts["planned_walk"], cast.treating)


def tell(cast: Cast, step: Publication, *signs: str, hours: int = 1) -> None:
    entry = NewReport(step.pk, signs, SECRET, uuid4())
    at = NOW + dt.timedelta(hours=hours)
    reports.report(patient=cast.patient, entry=entry, by=cast.as_patient, at=at)


def newer_version(cast: Cast) -> None:
    before = texts.of_code("planned_walk")[0].entry
    body = before.body | {"title": "Two short walks"}
    write.write_version(body=body, based_on=before.digest, by=cast.treating, at=NOW)
    text = texts.of_code("planned_walk")[0]
    given = proof(cast.treating)
    write.sign_text(text=text, seen=text.entry.digest, proof=given, by=cast.treating, at=NOW)


def test_before_anybody_answered_it_says_so(treating: Client) -> None:
    assert "Nobody has answered yet whether anything bad happened with it." in get(treating, HERE).words


def test_counts_come_first_then_each_report_with_the_version_on_which_it_was_made(
    treating: Client, cast: Cast, walk: Publication
) -> None:
    """The version is that which the step was drafted from, also when a newer one stands by now."""
    tell(cast, walk)
    tell(cast, walk, "worse", hours=2)
    newer_version(cast)
    words = get(treating, HERE).words
    counts, bad, fine = (
        words.index(each)
        for each in (
            "Version 1.2.0: 2 answers, something bad in 1.",
            "I feel worse since I do this Version 1.2.0",
            "Nothing bad Version 1.2.0",
        )
    )
    assert counts < bad < fine
    assert "Version 1.3.0:" not in words


def test_the_persons_own_words_are_nowhere_and_the_number_only_for_who_cares_for_them(
    treating: Client, cast: Cast, walk: Publication
) -> None:
    tell(cast, walk, "worse")
    mine = get(treating, HERE)
    assert cast.patient.record_number in mine.words
    other = signed_in(Client(), cast.other_psychologist)
    theirs = get(other, HERE)
    assert "in the care of somebody else" in theirs.words
    assert cast.patient.record_number not in theirs.html
    for page in (mine, theirs):
        assert SECRET not in page.html
        assert "Amara" not in page.html
    access.start_care(
        patient=cast.patient,
        user=cast.other_psychologist.user,  # type: ignore[arg-type]
        kind=CareKind.COVERING,
        by=SOFTWARE,
        at=NOW,
    )
    assert cast.patient.record_number in get(other, HERE).words


def many(cast: Cast, step: Publication, count: int) -> None:
    """Reports without a sign at one moment and later, as the operation leaves them."""
    EffectReport.objects.bulk_create(
        EffectReport(
            patient=cast.patient,
            publication_id=step.pk,
            code="planned_walk",
            signs=[],
            happened_at=NOW + dt.timedelta(minutes=number // 2),
        )
        for number in range(count)
    )


def test_a_long_list_is_paged_by_rows_and_none_is_shown_twice_or_left_out(
    treating: Client, cast: Cast, walk: Publication
) -> None:
    many(cast, walk, 45)
    shown, address = 0, HERE
    for expected in (20, 20, 5):
        page = get(treating, address)
        found = page.words.count("Nothing bad Version 1.2.0")
        assert found == expected
        shown += found
        links = [
            part.split('"')[0] for part in page.html.split('href="')[1:] if "after=" in part.split('"')[0]
        ]
        address = links[0].replace("&amp;", "&").split("#")[0] if links else ""
    assert (shown, address) == (45, "")
    assert get(treating, HERE + "?after=nonsense").status == 404


def test_the_page_takes_the_same_queries_however_many_reports_there_are(
    treating: Client, cast: Cast, walk: Publication
) -> None:
    def queries() -> int:
        with captured() as (main, _keys):
            get(treating, HERE)
        return len(main.captured_queries)

    many(cast, walk, 1)
    get(treating, HERE)
    before = queries()
    many(cast, walk, 18)
    assert queries() == before


def test_a_plan_that_a_psychologist_wrote_belongs_to_no_step(cast: Cast, walk: Publication) -> None:
    tell(cast, walk, "worse")
    EffectReport.objects.bulk_create(
        [
            EffectReport(
                patient=cast.patient, publication_id=walk.pk, code="", signs=["worse"], happened_at=NOW
            )
        ]
    )
    assert [(each.answers, each.bad) for each in effects.tallies("planned_walk")] == [(1, 1)]
