"""What the API sends and takes, described once: answers are checked against it in the tests."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers


class ErrorShape(serializers.Serializer[Any]):
    """Why something was not done. `code` is for programs and stays; `detail` is a sentence in the reader's language."""

    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        help_text="By field, where a value does not fit.",
    )


def page_of(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """One page of a list of these."""
    return inline_serializer(
        f"{shape.__name__.removesuffix('Shape')}Page",
        {
            "results": shape(many=True),
            "next": serializers.CharField(
                allow_null=True, help_text="The next page's cursor; null on the last."
            ),
        },
    )


class MeShape(serializers.Serializer[Any]):
    """Who the token or session acts for."""

    role = serializers.CharField()
    scopes = serializers.ListField(
        child=serializers.CharField(), help_text="What the token was made for; empty with a session."
    )
    time = serializers.DateTimeField()


class QueueShape(serializers.Serializer[Any]):
    """One AI draft that waits for a decision."""

    id = serializers.UUIDField()
    record_number = serializers.CharField()
    name = serializers.CharField()
    code = serializers.CharField(help_text="The intervention's code in the catalogue.")
    title = serializers.CharField()
    waiting_since = serializers.DateTimeField()


class PatientShape(serializers.Serializer[Any]):
    """One patient of the own caseload."""

    record_number = serializers.CharField()
    name = serializers.CharField()
    age = serializers.IntegerField(allow_null=True)
    zone = serializers.CharField(help_text="The patient's IANA time zone.")
    language = serializers.CharField()
    ai_allowed = serializers.BooleanField(help_text="Whether AI may be used for this patient now.")


class DayShape(serializers.Serializer[Any]):
    """One local day of one signal: mean or sum of the day's numbers, as in the chart and its table."""

    day = serializers.DateField()
    value = serializers.FloatField()
    count = serializers.IntegerField(help_text="How many numbers the day had.")
    source = serializers.CharField()  # type: ignore[assignment]


class SeriesShape(serializers.Serializer[Any]):
    """One signal over a span of local days. Days without a number are not in it."""

    signal = serializers.CharField()
    unit = serializers.CharField()
    better = serializers.CharField(help_text="higher, lower or neither: which way is better for the person.")
    zone = serializers.CharField()
    as_of = serializers.DateTimeField()
    days = DayShape(many=True)


class ReadingShape(serializers.Serializer[Any]):
    """An AI mood reading as it was stored. For professionals: a patient sees none that nobody has signed."""

    as_of = serializers.DateField()
    level = serializers.FloatField(allow_null=True)
    lower = serializers.FloatField(allow_null=True)
    upper = serializers.FloatField(allow_null=True)
    usual_low = serializers.FloatField(allow_null=True)
    usual_high = serializers.FloatField(allow_null=True)
    direction = serializers.CharField()
    held_back = serializers.CharField(
        allow_blank=True, help_text="Why there is no level; empty where there is one."
    )
    release = serializers.CharField(help_text="Model release that made it.")


class PieceShape(serializers.Serializer[Any]):
    """One piece of evidence behind a draft."""

    key = serializers.CharField()
    side = serializers.CharField(help_text="for, against, or unseen: what the model cannot see.")
    weight = serializers.CharField()
    sentence = serializers.CharField()


class DraftShape(serializers.Serializer[Any]):
    """An AI draft. Nobody has signed it, and no patient can see it, unless its state is approved."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    waiting_since = serializers.DateTimeField()


class WholeDraftShape(DraftShape):
    """A draft with its words, its evidence and the situation that a decision must name."""

    words = serializers.CharField()
    dose = serializers.CharField()
    stop_rule = serializers.CharField()
    language = serializers.CharField()
    evidence = PieceShape(many=True)
    release = serializers.CharField()
    seen = serializers.CharField(
        help_text="Send it with an approval: it is void once anything here has changed."
    )


class ToSignShape(WholeDraftShape):
    """The draft as it would be signed, until the day that was asked for."""

    valid_until = serializers.DateField(help_text="The last day on which the patient would read it.")
    digest = serializers.CharField(help_text="Of exactly what would be signed. Send it with an approval.")
    refusal = serializers.CharField(allow_blank=True, help_text="Why you cannot sign it now, or empty.")


class PublicationShape(serializers.Serializer[Any]):
    """Signed words, before and after the patient can read them."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    signed_by = serializers.CharField()
    signed_at = serializers.DateTimeField()
    visible_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(allow_null=True)
    stopped = serializers.CharField(
        allow_blank=True, help_text="Why it no longer reaches the patient, or empty."
    )


@extend_schema_field({"type": "string", "format": "password", "minLength": 1, "maxLength": 4096})
class PasswordField(serializers.CharField):
    """The person's own password, for one signature."""


class RejectShape(serializers.Serializer[Any]):
    """Rejecting a draft."""

    reasons = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=14)
    note = serializers.CharField(allow_blank=True, default="", max_length=2_000)


class ApproveShape(serializers.Serializer[Any]):
    """Signing a draft in its own words."""

    seen = serializers.CharField(max_length=400)
    digest = serializers.CharField(max_length=64)
    supporting = serializers.ListField(
        child=serializers.CharField(max_length=60), min_length=1, max_length=20
    )
    valid_until = serializers.DateField()
    note = serializers.CharField(allow_blank=True, default="", max_length=2_000)
    password = PasswordField(max_length=4_096, trim_whitespace=False)


class DecidedShape(serializers.Serializer[Any]):
    """What was decided."""

    id = serializers.UUIDField(help_text="Of the review, or of the publication that a signature made.")
    verdict = serializers.CharField()
    visible_from = serializers.DateTimeField(allow_null=True)
