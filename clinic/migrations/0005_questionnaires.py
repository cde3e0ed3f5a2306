"""Assigning questionnaires."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0004_records")]

    operations: list[migrations.operations.base.Operation] = []
