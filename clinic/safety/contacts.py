"""Whether anybody close to a patient may be told anything: never where words spoke of violence at home (SR-38).

No contact is told anything yet. Whatever tells one asks here first.
"""

from typing import Final
from uuid import UUID

from django.db.models import Exists

from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.models.user import User

ABUSE: Final = ("abuse_child", "abuse_partner", "abuse_elder")
"""Kinds of danger in which whoever reads along may be the danger."""


def spoke_of_abuse(user: User) -> Exists:
    """Whether an alert of the patient who signs in as `user` names abuse, as a part of another query."""
    return Exists(SafetyAlert.objects.filter(patient__user=user, categories__overlap=list(ABUSE)))


def contacts_may_be_told(patient: Patient | UUID) -> bool:
    """No while an alert on abuse is open, and no for good once there was one: one query.

    A closed alert does not say that home has become safe, and whoever is named as a contact may be the one who hurts.
    """
    key = patient.pk if isinstance(patient, Patient) else patient
    return not SafetyAlert.objects.filter(patient=key, categories__overlap=list(ABUSE)).exists()
