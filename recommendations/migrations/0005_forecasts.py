"""Forecasts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0004_waiting")]

    operations: list[migrations.operations.base.Operation] = []
