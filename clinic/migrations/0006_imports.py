"""Taking in records from elsewhere."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0005_questionnaires")]

    operations: list[migrations.operations.base.Operation] = []
