"""Indexes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0005_forecasts")]

    operations: list[migrations.operations.base.Operation] = []
