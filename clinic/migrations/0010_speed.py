"""Indexes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0009_tokens")]

    operations: list[migrations.operations.base.Operation] = []
