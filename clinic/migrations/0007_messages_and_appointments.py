"""Messages, appointments, handovers, the end of care."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.fields
from audit.guards import guard_sql
from clinic.guards import CARE


class Migration(migrations.Migration):
    dependencies = [("clinic", "0006_imports")]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField()),
                ("time", models.TimeField()),
                ("zone", models.CharField(max_length=64)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("clinic", "At the clinic"),
                            ("video", "Video call"),
                            ("telephone", "Telephone call"),
                            ("home", "At the patient’s home"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", clinic.fields.SealedField(label="appointment.words", null=True)),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True, choices=[("moved", "Moved"), ("cancelled", "Cancelled")], max_length=20
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandedPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("publication", models.UUIDField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("handed_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("from_patient", models.BooleanField()),
                ("words", clinic.fields.SealedField(label="message.words")),
                ("sent_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="clinic",
            name="answer_aim_days",
            field=models.PositiveSmallIntegerField(
                default=2, db_default=2, verbose_name="days in which a message should be answered"
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="discharge_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("completed", "Treatment is complete"),
                    ("own_wish", "At the person’s own wish"),
                    ("care_elsewhere", "Care goes on elsewhere"),
                    ("moved_away", "Moved away"),
                    ("no_contact", "No contact any more"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="discharged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="patient",
            name="discharged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="turn_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("family_doctor", "Their family doctor"),
                    ("other_clinic", "The clinic that treats them now"),
                    ("this_clinic", "This clinic, by telephone"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(
                condition=models.Q(("discharged_at__isnull", False)),
                fields=["discharged_at"],
                name="patients_discharged",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("discharge_reason", ""),
                        ("discharged_at", None),
                        ("discharged_by", None),
                        ("turn_to", ""),
                    ),
                    models.Q(
                        (
                            "discharge_reason__in",
                            ["completed", "own_wish", "care_elsewhere", "moved_away", "no_contact"],
                        ),
                        ("discharged_at__isnull", False),
                        ("discharged_by__isnull", False),
                        ("turn_to__in", ["family_doctor", "other_clinic", "this_clinic"]),
                    ),
                    _connector="OR",
                ),
                name="discharged_by_somebody_with_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="held_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="supersedes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.appointment",
            ),
        ),
        migrations.AddField(
            model_name="handedplan",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handedplan",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="handed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="received_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handedplan",
            name="handover",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.handover"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="read_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["patient", "starts_at"],
                name="appointments_of_a_patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__in", ["clinic", "video", "telephone", "home"])),
                name="appointment_place_is_known",
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
                        ("ending__in", ["moved", "cancelled"]),
                    ),
                    _connector="OR",
                ),
                name="appointment_ended_by_somebody_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["patient", "-handed_at"], name="handovers_of_a_patient"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_by", models.F("received_by")), _negated=True),
                name="handover_is_to_somebody_else",
            ),
        ),
        migrations.AddIndex(
            model_name="handedplan",
            index=models.Index(
                condition=models.Q(("confirmed_at", None)), fields=["patient"], name="plans_to_be_confirmed"
            ),
        ),
        migrations.AddConstraint(
            model_name="handedplan",
            constraint=models.UniqueConstraint(
                fields=("handover", "publication"), name="one_line_per_handed_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="handedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="plan_confirmed_by_somebody_at_some_time",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["patient", "-sent_at", "-id"], name="messages_of_a_patient"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("read_at", None)),
                fields=["patient", "from_patient"],
                name="messages_not_read",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["sent_by", "-sent_at"], name="messages_of_a_writer"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_at", None), ("read_by", None)),
                    models.Q(
                        ("read_at__gte", models.F("sent_at")),
                        ("read_by__isnull", False),
                        models.Q(("read_by", models.F("sent_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_read_by_somebody_else_afterwards",
            ),
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in CARE),
    ]
