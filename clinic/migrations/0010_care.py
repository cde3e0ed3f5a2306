"""Looks at who may open a record, links for a new password, and an interval between looks."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.guards import guard_sql
from clinic.guards import CARE_TEAMS


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0009_tokens"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="access_check_days",
            field=models.PositiveSmallIntegerField(
                db_default=180,
                default=180,
                verbose_name="days after which somebody looks again at who may open a record",
            ),
        ),
        migrations.CreateModel(
            name="WrongProof",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code_digest", models.CharField(max_length=64)),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["code_digest"], name="wrong_proofs_of_a_code")],
            },
        ),
        migrations.CreateModel(
            name="AccessCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("checked_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "care",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.carerelationship",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["care", "-checked_at"], name="access_checks_of_care")],
            },
        ),
        migrations.CreateModel(
            name="PasswordLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "issued_by",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="password_link_expires_after_it_was_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("revoked_by__isnull", False),
                                ("used_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="password_link_revoked_by_somebody_or_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("issued_by")), _negated=True),
                        name="password_link_is_made_by_somebody_else",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None), ("used_at", None)),
                        fields=("user",),
                        name="one_standing_password_link_per_person",
                    ),
                ],
            },
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in CARE_TEAMS),
    ]
