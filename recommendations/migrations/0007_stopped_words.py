"""The stop of a step comes with the words that were signed: whoever could read them keeps them, marked as taken out."""

from django.db import migrations

from clinic.database.views import view_sql
from recommendations.portal_views import VIEWS

STOPS = next(view for view in VIEWS if view.name == "portal_stop")
MAKE, DROP = view_sql(STOPS)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0006_unsafe")]

    operations = [migrations.RunSQL([DROP, MAKE], migrations.RunSQL.noop)]
