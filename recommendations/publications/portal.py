"""What a patient may read now.

`of_patient` reads through the portal's own database role, which may select the publication views and nothing else of
ours, recomputes the digest of every text and leaves out, with an alarm, whatever does not fit. It returns frozen
dataclasses, so that no template can walk from them to a draft.
"""

import datetime as dt
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from clinic.actor import SOFTWARE, log
from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from recommendations.models.publication import Publication, PublishedWords, StoppedPublication
from recommendations.models.signature import Kind
from recommendations.words import digest_of, fingerprint

logger = logging.getLogger(__name__)
AnyRow = PublishedWords | StoppedPublication | Publication


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed and how the words came about, in the words of the signed body itself."""

    name: str
    title: str
    at: dt.datetime
    with_ai: bool
    changed: bool
    fingerprint: str
    drafted_by: str
    catalogue: str
    reading_by: str


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One signed step of the plan."""

    publication_id: UUID
    title: str
    words: str
    dose: str
    stop_rule: str
    language: str
    valid_until: dt.date
    visible_from: dt.datetime
    signed: Signed
    stop_signs: tuple[tuple[str, str], ...] = ()
    """The signs that the person may report, signed with the words: code and words."""
    ask_after_use: bool = False


@dataclass(frozen=True, slots=True)
class EstimateDay:
    """One day of a signed estimate; figures are None where it was held back."""

    day: dt.date
    level: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class MoodEstimate:
    """A signed snapshot of the mood estimate, with its "as of" date; it never updates."""

    publication_id: UUID
    sentence: str
    as_of: dt.date
    usual_low: float | None
    usual_high: float | None
    days: tuple[EstimateDay, ...]
    signed: Signed


@dataclass(frozen=True, slots=True)
class Stopped:
    """Something that could be read and was stopped. `item` is the step as signed; None where the digest fails."""

    publication_id: UUID
    kind: str
    name: str
    reason: str
    signed_at: dt.datetime
    stopped_at: dt.datetime
    item: PlanItem | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """All that one patient may read now. `withheld` counts texts that failed their digest."""

    plan: tuple[PlanItem, ...]
    estimate: MoodEstimate | None
    stopped: tuple[Stopped, ...]
    withheld: int


def of_patient(patient: Patient, ring: Ring, *, at: dt.datetime) -> Published:
    """What this patient may read now, newest first, and what was stopped: two queries through the portal's role."""
    rows = list(PublishedWords.objects.filter(patient_id=patient.pk).order_by("-visible_from", "-id"))
    ended = list(StoppedPublication.objects.filter(patient_id=patient.pk).order_by("-stopped_at"))
    every: list[PublishedWords | StoppedPublication] = [*rows, *ended]
    bodies = {row.pk: _body(row, patient, ring) for row in every}
    failed = [row for row in every if bodies[row.pk] is None]
    if failed:
        alarm(failed, patient, at=at)
    fitting = [(row, body) for row in rows if (body := bodies[row.pk]) is not None]
    estimates = [estimate_of(row, body) for row, body in fitting if row.kind == Kind.MOOD_ESTIMATE]
    return Published(
        plan=tuple(step_of(row, body) for row, body in fitting if row.kind == Kind.PLAN_ITEM),
        estimate=estimates[0] if estimates else None,
        stopped=tuple(_stopped(row, bodies[row.pk]) for row in ended),
        withheld=sum(bodies[row.pk] is None for row in rows),
    )


def can_be_read(publication_id: UUID, patient: Patient) -> bool:
    """Whether a plan item of this patient stands now, through the portal's own door and without any key."""
    rows = PublishedWords.objects.filter(pk=publication_id, patient_id=patient.pk, kind=Kind.PLAN_ITEM)
    return rows.exists()


def _body(row: PublishedWords | StoppedPublication, patient: Patient, ring: Ring) -> dict[str, Any] | None:
    """The body whose digest fits, or None."""
    try:
        body: dict[str, Any] = json.loads(row.unseal(ring, "body"))
    except (CannotOpen, ValueError):
        return None
    return body if digest_of(body, ring, patient=patient) == row.digest and body["kind"] == row.kind else None


def alarm(rows: Iterable[AnyRow], patient: Patient, *, at: dt.datetime) -> None:
    """Say in the log of the program and in the audit log that stored words are not those that were signed."""
    with transaction.atomic():
        for row in rows:
            logger.error("Publication %s does not fit its digest and is not shown.", row.pk)
            log("digest_mismatch", by=SOFTWARE, at=at, patient=patient, facts={"publication": row.pk})


def _signed(row: AnyRow, body: dict[str, Any]) -> Signed:
    attribution = body["attribution"]
    signed_at = row.signature.signed_at if isinstance(row, Publication) else row.signed_at
    return Signed(
        name=attribution["name"],
        title=attribution["title"],
        at=signed_at,
        with_ai=attribution["drafted_by"] is not None,
        changed=attribution["verdict"] == "amended",
        fingerprint=fingerprint(row.digest),
        drafted_by=attribution["drafted_by"] or "",
        catalogue=attribution["catalogue"] or "",
        reading_by=attribution.get("reading_by") or "",
    )


def step_of(row: AnyRow, body: dict[str, Any]) -> PlanItem:
    """The signed body as the portal shows a plan item."""
    return PlanItem(
        publication_id=row.pk,
        title=body["title"],
        words=body["words"],
        dose=body["dose"],
        stop_rule=body["stop_rule"],
        language=body["language"],
        valid_until=dt.date.fromisoformat(body["valid_until"]),
        visible_from=row.visible_from,
        signed=_signed(row, body),
        stop_signs=tuple((sign["code"], sign["words"]) for sign in body.get("stop_signs", ())),
        ask_after_use=body.get("ask_after_use", False),
    )


def estimate_of(row: AnyRow, body: dict[str, Any]) -> MoodEstimate:
    """The signed body as the portal shows an estimate."""
    return MoodEstimate(
        publication_id=row.pk,
        sentence=body["sentence"],
        as_of=dt.date.fromisoformat(body["as_of"]),
        usual_low=body["usual"][0],
        usual_high=body["usual"][1],
        days=tuple(EstimateDay(dt.date.fromisoformat(day), *figures) for day, *figures in body["days"]),
        signed=_signed(row, body),
    )


def _stopped(row: StoppedPublication, body: dict[str, Any] | None) -> Stopped:
    item = step_of(row, body) if body and row.kind == Kind.PLAN_ITEM else None
    return Stopped(row.pk, row.kind, row.printed_name, row.reason, row.signed_at, row.stopped_at, item)
