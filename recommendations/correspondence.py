"""A psychologist's message to a patient: words that a person typed, never the words of a draft that nobody signed.

What AI drafted reaches a patient through a signature and by no other way. So a message is compared with every
suggestion of this patient: a phrase of a draft that does not stand in a signed plan of theirs is refused.
"""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import keys, staff_messages
from clinic.actor import Actor
from clinic.keys import CannotOpen, Ring
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.staff_messages import MessageRefused
from recommendations import publications
from recommendations.models.suggestion import Suggestion

__all__ = ["MessageRefused", "WordsOfADraft", "quoted", "send"]

LEAST_WORDS = 6
"""A phrase of a draft counts from so many words on: shorter ones are anybody's."""

PARTS = ("title", "words", "dose", "stop_rule")
_SENTENCES = re.compile(r"[.!?;:\n]+")
_WORDS = re.compile(r"\w+")


class WordsOfADraft(MessageRefused):
    """The message holds words of an AI draft that nobody has signed for this patient."""


@transaction.atomic
def send(
    *, patient: Patient, words: str, submission: UUID, by: Actor, at: dt.datetime
) -> tuple[Message, bool]:
    """Send what a person typed; returns the message and whether it is new.

    Raises WordsOfADraft, MessageRefused, NotAllowed or clinic.keys.KeysUnavailable; then nothing was stored.
    """
    ring = keys.ring([patient.pk])
    if quoted(words, patient, ring, at=at):
        raise WordsOfADraft(
            _(
                "This was not sent: it holds words of an AI draft that nobody has signed. "
                "Sign the draft instead, or say it in your own words."
            )
        )
    return staff_messages.send(patient=patient, words=words, submission=submission, ring=ring, by=by, at=at)


def quoted(words: str, patient: Patient, ring: Ring, *, at: dt.datetime) -> bool:
    """Whether a text holds a phrase of a draft of this patient that does not stand in their signed plan."""
    text = _plain(words)
    found = {phrase for phrase in _of_drafts(patient, ring) if f" {phrase} " in f" {text} "}
    return bool(found) and bool(found - set(_of_signed(patient, ring, at=at)))


def _of_drafts(patient: Patient, ring: Ring) -> Iterator[str]:
    for draft in Suggestion.objects.filter(patient=patient).only("patient", "body"):
        try:
            body = json.loads(draft.unseal(ring, "body"))
        except (CannotOpen, ValueError):
            continue
        yield from _phrases(str(body.get(part, "")) for part in PARTS)


def _of_signed(patient: Patient, ring: Ring, *, at: dt.datetime) -> Iterator[str]:
    """The phrases of what the patient can read signed at this moment."""
    for each in publications.for_staff(patient, ring, at=at):
        ended = each.valid_until is not None and each.valid_until <= at
        if each.stop is None and each.fits and each.visible_from <= at and not ended:
            yield from _phrases((each.title, each.words, each.dose, each.stop_rule))


def _phrases(parts: Iterable[str]) -> Iterator[str]:
    """The sentences of these texts that are long enough to be nobody's by chance, plainly spelt."""
    for part in parts:
        for sentence in _SENTENCES.split(part):
            plain = _plain(sentence)
            if plain.count(" ") + 1 >= LEAST_WORDS:
                yield plain


def _plain(text: str) -> str:
    """Words only: case, accents' spelling, quotes, commas, dashes and line ends make no difference."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))
