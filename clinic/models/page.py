"""Pages: who was to be called about which alert, at which step, and every attempt to reach them."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.models.oncall import Channel
from clinic.models.safety import SafetyAlert
from clinic.models.user import User


class Step(models.TextChoices):
    """Why somebody is paged."""

    FIRST = "first", _("An alert was opened")
    SECOND = "second", _("Nobody took it in time: second on call")
    DUTY_LEAD = "duty_lead", _("Nobody took it in time: duty lead")
    EVERYBODY = "everybody", _("Nobody took it in time: everybody")
    LEFT = "left", _("Whoever had taken it can no longer act")
    UNANSWERED = "unanswered", _("Taken, and no contact was recorded in time")
    HANDED_OVER = "handed_over", _("A colleague handed it over")
    FAILED_CONTACT = "failed_contact", _("Three attempts in a row to reach them failed")
    CEILING = "ceiling", _("Nobody has answered for most of half a day")
    TEST = "test", _("A test page")


class Sought(models.TextChoices):
    """As what the recipient was paged."""

    FIRST = "first", _("First on call")
    SECOND = "second", _("Second on call")
    DUTY_LEAD = "duty_lead", _("Duty lead")
    ANYBODY = "anybody", _("One of all psychologists")
    OWNER = "owner", _("Whoever has taken the alert")
    CLINIC = "clinic", _("The clinic’s own receiver")
    TESTER = "tester", _("A test page")


class Page(AppendOnly):
    """One message to one recipient over one channel, because of one step of an alert's escalation.

    `turn` counts how often a step that repeats has come. Whoever makes the same page again, whichever program it is,
    meets the unique constraint: nobody is paged twice for one step over one channel.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(SafetyAlert, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=20, choices=Step)
    turn = models.PositiveIntegerField(default=0)
    position = models.CharField(max_length=20, choices=Sought)
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel)
    due_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "step", "turn", "recipient", "channel"],
                condition=Q(alert__isnull=False),
                nulls_distinct=False,
                name="one_page_per_step_recipient_and_channel",
            ),
            models.CheckConstraint(
                condition=Q(alert=None, step="test") | (Q(alert__isnull=False) & ~Q(step="test")),
                name="page_is_about_an_alert_or_a_test",
            ),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="page_step_is_known"),
            models.CheckConstraint(condition=Q(position__in=Sought.values), name="page_position_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="page_channel_is_known"),
        ]
        indexes = [models.Index(fields=["-due_at"], name="pages_by_time")]


class Outcome(models.TextChoices):
    """What became of an attempt. `begun` is its claim; every other is its end."""

    BEGUN = "begun", _("on its way")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused by the receiving server")
    TIMEOUT = "timeout", _("the receiving server did not answer in time")
    UNREACHABLE = "unreachable", _("the receiving server could not be reached")
    NOT_SET_UP = "not_set_up", _("this channel is not set up here")
    NOT_ALLOWED = "not_allowed", _("the address is not one that may be called")
    NO_ADDRESS = "no_address", _("the address was removed or cannot be read")
    FAILED = "failed", _("it failed for another reason")


class PageAttempt(AppendOnly):
    """One attempt: a row when a program claims it, before anything is sent, and a row with what became of it."""

    id = models.BigAutoField(primary_key=True)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], condition=Q(outcome="begun"), name="attempt_is_begun_once"
            ),
            models.UniqueConstraint(
                fields=["page", "number"], condition=~Q(outcome="begun"), name="attempt_ends_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="attempt_outcome_is_known"),
        ]
        indexes = [models.Index(fields=["outcome", "-happened_at"], name="attempts_by_outcome")]
