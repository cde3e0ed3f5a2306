"""One id per request."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from audit.middleware import RequestIdMiddleware, current_request_id, request_scope

seen: list[str] = []


def answer(request: HttpRequest) -> HttpResponse:
    """A view that notes the id under which it ran."""
    seen.append(current_request_id())
    return HttpResponse()


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    seen.clear()


def test_a_request_has_an_id_that_the_response_names() -> None:
    response = RequestIdMiddleware(answer)(RequestFactory().get("/"))
    assert re.fullmatch(r"[0-9a-f]{32}", seen[0])
    assert response.headers["X-Request-ID"] == seen[0]


def test_two_requests_have_two_ids() -> None:
    middleware = RequestIdMiddleware(answer)
    for _ in range(2):
        middleware(RequestFactory().get("/"))
    assert len(set(seen)) == 2


def test_an_id_from_the_client_is_not_taken_over() -> None:
    RequestIdMiddleware(answer)(RequestFactory().get("/", headers={"x-request-id": "mine"}))
    assert seen != ["mine"]


def test_outside_a_request_there_is_no_id_even_after_one_that_failed() -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        RequestIdMiddleware(fail)(RequestFactory().get("/"))
    assert current_request_id() == ""


def test_a_task_can_go_on_under_the_id_of_the_request_that_asked_for_it() -> None:
    with request_scope("asked-for-by") as request_id:
        assert current_request_id() == request_id == "asked-for-by"
    assert current_request_id() == ""
