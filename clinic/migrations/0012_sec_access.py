"""Wrong passwords of a session, counted beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0010_care"),
    ]

    operations = [
        migrations.CreateModel(
            name="PasswordTries",
            fields=[
                ("session_digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("happened_at", models.DateTimeField()),
            ],
        ),
    ]
