"""Messages, appointments, the end of care."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0006_imports")]

    operations: list[migrations.operations.base.Operation] = []
