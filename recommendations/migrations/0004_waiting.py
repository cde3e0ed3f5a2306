"""Deferring a draft and asking about it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.fields
from audit.guards import guard_sql
from recommendations.guards import WAITING


def same_patient(table: str, name: str, columns: str, target: str) -> migrations.RunSQL:
    """A foreign key that takes the patient along: a row that mixes two patients cannot be written."""
    return migrations.RunSQL(
        f"ALTER TABLE recommendations_{table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) "
        f"REFERENCES recommendations_{target} DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE recommendations_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_records"),
        ("recommendations", "0003_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", clinic.fields.SealedField(label="answer.words")),
                ("answered_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deferred", "A day"),
                            ("colleague", "A colleague’s answer"),
                            ("session", "The next session"),
                            ("scoring", "The next scoring run"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("see_first", "I see or ring the person first"),
                            ("needs_facts", "Something must arrive first, such as a letter or a result"),
                            ("needs_time", "It needs more time than I have now"),
                            ("wrong_week", "This week is the wrong one for the person"),
                        ],
                        max_length=20,
                    ),
                ),
                ("until", models.DateTimeField(null=True)),
                ("question", clinic.fields.SealedField(label="pause.question", null=True)),
                ("paused_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="suggestion_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="one_open_suggestion_per_patient_and_code",
        ),
        migrations.RemoveIndex(
            model_name="suggestion",
            name="drafts_waiting",
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "deferred", "asked"))),
                fields=["waiting_since", "id"],
                name="drafts_undecided",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "deferred", "asked", "approved", "rejected", "withdrawn"])
                ),
                name="suggestion_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "deferred", "asked"))),
                fields=("patient", "code"),
                name="one_open_suggestion_per_patient_and_code",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="after_reading",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="recommendations.moodreading",
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="asked_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="paused_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="suggestion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="recommendations.suggestion"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="pause",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="recommendations.pause"
            ),
        ),
        migrations.AddIndex(
            model_name="pause",
            index=models.Index(fields=["suggestion", "-paused_at", "-id"], name="pauses_of_a_draft"),
        ),
        migrations.AddIndex(
            model_name="pause",
            index=models.Index(
                condition=models.Q(("asked_of__isnull", False)),
                fields=["asked_of"],
                name="asked_of_a_colleague",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["deferred", "colleague", "session", "scoring"])),
                name="pause_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "deferred"),
                        ("reason__in", ["see_first", "needs_facts", "needs_time", "wrong_week"]),
                        ("until__isnull", False),
                    ),
                    models.Q(models.Q(("kind", "deferred"), _negated=True), ("reason", ""), ("until", None)),
                    _connector="OR",
                ),
                name="deferred_has_a_reason_and_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_of__isnull", False), ("kind", "colleague")),
                    models.Q(models.Q(("kind", "colleague"), _negated=True), ("asked_of", None)),
                    _connector="OR",
                ),
                name="a_colleague_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after_reading__isnull", False), ("kind", "scoring")),
                    models.Q(models.Q(("kind", "scoring"), _negated=True), ("after_reading", None)),
                    _connector="OR",
                ),
                name="the_next_run_is_after_a_reading",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["colleague", "session"]), _negated=True),
                    ("question__isnull", False),
                    _connector="OR",
                ),
                name="a_question_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(fields=("id", "patient"), name="pause_of_a_patient"),
        ),
        same_patient(
            "pause", "pause_of_the_drafts_patient", "suggestion_id, patient_id", "suggestion (id, patient_id)"
        ),
        same_patient(
            "answer", "answer_of_the_pauses_patient", "pause_id, patient_id", "pause (id, patient_id)"
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in WAITING),
    ]
