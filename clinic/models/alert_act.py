"""What was done about a safety alert."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.models.user import User


class ActKind(models.TextChoices):
    """What somebody did about an alert."""

    SPOKE = "spoke", _("Spoke with the person")
    NOT_REACHED = "not_reached", _("Could not reach them")
    WELFARE = "welfare", _("Could not reach them; asked somebody to look in")
    TO_CRISIS_TEAM = "to_crisis_team", _("Handed to the crisis team")
    TO_COLLEAGUE = "to_colleague", _("Handed to a colleague")
    CLOSED = "closed", _("Closed the alert")
    REOPENED = "reopened", _("Opened the alert again")


FAILED = (ActKind.NOT_REACHED, ActKind.WELFARE)
"""Nobody spoke with the person."""

ANSWERED = (ActKind.SPOKE, ActKind.TO_CRISIS_TEAM, ActKind.CLOSED)
"""A person who acts now has it."""

AGAIN = (*FAILED, ActKind.TO_COLLEAGUE, ActKind.REOPENED)
"""After these an answer holds no more: nobody was reached since, or whoever has it now has not acted yet."""


class AlertAct(AppendOnly, SealedModel):
    """One thing that was done about an alert. Its id is that of the form, so that one form makes one row.

    `reason` is how a closed alert ended; `retry_at` when the next attempt is due; `handed_to` the new owner.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(SafetyAlert, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ActKind)
    reason = models.CharField(max_length=20, blank=True)
    retry_at = models.DateTimeField(null=True)
    handed_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = SealedField(label="alert-act.note", null=True)
    acted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActKind.values), name="alert_act_is_known"),
            models.CheckConstraint(
                condition=Q(kind=ActKind.NOT_REACHED) | Q(retry_at=None), name="only_an_attempt_is_retried"
            ),
            models.CheckConstraint(
                condition=Q(kind=ActKind.TO_COLLEAGUE, handed_to__isnull=False)
                | (~Q(kind=ActKind.TO_COLLEAGUE) & Q(handed_to=None)),
                name="a_colleague_is_named_where_one_is_handed_it",
            ),
            models.CheckConstraint(
                condition=Q(kind=ActKind.CLOSED) & ~Q(reason="") | ~Q(kind=ActKind.CLOSED) & Q(reason=""),
                name="closing_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["alert", "happened_at", "recorded_at"], name="acts_of_an_alert")]
