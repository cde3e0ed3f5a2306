"""One form may open several alerts: one for each set of rules that its words met, and again after one was closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clinic", "0002_guards")]

    operations = [
        migrations.RemoveConstraint(model_name="safetyalert", name="one_alert_per_submission_and_level"),
        migrations.AddConstraint(
            model_name="safetyalert",
            constraint=models.UniqueConstraint(
                fields=["patient", "submission", "level", "rules"],
                condition=models.Q(closed_at=None),
                name="one_open_alert_per_form_and_rules",
            ),
        ),
    ]
