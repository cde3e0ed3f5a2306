"""What a clinic sets for answering alerts: days until a risk is judged again, and whom to ask to look in."""

import datetime as dt

from django.db import IntegrityError, transaction

from clinic.actor import Actor, log
from clinic.models.clinic import Clinic


class SettingsRefused(Exception):
    """A graver risk would wait longer than a smaller one, or any longer than the product allows."""


@transaction.atomic
def change(*, high: int, moderate: int, low: int, welfare_route: str, by: Actor, at: dt.datetime) -> None:
    """Store them. Raises SettingsRefused where the database refuses the days."""
    days = {"reassess_high_days": high, "reassess_moderate_days": moderate, "reassess_low_days": low}
    try:
        with transaction.atomic():
            Clinic.objects.update(**days, welfare_route=welfare_route)
    except IntegrityError as refused:
        raise SettingsRefused from refused
    log("safety_settings_changed", by=by, at=at, facts=days)
