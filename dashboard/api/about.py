"""What the API is, and for whom it answers."""

from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.models.token import ApiToken
from dashboard.access import EVERYBODY, SIGNED_IN, allow
from dashboard.api.door import acting_of, endpoint
from dashboard.api.shapes import MeShape


@endpoint(SIGNED_IN, scope=None, response=MeShape)
def me(request: Request) -> Response:
    """The role for which this token or session acts, and what it was made for."""
    acting = acting_of(request)
    scopes = request.auth.scopes if isinstance(request.auth, ApiToken) else []
    return Response({"role": acting.actor.role, "scopes": scopes, "time": acting.at})


@allow(EVERYBODY)
@require_GET
def schema(request: HttpRequest) -> JsonResponse:
    """The description of the API as OpenAPI 3.1. It says nothing about anybody."""
    return JsonResponse(described())


@allow(EVERYBODY)
def nowhere(request: HttpRequest) -> JsonResponse:
    """An address that the API does not have."""
    body = {"code": "not_found", "detail": _("There is nothing here for you."), "fields": {}}
    return JsonResponse(body, status=404)


@cache
def described() -> dict[str, Any]:
    """The description as it is sent."""
    from dashboard.api import schemes  # noqa: F401  registers itself

    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found
