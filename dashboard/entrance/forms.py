"""The sign-in form."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Sign-in name and password; one sentence for whatever does not fit, so that nobody learns which names exist."""

    error_messages = {
        "invalid_login": _("That name and password do not fit together. Check both and try again."),
        "inactive": _("That name and password do not fit together. Check both and try again."),
    }
    no_role_message = _("You have no role here at the moment. Ask the clinic’s administrator.")

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("Sign-in name")
        self.fields["username"].widget = forms.TextInput(
            attrs={
                "class": "input",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        )
        self.fields["password"].label = _("Password")
        self.fields["password"].widget = forms.PasswordInput(
            attrs={"class": "input", "autocomplete": "current-password"}
        )
