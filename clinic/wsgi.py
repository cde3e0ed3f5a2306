"""The web server's entrance. It refuses to start while a guard of the database is missing."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

application = get_wsgi_application()

from clinic.database.checks import refuse_to_run_unguarded  # noqa: E402  needs the applications loaded

refuse_to_run_unguarded()

# What stands now stands for good. The collector would walk over all of it again and again, for 90 ms each time,
# while somebody waits for a page.
gc.collect()
gc.freeze()

from clinic.oncall import watch  # noqa: E402  needs the applications loaded

# Every web server process watches over alerts: whichever lives makes the next step.
watch.start(in_children=True)
