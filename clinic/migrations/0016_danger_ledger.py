"""The alert ledger: what was read of every text, trials of changes on the past, and releases signed here."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.guards import guard_sql
from clinic.guards import LEDGER


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_answering"),
    ]

    operations = [
        migrations.CreateModel(
            name="DangerReplay",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("thresholds", models.JSONField()),
                ("compared_with", models.JSONField()),
                ("rule_set", models.CharField(max_length=64)),
                ("classifier", models.CharField(blank=True, max_length=64)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("last", models.UUIDField(null=True)),
                ("result", models.JSONField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DangerRelease",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("rule_set", models.CharField(max_length=64)),
                ("classifier", models.CharField(blank=True, max_length=64)),
                ("thresholds", models.JSONField()),
                ("replay_digest", models.CharField(max_length=64)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("first", "The first release of this clinic"),
                            ("false_alarms", "Fewer false alarms"),
                            ("missed", "Fewer missed messages"),
                            ("installed", "New rules or a new classifier were installed"),
                            ("review", "A regular review"),
                        ],
                        max_length=20,
                    ),
                ),
                ("lost", models.PositiveIntegerField(default=0)),
                ("signed_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replay",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.dangerreplay",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DangerReading",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("check_in", "Check-ins"),
                            ("message", "Messages"),
                            ("questionnaire", "Questionnaires"),
                            ("profile", "Profile"),
                            ("safety_plan", "Safety plan"),
                            ("effect", "Reports about a step"),
                            ("account", "Joining and signing in"),
                            ("imported", "Records from elsewhere"),
                            ("other", "Forms that were not stored"),
                        ],
                        max_length=20,
                    ),
                ),
                ("submission", models.UUIDField()),
                ("language", models.CharField(blank=True, max_length=35)),
                ("level", models.PositiveSmallIntegerField()),
                ("rules_level", models.PositiveSmallIntegerField()),
                ("score", models.FloatField()),
                ("classifier", models.FloatField()),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                (
                    "rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), size=None
                    ),
                ),
                ("rule_set", models.CharField(max_length=64)),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.safetyalert",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.dangerrelease",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("alert__isnull", False)),
                        fields=["alert"],
                        name="readings_of_an_alert",
                    ),
                    models.Index(fields=["-happened_at", "id"], name="readings_newest_first"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "check_in",
                                    "message",
                                    "questionnaire",
                                    "profile",
                                    "safety_plan",
                                    "effect",
                                    "account",
                                    "imported",
                                    "other",
                                ],
                            )
                        ),
                        name="danger_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", [0, 1, 2, 3]), ("rules_level__lte", models.F("level"))
                        ),
                        name="a_reading_never_lies_below_its_rules",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("classifier__gte", 0),
                            ("classifier__lte", 1),
                            ("score__gte", 0),
                            ("score__lte", 1),
                        ),
                        name="danger_scores_lie_between_0_and_1",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="dangerreplay",
            index=models.Index(fields=["-asked_at"], name="replays_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="dangerreplay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest", ""), ("finished_at", None)),
                    models.Q(("finished_at__isnull", False), models.Q(("digest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_replay_ends_with_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="dangerrelease",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["first", "false_alarms", "missed", "installed", "review"])
                ),
                name="danger_release_has_a_reason",
            ),
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in LEDGER),
    ]
