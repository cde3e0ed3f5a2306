"""The page of one patient: what is shared is shown, what is not is not, and opening it is logged."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import access, intake
from clinic.actor import SOFTWARE, Actor
from clinic.models.care import CareKind
from clinic.models.consent import Purpose, Source
from clinic.models.screening import ScreeningState
from clinic.safety import alerts
from dashboard.figures.fold import unfolded
from recommendations import permissions, pipeline
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in, check_ins, open_drafts, screened
from tests.pages import Page, get
from tests.sign_in import signed_in


def record(client: Client, cast: Cast, query: str = "") -> Page:
    return get(client, f"/patients/{cast.patient.record_number}/{query}")


def withdraw(cast: Cast, purpose: Purpose) -> None:
    permissions.withdraw_consent(
        patient=cast.patient,
        source=Source.CHECK_IN,
        purpose=purpose,
        by=Actor(cast.patient.user, "patient"),
        at=NOW,
    )


@ROLLED_BACK
def test_the_banner_says_whose_record_it_is_and_what_is_not_shared(treating: Client, cast: Cast) -> None:
    withdraw(cast, Purpose.AI_READINGS)
    words = record(treating, cast).words
    assert f"she/her · 34 years, born 12 March 1992 · {cast.patient.record_number}" in words
    assert "Care Dr Maya Okonkwo" in words
    assert "Kept, shared with you · no AI readings" in words


@ROLLED_BACK
def test_the_title_of_the_page_names_nobody(treating: Client, cast: Cast) -> None:
    title = re.search(r"<title>(.*?)</title>", record(treating, cast).html)
    assert title
    assert "Amara" not in title.group(1)


@ROLLED_BACK
def test_opening_a_record_is_logged_so_that_the_patient_can_see_it(treating: Client, cast: Cast) -> None:
    record(treating, cast)
    entry = AuditEntry.objects.get(action="record_opened")
    assert (entry.patient_id, entry.actor_id) == (cast.patient.pk, cast.treating.user.pk)  # type: ignore[union-attr]


@ROLLED_BACK
def test_chart_and_table_hold_the_same_figures(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    page = record(treating, cast)
    found = re.search(r'<script type="application/json">(.*?)</script>', page.html, re.DOTALL)
    assert found
    traces = unfolded(json.loads(found.group(1)))["data"]
    moods = next(trace for trace in traces if trace["mode"] == "markers" and "hovertemplate" in trace)
    lines = [trace for trace in traces if trace["mode"] == "lines" and trace["line"]["width"]]
    table = page.html.split("Show as table")[1].split("</table>")[0]
    width = table.count("<th ")
    cells = re.findall(r"<td>(.*?)</td>", table)
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    past, ahead = ([row for row in rows if ("forecast" in row[0]) is wanted] for wanted in (False, True))
    assert [row[1] for row in reversed(past) if row[1] not in ("–", "none")] == [
        f"{mood:g}" for mood in moods["y"]
    ]
    drawn = [value for trace in lines if "dash" not in trace["line"] for value in trace["y"]]
    assert [float(row[2]) for row in reversed(past) if row[2] not in ("–", "")] == drawn
    foretold = [value for trace in lines if "dash" in trace["line"] for value in trace["y"][1:]]
    assert [float(row[2]) for row in reversed(ahead)] == foretold
    assert len(foretold) == 7


@ROLLED_BACK
@pytest.mark.parametrize(
    ("range_", "days"), [("4w", 28), ("8w", 56), ("1y", 365), ("nonsense", 56), ("", 56)]
)
def test_the_chart_covers_what_was_asked_for(treating: Client, cast: Cast, range_: str, days: int) -> None:
    check_ins(cast.patient)
    assert f"of the last {days} days." in record(treating, cast, f"?range={range_}").words


@ROLLED_BACK
def test_notes_feelings_and_corrections_are_shown_with_consent(treating: Client, cast: Cast) -> None:
    first = check_in(cast.patient, 6, "Phoned my brother.", feelings=("tired",)).check_in
    entry = intake.NewCheckIn(
        uuid4(), mood=4, feelings=("sad",), note="Rain all day.", happened_at=NOW, supersedes=first
    )
    intake.record_check_in(patient=cast.patient, entry=entry, by=cast.as_patient, at=NOW)
    page = record(treating, cast)
    assert "Rain all day." in page.words
    assert "Sad · corrected by the patient; before: 6" in page.words
    assert "Phoned my brother." not in page.words


@ROLLED_BACK
def test_without_consent_to_share_no_check_in_and_no_chart_is_shown(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    check_in(cast.patient, 6, "Phoned my brother.")
    withdraw(cast, Purpose.SHARE)
    page = record(treating, cast)
    assert "Amara Nwosu does not share check-ins" in page.words
    assert "Phoned my brother." not in page.words
    assert "application/json" not in page.html
    assert "not shared with you" in page.words


@ROLLED_BACK
def test_without_consent_to_ai_the_check_ins_stand_alone(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    withdraw(cast, Purpose.AI_READINGS)
    page = record(treating, cast)
    assert "Check-ins on 36 of the last 56 days." in page.words
    assert "AI estimate" not in page.words
    assert "Likely worse" not in page.words
    assert "AI is not used." in page.words


@ROLLED_BACK
def test_what_was_not_suggested_is_said_with_the_reason(treating: Client, cast: Cast) -> None:
    check_ins(cast.patient)
    screened(cast.patient, cast.treating, mania=ScreeningState.PRESENT, cardiac=ScreeningState.UNKNOWN)
    pipeline.score([cast.patient.pk], at=NOW, history=True)
    words = record(treating, cast).words
    assert "One small planned activity a week, up to three Mania or bipolar disorder: present" in words
    assert "Two short planned walks this week Heart condition, or fainting on effort: not known" in words
    assert "No draft is waiting." in words


@ROLLED_BACK
def test_open_alerts_stand_above_everything_without_what_was_said(treating: Client, cast: Cast) -> None:
    alerts.notice(patient=cast.patient, text="I want to die", submission=uuid4(), at=NOW)
    page = record(treating, cast)
    assert "Urgent, raised yesterday 09:00. Not closed yet." in page.words or "Emergency" in page.words
    assert page.html.index('id="open-alerts"') < page.html.index('class="record"')
    assert "want to die" not in page.html


@ROLLED_BACK
def test_a_record_that_is_not_in_ones_care_answers_404(outsider: Client, cast: Cast) -> None:
    assert record(outsider, cast).status == 404
    assert not AuditEntry.objects.filter(action="record_opened").exists()


@ROLLED_BACK
def test_administrators_and_patients_open_no_record(cast: Cast) -> None:
    for actor in (cast.administrator, cast.as_patient):
        assert record(signed_in(Client(), actor), cast).status == 404


@ROLLED_BACK
def test_whoever_may_only_look_sees_no_draft_and_changes_nothing(outsider: Client, cast: Cast) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    user = cast.other_psychologist.user
    assert user is not None
    access.start_care(patient=cast.patient, user=user, kind=CareKind.SECOND_READER, by=SOFTWARE, at=NOW)
    page = record(outsider, cast)
    assert page.status == 200
    assert draft_words(drafts[0], cast.ring).title not in page.words
    assert "Write a plan yourself" not in page.words
    assert "Stop AI" not in page.words
    number = cast.patient.record_number
    assert get(outsider, f"/patients/{number}/screening/").status == 404
    assert outsider.post(f"/patients/{number}/ai/", {"act": "stop"}).status_code == 404
