"""The one clinic of this installation and its settings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Clinic(models.Model):
    """One row: one installation is one clinic. Its name, place and the numbers that it sets."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1, two letters."))
    zone = models.CharField(_("time zone"), max_length=64)
    is_demonstration = models.BooleanField(default=False)
    publication_delay = models.DurationField(
        _("time in which a signature can be taken back before the patient reads it")
    )
    waiting_aim_hours = models.PositiveSmallIntegerField(_("hours in which a draft should be decided"))
    staff_session_hours = models.PositiveSmallIntegerField(
        _("hours after which staff sign in again, however busy they are"), default=12, db_default=12
    )
    answer_aim_days = models.PositiveSmallIntegerField(
        _("days in which a message should be answered"), default=2, db_default=2
    )
    access_check_days = models.PositiveSmallIntegerField(
        _("days after which somebody looks again at who may open a record"), default=180, db_default=180
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_clinic_per_installation")]
