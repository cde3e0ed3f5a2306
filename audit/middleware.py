"""One id per request (or task), which all entries written during it carry."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

_request_id: ContextVar[str] = ContextVar("audit_request_id", default="")


def current_request_id() -> str:
    """The id of the request or task that is running, or an empty string outside one."""
    return _request_id.get()


@contextmanager
def request_scope(request_id: str = "") -> Iterator[str]:
    """Give everything inside one id: `request_id`, or a new one (32 hex digits)."""
    token = _request_id.set(request_id or uuid4().hex)
    try:
        yield _request_id.get()
    finally:
        _request_id.reset(token)


class RequestIdMiddleware:
    """Gives each request its own id and says it in the `X-Request-ID` header of the response.

    An id that the client sends is not taken over: it would let a stranger write into the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with request_scope() as request_id:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id
        return response
