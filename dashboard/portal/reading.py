"""Reading what was signed for the patient who is signed in, with the audit entry that it was read."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import log
from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from dashboard.access import ActingRequest
from recommendations import publications
from recommendations.publications import Published

MOST_LISTED = 32
"""As many ids as one audit entry takes."""


def read_plan(request: ActingRequest, patient: Patient, ring: Ring | None) -> Published | None:
    """What was published for this patient; None while the keys are away."""
    if ring is None:
        return None
    published = publications.of_patient(patient, ring, at=request.at)
    shown = [each.publication_id for each in published.plan]
    if published.estimate:
        shown.append(published.estimate.publication_id)
    if shown:
        with transaction.atomic():
            facts = {"publications": shown[:MOST_LISTED]}
            log("publication_read", by=request.actor, at=request.at, patient=patient, facts=facts)
    return published


def closed(published: Published | None) -> str:
    """Why the plan, or a part of it, cannot be shown; empty where all of it is."""
    if published is None:
        return _("Your plan cannot be opened just now. Nothing is lost. Please come back in a few minutes.")
    if published.withheld:
        return _(
            "A part of your plan is not shown, because it is no longer exactly what was signed. "
            "Ask the clinic about it."
        )
    return ""


def nothing(published: Published | None, patient: Patient, *, at: dt.datetime) -> str:
    """What is said where no step stands: "yet" only where nothing ever was; empty where one stands or none opens."""
    if published is None or published.plan or published.withheld:
        return ""
    follows = _("When your psychologist signs something, it appears here with their name.")
    if patient.discharged_at is not None:
        return _("Nothing is signed for you now.")
    if published.stopped or publications.was_anything_signed(patient, at=at):
        return _("Nothing is signed for you now. %(follows)s") % {"follows": follows}
    return _("Nothing is signed for you yet. %(follows)s") % {"follows": follows}


def name_of(patient: Patient, ring: Ring | None) -> str:
    """The patient's name, or "" where it cannot be opened just now."""
    if ring is None:
        return ""
    try:
        return patient.unseal(ring, "name")
    except CannotOpen:
        return ""
