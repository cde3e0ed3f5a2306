"""The one clinic of this installation and its settings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

SECOND_AT_MOST, LEAD_AT_MOST, EVERYBODY_AT_MOST = 30, 60, 120
"""Minutes: twice what ships. A clinic may page sooner than that, never so late that nobody comes (SR-29)."""

EVERYBODY_AT_LEAST, CONTACT_AT_LEAST = 10, 5
EMERGENCY_CONTACT_AT_MOST, URGENT_CONTACT_AT_MOST = 60, 480


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
    second_page_minutes = models.PositiveSmallIntegerField(
        _("minutes after which the second on call is paged"), default=15, db_default=15
    )
    lead_page_minutes = models.PositiveSmallIntegerField(
        _("minutes after which the duty lead is paged"), default=30, db_default=30
    )
    everybody_page_minutes = models.PositiveSmallIntegerField(
        _("minutes after which all psychologists are paged, and again each time that has passed"),
        default=60,
        db_default=60,
    )
    emergency_contact_minutes = models.PositiveSmallIntegerField(
        _("minutes in which whoever takes an emergency records a contact"), default=30, db_default=30
    )
    urgent_contact_minutes = models.PositiveSmallIntegerField(
        _("minutes in which whoever takes an urgent alert records a contact"), default=240, db_default=240
    )
    reassess_high_days = models.PositiveSmallIntegerField(
        _("days until a high risk is assessed again"), default=7, db_default=7
    )
    reassess_moderate_days = models.PositiveSmallIntegerField(
        _("days until a moderate risk is assessed again"), default=14, db_default=14
    )
    reassess_low_days = models.PositiveSmallIntegerField(
        _("days until a low risk is assessed again"), default=30, db_default=30
    )
    welfare_route = models.CharField(
        _("whom to ask to look in on somebody who cannot be reached"),
        max_length=400,
        blank=True,
        db_default="",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_clinic_per_installation"),
            models.CheckConstraint(
                condition=Q(
                    second_page_minutes__lte=F("lead_page_minutes"),
                    lead_page_minutes__lte=F("everybody_page_minutes"),
                    everybody_page_minutes__gte=EVERYBODY_AT_LEAST,
                )
                & Q(
                    second_page_minutes__lte=SECOND_AT_MOST,
                    lead_page_minutes__lte=LEAD_AT_MOST,
                    everybody_page_minutes__lte=EVERYBODY_AT_MOST,
                ),
                name="escalation_goes_up_within_two_hours",
            ),
            models.CheckConstraint(
                condition=Q(
                    emergency_contact_minutes__gte=CONTACT_AT_LEAST,
                    emergency_contact_minutes__lte=F("urgent_contact_minutes"),
                )
                & Q(
                    emergency_contact_minutes__lte=EMERGENCY_CONTACT_AT_MOST,
                    urgent_contact_minutes__lte=URGENT_CONTACT_AT_MOST,
                ),
                name="contact_is_asked_for_within_eight_hours",
            ),
            models.CheckConstraint(
                condition=Q(reassess_high_days__gte=1, reassess_high_days__lte=7)
                & Q(reassess_moderate_days__gte=F("reassess_high_days"), reassess_moderate_days__lte=14)
                & Q(reassess_low_days__gte=F("reassess_moderate_days"), reassess_low_days__lte=30),
                name="nobody_waits_longer_for_a_reassessment",
            ),
        ]
