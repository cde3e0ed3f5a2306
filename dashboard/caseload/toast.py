"""The word after a signature: whose plan was signed, when they see it, and the way back while there is one.

The session keeps the publication's id alone. The name is opened when the page is shown: a plain name never stands in
a table of a library.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import access, keys, people
from dashboard.access import ActingRequest
from dashboard.caseload.plans import kinds_in_words
from dashboard.times import clinic_zone, said
from recommendations import publications
from recommendations.publications import Release

SESSION_KEY = "signed-publication"


@dataclass(frozen=True, slots=True)
class Toast:
    """What `caseload/_toast.html` shows: Take back while the patient cannot read it, afterwards Withdraw.

    `goes` lists what is taken back where the signature released more than one thing.
    """

    words: str
    take_back_url: str
    take_back_until: str
    goes: str
    plans_url: str


def leave(request: ActingRequest, publication_id: UUID) -> None:
    """Remember what was signed for the next page."""
    request.session[SESSION_KEY] = str(publication_id)


def take(request: ActingRequest) -> Toast | None:
    """The word about what was signed on the page before, once."""
    stored = request.session.pop(SESSION_KEY, None)
    release = publications.release_of(UUID(stored)) if stored else None
    if release is None or access.REVIEW not in access.rights(request.person, release.patient, at=request.at):
        return None
    ring = keys.ring([release.patient.pk])
    name = people.identity(release.patient, ring, at=request.at).name
    return _toast(release, name, at=request.at)


def _toast(release: Release, name: str, *, at: dt.datetime) -> Toast:
    number = release.patient.record_number
    held = release.visible_from > at
    when = said(release.visible_from, at=at, zone=clinic_zone())
    words = _("Signed. %(name)s sees it from %(when)s.") if held else _("Signed. %(name)s can read it now.")
    return Toast(
        words=words % {"name": name, "when": when},
        take_back_url=reverse("publication-take-back", args=[number, release.publication_id]) if held else "",
        take_back_until=when if held else "",
        goes=kinds_in_words(release.kinds) if held and len(release.kinds) > 1 else "",
        plans_url="" if held else f"{reverse('patient', args=[number])}#plans",
    )
