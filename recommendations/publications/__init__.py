"""The only reader of publications.

publications.of_patient(patient, ring, at=)   what the patient may read now, through the portal's own door
publications.for_staff(patient, ring, at=)    every publication of a patient, for the psychologist's page
publications.release_of(publication_id)       from when on one publication can be read; no words
publications.copy_for_patient(patient, ring, published, at=)   the patient's own copy, made of what they may read
publications.for_export(patient, ring, at=)   what was signed and may leave the clinic with the record
publications.can_be_read(publication_id, patient)  whether a plan item stands now; the portal's door, no key
publications.step_of(publication_id, patient)  the catalogue's code and stop signs behind a plan item; no signed words
publications.was_anything_signed(patient, at=)  whether there ever was anything to read; no words
publications.belongs(publication_id, patient)  whether it is this patient's
publications.standing(at=)                     what is signed and neither stopped nor over; no words
"""

from recommendations.publications.copy import copy_for_patient
from recommendations.publications.leaving import for_export
from recommendations.publications.portal import (
    EstimateDay,
    MoodEstimate,
    PlanItem,
    Published,
    Signed,
    Stopped,
    can_be_read,
    of_patient,
)
from recommendations.publications.staff import (
    Release,
    Released,
    Step,
    belongs,
    for_staff,
    release_of,
    standing,
    step_of,
    steps_of,
    was_anything_signed,
)

__all__ = [
    "EstimateDay",
    "MoodEstimate",
    "PlanItem",
    "Published",
    "Release",
    "Released",
    "Signed",
    "Step",
    "Stopped",
    "belongs",
    "can_be_read",
    "copy_for_patient",
    "for_export",
    "for_staff",
    "of_patient",
    "release_of",
    "standing",
    "step_of",
    "steps_of",
    "was_anything_signed",
]
