"""What works without a network: the page that opens a kept safety plan, and the program that keeps help in the browser.

Neither holds anything of anybody. The plan itself is sealed by the browser with words that its person chose, and the
clinic has neither those words nor the sealed copy.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from dashboard.access import EVERYBODY, ActingRequest, allow
from dashboard.languages import translated


@translated
@allow(EVERYBODY)
@require_GET
def kept(request: ActingRequest) -> HttpResponse:
    """The page that opens what was kept on this device. Nobody needs to sign in for their own words."""
    return render(request, "entrance/kept.html")


@allow(EVERYBODY)
@require_GET
def offline_script(request: ActingRequest) -> HttpResponse:
    """The service worker, at the root so that it serves every page; its program is a static file."""
    address = static("countersign/js/offline.js")
    response = HttpResponse(f'importScripts("{address}");\n', content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
