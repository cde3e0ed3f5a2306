"""Plans that a colleague signed and that came along with the record: they stand; the new psychologist looks at them."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from clinic import access
from clinic.actor import Actor, log
from clinic.keys import Ring
from clinic.models.handover import HandedPlan
from clinic.models.patient import Patient
from recommendations import publications
from recommendations.publications import Released


def waiting_plans(patient: Patient, *, at: dt.datetime) -> QuerySet[HandedPlan]:
    """Those that stand and that nobody has confirmed yet."""
    standing = publications.standing(at=at).filter(pk=OuterRef("publication"))
    return HandedPlan.objects.filter(Exists(standing), patient=patient, confirmed_at=None)


def to_be_confirmed(patient: Patient, ring: Ring, *, at: dt.datetime) -> list[tuple[HandedPlan, Released]]:
    """The same with their words, newest first: three queries, one where none waits."""
    waiting = {handed.publication: handed for handed in waiting_plans(patient, at=at)}
    if not waiting:
        return []
    released = publications.for_staff(patient, ring, at=at)
    return [(waiting[each.publication_id], each) for each in released if each.publication_id in waiting]


def handed_plan(patient: Patient, handed_id: UUID, *, at: dt.datetime) -> HandedPlan | None:
    """One of this patient's plans that wait, or None."""
    return waiting_plans(patient, at=at).select_related("patient").filter(pk=handed_id).first()


@transaction.atomic
def confirm(*, handed: HandedPlan, by: Actor, at: dt.datetime) -> None:
    """Let a plan stand that a colleague signed. Its signature stays theirs. Raises NotAllowed."""
    assert by.user is not None  # noqa: S101  software confirms nothing
    access.check_may(by.user, access.REVIEW, handed.patient, at=at)
    waiting = HandedPlan.objects.filter(pk=handed.pk, confirmed_at=None)
    if waiting.update(confirmed_at=at, confirmed_by=by.user):
        facts = {"publication": handed.publication}
        log("plan_confirmed", by=by, at=at, patient=handed.patient, subject=handed, facts=facts)
