"""What somebody has signed, as a list: names only of people who are still in their care."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import access, keys, people
from clinic.models.patient import Patient
from clinic.models.user import User
from dashboard.caseload.aside_rows import detail_of
from dashboard.times import said
from recommendations import catalogue
from recommendations.models.review import Review, Verdict
from recommendations.models.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class SignedRow:
    """One signature. Without care there is no name and no link any more: the record number stands alone."""

    name: str
    detail: str
    what: str
    verdict: str
    when: str
    url: str


def signed_rows(reviews: Sequence[Review], *, by: User, at: dt.datetime, zone: str) -> list[SignedRow]:
    """The rows of these decisions: three queries and the keys."""
    patients = Patient.objects.in_bulk({each.patient_id for each in reviews})
    drafts = Suggestion.objects.in_bulk({each.suggestion_id for each in reviews if each.suggestion_id})
    mine = set(access.records(by, at=at).filter(pk__in=patients).values_list("pk", flat=True))
    ring = keys.ring(mine)
    known = people.identities([patients[pk] for pk in mine if pk in ring], ring, at=at)
    rows = []
    for review in reviews:
        person, number = known.get(review.patient_id), patients[review.patient_id].record_number
        draft = drafts.get(review.suggestion_id) if review.suggestion_id else None
        rows.append(
            SignedRow(
                name=person.name if person else number,
                detail=detail_of(person) if person else _("not in your care any more"),
                what=catalogue.name_of(draft.code) if draft else _("A plan of your own"),
                verdict=str(Verdict(review.verdict).label),
                when=said(review.decided_at, at=at, zone=zone),
                url=f"{reverse('patient', args=[number])}#plans" if person else "",
            )
        )
    return rows
