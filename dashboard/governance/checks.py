"""That an administrator looked at chosen accesses and found them right."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import access_checks
from clinic.access import NotAllowed
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.governance import loader
from dashboard.governance.acts import posted


@allow(ADMINISTRATOR, outsider=ended)
@posted("manage-teams")
def check(request: ActingRequest) -> HttpResponse:
    """Mark what was ticked; nothing is ticked beforehand. Back to the list that it stood in."""
    try:
        count = access_checks.check(care_ids=_ticked(request), by=request.actor, at=request.at)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        if count:
            words = ngettext(
                "{count} access was marked as checked.", "{count} accesses were marked as checked.", count
            )
            messages.success(request, words.format(count=count))
        else:
            messages.warning(request, _("Nothing was marked: tick the accesses that you looked at."))
    return HttpResponseRedirect(_back(request))


def _ticked(request: ActingRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("care"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _back(request: ActingRequest) -> str:
    given = {"due": request.POST.get("due", ""), "q": request.POST.get("q", "")[: loader.LONGEST_QUERY]}
    kept = urlencode({name: value for name, value in given.items() if value})
    return reverse("manage-teams") + (f"?{kept}" if kept else "")
