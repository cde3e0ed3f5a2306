"""Who is on call: weekly slots, absences with their cover, and where somebody is paged."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clinic.models.user import User


class Position(models.TextChoices):
    """In which order people are paged."""

    FIRST = "first", _("First on call")
    SECOND = "second", _("Second on call")
    DUTY_LEAD = "duty_lead", _("Duty lead")


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Channel(models.TextChoices):
    """By what a page travels."""

    EMAIL = "email", _("E-mail")
    WEBHOOK = "webhook", _("Webhook")


def _removed_by_somebody() -> Q:
    return Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False)


class RotaSlot(models.Model):
    """Each week on this day, between two times in the clinic's zone. Where `ends` is not later, it is the next day's.

    A slot is never changed: it is removed, and another added. What was stays known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=20, choices=Position)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position__in=Position.values), name="rota_slot_position_is_known"
            ),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="rota_slot_weekday_is_known"
            ),
            models.CheckConstraint(
                condition=_removed_by_somebody(), name="rota_slot_removed_by_somebody_at_some_time"
            ),
        ]


class Absence(models.Model):
    """Somebody is not on call between two moments; `cover` is in their place, or nobody. A swap is a short one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=F("user")), name="nobody_covers_their_own_absence"
            ),
            models.CheckConstraint(
                condition=_removed_by_somebody(), name="absence_removed_by_somebody_at_some_time"
            ),
        ]


class PagingAddress(models.Model):
    """Where somebody is paged over one channel; without `user` it is the clinic's own receiver.

    The address is encrypted under a key of the clinic (`clinic.oncall.addresses`). One that is replaced is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel)
    address = models.BinaryField(editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="paging_address_channel_is_known"
            ),
            models.UniqueConstraint(
                fields=["user", "channel"], nulls_distinct=False, name="one_paging_address_per_channel"
            ),
        ]
