"""The safety plan: versions of its sections, and when it was looked at together."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.fields
from audit.guards import guard_sql
from clinic.guards import SAFETY_PLANS


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0013_on_call"),
    ]

    operations = [
        migrations.CreateModel(
            name="SafetyPlanEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("warning_signs", "How I notice that it is starting"),
                            ("coping", "What I can do myself"),
                            ("distraction", "People and places that take my mind off it"),
                            ("support", "People I can ask for help"),
                            ("professionals", "Professionals and crisis lines"),
                            ("surroundings", "Making my surroundings safe"),
                            ("reasons", "My reasons for living"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("words", clinic.fields.SealedField(label="safety-plan.words", null=True)),
                ("by_patient", models.BooleanField()),
                ("written_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["written_by", "-written_at"], name="safety_plan_of_a_writer")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("patient", "section", "number"), name="safety_plan_versions_follow_each_other"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "section__in",
                                [
                                    "warning_signs",
                                    "coping",
                                    "distraction",
                                    "support",
                                    "professionals",
                                    "surroundings",
                                    "reasons",
                                ],
                            )
                        ),
                        name="safety_plan_section_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="safety_plan_numbers_begin_at_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanReview",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reviewed_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["patient", "-reviewed_at"], name="reviews_of_a_safety_plan")
                ],
            },
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in SAFETY_PLANS),
    ]
