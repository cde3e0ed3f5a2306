"""The page of all single keys, and the switch for them (WCAG 2.1.4)."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance.shortcuts import COOKIE, OFF

YEAR = 365 * 24 * 60 * 60


@allow(PSYCHOLOGIST)
@require_http_methods(["GET", "POST"])
def keys(request: ActingRequest) -> HttpResponse:
    """Show the keys, or switch them on or off for this device."""
    if request.method == "GET":
        return render(request, "caseload/keys.html")
    response = redirect("keys")
    if request.POST.get("keys") == OFF:
        response.set_cookie(COOKIE, OFF, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
        messages.success(request, _("Single keys are switched off on this device."))
    else:
        response.delete_cookie(COOKIE)
        messages.success(request, _("Single keys are switched on."))
    return response
