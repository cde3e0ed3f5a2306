"""Reports of one step of the catalogue, newest first, for the page of its text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0004_waiting")]

    operations = [
        migrations.AddIndex(
            model_name="effectreport",
            index=models.Index(fields=["code", "-happened_at", "-id"], name="effect_reports_of_a_step"),
        ),
    ]
