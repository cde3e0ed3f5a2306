"""The Celery application with a planted fault: nobody asks whether the same thing was begun just now."""

from typing import Any

from clinic.celery import app

app.loader.import_default_modules()

from clinic import pulse  # noqa: E402  only now the models can be read


def _always(*_args: Any, **_named: Any) -> bool:
    return True


pulse.claim = _always
