"""Other sources and signals; instruments and responses, imports and the profile, with their guards."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.fields
from audit.guards import guard_sql
from clinic.guards import RECORDS


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_alerts_of_a_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("format", models.CharField(max_length=20)),
                ("content_digest", models.CharField(max_length=64)),
                ("counts", models.JSONField()),
                ("happened_at", models.DateTimeField()),
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
            name="ImportedResource",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("resource_type", models.CharField(max_length=40)),
                ("identity", models.CharField(max_length=64)),
                ("body", clinic.fields.SealedField(label="imported-resource.body")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("key", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("body", models.JSONField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProfileFact",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("diagnosis", "Diagnosis"),
                            ("medication", "Medication"),
                            ("allergy", "Allergy"),
                            ("circumstance", "Life and circumstances"),
                            ("helps", "What helps"),
                            ("preference", "Wishes and preferences"),
                            ("goal", "Goal"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("patient", "Said by the person"),
                            ("staff", "Recorded by staff"),
                            ("imported", "From another system"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=80)),
                ("words", clinic.fields.SealedField(label="profile-fact.words")),
                ("dated", models.CharField(blank=True, max_length=32)),
                ("holds", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QuestionnaireResponse",
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
                            ("questionnaire", "Questionnaires"),
                            ("device", "Sleep and activity"),
                            ("imported", "Records from elsewhere"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("self", "Answered by the person"),
                            ("clinician", "Asked by a clinician"),
                            ("imported", "From another system"),
                        ],
                        max_length=20,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("validated", models.BooleanField()),
                ("answers", clinic.fields.SealedField(label="questionnaire-response.answers")),
                ("total", models.FloatField(null=True)),
                ("missing", models.PositiveSmallIntegerField()),
                (
                    "safety_state",
                    models.CharField(
                        choices=[
                            ("none", "The form has no such item"),
                            ("not_reported", "Did not report on this form"),
                            ("reported", "Reported: positive screen"),
                            ("unanswered", "Not answered"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("zone", models.CharField(max_length=64)),
                ("local_date", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="consentgrant",
            name="consent_source_is_known",
        ),
        migrations.AlterField(
            model_name="consentgrant",
            name="source",
            field=models.CharField(
                choices=[
                    ("check_in", "Check-ins"),
                    ("questionnaire", "Questionnaires"),
                    ("device", "Sleep and activity"),
                    ("imported", "Records from elsewhere"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="observation",
            name="signal",
            field=models.CharField(
                choices=[
                    ("mood", "Mood"),
                    ("sleep", "Sleep"),
                    ("steps", "Steps"),
                    ("activity", "Active time"),
                    ("social", "Time with others"),
                    ("screen", "Screen time"),
                    ("phq9", "PHQ-9"),
                    ("phq8", "PHQ-8"),
                    ("gad7", "GAD-7"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="observation",
            name="source",
            field=models.CharField(
                choices=[
                    ("check_in", "Check-ins"),
                    ("questionnaire", "Questionnaires"),
                    ("device", "Sleep and activity"),
                    ("imported", "Records from elsewhere"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="consentgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["check_in", "questionnaire", "device", "imported"])),
                name="consent_source_is_known",
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="imported_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importedresource",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.importbatch"
            ),
        ),
        migrations.AddField(
            model_name="importedresource",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="imported_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.importedresource",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.UniqueConstraint(fields=("key", "version"), name="one_instrument_per_version"),
        ),
        migrations.AddField(
            model_name="profilefact",
            name="imported_from",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.importedresource",
            ),
        ),
        migrations.AddField(
            model_name="profilefact",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="profilefact",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="profilefact",
            name="supersedes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.profilefact",
            ),
        ),
        migrations.AddField(
            model_name="questionnaireresponse",
            name="imported_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.importedresource",
            ),
        ),
        migrations.AddField(
            model_name="questionnaireresponse",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.instrument"
            ),
        ),
        migrations.AddField(
            model_name="questionnaireresponse",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="response",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="observation",
                to="clinic.questionnaireresponse",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedresource",
            constraint=models.UniqueConstraint(
                fields=("patient", "resource_type", "identity"), name="one_imported_resource_per_identity"
            ),
        ),
        migrations.AddIndex(
            model_name="profilefact",
            index=models.Index(fields=["patient", "topic", "-recorded_at"], name="profile_of_a_patient"),
        ),
        migrations.AddConstraint(
            model_name="profilefact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "topic__in",
                        ["diagnosis", "medication", "allergy", "circumstance", "helps", "preference", "goal"],
                    )
                ),
                name="profile_topic_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="profilefact",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["patient", "staff", "imported"])),
                name="profile_origin_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="questionnaireresponse",
            index=models.Index(fields=["patient", "-happened_at"], name="responses_of_a_patient"),
        ),
        migrations.AddConstraint(
            model_name="questionnaireresponse",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["self", "clinician", "imported"])),
                name="response_mode_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionnaireresponse",
            constraint=models.CheckConstraint(
                condition=models.Q(("safety_state__in", ["none", "not_reported", "reported", "unanswered"])),
                name="response_safety_state_is_known",
            ),
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in RECORDS),
    ]
