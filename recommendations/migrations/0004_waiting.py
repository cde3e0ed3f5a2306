"""Deferring a draft and asking about it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0003_catalogue")]

    operations: list[migrations.operations.base.Operation] = []
