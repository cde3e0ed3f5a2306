"""What all acts of the administrator's pages have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dashboard.access import ActingRequest

P = ParamSpec("P")


def posted(
    page: str, *names: str
) -> Callable[[Callable[Concatenate[ActingRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """For acts: whoever comes by GET, as after signing in again, is sent to the page that holds the form.

    `names` are the parameters of the address that the page has too.
    """

    def decorate(view: Callable[Concatenate[ActingRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: ActingRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "GET":
                given: dict[str, Any] = dict(kwargs)
                return HttpResponseRedirect(reverse(page, kwargs={name: given[name] for name in names}))
            return view(request, *args, **kwargs)

        return require_http_methods(["GET", "POST"])(guarded)

    return decorate
