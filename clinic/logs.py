"""What is logged and how: one JSON object for each line, and no word of a person in any of them.

Of an exception the type and the places in the code are kept and never its message, which may quote what somebody
typed. Django's own lines about answers carry the address; theirs is left out, for a link to join holds a code.
"""

import json
import logging
import os
import traceback
from typing import Any

from audit.middleware import current_request_id

ADDRESSED = ("django.request", "django.security", "django.server")
EXTRAS = ("route", "method", "status", "milliseconds", "role", "record")


class JsonLines(logging.Formatter):
    """Time, level, logger, words of the code, the running request's id, and what the line names beside them."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _words(record),
        }
        if request_id := current_request_id():
            line["request"] = request_id
        line |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["trace"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


class PlainLines(JsonLines):
    """The same, to be read in a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of text."""
        line = json.loads(super().format(record))
        head = " ".join(str(line.pop(name)) for name in ("at", "level", "logger", "message"))
        return head + "".join(f" {name}={value}" for name, value in line.items())


def _words(record: logging.LogRecord) -> str:
    """The words of the line; where they would hold an address, only what kind of answer it was."""
    if record.name.startswith(ADDRESSED) and record.args:
        return f"answered {getattr(record, 'status_code', '')}".strip()
    return record.getMessage()


def _places(record: logging.LogRecord) -> list[str]:
    """Where in the code it happened, without the values and words of the exception."""
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    return [f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno} {frame.name}" for frame in frames]


CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "clinic.logs.JsonLines"}, "plain": {"()": "clinic.logs.PlainLines"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if os.environ.get("COUNTERSIGN_LOGS") == "plain" else "json",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "django.server": {"level": "WARNING"}},
}
