"""The sign-in page, however somebody comes to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.models.clinic import Clinic
from dashboard.entrance.forms import SignInForm
from recommendations import demo


def sign_in_page(
    request: HttpRequest, form: SignInForm, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page with its form; in the demonstration clinic also the sign-ins that are public there."""
    is_demonstration = Clinic.objects.filter(is_demonstration=True).exists()
    context = {"form": form, "demo_sign_ins": demo.sign_ins() if is_demonstration else ()}
    return render(request, "entrance/sign_in.html", context | more, status=status)
