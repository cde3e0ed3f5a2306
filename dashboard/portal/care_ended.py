"""What a person whose care has ended reads: that it ended, what stays, and to whom they can turn."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.patient import Patient, TurnTo
from dashboard.portal.parts import Act, Notice
from dashboard.portal.when import Calendar

TURN_TO: dict[str, StrOrPromise] = {
    TurnTo.FAMILY_DOCTOR: gettext_lazy("If you need somebody, turn to your family doctor."),
    TurnTo.OTHER_CLINIC: gettext_lazy("If you need somebody, turn to the clinic that treats you now."),
    TurnTo.THIS_CLINIC: gettext_lazy(
        "If you need somebody, ring the clinic. It can take you into care again."
    ),
}


def notice(patient: Patient, calendar: Calendar) -> Notice | None:
    """The notice, or None for somebody in care. No query."""
    if patient.discharged_at is None:
        return None
    title = _("Your care here ended %(when)s") % {
        "when": calendar.on_day(calendar.date_of(patient.discharged_at))
    }
    stays = _("Your own check-ins and what was written stay yours. Nobody at the clinic reads new ones.")
    text = f"{TURN_TO[patient.turn_to]} {stays}"
    return Notice("info", title, text, (Act(reverse("portal-help"), _("Where to find a person now")),))
