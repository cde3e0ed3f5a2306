"""The web server's entrance. It refuses to start while a guard of the database is missing."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

application = get_wsgi_application()

from clinic.database.checks import refuse_to_run_unguarded  # noqa: E402  needs the applications loaded

refuse_to_run_unguarded()
