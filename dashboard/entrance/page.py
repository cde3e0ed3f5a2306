"""The sign-in page, however somebody comes to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from dashboard.entrance.forms import SignInForm


def sign_in_page(
    request: HttpRequest, form: SignInForm, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page with its form; `dashboard.context` adds the sign-ins that are public in the demonstration clinic."""
    with translation.override("en"):  # nothing of this page is translated but its frame
        return render(request, "entrance/sign_in.html", {"form": form} | more, status=status)
