"""Judgements of risk, safety tasks, the rota, absences and paging addresses change only with their entry in the log.

An alert goes back once its owner can no longer act: the guard over its changes is made again.
"""

from django.db import migrations

from audit.guards import guard_sql
from clinic.guard_entries import BY_ENTRIES
from clinic.guards import ALERTS_BY_ACTS

(CHANGES,) = (guard for guard in ALERTS_BY_ACTS if guard.trigger == "clinic_safetyalert_changes_by_acts")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("clinic", "0018_alerts_by_acts")]

    operations = [
        *(migrations.RunSQL(*guard_sql(guard)) for guard in BY_ENTRIES),
        migrations.RunSQL(*reversed(guard_sql(CHANGES))),
        migrations.RunSQL(*guard_sql(CHANGES)),
    ]
