"""The patient's own copy as one bundle: what they said and agreed to, and what was signed for them.

A step that was taken out is in it with its words, marked as revoked: what the person could read stays theirs.

What was signed comes in as `of_patient` read it through the portal's own door, so that a copy holds no word that the
patient's page does not. What other systems sent is not in it: advice in it was signed by nobody here.
"""

import datetime as dt

from clinic.keys import Ring
from clinic.models.consent import Source
from clinic.models.patient import Patient
from recommendations.fhir.outgoing import record
from recommendations.fhir.outgoing.bundle import Bundle
from recommendations.fhir.outgoing.signed import Ended, Leaving, Stopped
from recommendations.publications.portal import Published

OWN = (Source.CHECK_IN, Source.QUESTIONNAIRE, Source.DEVICE)
"""What a person entered themselves or let a device enter; shared with the clinic or not, it is theirs."""


def copy_for_patient(patient: Patient, ring: Ring, published: Published, *, at: dt.datetime) -> Bundle:
    """The bundle. Raises clinic.keys.CannotOpen where words cannot be opened."""
    ended = [
        (each, Ended(each.reason, each.stopped_at)) for each in published.stopped if each.kind == "plan_item"
    ]
    stopped = [Stopped(each.publication_id, end) for each, end in ended if each.item is None]
    leaving = [Leaving(each) for each in published.plan]
    leaving += [Leaving(each.item, ended=end) for each, end in ended if each.item is not None]
    if published.estimate:
        leaving.append(Leaving(published.estimate))
    return record.of_patient(patient, ring, leaving=leaving, stopped=stopped, sources=OWN, at=at)
