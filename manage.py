#!/usr/bin/env python
"""Django's command line. `./script/manage COMMAND` runs it with everything it needs."""

import os
import sys


def main() -> None:
    """Run a command; where settings are missing say in a sentence which and what sets them. Errors stay as they are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as missing:
        if missing.name != "django":
            raise
        sys.exit(
            "Django is not installed for this Python. ./script/manage brings it and sets everything else."
        )
    from django.conf import settings

    from clinic.environment import NotSet

    try:
        settings.INSTALLED_APPS  # noqa: B018  reading one reads them all
    except NotSet as missing:
        sys.exit(str(missing))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
