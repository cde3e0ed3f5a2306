"""The door of every address of the API: who may use it in which role, with which scope, and how it is described."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from types import MappingProxyType
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.models.token import ApiToken, Scope
from dashboard.access import ActingRequest, Rule
from dashboard.api.cursors import LIMIT, MOST
from dashboard.api.refusals import ScopeMissing
from dashboard.api.shapes import ErrorShape

View = Callable[..., Response]

CURSOR = [
    OpenApiParameter("cursor", str, description="Where the page begins: `next` of the page before."),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        description="Rows of a page.",
    ),
]
"""The parameters of every list."""


def endpoint(
    rule: Rule,
    *,
    scope: Scope | None,
    method: str = "GET",
    refusals: Sequence[int] = (),
    refusals_of: Mapping[int, Any] = MappingProxyType({}),
    response: Any,
    status: int = 200,
    **described: Any,
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let only those whom `rule` names use a view, and a token only with `scope`.

    In another role the answer is 404, as on the pages. `refusals` are statuses beside those of every address,
    `refusals_of` those with a shape of their own; `described` goes to drf-spectacular's extend_schema. A scope of None
    is for what every token may ask.
    """

    usual = dict.fromkeys((401, 403, 404, *refusals), ErrorShape)
    answers = {status: response, **usual, **refusals_of}

    def decorate(view: View) -> Callable[..., HttpResponse]:
        named: dict[str, Any] = {
            "operation_id": view.__name__,
            "description": view.__doc__,
            "tags": [rule.name],
        }
        guarded = api_view([method])(_guarded(view, rule, scope))
        answered = extend_schema(responses=answers, **named, **described)(guarded)
        cast(Any, answered).access_rule = rule
        return cast(Callable[..., HttpResponse], answered)

    return decorate


def _guarded(view: View, rule: Rule, scope: Scope | None) -> View:
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> Response:
        if rule.role is not None and acting_of(request).actor.role != rule.role:
            raise Http404
        if scope and isinstance(request.auth, ApiToken) and scope not in request.auth.scopes:
            raise ScopeMissing(f"This token was not made for {scope}.")
        return view(request, *args, **kwargs)

    return guarded


def acting_of(request: Request) -> ActingRequest:
    """The request as the operations' callers know it: with its actor and the moment it arrived."""
    inner: HttpRequest = request._request
    return cast(ActingRequest, inner)
