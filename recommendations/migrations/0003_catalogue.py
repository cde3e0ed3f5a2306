"""A catalogue that psychologists edit and sign."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0002_locks")]

    operations: list[migrations.operations.base.Operation] = []
