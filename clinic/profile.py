"""The profile: what is known of a person's life and health, in words, each fact with its source, person and time.

Nothing is overwritten: a correction is a new row over the old one, and so is the end of a fact. What stands is every
row that nothing lies on and that holds. Facts that came with records from elsewhere are shown to staff only where the
patient agreed to share those; the callers that show them ask (`shown_to_staff`).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from clinic import keys
from clinic.activities import SYSTEM
from clinic.actor import Actor
from clinic.database.turns import take_turn
from clinic.fact_rows import NewFact, row_of, store
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.profile import Origin, ProfileFact, Topic
from clinic.partial_dates import is_partial_date

LONGEST = 2_000
"""Characters of one fact: a fact is a sentence or two; a story belongs into a check-in or a message."""

PATIENTS_OWN = (Topic.HELPS, Topic.PREFERENCE, Topic.GOAL)
"""What a patient may add for themselves."""


class FactRefused(Exception):
    """The fact was not changed; the message says why."""


def record(*, patient: Patient, fact: NewFact, by: Actor, at: dt.datetime) -> ProfileFact:
    """Record one fact; a form sent twice makes one."""
    return record_facts(patient=patient, facts=[fact], by=by, at=at)[0]


@transaction.atomic
def record_facts(
    *, patient: Patient, facts: Sequence[NewFact], by: Actor, at: dt.datetime, ring: Ring | None = None
) -> list[ProfileFact]:
    """Record facts of one patient, in their order; five queries for any number, and one less with a `ring`.

    Raises ValueError for empty or overlong words and for a date that is none, CannotOpen where the patient's key is
    gone, KeysUnavailable where the key store does not answer.
    """
    for fact in facts:
        _check(fact.words, fact.dated)
    take_turn(f"profile of {patient.pk}")
    opened = ring or keys.ring([patient.pk])
    stored = ProfileFact.objects.filter(patient=patient).in_bulk([fact.submission for fact in facts])
    made = {
        fact.submission: row_of(patient, fact, by=by, at=at, ring=opened)
        for fact in facts
        if fact.submission not in stored
    }
    store("profile_fact_recorded", list(made.values()), patient=patient, by=by, at=at)
    return [stored.get(fact.submission) or made[fact.submission] for fact in facts]


@transaction.atomic
def correct(
    *, fact: ProfileFact, words: str, dated: str, by: Actor, at: dt.datetime, code: str | None = None
) -> ProfileFact:
    """Put other words, another date or another code over a fact. Raises FactRefused where it was corrected or ended
    meanwhile, and where it is somebody else's to say: a person's own words are theirs alone, and they change nobody
    else's."""
    _check(words, dated)
    action = "profile_fact_corrected"
    return _over(fact, action, words=words, dated=dated, code=code, holds=True, by=by, at=at)


@transaction.atomic
def end(*, fact: ProfileFact, by: Actor, at: dt.datetime) -> ProfileFact:
    """Say that a fact no longer holds. It stays in the record. Raises FactRefused as `correct` does."""
    words = fact.unseal(keys.ring([fact.patient_id]), "words")
    return _over(
        fact, "profile_fact_ended", words=words, dated=fact.dated, code=None, holds=False, by=by, at=at
    )


def standing(patient: Patient) -> QuerySet[ProfileFact]:
    """The facts that hold now, by topic, newest first: one query, with who recorded each and from where it came."""
    return history(patient).filter(~Exists(_later()), holds=True)


def marked(patient_ids: Iterable[UUID]) -> QuerySet[ProfileFact]:
    """The facts of these patients that hold now and say by a code what they are about, newest first: one query."""
    rows = ProfileFact.objects.filter(
        patient__pk__among=list(patient_ids), code__startswith=SYSTEM, holds=True
    )
    return rows.filter(~Exists(_later())).select_related("patient").order_by("-recorded_at", "-id")


def ended(patient: Patient) -> QuerySet[ProfileFact]:
    """The facts that no longer hold, as they were ended."""
    return history(patient).filter(holds=False)


def parted(rows: Sequence[ProfileFact]) -> tuple[list[ProfileFact], list[ProfileFact]]:
    """A whole history as what stands now and what came before it: corrected, or no longer so."""
    under = {row.supersedes_id for row in rows}
    now = [row for row in rows if row.holds and row.pk not in under]
    return now, [row for row in rows if row not in now]


def history(patient: Patient) -> QuerySet[ProfileFact]:
    """Every row that was ever made, by topic, newest first."""
    rows = ProfileFact.objects.filter(patient=patient)
    return rows.select_related("patient", "recorded_by__staff", "imported_from__batch").order_by(
        "topic", "-recorded_at", "-id"
    )


def shown_to_staff(facts: Iterable[ProfileFact], *, imported_shared: bool) -> list[ProfileFact]:
    """Those that a psychologist may read: imported ones only where the patient agreed to share these."""
    return [fact for fact in facts if imported_shared or fact.origin != Origin.IMPORTED]


def _check(words: str, dated: str) -> None:
    if not words.strip() or len(words) > LONGEST:
        raise ValueError("A fact needs words, and not too many.")
    if dated and not is_partial_date(dated):
        raise ValueError("A date is a year, a month or a day.")


def _later() -> QuerySet[ProfileFact]:
    return ProfileFact.objects.filter(supersedes=OuterRef("pk"))


def _over(
    fact: ProfileFact,
    action: str,
    *,
    words: str,
    dated: str,
    code: str | None,
    holds: bool,
    by: Actor,
    at: dt.datetime,
) -> ProfileFact:
    take_turn(f"profile of {fact.patient_id}")
    own = by.user is not None and by.user.pk == fact.patient.user_id
    if own != (fact.origin == Origin.PATIENT):
        raise FactRefused(_("These are somebody else’s words. Add your own beside them."))
    if not fact.holds or ProfileFact.objects.filter(supersedes=fact).exists():
        raise FactRefused(_("This was changed in between, so nothing of yours was stored. Look at it again."))
    new = NewFact(
        topic=Topic(fact.topic),
        origin=Origin.PATIENT if own else Origin.STAFF,
        words=words,
        dated=dated,
        code=fact.code if code is None else code,
        holds=holds,
        supersedes=fact,
    )
    row = row_of(fact.patient, new, by=by, at=at, ring=keys.ring([fact.patient_id]))
    store(action, [row], patient=fact.patient, by=by, at=at)
    return row
