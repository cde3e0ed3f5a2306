"""The project's addresses, and one page of the portal that also shows what waits: a planted fault."""

from django.http import HttpResponse
from django.urls import include, path

from clinic import keys
from clinic.models.patient import Patient
from dashboard.access import PATIENT, ActingRequest, allow
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words


@allow(PATIENT)
def coming_soon(request: ActingRequest) -> HttpResponse:
    """What the patient's psychologist has not read yet."""
    patient = Patient.objects.get(user=request.person)
    drafts = Suggestion.objects.filter(patient=patient, state="open")
    ring = keys.ring([patient.pk])
    return HttpResponse("\n".join(draft_words(draft, ring).words for draft in drafts))


urlpatterns = [
    path("my/coming-soon/", coming_soon, name="portal-coming-soon"),
    path("", include("clinic.urls")),
]

handler400 = "dashboard.entrance.errors.bad_request"
handler403 = "dashboard.entrance.errors.forbidden"
handler404 = "dashboard.entrance.errors.not_found"
handler500 = "dashboard.entrance.errors.server_error"
