"""Words as they are sealed and signed: canonical JSON (RFC 8785), its keyed digest and the fingerprint people see."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import rfc8785

from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from recommendations.models.suggestion import Suggestion

DRAFT, SIGNED = "draft", "signed-words"


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words of one plan item as a patient would read them."""

    language: str
    title: str
    words: str
    dose: str
    stop_rule: str


class WordsChanged(Exception):
    """Stored words do not fit their digest; they must not be shown."""


def canonical(body: dict[str, Any]) -> bytes:
    """The one byte string that stands for `body`; equal bodies have equal bytes."""
    return rfc8785.dumps(body)


def fingerprint(digest: str) -> str:
    """The first 16 digits of a digest in groups of four, for the eye: "7f3a 91c2 d04e 55b8"."""
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


def digest_of(body: dict[str, Any], ring: Ring, *, patient: Patient) -> str:
    """The keyed digest of words that are to be signed."""
    return ring.digest(canonical(body), patient_id=patient.pk, purpose=SIGNED)


def seal_draft(suggestion: Suggestion, words: PlanWords, ring: Ring) -> None:
    """Set a new suggestion's sealed body and the digest over words, source and facts."""
    suggestion.seal(ring, body=canonical(asdict(words)).decode())
    suggestion.digest = draft_digest(suggestion, words, ring)


def draft_digest(suggestion: Suggestion, words: PlanWords, ring: Ring) -> str:
    """The keyed digest of all that a reviewer is shown of a draft."""
    content = {
        "words": asdict(words),
        "intervention": str(suggestion.intervention_id),
        "reading": suggestion.reading_id,
        "release": str(suggestion.release_id),
        "facts": suggestion.facts,
    }
    return ring.digest(canonical(content), patient_id=suggestion.patient_id, purpose=DRAFT)


def draft_words(suggestion: Suggestion, ring: Ring) -> PlanWords:
    """The words of a draft. Raises WordsChanged where they do not fit the draft's digest."""
    words = PlanWords(**json.loads(suggestion.unseal(ring, "body")))
    if draft_digest(suggestion, words, ring) != suggestion.digest:
        raise WordsChanged(f"The words of draft {suggestion.pk} do not fit their digest.")
    return words


def draft_title(suggestion: Suggestion, ring: Ring) -> str:
    """The title alone, for a list. Raises WordsChanged where the body cannot be opened.

    The seal binds the words to this patient and this row. Whether they also fit the digest over the evidence is asked
    on the draft's own page, before anybody decides: canonical JSON of every row would be half of a list's time.
    """
    try:
        title: str = json.loads(suggestion.unseal(ring, "body"))["title"]
    except CannotOpen as error:
        raise WordsChanged(f"The words of draft {suggestion.pk} cannot be opened.") from error
    return title
