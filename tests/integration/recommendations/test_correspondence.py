"""No word of a draft that nobody signed goes out as a message; signed and own words do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic import keys, messages
from clinic.models.message import Message
from recommendations import correspondence
from recommendations.correspondence import MessageRefused, WordsOfADraft
from recommendations.models.suggestion import Suggestion
from recommendations.words import PlanWords, draft_words
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts, written

pytestmark = ROLLED_BACK


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    return open_drafts(cast.patient, cast.treating)[0]


def words_of(draft: Suggestion) -> PlanWords:
    return draft_words(draft, keys.ring([draft.patient_id]))


@pytest.mark.parametrize("part", ["title", "words", "dose", "stop_rule"])
def test_each_part_of_an_open_draft_is_refused_and_nothing_is_stored(
    cast: Cast, draft: Suggestion, part: str
) -> None:
    with pytest.raises(WordsOfADraft, match="Sign the draft instead"):
        written(cast.patient, cast.treating, f"Dear Amara. {getattr(words_of(draft), part)} Yours, Maya")
    assert not Message.objects.exists()


def test_a_rejected_or_withdrawn_draft_is_no_freer_than_an_open_one(cast: Cast, draft: Suggestion) -> None:
    Suggestion.objects.filter(pk=draft.pk).update(state="withdrawn")
    with pytest.raises(WordsOfADraft):
        written(cast.patient, cast.treating, words_of(draft).words)


def test_what_stands_signed_may_be_quoted(cast: Cast, draft: Suggestion) -> None:
    words = words_of(draft).words
    approved(draft, cast.treating)
    assert written(cast.patient, cast.treating, f"As we signed: {words}").pk


def test_another_patients_draft_or_own_words_are_no_matter(cast: Cast, draft: Suggestion) -> None:
    assert written(cast.other_patient, cast.other_psychologist, words_of(draft).words)
    assert written(cast.patient, cast.treating, "Shall we talk about one small thing on Thursday?")


DISGUISES = st.lists(st.sampled_from([" ", "\n", "  ", ", ", " — ", "\t"]), min_size=1, max_size=5)


@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(gaps=DISGUISES, shout=st.booleans())
def test_spacing_case_and_punctuation_hide_nothing(
    cast: Cast, draft: Suggestion, gaps: list[str], shout: bool
) -> None:
    typed = words_of(draft).words.split(". ")[0].split()
    text = "".join(word + gaps[number % len(gaps)] for number, word in enumerate(typed))
    ring = keys.ring([cast.patient.pk])
    assert correspondence.quoted(text.upper() if shout else text, cast.patient, ring, at=NOW)


def test_planted_fault_without_the_comparison_the_draft_would_reach_the_patient(
    cast: Cast, draft: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correspondence, "quoted", lambda *args, **more: False)
    assert written(cast.patient, cast.treating, words_of(draft).words)


def test_very_many_messages_within_the_hour_are_refused_with_a_sentence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST_OF_STAFF", 2)
    written(cast.patient, cast.treating)
    written(cast.patient, cast.treating)
    with pytest.raises(MessageRefused, match="wait a little"):
        written(cast.patient, cast.treating)
