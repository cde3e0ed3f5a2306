"""Invitations."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0007_messages_and_appointments")]

    operations: list[migrations.operations.base.Operation] = []
