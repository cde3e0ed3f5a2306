"""The two tables of the log: what happened, and the place in the log where it stands."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from audit.append_only import AppendOnly

DIGEST_OCTETS = 32
SALT_OCTETS = 16


class ClockTimestamp(models.Func):
    """The database's clock at this very row, not at the start of the transaction."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


def _octets(table: str, column: str, octets: int) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Exact(Length(column), octets), name=f"{table}_{column}_octets")


class AuditEntry(AppendOnly):
    """Who did what to which record, when and why. Ids, codes, counts and keyed digests only.

    The table has one more column, `xid`, the transaction that wrote the row: only the sequencer asks for it.
    Both `xid` and `recorded_at` are set by a trigger, so nobody who may insert can choose them.
    """

    id = models.BigAutoField(primary_key=True)
    action = models.CharField(max_length=64)
    actor_id = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=32)
    patient_id = models.UUIDField(null=True)
    record_number = models.CharField(max_length=32, blank=True)
    subject_kind = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=ClockTimestamp())
    salt = models.BinaryField()
    mac = models.BinaryField()

    class Meta(AppendOnly.Meta):
        db_table = "audit_entry"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["salt"], name="audit_entry_salt_once"),
            _octets("audit_entry", "salt", SALT_OCTETS),
            _octets("audit_entry", "mac", DIGEST_OCTETS),
        ]
        indexes = [
            models.Index(
                fields=["patient_id", "id"],
                name="audit_entry_patient",
                condition=models.Q(patient_id__isnull=False),
            ),
            models.Index(
                fields=["record_number", "id"],
                name="audit_entry_record",
                condition=~models.Q(record_number=""),
            ),
            models.Index(fields=["action", "id"], name="audit_entry_action"),
        ]


class SequencedEntry(AppendOnly):
    """The place of an entry in the log: its number, its digest and the digest of everything up to it."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="sequenced")
    leaf = models.BinaryField()
    running = models.BinaryField()
    seal = models.BinaryField()

    class Meta(AppendOnly.Meta):
        db_table = "audit_sequence"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(index__gte=1), name="audit_sequence_starts_at_1"),
            _octets("audit_sequence", "leaf", DIGEST_OCTETS),
            _octets("audit_sequence", "running", DIGEST_OCTETS),
            _octets("audit_sequence", "seal", DIGEST_OCTETS),
        ]
