"""What the API sends to patients and takes from them."""

from typing import Any

from rest_framework import serializers

from clinic.intake import FEELINGS, LONGEST_NOTE
from clinic.models.observation import MOOD_HIGHEST, MOOD_LOWEST
from dashboard.api.shapes import ErrorShape


class PlanItemShape(serializers.Serializer[Any]):
    """One step of the signed plan, in exactly the words that were signed."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    words = serializers.CharField()
    dose = serializers.CharField()
    stop_rule = serializers.CharField()
    language = serializers.CharField()
    valid_until = serializers.DateField()
    signed_by = serializers.CharField()
    signed_at = serializers.DateTimeField()
    with_ai = serializers.BooleanField(help_text="Whether AI helped to draft it.")
    fingerprint = serializers.CharField()


class CheckInEntryShape(serializers.Serializer[Any]):
    """One of your check-ins. Without words where they cannot be opened just now."""

    id = serializers.UUIDField()
    happened_at = serializers.DateTimeField()
    day = serializers.DateField()
    mood = serializers.IntegerField()
    feelings = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True)
    corrected = serializers.BooleanField()


class CheckInShape(serializers.Serializer[Any]):
    """A new check-in. `submission` is yours to choose: the same one sent twice is stored once."""

    submission = serializers.UUIDField()
    mood = serializers.IntegerField(min_value=MOOD_LOWEST, max_value=MOOD_HIGHEST)
    feelings = serializers.ListField(
        child=serializers.ChoiceField(choices=list(FEELINGS)), default=list, max_length=len(FEELINGS)
    )
    note = serializers.CharField(allow_blank=True, default="", max_length=LONGEST_NOTE, trim_whitespace=False)


class HelpActionShape(serializers.Serializer[Any]):
    """One thing to do."""

    label = serializers.CharField()  # type: ignore[assignment]
    detail = serializers.CharField(allow_blank=True)
    href = serializers.CharField(allow_null=True)
    kind = serializers.CharField()


class HelpShape(serializers.Serializer[Any]):
    """The clinic's help card. Show it whole, before anything else: people wrote it, and it never waits."""

    protocol = serializers.CharField()
    heading = serializers.CharField()
    lead = serializers.CharField()
    actions = HelpActionShape(many=True)
    notes = serializers.ListField(child=serializers.CharField())
    told = serializers.CharField(help_text="What was passed on, and to whom.")
    words = serializers.ListField(child=serializers.CharField())


class KeptShape(serializers.Serializer[Any]):
    """What became of a check-in. `help` is null where nothing in it suggests danger."""

    id = serializers.UUIDField()
    is_new = serializers.BooleanField(help_text="False where this submission had been stored before.")
    help = HelpShape(allow_null=True)


class NotKeptShape(ErrorShape):
    """Nothing was stored; the words were read for danger all the same."""

    help = HelpShape(allow_null=True)


class ConsentShape(serializers.Serializer[Any]):
    """One switch: what may be used for what."""

    source = serializers.CharField()  # type: ignore[assignment]
    purpose = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    given = serializers.BooleanField()
    since = serializers.DateTimeField(allow_null=True)


class EntryShape(serializers.Serializer[Any]):
    """One entry of the audit log. Of reasons and facts only those that say nothing about treatment, else empty."""

    id = serializers.IntegerField()
    action = serializers.CharField()
    actor_id = serializers.UUIDField(allow_null=True)
    actor_role = serializers.CharField()
    record_number = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    facts = serializers.DictField(child=serializers.JSONField())
    happened_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
