"""The one guard over every free text of staff that a patient can read: no word of AI that nobody has signed.

What AI drafted reaches a patient through a signature and by no other way. So a text is compared with every suggestion
of this patient, with the evidence that stands beside it and with the readings it came from: a phrase of these that
does not stand in a signed publication of theirs is refused. `correspondence` is the only road that stores such texts.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import translation

from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from clinic.safety.normalise import unmasked
from recommendations import publications, readings, wording
from recommendations.evidence import Side, pieces_of
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion

LEAST_WORDS = 6
"""A phrase of a draft counts from so many words on: shorter ones are anybody's."""

LEAST_WITH_FIGURES, LEAST_FIGURES = 4, 2
"""A shorter phrase of a reading counts by its figures: "usual range 5 to 7" is nobody's by chance."""

READ_BACK = dt.timedelta(days=31)
"""How far back readings count that no draft rests on: as far as the pages of a record show them in words."""

PARTS = ("title", "words", "dose", "stop_rule")
_CLAUSES = re.compile(r"[,()](?!\d)")
_SENTENCES = re.compile(r"[.!?;:](?!\d)|\n")
_WORDS = re.compile(r"[^\W_]+")
_BLANKS = re.compile("[\\s_\u115f\u1160\u3164\uffa0]+")
"""What parts words; the Hangul fillers among them are letters that nobody sees."""


class WordsOfADraft(Exception):
    """A text holds words of an AI draft that nobody has signed for this patient."""


def quoted(words: str, patient: Patient, ring: Ring, *, at: dt.datetime) -> bool:
    """Whether a text holds a phrase of a draft, its evidence or a reading that stands in no signed publication."""
    text = plain(words)
    if not text:
        return False
    drafts = list(Suggestion.objects.filter(patient=patient).select_related("reading"))
    phrases = (*_of_drafts(drafts, ring), *_of_readings(drafts, patient, at=at))
    found = {phrase for phrase in phrases if phrase in text}
    return bool(found) and bool(found - set(_of_signed(patient, ring, at=at)))


def plain(text: str) -> str:
    """Letters and figures alone: spelling of accents, case, look-alike letters, invisible characters, quotes, spaces,
    underscores and line ends make no difference."""
    return "".join(_found(text))


def _found(text: str) -> list[str]:
    return _WORDS.findall(unmasked(_BLANKS.sub(" ", text)))


def _of_drafts(drafts: Iterable[Suggestion], ring: Ring) -> Iterator[str]:
    for draft in drafts:
        try:
            body = json.loads(draft.unseal(ring, "body"))
        except (CannotOpen, ValueError):
            continue
        yield from _phrases(str(body.get(part, "")) for part in PARTS)


def _of_readings(drafts: Iterable[Suggestion], patient: Patient, *, at: dt.datetime) -> Iterator[str]:
    """What was said of the evidence and of the readings, in each language of the pages. What the model cannot see is
    said of the model and not of the person."""
    pieces = [each for draft in drafts for each in pieces_of(draft.facts) if each.side is not Side.UNSEEN]
    rows = {draft.reading_id: draft.reading for draft in drafts}
    recent = readings.series([patient.pk], since=at.date() - READ_BACK)
    rows |= {row.pk: row for row in recent}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield from _phrases(wording.sentence(each).text for each in pieces)
            for row in rows.values():
                yield from _phrases(_said(row), figures=True)


def _said(reading: MoodReading) -> tuple[str, ...]:
    return wording.estimate_sentence(reading), wording.what_changed(reading.facts), wording.level(reading)


def _of_signed(patient: Patient, ring: Ring, *, at: dt.datetime) -> Iterator[str]:
    """The phrases of what the patient can read signed at this moment."""
    for each in publications.for_staff(patient, ring, at=at):
        ended = each.valid_until is not None and each.valid_until <= at
        if each.stop is None and each.fits and each.visible_from <= at and not ended:
            yield from _phrases((each.title, each.words, each.dose, each.stop_rule), figures=True)


def _phrases(parts: Iterable[str], *, figures: bool = False) -> Iterator[str]:
    """The sentences of these texts that are long enough to be nobody's by chance, plainly spelt; with `figures` also
    shorter ones, and parts of them, that give the figures away."""
    for sentence in (each for part in parts for each in _SENTENCES.split(part)):
        found = _found(sentence)
        if len(found) >= LEAST_WORDS:
            yield "".join(found)
        for clause in _CLAUSES.split(sentence) if figures else ():
            found = _found(clause)
            if len(found) >= LEAST_WITH_FIGURES and sum(map(str.isdecimal, found)) >= LEAST_FIGURES:
                yield "".join(found)
