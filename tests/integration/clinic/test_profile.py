"""The profile: facts in sealed words, corrected and ended without a trace being lost, each by whom it belongs to."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from clinic import keys, profile, told
from clinic.actor import Actor
from clinic.fact_rows import NewFact
from clinic.models.profile import Origin, ProfileFact, Topic
from clinic.models.safety import SafetyAlert
from clinic.partial_dates import is_partial_date
from clinic.profile import FactRefused
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK


def noted(cast: Cast, words: str = "Penicillin: a rash in 1998", **changes: object) -> ProfileFact:
    fact = NewFact(topic=Topic.ALLERGY, origin=Origin.STAFF, words=words, **changes)  # type: ignore[arg-type]
    return profile.record(patient=cast.patient, fact=fact, by=cast.treating, at=NOW)


def own(cast: Cast, words: str = "Walking by the water") -> ProfileFact:
    made = told.tell(
        patient=cast.patient,
        topic=Topic.HELPS,
        words=words,
        submission=uuid4(),
        by=cast.as_patient,
        at=NOW,
    )
    assert made.fact
    return made.fact


def words_of(cast: Cast) -> list[str]:
    return [fact.unseal(cast.ring, "words") for fact in profile.standing(cast.patient)]


@ROLLED_BACK
def test_a_fact_is_kept_sealed_with_its_person_time_and_partial_date(cast: Cast) -> None:
    fact = noted(cast, dated="1998-05")
    row = ProfileFact.objects.get()
    assert (row.pk, row.recorded_by, row.happened_at, row.dated) == (
        fact.pk,
        cast.treating.user,
        NOW,
        "1998-05",
    )
    assert b"Penicillin" not in bytes(row.words)
    assert words_of(cast) == ["Penicillin: a rash in 1998"]


@ROLLED_BACK
def test_the_audit_entries_name_topic_and_origin_and_no_words(cast: Cast) -> None:
    fact = noted(cast)
    profile.end(
        fact=profile.correct(fact=fact, words="Penicillin", dated="", by=cast.treating, at=NOW),
        by=cast.treating,
        at=NOW,
    )
    entries = AuditEntry.objects.filter(action__startswith="profile_fact").order_by("pk")
    assert [entry.action.removeprefix("profile_fact_") for entry in entries] == [
        "recorded",
        "corrected",
        "ended",
    ]
    assert all(entry.facts == {"topic": "allergy", "origin": "staff"} for entry in entries)
    assert "Penicillin" not in str(list(entries.values()))


@ROLLED_BACK
def test_a_form_sent_twice_makes_one_fact(cast: Cast) -> None:
    submission = uuid4()
    assert noted(cast, submission=submission) == noted(cast, submission=submission)
    assert ProfileFact.objects.count() == 1


@ROLLED_BACK
def test_a_correction_stands_and_what_it_corrects_stays_in_the_record(cast: Cast) -> None:
    profile.correct(fact=noted(cast), words="Amoxicillin: a rash", dated="1998", by=cast.treating, at=NOW)
    assert words_of(cast) == ["Amoxicillin: a rash"]
    assert len(profile.history(cast.patient)) == 2


@ROLLED_BACK
def test_an_ended_fact_stands_no_more_and_is_listed_as_ended(cast: Cast) -> None:
    profile.end(fact=noted(cast), by=cast.treating, at=NOW)
    assert words_of(cast) == []
    assert [fact.unseal(cast.ring, "words") for fact in profile.ended(cast.patient)] == [
        "Penicillin: a rash in 1998"
    ]


@ROLLED_BACK
def test_two_corrections_of_the_same_fact_do_not_both_hold(cast: Cast) -> None:
    fact = noted(cast)
    profile.correct(fact=fact, words="First", dated="", by=cast.treating, at=NOW)
    with pytest.raises(FactRefused):
        profile.correct(fact=fact, words="Second", dated="", by=cast.treating, at=NOW)
    with pytest.raises(FactRefused):
        profile.end(fact=fact, by=cast.treating, at=NOW)
    assert words_of(cast) == ["First"]


@ROLLED_BACK
def test_the_database_alone_keeps_a_fact_from_being_superseded_twice(cast: Cast) -> None:
    fact = noted(cast)
    profile.correct(fact=fact, words="First", dated="", by=cast.treating, at=NOW)
    second = NewFact(topic=Topic.ALLERGY, origin=Origin.STAFF, words="Second", supersedes=fact)
    with pytest.raises(IntegrityError), transaction.atomic():
        profile.record(patient=cast.patient, fact=second, by=cast.treating, at=NOW)


@ROLLED_BACK
def test_a_persons_own_words_are_theirs_alone_to_change_and_they_change_nobody_elses(cast: Cast) -> None:
    with pytest.raises(FactRefused):
        profile.end(fact=own(cast), by=cast.treating, at=NOW)
    with pytest.raises(FactRefused):
        profile.correct(fact=noted(cast), words="None", dated="", by=cast.as_patient, at=NOW)
    assert len(words_of(cast)) == 2


@ROLLED_BACK
@pytest.mark.parametrize("words", ["", "  ", "x" * (profile.LONGEST + 1)])
def test_words_that_are_none_or_too_many_are_refused(cast: Cast, words: str) -> None:
    with pytest.raises(ValueError, match="words"):
        noted(cast, words)


@pytest.mark.parametrize("text", ["2022", "2022-02", "2022-02-03", "2022-02-03T10:15:00+01:00"])
def test_a_date_may_be_partial(text: str) -> None:
    assert is_partial_date(text)


@pytest.mark.parametrize("text", ["", "22", "2022-13", "2022-2", "about 2022", "2022-02-32"])
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_partial_date(text)


@ROLLED_BACK
def test_imported_facts_are_shown_to_staff_only_where_they_are_shared(cast: Cast) -> None:
    imported = NewFact(topic=Topic.DIAGNOSIS, origin=Origin.IMPORTED, words="Asthma", dated="2004")
    profile.record(patient=cast.patient, fact=imported, by=cast.treating, at=NOW)
    noted(cast)
    facts = profile.standing(cast.patient)
    assert len(profile.shown_to_staff(facts, imported_shared=True)) == 2
    assert [fact.topic for fact in profile.shown_to_staff(facts, imported_shared=False)] == [Topic.ALLERGY]


@ROLLED_BACK
def test_what_a_patient_tells_is_read_for_danger_in_the_same_transaction(cast: Cast) -> None:
    own(cast, "I want to kill myself")
    assert SafetyAlert.objects.get().patient == cast.patient
    assert words_of(cast) == ["I want to kill myself"]


@ROLLED_BACK
def test_with_the_key_store_away_the_words_are_still_read_for_danger(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_ids: object) -> keys.Ring:
        raise keys.KeysUnavailable

    monkeypatch.setattr(keys, "ring", away)
    made = told.tell(
        patient=cast.patient,
        topic=Topic.GOAL,
        words="I want to kill myself",
        submission=uuid4(),
        by=Actor(cast.patient.user, "patient"),
        at=NOW,
    )
    assert made.fact is None
    assert made.notice.alert
    assert not ProfileFact.objects.exists()
