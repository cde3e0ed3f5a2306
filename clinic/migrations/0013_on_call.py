"""On call: the rota, absences, where people are paged, pages and attempts; when an alert goes on."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.guards import guard_sql
from clinic.guards import ON_CALL


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0012_sec_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("first", "An alert was opened"),
                            ("second", "Nobody took it in time: second on call"),
                            ("duty_lead", "Nobody took it in time: duty lead"),
                            ("everybody", "Nobody took it in time: everybody"),
                            ("left", "Whoever had taken it can no longer act"),
                            ("unanswered", "Taken, and no contact was recorded in time"),
                            ("ceiling", "Nobody has answered for most of half a day"),
                            ("test", "A test page"),
                        ],
                        max_length=20,
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("first", "First on call"),
                            ("second", "Second on call"),
                            ("duty_lead", "Duty lead"),
                            ("anybody", "One of all psychologists"),
                            ("owner", "Whoever has taken the alert"),
                            ("clinic", "The clinic’s own receiver"),
                            ("tester", "A test page"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "channel",
                    models.CharField(choices=[("email", "E-mail"), ("webhook", "Webhook")], max_length=20),
                ),
                ("due_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PageAttempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("begun", "on its way"),
                            ("sent", "sent"),
                            ("refused", "refused by the receiving server"),
                            ("timeout", "the receiving server did not answer in time"),
                            ("unreachable", "the receiving server could not be reached"),
                            ("not_set_up", "this channel is not set up here"),
                            ("not_allowed", "the address is not one that may be called"),
                            ("no_address", "the address was removed or cannot be read"),
                            ("failed", "it failed for another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PagingAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "channel",
                    models.CharField(choices=[("email", "E-mail"), ("webhook", "Webhook")], max_length=20),
                ),
                ("address", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RotaSlot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("first", "First on call"),
                            ("second", "Second on call"),
                            ("duty_lead", "Duty lead"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ]
                    ),
                ),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
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
            name="emergency_contact_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=30,
                default=30,
                verbose_name="minutes in which whoever takes an emergency records a contact",
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="everybody_page_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=60,
                default=60,
                verbose_name="minutes after which all psychologists are paged, and again each time that has passed",
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="lead_page_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=30, default=30, verbose_name="minutes after which the duty lead is paged"
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="second_page_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=15, default=15, verbose_name="minutes after which the second on call is paged"
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="urgent_contact_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=240,
                default=240,
                verbose_name="minutes in which whoever takes an urgent alert records a contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("everybody_page_minutes__gte", 10),
                    ("everybody_page_minutes__lte", 720),
                    ("lead_page_minutes__lte", models.F("everybody_page_minutes")),
                    ("second_page_minutes__lte", models.F("lead_page_minutes")),
                ),
                name="escalation_goes_up_within_twelve_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emergency_contact_minutes__gte", 5),
                    ("emergency_contact_minutes__lte", models.F("urgent_contact_minutes")),
                    ("urgent_contact_minutes__lte", 720),
                ),
                name="contact_is_asked_for_within_twelve_hours",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="cover",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="removed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="alert",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.safetyalert",
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="recipient",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pageattempt",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="clinic.page"
            ),
        ),
        migrations.AddField(
            model_name="pagingaddress",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pagingaddress",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rotaslot",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rotaslot",
            name="removed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rotaslot",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="absence_ends_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cover", None), models.Q(("cover", models.F("user")), _negated=True), _connector="OR"
                ),
                name="nobody_covers_their_own_absence",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), ("removed_by", None)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="absence_removed_by_somebody_at_some_time",
            ),
        ),
        migrations.AddIndex(
            model_name="page",
            index=models.Index(fields=["-due_at"], name="pages_by_time"),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.UniqueConstraint(
                condition=models.Q(("alert__isnull", False)),
                fields=("alert", "step", "turn", "recipient", "channel"),
                name="one_page_per_step_recipient_and_channel",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alert", None), ("step", "test")),
                    models.Q(("alert__isnull", False), models.Q(("step", "test"), _negated=True)),
                    _connector="OR",
                ),
                name="page_is_about_an_alert_or_a_test",
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
                            "ceiling",
                            "test",
                        ],
                    )
                ),
                name="page_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("position__in", ["first", "second", "duty_lead", "anybody", "owner", "clinic", "tester"])
                ),
                name="page_position_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "webhook"])), name="page_channel_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="pageattempt",
            index=models.Index(fields=["outcome", "-happened_at"], name="attempts_by_outcome"),
        ),
        migrations.AddConstraint(
            model_name="pageattempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "begun")),
                fields=("page", "number"),
                name="attempt_is_begun_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pageattempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "begun"), _negated=True),
                fields=("page", "number"),
                name="attempt_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pageattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "begun",
                            "sent",
                            "refused",
                            "timeout",
                            "unreachable",
                            "not_set_up",
                            "not_allowed",
                            "no_address",
                            "failed",
                        ],
                    )
                ),
                name="attempt_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagingaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "webhook"])),
                name="paging_address_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagingaddress",
            constraint=models.UniqueConstraint(
                fields=("user", "channel"), name="one_paging_address_per_channel", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaslot",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__in", ["first", "second", "duty_lead"])),
                name="rota_slot_position_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaslot",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__in", [0, 1, 2, 3, 4, 5, 6])), name="rota_slot_weekday_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaslot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), ("removed_by", None)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="rota_slot_removed_by_somebody_at_some_time",
            ),
        ),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in ON_CALL),
    ]
