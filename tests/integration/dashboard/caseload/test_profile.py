"""The profile page: facts with their source; recorded, corrected and ended by whoever decides about the person."""

import datetime as dt
from uuid import uuid4

from django.test import Client

from clinic import access, consent, profile, told
from clinic.actor import SOFTWARE
from clinic.fact_rows import NewFact
from clinic.models.care import CareKind
from clinic.models.consent import Purpose, Source
from clinic.models.profile import Origin, ProfileFact, Topic
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.pages import Page, get


def page(client: Client, cast: Cast) -> Page:
    return get(client, f"/patients/{cast.patient.record_number}/profile/")


def noted(cast: Cast, words: str, *, origin: Origin = Origin.STAFF, dated: str = "") -> ProfileFact:
    fact = NewFact(topic=Topic.ALLERGY, origin=origin, words=words, dated=dated)
    return profile.record(patient=cast.patient, fact=fact, by=cast.treating, at=NOW - dt.timedelta(days=3))


def sent(client: Client, cast: Cast, **fields: str) -> int:
    path = f"/patients/{cast.patient.record_number}/profile/"
    return client.post(path, {"submission": str(uuid4()), **fields}).status_code


@ROLLED_BACK
def test_a_fact_stands_under_its_topic_with_person_day_and_its_partial_date(
    treating: Client, cast: Cast
) -> None:
    noted(cast, "Penicillin: a rash", dated="1998-05")
    words = page(treating, cast).words
    assert "Allergy Penicillin: a rash May 1998 Dr Maya Okonkwo" in words


@ROLLED_BACK
def test_recording_correcting_and_ending_leave_what_stood_before(treating: Client, cast: Cast) -> None:
    assert sent(treating, cast, act="record", topic="goal", words="Back to choir") == 302
    fact = profile.standing(cast.patient).get()
    assert sent(treating, cast, act="correct", fact=str(fact.pk), words="Back to choir by spring") == 302
    fact = profile.standing(cast.patient).get()
    assert sent(treating, cast, act="end", fact=str(fact.pk)) == 302
    words = page(treating, cast).words
    assert "Back to choir by spring Goal · Ended by Dr Maya Okonkwo" in words
    assert "Back to choir Goal · Corrected by Dr Maya Okonkwo" in words
    assert not profile.standing(cast.patient)


@ROLLED_BACK
def test_what_does_not_fit_comes_back_with_the_words_and_what_is_wrong(treating: Client, cast: Cast) -> None:
    path = f"/patients/{cast.patient.record_number}/profile/"
    answer = treating.post(path, {"act": "record", "topic": "goal", "words": "Choir", "dated": "soon"})
    assert answer.status_code == 422
    assert "Choir</textarea>" in answer.content.decode()
    assert "Write a year, a month or a day" in answer.content.decode()
    assert not ProfileFact.objects.exists()


@ROLLED_BACK
def test_a_correction_that_does_not_fit_stands_open_over_its_fact(treating: Client, cast: Cast) -> None:
    fact = noted(cast, "Penicillin")
    path = f"/patients/{cast.patient.record_number}/profile/"
    answer = treating.post(path, {"act": "correct", "fact": str(fact.pk), "words": "", "dated": "2020"})
    assert answer.status_code == 422
    assert '<details class="profile-facts__change" open>' in answer.content.decode()


@ROLLED_BACK
def test_the_persons_own_words_are_marked_and_nobody_elses_to_change(treating: Client, cast: Cast) -> None:
    made = told.tell(
        patient=cast.patient,
        topic=Topic.HELPS,
        words="Walking",
        submission=uuid4(),
        by=cast.as_patient,
        at=NOW,
    )
    assert made.fact
    assert "Walking Said by the person" in page(treating, cast).words
    assert "Correct or end" not in page(treating, cast).words
    assert sent(treating, cast, act="end", fact=str(made.fact.pk)) == 302
    assert "somebody else’s words" in page(treating, cast).words
    assert profile.standing(cast.patient).count() == 1


@ROLLED_BACK
def test_imported_facts_are_marked_and_go_when_they_are_no_longer_shared(
    treating: Client, cast: Cast
) -> None:
    noted(cast, "Asthma", origin=Origin.IMPORTED, dated="2004")
    assert "Asthma 2004 From another system" in page(treating, cast).words
    consent.withdraw(
        patient=cast.patient, source=Source.IMPORTED, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    assert "Asthma" not in page(treating, cast).words


@ROLLED_BACK
def test_who_may_only_look_reads_and_cannot_write(outsider: Client, cast: Cast) -> None:
    assert cast.other_psychologist.user
    noted(cast, "Penicillin")
    access.start_care(
        patient=cast.patient,
        user=cast.other_psychologist.user,
        kind=CareKind.SECOND_READER,
        by=SOFTWARE,
        at=NOW,
    )
    found = page(outsider, cast)
    assert "Penicillin" in found.words
    assert "Add a fact" not in found.words
    assert sent(outsider, cast, act="record", topic="goal", words="Choir") == 404


@ROLLED_BACK
def test_a_fact_of_somebody_else_does_not_exist_here(treating: Client, cast: Cast) -> None:
    foreign = profile.record(
        patient=cast.other_patient,
        fact=NewFact(topic=Topic.GOAL, origin=Origin.STAFF, words="Swim"),
        by=cast.other_psychologist,
        at=NOW,
    )
    assert sent(treating, cast, act="end", fact=str(foreign.pk)) == 404
