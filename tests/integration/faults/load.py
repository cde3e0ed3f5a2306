"""People and programs who do one thing again and again, each time once: what was acknowledged, and what was not."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

from dashboard.portal.asked.posted import field_of
from tests.forms import adding_up_to
from tests.visitor import Visitor
from tests.waiting import until

LONGEST_SECONDS = 60.0
AWAY = ("nothing was stored", "The key store does not answer.")
"""What people and programs are told while PostgreSQL is away."""

Told = tuple[int, str]
Act = Callable[[UUID], Told]


@dataclass
class Busy:
    """Somebody who does `act` with a new id each time, and never tries an id a second time."""

    name: str
    act: Act
    tried: set[UUID] = field(default_factory=set)
    acknowledged: set[UUID] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def live(self, ended: threading.Event) -> None:
        """Go on until told to stop."""
        while not ended.is_set():
            attempt = uuid4()
            self.tried.add(attempt)
            try:
                status, text = self.act(attempt)
            except (URLError, HTTPException, OSError):
                continue
            if status in (200, 201):
                self.acknowledged.add(attempt)
            elif status != 503 or not any(words in text for words in AWAY):
                self.faults.append(f"{self.name}: {status} {text[:200]}")


@contextmanager
def living(everybody: Sequence[Busy]) -> Iterator[None]:
    """All of them at once, meanwhile."""
    ended = threading.Event()
    threads = [threading.Thread(target=each.live, args=(ended,), daemon=True) for each in everybody]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(LONGEST_SECONDS)


def go_on(everybody: Sequence[Busy], what: str) -> None:
    """Each of them has been acknowledged twice more."""
    before = [len(each.acknowledged) for each in everybody]
    until(
        lambda: all(len(each.acknowledged) > was + 1 for each, was in zip(everybody, before, strict=True)),
        seconds=LONGEST_SECONDS,
        what=what,
    )


def signed_in(address: str, name: str) -> Visitor:
    """Somebody with an open session."""
    visitor = Visitor(address)
    assert visitor.sign_in(name).status == 200
    return visitor


def reads(visitor: Visitor, paths: Sequence[str]) -> Act:
    """Opens these pages in turn."""
    turn = cycle(paths)

    def act(_attempt: UUID) -> Told:
        path = next(turn)
        answer = visitor.get(path)
        if answer.status == 200 and not answer.url.endswith(path):
            return 0, f"asked for {path}, got {answer.url}"
        return answer.status, answer.text

    return act


def sends(visitor: Visitor, path: str, fields: dict[str, str], *, shown: str) -> Act:
    """Sends a form whose page was opened before, with another id each time; `shown` is what its answer says."""
    form = visitor.get(path).form(path)

    def act(attempt: UUID) -> Told:
        answer = visitor.submit(form, fields | {"submission": str(attempt)})
        told = answer.status != 200 or shown in answer.text
        return (answer.status, answer.text) if told else (0, f"{answer.url}: {answer.text[:200]}")

    return act


def answers_of_a_form() -> dict[str, str]:
    """A PHQ-9 of 4 points."""
    given = adding_up_to("phq9", 4).items()
    return {field_of(code): str(value) for code, value in given} | {"step": "send"}


def asks_the_api(address: str, secret: str, path: str, body: dict[str, Any] | None = None) -> Act:
    """A program with a token, which reads, or sends `body` with an id."""

    def act(attempt: UUID) -> Told:
        data = json.dumps(body | {"submission": str(attempt)}).encode() if body is not None else None
        request = Request(f"{address}/api/v1/{path}", data=data)
        request.add_header("Authorization", f"Bearer {secret}")
        request.add_header("Content-Type", "application/json")
        try:
            with urlopen(request, timeout=30) as reply:
                return reply.status, reply.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    return act
