"""What staff see of a patient's publications: also those that the patient cannot read yet, or no longer."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from recommendations import catalogue
from recommendations.catalogue import StopSign
from recommendations.models.publication import Publication, PublicationStop
from recommendations.models.signature import Kind, SignedWords
from recommendations.publications.portal import alarm
from recommendations.words import digest_of


@dataclass(frozen=True, slots=True)
class Released:
    """What staff see of one publication, before and after the patient can read it. One `review_id`, one signature.

    `fits` is False where the stored words are not those that were signed; then there are no words.
    """

    publication_id: UUID
    review_id: UUID
    kind: str
    title: str
    words: str
    dose: str
    stop_rule: str
    printed_name: str
    signed_at: dt.datetime
    visible_from: dt.datetime
    valid_until: dt.datetime | None
    stop: PublicationStop | None
    verdict: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Release:
    """Whose publication it is, from when on they can read it, and the kinds that its signature covers; no words."""

    publication_id: UUID
    patient: Patient
    visible_from: dt.datetime
    kinds: tuple[str, ...]


def release_of(publication_id: UUID) -> Release | None:
    """When this publication can be read, unless it was stopped: three queries."""
    row = Publication.objects.select_related("patient", "signature").filter(pk=publication_id).first()
    if row is None or PublicationStop.objects.filter(publication=row).exists():
        return None
    together = Publication.objects.filter(signature__review=row.signature.review_id).order_by("-kind")
    return Release(row.pk, row.patient, row.visible_from, tuple(together.values_list("kind", flat=True)))


def belongs(publication_id: UUID, patient: Patient) -> bool:
    """Whether this publication is one of this patient's: one query."""
    return Publication.objects.filter(pk=publication_id, patient=patient).exists()


@dataclass(frozen=True, slots=True)
class Step:
    """The catalogue's side of a plan item: its code and its stop signs; neither where a psychologist wrote it."""

    code: str
    title: str
    signs: tuple[StopSign, ...]


def step_of(publication_id: UUID, patient: Patient) -> Step | None:
    """The step behind a plan item of this patient that they could read, stopped or not: one query and no key.

    `title` is that of the text, not of the signed words, which need a key.
    """
    rows = Publication.objects.filter(pk=publication_id, patient=patient, kind=Kind.PLAN_ITEM)
    row = rows.select_related("signature__review__suggestion__intervention").first()
    if row is None:
        return None
    suggestion = row.signature.review.suggestion
    if suggestion is None:
        return Step("", _("A plan that a psychologist wrote"), ())
    entry = catalogue.of_body(suggestion.intervention.body)
    return Step(entry.code, entry.title, entry.stop_signs)


def standing(*, at: dt.datetime) -> QuerySet[Publication]:
    """What is signed and neither stopped nor over at the moment `at`, whether it can be read yet or not. No words."""
    stopped = PublicationStop.objects.filter(publication=OuterRef("pk"))
    return Publication.objects.exclude(Exists(stopped)).exclude(valid_until__lte=at)


def steps_of(patient: Patient) -> list[UUID]:
    """The plan items of this patient that nobody stopped, newest first: one query."""
    rows = Publication.objects.filter(patient=patient, kind=Kind.PLAN_ITEM).order_by("-recorded_at")
    return list(rows.exclude(pk__in=PublicationStop.objects.values("pk")).values_list("pk", flat=True))


def for_staff(patient: Patient, ring: Ring, *, at: dt.datetime) -> list[Released]:
    """Every publication of a patient, newest first, for the psychologist's page: two queries.

    Words that do not fit their digest are left out here too, with the alarm.
    """
    rows = list(
        Publication.objects.filter(patient=patient)
        .select_related("signature__review", "words")
        .order_by("-recorded_at")
    )
    stops = PublicationStop.objects.select_related("stopped_by__staff").in_bulk([row.pk for row in rows])
    bodies = {row.pk: signed_body(row, patient, ring) for row in rows}
    failed = [row for row in rows if bodies[row.pk] is None]
    if failed:
        alarm(failed, patient, at=at)
    return [_released(row, stops.get(row.pk), bodies[row.pk]) for row in rows]


def signed_body(row: Publication, patient: Patient, ring: Ring) -> dict[str, Any] | None:
    """The signed body whose digest is the one under the signature, or None."""
    words: SignedWords = row.words
    try:
        body: dict[str, Any] = json.loads(words.unseal(ring, "body"))
    except (CannotOpen, ValueError):
        return None
    return body if digest_of(body, ring, patient=patient) == row.digest else None


def _released(row: Publication, stop: PublicationStop | None, body: dict[str, Any] | None) -> Released:
    shown = body or {}
    return Released(
        publication_id=row.pk,
        review_id=row.signature.review_id,
        kind=row.kind,
        title=shown.get("title", ""),
        words=shown.get("words", shown.get("sentence", "")),
        dose=shown.get("dose", ""),
        stop_rule=shown.get("stop_rule", ""),
        printed_name=row.signature.printed_name,
        signed_at=row.signature.signed_at,
        visible_from=row.visible_from,
        valid_until=row.valid_until,
        stop=stop,
        verdict=row.signature.review.verdict,
        fits=body is not None,
    )


def was_anything_signed(patient: Patient, *, at: dt.datetime) -> bool:
    """Whether this patient could ever read anything that was signed, over and stopped things too; no words."""
    return Publication.objects.filter(patient=patient, visible_from__lte=at).exists()
