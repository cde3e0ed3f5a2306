"""No word of a draft that nobody signed goes out as a message; signed and own words do."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic import keys, messages
from clinic.models.appointment import Appointment
from clinic.models.message import Message
from clinic.slots import Slot
from recommendations import correspondence, own_words, publications, readings, wording
from recommendations.correspondence import MessageRefused, WordsOfADraft
from recommendations.evidence import Side, pieces_of
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


def appointed(cast: Cast, words: str) -> Appointment:
    assert cast.treating.user
    slot = Slot(dt.date(2999, 6, 1), dt.time(14), "Europe/London", 50, cast.treating.user, "video", words)
    return correspondence.agree(patient=cast.patient, slot=slot, by=cast.treating, at=NOW)


def test_the_few_words_of_an_appointment_pass_the_same_guard(cast: Cast, draft: Suggestion) -> None:
    with pytest.raises(WordsOfADraft, match="Sign the draft instead"):
        appointed(cast, words_of(draft).words[:300])
    assert not Appointment.objects.exists()
    first = appointed(cast, "Room 2, the blue door.")
    approved(draft, cast.treating)
    assert appointed(cast, words_of(draft).words[:300]).pk != first.pk


HIDDEN: dict[str, Callable[[str], str]] = {
    "soft hyphen": lambda text: text.replace("a", "a\u00ad"),
    "zero-width space": lambda text: text.replace("t", "t\u200b"),
    "word joiner": "\u2060".join,
    "combining accent": lambda text: text.replace("e", "e\u0301"),
    "enclosing circle": lambda text: text.replace("e", "e\u20dd"),
    "invisible letter": lambda text: text.replace("o", "o\u3164"),
    "variation selector": lambda text: text.replace("o", "o\ufe00"),
    "underscores": lambda text: text.replace(" ", "_"),
    "no spaces": lambda text: text.replace(" ", ""),
    "spaced letters": " ".join,
    "look-alike letters": lambda text: text.replace("a", "\u0430").replace("o", "\u03bf"),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
}


@pytest.mark.parametrize("disguise", HIDDEN)
def test_what_the_eye_cannot_see_hides_nothing(cast: Cast, draft: Suggestion, disguise: str) -> None:
    with pytest.raises(WordsOfADraft):
        written(cast.patient, cast.treating, HIDDEN[disguise](words_of(draft).words))


def test_no_sentence_of_the_evidence_goes_out_unsigned(cast: Cast, draft: Suggestion) -> None:
    seen = [each for each in pieces_of(draft.facts) if each.side is not Side.UNSEEN]
    assert {"level", "below_usual"} <= {each.key for each in seen}
    for each in seen:
        with pytest.raises(WordsOfADraft):
            written(cast.patient, cast.treating, f"The program says: {wording.sentence(each).text}")


def test_the_estimate_goes_out_by_its_own_signature_only_and_then_may_be_quoted(
    cast: Cast, draft: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = wording.estimate_sentence(readings.latest([cast.patient.pk])[cast.patient.pk])
    with pytest.raises(WordsOfADraft):
        written(cast.patient, cast.treating, sentence)
    signed = publications.for_staff(cast.patient, cast.ring, at=NOW)
    assert not signed
    approved(draft, cast.treating)
    [plan] = publications.for_staff(cast.patient, cast.ring, at=NOW)
    released = [plan, replace(plan, kind="estimate", words=sentence)]
    monkeypatch.setattr(publications, "for_staff", lambda *_args, **_more: released)
    assert written(cast.patient, cast.treating, sentence)


def test_figures_of_a_reading_are_its_words_however_short(cast: Cast, draft: Suggestion) -> None:
    level = wording.level(draft.reading)
    for part in (level.split(";")[0], level.split("; ")[1], level.split(", ")[1].split(";")[0]):
        with pytest.raises(WordsOfADraft):
            written(cast.patient, cast.treating, f"Your {part}")
    assert written(cast.patient, cast.treating, "Room 5 to 7, from 3 to 4 on Thursday.")


DISGUISES = st.lists(st.sampled_from([" ", "\n", "  ", ", ", " — ", "\t"]), min_size=1, max_size=5)


@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(gaps=DISGUISES, shout=st.booleans())
def test_spacing_case_and_punctuation_hide_nothing(
    cast: Cast, draft: Suggestion, gaps: list[str], shout: bool
) -> None:
    typed = words_of(draft).words.split(". ")[0].split()
    text = "".join(word + gaps[number % len(gaps)] for number, word in enumerate(typed))
    ring = keys.ring([cast.patient.pk])
    assert own_words.quoted(text.upper() if shout else text, cast.patient, ring, at=NOW)


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
