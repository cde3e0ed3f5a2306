"""How many queries a page makes of its own, beside those that every page of a signed-in psychologist makes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db import connections
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from clinic.actor import Actor
from clinic.models.user import User

NO_QUERY = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
OF_EVERY_PAGE = ('"django_session"', '"clinic_clinic"')
"""Session and the clinic's own row: read by every page, whatever it shows."""


@dataclass(frozen=True)
class Count:
    """Queries of one page on the main database and on the key store."""

    own: int
    keys: int


def counted(client: Client, path: str, actor: Actor) -> Count:
    """Open a page and count its own queries: all but the session's, the sign-in's and the frame's."""
    client.get(path)  # whatever is cached for all requests is cached now
    with captured() as (main, keys):
        assert client.get(path).status_code == 200
    return Count(own=len(_queries(main)) - _frame(actor), keys=len(keys))


@contextmanager
def captured() -> Iterator[tuple[CaptureQueriesContext, CaptureQueriesContext]]:
    """Capture the queries on both databases."""
    with ExitStack() as stack:
        yield (
            stack.enter_context(CaptureQueriesContext(connections["default"])),
            stack.enter_context(CaptureQueriesContext(connections["keystore"])),
        )


def _queries(found: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"]
        for query in found.captured_queries
        if not query["sql"].startswith(NO_QUERY) and not any(name in query["sql"] for name in OF_EVERY_PAGE)
    ]


def _frame(actor: Actor) -> int:
    """What the frame alone costs: the user and the role, and what stands in the bar."""
    assert actor.user is not None
    request = RequestFactory().get("/")
    with captured() as (main, _keys):
        request.user = User.objects.get(pk=actor.user.pk)  # as the session does
        request.session = {"acting-role": str(actor.role)}  # type: ignore[assignment]
        render_to_string("shell_clinic.html", request=request)
    return len(_queries(main))
