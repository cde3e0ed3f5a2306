"""Somebody with a browser that runs no script, over real HTTP: keeps cookies, follows redirects, sends forms."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.cast import PASSWORD

TIMEOUT_SECONDS = 30.0
SENT_WHEN_CHECKED = {"checkbox", "radio"}
NEVER_SENT = {"submit", "button", "reset", "image", "file"}

Fields = dict[str, list[str]]


@dataclass(slots=True)
class Form:
    """A form as the page holds it, with what it would send."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after redirects; `seconds` from the request to the last byte."""

    url: str
    status: int
    text: str
    seconds: float

    @property
    def forms(self) -> list[Form]:
        """The forms of the page, in its order."""
        reader = _FormReader(self.url)
        reader.feed(self.text)
        return reader.forms

    def form(self, path: str) -> Form:
        """The first form that is sent to an address which ends with `path`."""
        found = [form for form in self.forms if form.action.endswith(path)]
        assert found, f"no form to {path} on {self.url}: {[form.action for form in self.forms]}"
        return found[0]


class Visitor:
    """One person's browser."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._open(Request(urljoin(self.address, path)))

    def submit(self, form: Form, changes: Mapping[str, str | list[str]] | None = None) -> Answer:
        """Send a form with these fields set or replaced."""
        changed = {
            name: [value] if isinstance(value, str) else value for name, value in (changes or {}).items()
        }
        data = urlencode(form.fields | changed, doseq=True)
        if form.method == "get":
            return self._open(Request(f"{form.action}?{data}"))
        return self._open(Request(form.action, data=data.encode(), method="POST"))

    def sign_in(self, name: str, password: str = PASSWORD) -> Answer:
        """Sign in through the form; what comes after it."""
        form = self.get("/sign-in/").form("/sign-in/")
        return self.submit(form, {"username": name, "password": password})

    def _open(self, request: Request) -> Answer:
        began = time.monotonic()
        try:
            reply = self.opener.open(request, timeout=TIMEOUT_SECONDS)
        except HTTPError as refused:
            reply = refused
        with reply:
            text = reply.read().decode()
            return Answer(reply.url, reply.status, text, time.monotonic() - began)


class _FormReader(HTMLParser):
    """Collects forms; knows inputs, text areas and selects inside a form, and those that name one by `form=`."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._text: list[str] | None = None
        self._select: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(given)
        elif (form := self._by_id.get(given.get("form", "")) or self._form) is not None:
            self._take(form, tag, given)

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._text is not None:
            value = "".join(self._text)
            self._fields[self._area] = [value.removeprefix("\r\n").removeprefix("\n")]
            self._text = None

    def _begin(self, given: dict[str, str]) -> None:
        self._form = Form(urljoin(self.url, given.get("action", "")), given.get("method", "get").lower())
        self.forms.append(self._form)
        if "id" in given:
            self._by_id[given["id"]] = self._form

    def _take(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "textarea":
            self._fields, self._area, self._text = form.fields, name, []
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in form.fields):
            form.fields[self._select] = [given.get("value", "")]
        elif tag == "input" and name and _is_sent(kind, checked="checked" in given):
            usual = "on" if kind in {"checkbox", "radio"} else ""
            form.fields.setdefault(name, []).append(given.get("value", usual))


def _is_sent(kind: str, *, checked: bool) -> bool:
    return kind not in NEVER_SENT and (checked or kind not in SENT_WHEN_CHECKED)
