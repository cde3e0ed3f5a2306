"""What a person whose care has ended reads: that it ended, what stays, and to whom they can turn."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.models.patient import Patient
from dashboard.portal.parts import Act, Notice
from dashboard.portal.when import Calendar
from dashboard.turn_to import turn_to


def notice(patient: Patient, calendar: Calendar) -> Notice | None:
    """The notice, or None for somebody in care. No query."""
    if patient.discharged_at is None:
        return None
    title = _("Your care here ended %(when)s") % {
        "when": calendar.on_day(calendar.date_of(patient.discharged_at))
    }
    stays = _("Your own check-ins and what was written stay yours. Nobody at the clinic reads new ones.")
    text = f"{turn_to(patient)} {stays}"
    return Notice("info", title, text, (Act(reverse("portal-help"), _("Where to find a person now")),))
