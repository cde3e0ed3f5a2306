"""Bounds of the escalation, turns without an end, a number to ring colleagues at, and a label that says what it means.

Times beyond the new bounds are set to them: a clinic that pages sooner than that keeps its times.
"""

from django.db import migrations, models

BOUNDED = """
UPDATE clinic_clinic SET
    second_page_minutes = LEAST(second_page_minutes, 30),
    lead_page_minutes = LEAST(lead_page_minutes, 60),
    everybody_page_minutes = LEAST(everybody_page_minutes, 120),
    emergency_contact_minutes = LEAST(emergency_contact_minutes, 60),
    urgent_contact_minutes = LEAST(urgent_contact_minutes, 480)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0016_danger_ledger"),
    ]

    operations = [
        migrations.RunSQL(BOUNDED, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="clinic",
            name="escalation_goes_up_within_twelve_hours",
        ),
        migrations.RemoveConstraint(
            model_name="clinic",
            name="contact_is_asked_for_within_twelve_hours",
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("everybody_page_minutes__gte", 10),
                    ("lead_page_minutes__lte", models.F("everybody_page_minutes")),
                    ("second_page_minutes__lte", models.F("lead_page_minutes")),
                    ("everybody_page_minutes__lte", 120),
                    ("lead_page_minutes__lte", 60),
                    ("second_page_minutes__lte", 30),
                ),
                name="escalation_goes_up_within_two_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emergency_contact_minutes__gte", 5),
                    ("emergency_contact_minutes__lte", models.F("urgent_contact_minutes")),
                    ("emergency_contact_minutes__lte", 60),
                    ("urgent_contact_minutes__lte", 480),
                ),
                name="contact_is_asked_for_within_eight_hours",
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="turn",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="staffprofile",
            name="work_phone",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="safetytask",
            name="trigger",
            field=models.CharField(
                choices=[
                    ("high_risk_status", "A high level was set"),
                    ("worsening", "A new alert of somebody with a level"),
                    ("missed_reassessment", "A reassessment was missed"),
                    ("missed_follow_up", "A follow-up was missed"),
                    ("safety_action_overdue", "A safety task is overdue"),
                    ("missed_appointment", "An appointment was missed"),
                    ("unable_to_reach", "They could not be reached"),
                    ("manual", "Raised by a person"),
                    ("new_concern", "A new concern of somebody with a level"),
                    ("missed_outreach_window", "Nobody spoke with them in time"),
                    ("failed_contact_sequence", "Three attempts in a row failed"),
                ],
                max_length=30,
            ),
        ),
    ]
