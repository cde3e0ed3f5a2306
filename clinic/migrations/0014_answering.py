"""What was done about alerts, how great a risk was judged, and the tasks that come of it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.fields
from audit.guards import guard_sql
from clinic.guards import ANSWERING


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0015_safety_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertAct",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spoke", "Spoke with the person"),
                            ("not_reached", "Could not reach them"),
                            ("welfare", "Could not reach them; asked somebody to look in"),
                            ("to_crisis_team", "Handed to the crisis team"),
                            ("to_colleague", "Handed to a colleague"),
                            ("closed", "Closed the alert"),
                            ("reopened", "Opened the alert again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("retry_at", models.DateTimeField(null=True)),
                ("note", clinic.fields.SealedField(label="alert-act.note", null=True)),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RiskAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "before",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "No further reassessment"), (1, "Low"), (2, "Moderate"), (3, "High")]
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "No further reassessment"), (1, "Low"), (2, "Moderate"), (3, "High")]
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("assessed", "Assessed again: the danger is less"),
                            ("plan_holds", "The safety plan is in use and holds"),
                            ("elsewhere", "Another service follows it now"),
                            ("mistaken", "The level before was a mistake"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", clinic.fields.SealedField(label="risk-assessment.note", null=True)),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SafetyTask",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "trigger",
                    models.CharField(
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
                            ("missed_outreach_window", "Nobody reached out in time"),
                            ("failed_contact_sequence", "Three attempts in a row failed"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "todo",
                    models.CharField(
                        choices=[
                            ("call", "Ring the person"),
                            ("contacts", "Ring the people named in the safety plan"),
                            ("consult", "Speak with the duty lead"),
                            ("reassess", "Assess the risk again"),
                            ("plan", "Go through the safety plan together"),
                            ("look_in", "Ask what those who looked in have found"),
                            ("look", "Look at it and decide"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", clinic.fields.SealedField(label="safety-task.note", null=True)),
                ("due_at", models.DateTimeField()),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="appointment",
            name="appointment_ended_by_somebody_with_a_reason",
        ),
        migrations.RemoveConstraint(
            model_name="page",
            name="page_step_is_known",
        ),
        migrations.AddField(
            model_name="clinic",
            name="reassess_high_days",
            field=models.PositiveSmallIntegerField(
                db_default=7, default=7, verbose_name="days until a high risk is assessed again"
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="reassess_low_days",
            field=models.PositiveSmallIntegerField(
                db_default=30, default=30, verbose_name="days until a low risk is assessed again"
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="reassess_moderate_days",
            field=models.PositiveSmallIntegerField(
                db_default=14, default=14, verbose_name="days until a moderate risk is assessed again"
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="welfare_route",
            field=models.CharField(
                blank=True,
                db_default="",
                max_length=400,
                verbose_name="whom to ask to look in on somebody who cannot be reached",
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[("moved", "Moved"), ("cancelled", "Cancelled"), ("missed", "They did not come")],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="step",
            field=models.CharField(
                choices=[
                    ("first", "An alert was opened"),
                    ("second", "Nobody took it in time: second on call"),
                    ("duty_lead", "Nobody took it in time: duty lead"),
                    ("everybody", "Nobody took it in time: everybody"),
                    ("left", "Whoever had taken it can no longer act"),
                    ("unanswered", "Taken, and no contact was recorded in time"),
                    ("handed_over", "A colleague handed it over"),
                    ("failed_contact", "Three attempts in a row to reach them failed"),
                    ("ceiling", "Nobody has answered for most of half a day"),
                    ("test", "A test page"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="safetyalert",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("spoke", "Spoke with the person"),
                    ("handed_over", "Handed to the crisis team"),
                    ("no_danger", "Read in full: no danger meant"),
                    ("looked_in", "Somebody looked in on them"),
                    ("duplicate", "The same as another alert"),
                    ("resolved", "Settled another way"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ending", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ending__in", ["moved", "cancelled", "missed"]),
                    ),
                    _connector="OR",
                ),
                name="appointment_ended_by_somebody_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reassess_high_days__gte", 1),
                    ("reassess_high_days__lte", 7),
                    ("reassess_moderate_days__gte", models.F("reassess_high_days")),
                    ("reassess_moderate_days__lte", 14),
                    ("reassess_low_days__gte", models.F("reassess_moderate_days")),
                    ("reassess_low_days__lte", 30),
                ),
                name="nobody_waits_longer_for_a_reassessment",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "first",
                            "second",
                            "duty_lead",
                            "everybody",
                            "left",
                            "unanswered",
                            "handed_over",
                            "failed_contact",
                            "ceiling",
                            "test",
                        ],
                    )
                ),
                name="page_step_is_known",
            ),
        ),
        migrations.AddField(
            model_name="alertact",
            name="acted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="alertact",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.safetyalert"
            ),
        ),
        migrations.AddField(
            model_name="alertact",
            name="handed_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alertact",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="alert",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.safetyalert",
            ),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="assessed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="safetytask",
            name="alert",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.safetyalert",
            ),
        ),
        migrations.AddField(
            model_name="safetytask",
            name="appointment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.appointment",
            ),
        ),
        migrations.AddField(
            model_name="safetytask",
            name="assessment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.riskassessment",
            ),
        ),
        migrations.AddField(
            model_name="safetytask",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="safetytask",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="safetytask",
            name="raised_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="alertact",
            index=models.Index(fields=["alert", "happened_at", "recorded_at"], name="acts_of_an_alert"),
        ),
        migrations.AddConstraint(
            model_name="alertact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "spoke",
                            "not_reached",
                            "welfare",
                            "to_crisis_team",
                            "to_colleague",
                            "closed",
                            "reopened",
                        ],
                    )
                ),
                name="alert_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertact",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "not_reached"), ("retry_at", None), _connector="OR"),
                name="only_an_attempt_is_retried",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_to__isnull", False), ("kind", "to_colleague")),
                    models.Q(models.Q(("kind", "to_colleague"), _negated=True), ("handed_to", None)),
                    _connector="OR",
                ),
                name="a_colleague_is_named_where_one_is_handed_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "closed"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("kind", "closed"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="closing_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="riskassessment",
            index=models.Index(fields=["patient", "-happened_at"], name="risk_of_a_patient"),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", [0, 1, 2, 3])), name="risk_level_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level__gte", models.F("before")), ("reason", "")),
                    models.Q(
                        ("level__lt", models.F("before")),
                        ("reason__in", ["assessed", "plan_holds", "elsewhere", "mistaken"]),
                    ),
                    _connector="OR",
                ),
                name="a_lower_risk_level_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="safetytask",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["due_at"], name="safety_tasks_to_do"
            ),
        ),
        migrations.AddIndex(
            model_name="safetytask",
            index=models.Index(fields=["patient", "-happened_at"], name="safety_tasks_of_a_patient"),
        ),
        migrations.AddConstraint(
            model_name="safetytask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "trigger__in",
                        [
                            "high_risk_status",
                            "worsening",
                            "missed_reassessment",
                            "missed_follow_up",
                            "safety_action_overdue",
                            "missed_appointment",
                            "unable_to_reach",
                            "manual",
                            "new_concern",
                            "missed_outreach_window",
                            "failed_contact_sequence",
                        ],
                    )
                ),
                name="trigger_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetytask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("todo__in", ["call", "contacts", "consult", "reassess", "plan", "look_in", "look"])
                ),
                name="safety_task_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetytask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="safety_task_done_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetytask",
            constraint=models.UniqueConstraint(
                fields=("assessment", "trigger", "todo"), name="one_task_for_an_assessment"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetytask",
            constraint=models.UniqueConstraint(
                fields=("appointment", "trigger", "todo"), name="one_task_for_an_appointment"
            ),
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in ANSWERING),
    ]
