"""The safety plan: versions over versions, both may write, nothing is lost, and danger is noticed as it is stored."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditEntry
from clinic import access, safety_plan
from clinic.access import NotAllowed
from clinic.models.safety import SafetyAlert
from clinic.models.safety_plan import SafetyPlanEntry, Section
from clinic.safety_plan import ChangedMeanwhile, NewWords, NotKept, Outcome
from clinic.safety_plan_rows import MOST
from recommendations import correspondence
from recommendations.correspondence import WordsOfADraft
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_ins, open_drafts, screened

pytestmark = ROLLED_BACK


def new(words: str, seen: int = 0, section: Section = Section.COPING) -> NewWords:
    return NewWords(section, words, seen, uuid4())


def mine(cast: Cast, words: str, seen: int = 0, section: Section = Section.COPING) -> Outcome:
    return safety_plan.write(patient=cast.patient, new=new(words, seen, section), by=cast.as_patient, at=NOW)


def together(cast: Cast, words: str, seen: int = 0) -> SafetyPlanEntry | None:
    at = NOW + dt.timedelta(hours=1)
    return correspondence.write_safety_plan(
        patient=cast.patient, new=new(words, seen), by=cast.treating, at=at
    )[0]


def words(cast: Cast, section: Section = Section.COPING) -> str:
    parts = safety_plan.standing(cast.patient, cast.ring)
    return next(part.words for part in parts if part.section == section)


def test_there_are_seven_sections_in_the_order_in_which_they_are_read(cast: Cast) -> None:
    parts = safety_plan.standing(cast.patient, cast.ring)
    assert [part.section for part in parts] == list(Section)
    assert len(parts) == 7
    assert {part.words for part in parts} == {""}


def test_each_change_is_a_new_version_with_who_and_when_and_nothing_is_overwritten(cast: Cast) -> None:
    mine(cast, "Sing one song")
    together(cast, "Sing two songs, aloud", seen=1)
    assert words(cast) == "Sing two songs, aloud"
    first, second = SafetyPlanEntry.objects.order_by("number")
    assert (first.unseal(cast.ring, "words"), first.by_patient) == ("Sing one song", True)
    assert (first.written_by, second.written_by) == (cast.patient.user, cast.treating.user)
    assert (second.by_patient, second.written_at > first.written_at) == (False, True)


def test_an_emptied_section_keeps_what_it_said(cast: Cast) -> None:
    mine(cast, "Sing one song")
    mine(cast, "", seen=1)
    assert words(cast) == ""
    assert [each.number for each in safety_plan.versions(cast.patient)] == [2, 1]


def test_the_same_words_make_no_version_however_often_they_come(cast: Cast) -> None:
    form = new("Sing one song")
    for _ in range(2):
        safety_plan.write(patient=cast.patient, new=form, by=cast.as_patient, at=NOW)
    mine(cast, "", section=Section.SUPPORT)
    assert SafetyPlanEntry.objects.count() == 1


def test_whoever_wrote_over_an_older_version_is_told_and_stores_nothing(cast: Cast) -> None:
    mine(cast, "Sing one song")
    together(cast, "Sing two songs", seen=1)
    outcome = mine(cast, "Walk to the river", seen=1)
    assert (outcome.entry, outcome.not_kept) == (None, NotKept.CHANGED)
    with pytest.raises(ChangedMeanwhile):
        together(cast, "Ring Ife", seen=1)
    assert words(cast) == "Sing two songs"


def test_words_of_danger_open_an_alert_whether_they_are_stored_or_not(cast: Cast) -> None:
    assert mine(cast, "I want to kill myself").notice.alert is not None
    assert mine(cast, "I want to die now", seen=9).not_kept is NotKept.CHANGED
    assert SafetyAlert.objects.filter(patient=cast.patient).count() == 2


def test_only_the_care_team_writes_with_the_patient_and_whoever_answers_may_look(cast: Cast) -> None:
    stranger = cast.other_psychologist
    with pytest.raises(NotAllowed):
        correspondence.write_safety_plan(patient=cast.patient, new=new("x"), by=stranger, at=NOW)
    with pytest.raises(NotAllowed):
        safety_plan.review(patient=cast.patient, by=stranger, at=NOW)
    assert not SafetyPlanEntry.objects.exists()
    review = safety_plan.review(patient=cast.patient, by=cast.treating, at=NOW)
    assert safety_plan.last_review(cast.patient) == review


def test_no_word_of_an_unsigned_draft_comes_in_by_this_road(cast: Cast) -> None:
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    draft = open_drafts(cast.patient, cast.treating)[0]
    with pytest.raises(WordsOfADraft):
        together(cast, draft_words(draft, cast.ring).words)
    assert not SafetyPlanEntry.objects.exists()


def test_the_log_holds_section_and_number_and_no_word(cast: Cast) -> None:
    mine(cast, "Sing one song")
    entry = AuditEntry.objects.get(action="safety_plan_written")
    assert entry.facts == {"section": "coping", "number": 1}
    assert "song" not in str(AuditEntry.objects.values())


def test_nobody_writes_without_end(cast: Cast) -> None:
    for number in range(MOST):
        assert mine(cast, f"Version {number}", seen=number).is_new
    assert mine(cast, "One more", seen=MOST).not_kept is NotKept.TOO_MANY


@pytest.mark.parametrize("table", ["clinic_safetyplanentry", "clinic_safetyplanreview"])
def test_no_version_and_no_review_is_changed_or_deleted_by_hand(cast: Cast, table: str) -> None:
    mine(cast, "Sing one song")
    safety_plan.review(patient=cast.patient, by=cast.treating, at=NOW)
    for statement in (f"UPDATE {table} SET recorded_at = now()", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_no_stop_of_ai_and_no_end_of_care_takes_the_plan_away(cast: Cast) -> None:
    mine(cast, "Sing one song")
    for care in access.relationships(at=NOW).filter(patient=cast.patient):
        access.end_care(care=care, by=cast.administrator, at=NOW)
    assert words(cast) == "Sing one song"
    assert mine(cast, "Sing two songs", seen=1).is_new
