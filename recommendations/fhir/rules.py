"""What FHIR R4 asks beyond what the schema and the R4B classes check."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

SUBJECTS = {"Patient", "Group", "Device", "Location"}
"""What an Observation may be about in R4; R4B allows more."""

_NAME = re.compile(r"[A-Z][A-Za-z]{2,40}")


def broken_rules(resource: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Places and reasons, for a resource that schema and classes let pass."""
    kind = resource["resourceType"]
    subject = resource.get("subject")
    if kind == "Observation" and isinstance(subject, dict) and "/" in str(subject.get("reference", "")):
        target = str(subject["reference"]).rsplit("/", 2)[-2]
        if target not in SUBJECTS and _NAME.fullmatch(target):
            yield (
                "Observation.subject",
                _("an Observation is not about a %(type)s in FHIR R4") % {"type": target},
            )
    for name, value in resource.items():
        if value in ([], {}, ""):
            yield f"{kind}.{name}", _("an element is empty")
        if isinstance(value, dict) and "start" in value and "end" in value and _ends_before_start(value):
            yield f"{kind}.{name}", _("it ends before it starts")


def _ends_before_start(period: dict[str, Any]) -> bool:
    try:
        start, end = dt.datetime.fromisoformat(period["start"]), dt.datetime.fromisoformat(period["end"])
        return end < start
    except (TypeError, ValueError):
        return False
