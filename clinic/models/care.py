"""Who cares for whom, from when to when. Access to a record comes from these rows and from nothing else."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clinic.models.patient import Patient
from clinic.models.user import User


class CareKind(models.TextChoices):
    """Why somebody may open a record."""

    TREATING = "treating", _("Treating")
    COVERING = "covering", _("Covering")
    SECOND_READER = "second_reader", _("Second reader")
    SAFETY = "safety", _("Safety")
    BREAK_GLASS = "break_glass", _("Emergency access")


class CareRelationship(models.Model):
    """One person's care for one patient, with start and end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=CareKind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="care_ends_after_its_start"
            ),
            models.CheckConstraint(condition=Q(kind__in=CareKind.values), name="care_kind_is_known"),
            models.UniqueConstraint(
                fields=["patient", "user", "kind"],
                condition=Q(ends_at=None),
                name="one_standing_care_relationship_per_kind",
            ),
        ]
        indexes = [models.Index(fields=["user", "patient"], name="care_of_a_user")]
