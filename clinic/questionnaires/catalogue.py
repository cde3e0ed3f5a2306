"""The instruments: each as a file of versioned data, and its registration in the database.

A file that changes needs a new version: the same version with other content is refused.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

import rfc8785

from clinic.models.questionnaire import Instrument
from clinic.questionnaires.definition import Definition, of_body

FOLDER = Path(__file__).parent / "instruments"

_read_versions: dict[str, Definition] = {}


class InstrumentError(ValueError):
    """A file of an instrument is not as it must be; the message names it and says why."""


@cache
def shipped() -> dict[str, tuple[str, Definition]]:
    """Every instrument that comes with the product by key: the text of its file and what it says."""
    files = sorted(FOLDER.glob("*.json"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    found = [(text, of_body(json.loads(text))) for text in texts]
    return {definition.key: (text, definition) for text, definition in found}


def register() -> dict[str, Instrument]:
    """Store every shipped version that is not stored yet; the rows of the shipped versions by key.

    Raises InstrumentError when a stored version has other content than its file.
    """
    stored = {(row.key, row.version): row for row in Instrument.objects.filter(key__in=shipped())}
    return {key: _registered(text, stored) for key, (text, _definition) in shipped().items()}


def _registered(text: str, stored: dict[tuple[str, str], Instrument]) -> Instrument:
    body = json.loads(text)
    key, version = body["key"], body["version"]
    digest = hashlib.sha256(rfc8785.dumps(body)).hexdigest()
    row = stored.get((key, version))
    if row is None:
        fresh = {"digest": digest, "body": body}
        row, _made = Instrument.objects.get_or_create(key=key, version=version, defaults=fresh)
    if row.digest != digest:
        raise InstrumentError(f"{key} {version} was changed without a new version.")
    return row


def present() -> dict[str, Instrument]:
    """The version of each instrument that is filled in today, by key: the newest that is stored."""
    register()
    rows = Instrument.objects.order_by("recorded_at", "version")
    return {row.key: row for row in rows}


def definitions() -> list[Definition]:
    """What the present versions say, by name."""
    return sorted((of_row(row) for row in present().values()), key=lambda each: each.name)


def of_row(instrument: Instrument) -> Definition:
    """What a stored version says. It never changes, so it is read once."""
    if instrument.digest not in _read_versions:
        _read_versions[instrument.digest] = of_body(instrument.body)
    return _read_versions[instrument.digest]
