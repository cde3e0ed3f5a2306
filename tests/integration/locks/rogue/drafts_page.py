"""A page of the portal, dashboard/portal/soon.py: it also shows what the psychologist has not read yet."""

from clinic.keys import Ring
from clinic.models.patient import Patient
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words


def soon(patient: Patient, ring: Ring) -> list[str]:
    """The words of the drafts that wait, read through the portal's own door."""
    drafts = Suggestion.objects.using("portal").filter(patient=patient, state="open")
    return [draft_words(draft, ring).words for draft in drafts]
