"""Taking in records from elsewhere: who they are about, on whose consent, and room for a number behind an identity."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import clinic.fields
from audit.guards import guard_sql
from clinic.guards import IMPORTS


class Migration(migrations.Migration):
    dependencies = [("clinic", "0005_questionnaires")]

    operations = [
        migrations.AlterField(
            model_name="importedresource", name="identity", field=models.CharField(max_length=72)
        ),
        migrations.CreateModel(
            name="OutsideIdentifier",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
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
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ImportConsent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reference", clinic.fields.SealedField(label="import-consent.reference")),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.importbatch"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in IMPORTS),
    ]
