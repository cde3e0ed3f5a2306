"""An alert changes by acts that are logged; thresholds are two numbers that rise.

The constraints hold for what is stored from now on: a row that was damaged before must not keep a clinic from
installing what protects it. It is read as if it were not there (`clinic.safety.ledger.active`).
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models.lookups import Exact

from audit.guards import guard_sql
from clinic.guards import ALERTS_BY_ACTS

WHOLE = models.Q(
    Exact(
        models.Func(models.F("thresholds"), function="jsonb_typeof", output_field=models.TextField()),
        "object",
    ),
    ("thresholds__concern__gte", 0.05),
    ("thresholds__concern__lte", models.F("thresholds__urgent")),
    ("thresholds__has_keys", ["concern", "urgent"]),
    ("thresholds__urgent__lte", 0.99),
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("clinic", "0017_escalation_bounds")]

    operations = [
        AddConstraintNotValid(
            model_name="dangerrelease",
            constraint=models.CheckConstraint(condition=WHOLE, name="danger_release_signs_thresholds"),
        ),
        AddConstraintNotValid(
            model_name="dangerreplay",
            constraint=models.CheckConstraint(condition=WHOLE, name="danger_replay_tries_thresholds"),
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in ALERTS_BY_ACTS),
    ]
