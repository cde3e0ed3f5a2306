"""Psychologists decide about one draft at the same moment, on two web servers: one decision counts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg import Cursor
from runner.child import Child

from audit.models import AuditEntry
from clinic import access
from clinic.clock import now
from clinic.models.care import CareKind
from recommendations import waiting
from recommendations.models.pause import Pause
from recommendations.models.publication import Publication
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from tests.cast import PASSWORD, Cast
from tests.database import COMMITTED, owner_cursor
from tests.factories import open_drafts
from tests.visitor import Answer, Form, Visitor
from tests.waiting import until

pytestmark = [COMMITTED, pytest.mark.faults]

Ready = tuple[Visitor, Form, dict[str, str]]

LATE = (
    "This was not signed.",
    "was put aside meanwhile",
    "is no longer open",
    "Dr Maya Okonkwo, today",
    "Dr Elias Ruiz, today",
)
"""What somebody who came too late reads: that it was not signed, that it waits, or who decided first."""

BLOCKED = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
"""


def about_to_sign(address: str, name: str, draft: Suggestion) -> Ready:
    """Everything read and filled in, and the last button not pressed yet."""
    visitor = Visitor(address)
    visitor.sign_in(name)
    page = visitor.get(f"/patients/{draft.patient.record_number}/drafts/{draft.pk}/")
    form = visitor.submit(page.form("/sign/"), {"step": "preview"}).form("/sign/")
    entered = {
        "step": "sign",
        "supporting": "below_usual",
        "valid_until": form.fields["shown_until"][0],
        "note": f"Note of {name}",
        "password": PASSWORD,
        "statement": "on",
    }
    return visitor, form, entered


def about_to(address: str, name: str, draft: Suggestion, step: str, **entered: str) -> Ready:
    """The form of another decision, filled in."""
    visitor = Visitor(address)
    visitor.sign_in(name)
    form = visitor.get(f"/patients/{draft.patient.record_number}/drafts/{draft.pk}/{step}/").form(f"/{step}/")
    return visitor, form, {"step": step} | entered


def press_at_once(ready: list[Ready], draft: Suggestion, owner: Cursor) -> list[Answer]:
    """All press the button; their requests stand at the draft's row together before any goes on."""
    with ThreadPoolExecutor(len(ready)) as hands, owner_cursor() as gate:
        gate.execute("BEGIN")
        gate.execute("SELECT 1 FROM recommendations_suggestion WHERE id = %s FOR UPDATE", [draft.pk])
        answers = [hands.submit(visitor.submit, form, entered) for visitor, form, entered in ready]
        until(lambda: blocked(owner) == len(ready), seconds=20, what="all stand at the draft's row")
        gate.execute("COMMIT")
        return [answer.result() for answer in answers]


def blocked(owner: Cursor) -> int:
    owner.execute(BLOCKED)
    row = owner.fetchone()
    return int(row[0]) if row else 0


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    """A draft that two psychologists may decide about."""
    at, covering = now(), cast.other_psychologist
    draft, *_ = open_drafts(cast.patient, cast.treating, at=at)
    assert covering.user is not None
    access.start_care(
        patient=cast.patient, user=covering.user, kind=CareKind.COVERING, by=cast.administrator, at=at
    )
    return draft


def test_of_eight_different_decisions_at_once_one_counts_and_seven_people_read_which(
    draft: Suggestion, owner: Cursor, start_web: Callable[..., tuple[Child, str]]
) -> None:
    day = waiting.return_days(at=now(), zone="Europe/London")[0].isoformat()
    ready = []
    for name in ("treating", "other"):
        address = start_web()[1]
        ready += [
            about_to_sign(address, name, draft),
            about_to(address, name, draft, "reject", reasons="wrong_time"),
            about_to(address, name, draft, "defer", reason="see_first", until=day),
            about_to(address, name, draft, "ask", to="session", question="Since when?"),
        ]
    answers = press_at_once(ready, draft, owner)
    assert {answer.status for answer in answers} == {200}
    told = [any(words in answer.text for words in LATE) for answer in answers]
    stayed = [
        answer.url == form.action for answer, (_visitor, form, _entered) in zip(answers, ready, strict=True)
    ]
    assert (told.count(True), stayed) == (7, told)
    assert Review.objects.count() + Pause.objects.count() == 1
    taken = AuditEntry.objects.filter(subject_id=str(draft.pk), action__startswith="suggestion_")
    assert taken.exclude(action="suggestion_drafted").count() == 1
    draft.refresh_from_db()
    assert Publication.objects.count() == (draft.state == "approved")


def test_one_of_two_reviewers_signs_and_the_other_is_told_who_did(
    draft: Suggestion, owner: Cursor, start_web: Callable[..., tuple[Child, str]]
) -> None:
    servers = [start_web()[1] for _ in range(2)]
    ready = [
        about_to_sign(address, name, draft)
        for address, name in zip(servers, ("treating", "other"), strict=True)
    ]
    answers = press_at_once(ready, draft, owner)
    review = Review.objects.get()
    assert Publication.objects.count() == 1
    won = ("treating", "other").index(review.decided_by.sign_in_name)
    winner, loser = answers[won], answers[1 - won]
    assert "/sign/" not in winner.url
    assert "This was not signed." in loser.text
    assert ("Dr Maya Okonkwo", "Dr Elias Ruiz")[won] in loser.text
    assert f"Note of {('treating', 'other')[1 - won]}" in loser.text
