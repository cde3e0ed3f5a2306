"""Invitations, signs of life, sessions that end, training: with the guard of invitations."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.guards import guard_sql
from clinic.guards import INVITATIONS

# The log is searched by person and by day. The second index is tiny: entries lie in the order of their time.
SEARCHED = """
CREATE INDEX IF NOT EXISTS audit_entry_actor ON public.audit_entry (actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS audit_entry_recorded ON public.audit_entry USING brin (recorded_at);
"""
NOT_SEARCHED = "DROP INDEX public.audit_entry_actor; DROP INDEX public.audit_entry_recorded;"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("clinic", "0007_messages_and_appointments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("happened_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="clinic",
            name="staff_session_hours",
            field=models.PositiveSmallIntegerField(
                db_default=12,
                default=12,
                verbose_name="hours after which staff sign in again, however busy they are",
            ),
        ),
        migrations.AddField(
            model_name="staffprofile",
            name="trained_on",
            field=models.DateField(blank=True, null=True, verbose_name="trained to supervise AI drafts on"),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("psychologist", "Psychologist"),
                            ("administrator", "Administrator"),
                            ("patient", "Patient"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                ("printed_name", models.CharField(blank=True, max_length=120, verbose_name="printed name")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="professional title")),
                ("licence_valid_until", models.DateField(null=True)),
                ("record_number", models.CharField(blank=True, max_length=12, verbose_name="record number")),
                ("zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                (
                    "invited_as",
                    models.CharField(
                        choices=[
                            ("psychologist", "Psychologist"),
                            ("administrator", "Administrator"),
                            ("patient", "Patient"),
                        ],
                        max_length=20,
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "accepted_by",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "treating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-invited_at", "-id"], name="invitations_newest_first")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["psychologist", "administrator", "patient"])),
                        name="invitation_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                ("revoked_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_accepted_by_somebody_or_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_revoked_by_somebody_or_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="invitation_expires_after_it_was_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("licence_valid_until", None),
                                ("printed_name", ""),
                                ("role", "patient"),
                                ("title", ""),
                                models.Q(("record_number", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("role", "patient"), _negated=True),
                                ("record_number", ""),
                                ("treating", None),
                                models.Q(("printed_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_names_staff_and_never_a_patient",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("accepted_at", None),
                            ("revoked_at", None),
                            models.Q(("record_number", ""), _negated=True),
                        ),
                        fields=("record_number",),
                        name="one_standing_invitation_per_record",
                    ),
                ],
            },
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in INVITATIONS),
        migrations.RunSQL(SEARCHED, NOT_SEARCHED),
    ]
