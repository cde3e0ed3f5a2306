import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import audit.models
from audit.guards import ENTRY_STAMP, append_only, guard_sql

# The transaction that wrote an entry, for the sequencer alone; Django has no field for xid8.
XID = """
ALTER TABLE public.audit_entry ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_entry_watermark ON public.audit_entry (xid, id);
"""
NO_XID = "ALTER TABLE public.audit_entry DROP COLUMN xid;"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("action", models.CharField(max_length=64)),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_role", models.CharField(max_length=32)),
                ("patient_id", models.UUIDField(null=True)),
                ("record_number", models.CharField(blank=True, max_length=32)),
                ("subject_kind", models.CharField(blank=True, max_length=64)),
                ("subject_id", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=64)),
                ("facts", models.JSONField(default=dict)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=audit.models.ClockTimestamp())),
                ("salt", models.BinaryField()),
                ("mac", models.BinaryField()),
            ],
            options={
                "db_table": "audit_entry",
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("patient_id__isnull", False)),
                        fields=["patient_id", "id"],
                        name="audit_entry_patient",
                    ),
                    models.Index(
                        condition=models.Q(("record_number", ""), _negated=True),
                        fields=["record_number", "id"],
                        name="audit_entry_record",
                    ),
                    models.Index(fields=["action", "id"], name="audit_entry_action"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("salt",), name="audit_entry_salt_once"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("salt"), 16
                        ),
                        name="audit_entry_salt_octets",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("mac"), 32
                        ),
                        name="audit_entry_mac_octets",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SequencedEntry",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("leaf", models.BinaryField()),
                ("running", models.BinaryField()),
                ("seal", models.BinaryField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sequenced",
                        to="audit.auditentry",
                    ),
                ),
            ],
            options={
                "db_table": "audit_sequence",
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("index__gte", 1)), name="audit_sequence_starts_at_1"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("leaf"), 32
                        ),
                        name="audit_sequence_leaf_octets",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("running"), 32
                        ),
                        name="audit_sequence_running_octets",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("seal"), 32
                        ),
                        name="audit_sequence_seal_octets",
                    ),
                ],
            },
        ),
        migrations.RunSQL(XID, NO_XID),
        migrations.RunSQL(*append_only("audit_entry")),
        migrations.RunSQL(*append_only("audit_sequence")),
        migrations.RunSQL(*guard_sql(ENTRY_STAMP)),
    ]
