"""A page as Django's test client got it: its words, and its forms as a browser without scripts would send them."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.visitor import Answer, Form

TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One answer to one client."""

    client: Client
    path: str
    status: int
    html: str

    @property
    def words(self) -> str:
        """What stands on the page for the eye and the ear, with single spaces."""
        return " ".join(html.unescape(TAGS.sub(" ", self.html)).split())

    def form(self, path: str) -> Form:
        """The first form that is sent to an address which ends with `path`."""
        return Answer(f"http://testserver{self.path}", self.status, self.html, 0.0).form(path)

    def field(self, path: str, name: str) -> str:
        """The value of a field of that form; "" where it is empty or missing."""
        return next(iter(self.form(path).fields.get(name, [])), "")

    def has_value(self, name: str) -> bool:
        """Whether the page fills in a field, as it must never do with a password."""
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', self.html)
        assert tag, f"no field {name}"
        return "value=" in tag.group()

    def send(self, path: str, changes: Mapping[str, Any] | None = None, *, to: str = "") -> "Page":
        """Send the form with these fields set or replaced, to its own address or another; follows no redirect."""
        form = self.form(path)
        fields: dict[str, Any] = {**form.fields, **(changes or {})}
        address = to or form.action.removeprefix("http://testserver")
        return _page(self.client, address, self.client.post(address, fields))

    def follow(self) -> "Page":
        """The page to which this answer redirects."""
        assert self.status == 302, f"{self.path} answered {self.status}: {self.words[:400]}"
        return get(self.client, self.path)


def get(client: Client, path: str) -> Page:
    """Open a page."""
    return _page(client, path, client.get(path))


def post(client: Client, path: str, fields: Mapping[str, Any]) -> Page:
    """Send fields to an address."""
    return _page(client, path, client.post(path, fields))


def _page(client: Client, path: str, response: Any) -> Page:
    where = response["Location"] if response.status_code == 302 else path
    return Page(client, where, response.status_code, response.content.decode())
