"""A step that the clinic holds for unsafe, with all its versions."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.guards import guard_sql
from recommendations.guards import UNSAFE

GROUNDS = [
    ("harm", "Somebody was harmed, or nearly"),
    ("contraindication", "A condition that speaks against it is missing or wrong"),
    ("stop", "When to stop is missing or wrong"),
    ("words", "The words are wrong or can be misread"),
    ("evidence", "New evidence speaks against it"),
    ("not_said", "No reason was asked for"),
]

WITHDRAWN_BEFORE = """
INSERT INTO recommendations_unsafestep (id, code, ground, withdrawn_by_id, withdrawn_at, recorded_at)
SELECT gen_random_uuid(), i.code, 'not_said', w.withdrawn_by_id, w.withdrawn_at, w.recorded_at
FROM recommendations_textwithdrawal w JOIN recommendations_intervention i ON i.id = w.intervention_id
WHERE w.reason = 'unsafe'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0005_catalogue_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnsafeStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=40)),
                ("ground", models.CharField(choices=GROUNDS, max_length=20)),
                ("withdrawn_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "-recorded_at"], name="unsafe_steps_of_a_code"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", [code for code, _label in GROUNDS])),
                        name="unsafe_ground_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(WITHDRAWN_BEFORE, migrations.RunSQL.noop),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in UNSAFE),
    ]
