"""AI switched off: for one patient or for everybody."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from clinic.models.patient import Patient
from clinic.models.user import User


class AiStop(models.Model):
    """AI was stopped. One person stops it; it stays stopped until two people have started it again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, related_name="+")
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()
    restart_asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    restart_asked_at = models.DateTimeField(null=True)
    restarted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    restarted_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(restart_asked_at=None, restart_asked_by=None)
                | Q(restart_asked_at__isnull=False, restart_asked_by__isnull=False),
                name="ai_restart_asked_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(restarted_at=None, restarted_by=None)
                | (
                    Q(restart_asked_by__isnull=False, restarted_at__gte=F("restart_asked_at"))
                    & Q(restarted_by__isnull=False)
                    & ~Q(restarted_by=F("restart_asked_by"))
                ),
                name="ai_is_started_again_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(restarted_at=None),
                nulls_distinct=False,
                name="one_standing_ai_stop_per_scope",
            ),
        ]
