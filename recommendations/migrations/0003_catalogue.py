"""A catalogue that psychologists edit and sign, and what people report about their steps."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.fields
from audit.guards import guard_sql
from recommendations.guards import CATALOGUE


def foreign_key(table: str, name: str, columns: str, target: str) -> migrations.RunSQL:
    """A foreign key over several columns, checked at the end of the transaction like Django's own."""
    return migrations.RunSQL(
        f"ALTER TABLE recommendations_{table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) "
        f"REFERENCES recommendations_{target} DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE recommendations_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0002_locks"), ("clinic", "0004_records")]

    operations = [
        migrations.CreateModel(
            name="EffectReport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(blank=True, max_length=40)),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("words", clinic.fields.SealedField(label="effect-report.words", null=True)),
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
            name="TextSignature",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("digest", models.CharField(max_length=64)),
                ("printed_name", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120)),
                (
                    "meaning",
                    models.CharField(
                        choices=[("for_use", "I approve this text for use in this clinic")], max_length=20
                    ),
                ),
                ("signed_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TextWithdrawal",
            fields=[
                (
                    "intervention",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="recommendations.intervention",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[("not_used", "No longer used here"), ("unsafe", "Withdrawn as unsafe")],
                        max_length=20,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="publicationstop",
            name="stop_reason_is_known",
        ),
        migrations.AddField(
            model_name="intervention",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="intervention",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="publicationstop",
            name="reason",
            field=models.CharField(
                choices=[
                    ("taken_back", "Taken back by the person who signed it"),
                    ("not_needed", "No longer needed"),
                    ("not_helping", "It does not help"),
                    ("unsafe", "Not safe for this person now"),
                    ("replaced", "Replaced by a newer step"),
                    ("stop_rule", "The person reported that something bad happened"),
                    ("new_fact", "A screening fact speaks against it now"),
                    ("text_unsafe", "The clinic withdrew its text as unsafe"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="intervention",
            constraint=models.UniqueConstraint(fields=("id", "digest"), name="catalogue_text_of_a_digest"),
        ),
        migrations.AddConstraint(
            model_name="intervention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("written_at", None), ("written_by", None)),
                    models.Q(("written_at__isnull", False), ("written_by__isnull", False)),
                    _connector="OR",
                ),
                name="catalogue_text_written_by_somebody_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("id", "patient"), name="publication_of_a_patient"),
        ),
        migrations.AddConstraint(
            model_name="publicationstop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "taken_back",
                            "not_needed",
                            "not_helping",
                            "unsafe",
                            "replaced",
                            "stop_rule",
                            "new_fact",
                            "text_unsafe",
                        ],
                    )
                ),
                name="stop_reason_is_known",
            ),
        ),
        migrations.AddField(
            model_name="effectreport",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="effectreport",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="recommendations.publication",
            ),
        ),
        migrations.AddField(
            model_name="textsignature",
            name="intervention",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="recommendations.intervention",
            ),
        ),
        migrations.AddField(
            model_name="textsignature",
            name="signed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="textwithdrawal",
            name="withdrawn_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="effectreport",
            index=models.Index(fields=["patient", "-happened_at"], name="effect_reports_of_a_patient"),
        ),
        migrations.AddConstraint(
            model_name="textsignature",
            constraint=models.CheckConstraint(
                condition=models.Q(("meaning__in", ["for_use"])), name="text_meaning_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="textwithdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["not_used", "unsafe"])), name="withdrawal_reason_is_known"
            ),
        ),
        foreign_key(
            "effectreport",
            "effect_report_of_the_publications_patient",
            "publication_id, patient_id",
            "publication (id, patient_id)",
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in CATALOGUE),
    ]
