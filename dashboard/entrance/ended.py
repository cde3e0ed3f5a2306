"""A form posted after its session had ended: nothing is stored, and what was typed comes back after sign-in."""

from django.http import HttpRequest, HttpResponse

from dashboard.access import to_sign_in
from dashboard.entrance import page, resume
from dashboard.entrance.forms import SignInForm


def ended(request: HttpRequest) -> HttpResponse:
    """The sign-in page with the typed words sealed in it; a plain visit is sent to sign in as usual."""
    if request.method != "POST":
        return to_sign_in(request)
    return sign_in_page(request)


def sign_in_page(request: HttpRequest, **more: object) -> HttpResponse:
    """The sign-in page as the answer to a form whose session had ended."""
    context = {"resume": resume.seal(request), "next": request.path, "ended": True} | more
    return page.sign_in_page(request, SignInForm(request), status=401, **context)
