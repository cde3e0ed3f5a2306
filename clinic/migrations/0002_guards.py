"""The first triggers of `clinic.guards`. A guard that changes needs a new migration that removes and makes it again."""

from django.db import migrations

from audit.guards import guard_sql
from clinic.guards import INITIAL


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]

    operations = [migrations.RunSQL(*guard_sql(guard)) for guard in INITIAL]
