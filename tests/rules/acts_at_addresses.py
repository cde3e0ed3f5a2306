"""Acts at addresses, for the table of what stands in the audit log afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests import pages
from tests.cast import PASSWORD

Values = dict[str, Any]
Sent = Callable[[Values], dict[str, Any]]


def nothing(values: Values) -> dict[str, Any]:
    """An empty form."""
    return {}


@dataclass(frozen=True)
class Act:
    """What somebody does at an address and the action that stands in the log afterwards."""

    who: str
    action: str
    method: str = "get"
    sent: Sent = nothing
    query: str = ""
    content_type: str = ""
    pressed: tuple[dict[str, Any], ...] = ()
    """Where set, the forms of the pages themselves are sent, one after the other: a signature needs their tokens."""

    def done(self, client: Client, path: str, values: Values) -> None:
        """Do it."""
        if self.pressed:
            page = pages.get(client, path)
            for fields in self.pressed:
                page = page.send(path, fields)
        else:
            kind = {"content_type": self.content_type} if self.content_type else {}
            getattr(client, self.method)(path + self.query, self.sent(values), **kind)


def opening(who: str, action: str) -> Act:
    """Looking is recorded."""
    return Act(who, action)


def sending(who: str, action: str, **fields: Any) -> Act:
    """Sending a form with these fields is recorded; a callable field is asked with the values of the scene."""

    def sent(values: Values) -> dict[str, Any]:
        return {name: each(values) if callable(each) else each for name, each in fields.items()}

    return Act(who, action, "post", sent)


def sending_json(who: str, action: str, sent: Sent) -> Act:
    """Sending JSON is recorded."""
    return Act(who, action, "post", sent, content_type="application/json")


class ApiSigning(Act):
    """A program reads the draft and signs exactly what it was shown."""

    def done(self, client: Client, path: str, values: Values) -> None:
        """Read, then sign."""
        shown = client.get(path.removesuffix("approve/")).json()
        same = {name: shown[name] for name in ("seen", "digest", "valid_until")}
        body = same | {"supporting": ["below_usual"], "password": PASSWORD}
        client.post(path, body, content_type="application/json")


WRITING = {"step": "preview", "title": "One song", "words": "Sing one song a day."}
SIGNING = {"step": "sign", "supporting": ["below_usual"], "statement": "on", "password": PASSWORD}
