"""Tokens of the API."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0008_invitations")]

    operations: list[migrations.operations.base.Operation] = []
