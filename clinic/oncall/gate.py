"""What must be there before a clinic asks about suicide: somebody on a rota, and a help line (SR-13).

This gate never keeps a patient's words from being read for danger. It keeps a clinic from asking a question whose
answer nobody would follow up.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from clinic import clock
from clinic.models.clinic import Clinic
from clinic.models.oncall import RotaSlot
from clinic.oncall import rows
from clinic.safety.resources import RESOURCES, HelpResource, fitting

TOPICS = ("emergency", "suicide", "distress")


def lacking(*, at: dt.datetime, resources: Sequence[HelpResource] | None = None) -> list[str]:
    """One sentence for each thing that is not there; none for a clinic that may ask. Three queries."""
    clinic = Clinic.objects.first()
    if clinic is None:
        return []
    missing = []
    if not RotaSlot.objects.filter(removed_at=None, user__in=rows.able(at=at)).exists():
        missing.append(_("Nobody who can act is on the on-call rota."))
    if not _lines(clinic, RESOURCES if resources is None else resources, at=at):
        missing.append(_("No help line of the clinic’s country has been verified."))
    return missing


def _lines(clinic: Clinic, resources: Sequence[HelpResource], *, at: dt.datetime) -> list[HelpResource]:
    return fitting(
        resources,
        topics=TOPICS,
        country=clinic.country,
        language="en",
        demonstration=clinic.is_demonstration,
        today=clock.local_date(at=at, zone=clinic.zone),
    )


@register(Tags.security, deploy=True)
def ready_to_ask(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """`manage.py check --deploy`: an error for each thing that is missing."""
    try:
        missing = lacking(at=clock.now())
    except DatabaseError:
        missing = ["The database does not answer, so nobody knows who is on call."]
    hint = "Administrators keep the rota under On call; HELP_LINES_FILE names the help lines."
    return [
        Error(f"PHQ-9 and free text need somebody who answers. {each}", hint=hint, id="countersign.E013")
        for each in missing
    ]
