"""For the machines that watch this one: is it alive, is it ready, and its numbers."""

import hmac
import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST

from clinic import clock, health
from dashboard.access import EVERYBODY, ActingRequest, allow
from dashboard.operations import numbers


@allow(EVERYBODY)
@require_GET
def healthz(request: ActingRequest) -> JsonResponse:
    """Whether this process answers; it asks nothing else."""
    return JsonResponse({"status": "ok"})


@allow(EVERYBODY)
@require_GET
def readyz(request: ActingRequest) -> JsonResponse:
    """Whether pages can be served: 200, or 503 while something required is missing. Redis is said, not required."""
    asked = health.probes()
    ready = all(probe.ok for probe in asked if probe.required)
    checks = {probe.name: "ok" if probe.ok else "failed" for probe in asked}
    content = {"status": "ready" if ready else "not ready", "checks": checks}
    return JsonResponse(content, status=200 if ready else 503)


@allow(EVERYBODY)
@require_GET
def metrics(request: ActingRequest) -> HttpResponse:
    """Numbers for Prometheus, with the token of METRICS_TOKEN; without one, for this machine itself alone."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(numbers.exposition(at=clock.now()), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    proxied = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not proxied and ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0").is_loopback  # noqa: S104
