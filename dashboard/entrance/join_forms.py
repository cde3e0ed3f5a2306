"""The forms of joining: the code, and what an invited person chooses and enters."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

SHORTEST_PART = 3
"""Letters of a name from which on a sign-in name must not hold it."""


def _attrs(**more: str) -> dict[str, str]:
    return {"class": "input"} | more


class Uncut(forms.Form):
    """No field has a `maxlength`: a browser would cut words unseen. They are sent whole, read, and refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class CodeForm(Uncut):
    """The code, typed from paper."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        widget=forms.TextInput(
            attrs=_attrs(autocomplete="off", autocapitalize="none", spellcheck="false", inputmode="text")
        ),
        help_text=_("Four groups of five letters and digits. Hyphens and capitals do not matter."),
        error_messages={"required": _("Type the code that the clinic gave you.")},
    )


class JoinForm(Uncut):
    """How somebody will sign in."""

    sign_in_name = forms.RegexField(
        r"^[a-z0-9][a-z0-9.-]{2,39}$",
        label=_("Sign-in name"),
        widget=forms.TextInput(
            attrs=_attrs(autocomplete="username", autocapitalize="none", spellcheck="false")
        ),
        help_text=_("Small letters, digits, points and hyphens; 3 to 40 of them."),
        error_messages={"invalid": _("Use small letters, digits, points and hyphens; 3 to 40 of them.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=_attrs(autocomplete="new-password")),
        help_text=_("12 characters or more. A few words in a row are easy to keep in mind."),
    )
    repeated = forms.CharField(
        label=_("The same password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=_attrs(autocomplete="new-password")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for (
            field
        ) in self.fields.values():  # a browser would cut words unseen; they are refused whole, and read
            field.widget.attrs.pop("maxlength", None)

    def clean_password(self) -> str:
        """As long and as uncommon as the settings ask."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Both passwords are one."""
        given = super().clean() or {}
        if "password" in given and "repeated" in given and given["password"] != given["repeated"]:
            self.add_error("repeated", _("The two passwords differ. Type both again."))
        return given

    def does_not_fit(self, field: str, left: int) -> None:
        """Say that it is not what the record holds, beside the field, and how many tries are left."""
        words = ngettext(
            "This is not what the clinic knows. Check it, or ask the clinic. %(count)d try is left.",
            "This is not what the clinic knows. Check it, or ask the clinic. %(count)d tries are left.",
            left,
        )
        self.add_error(field, words % {"count": left})

    def name_is_taken(self) -> None:
        """Say so beside the field."""
        self.add_error("sign_in_name", _("Somebody signs in with this name already. Choose another."))


class PatientJoinForm(JoinForm):
    """A patient registers who they are, in their own words."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs=_attrs(autocomplete="name"))
    )
    pronouns = forms.CharField(
        label=_("Your pronouns"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_attrs(autocomplete="off")),
        help_text=_("For example she/her. Your psychologist uses them."),
    )
    birth_date = forms.DateField(
        label=_("Your date of birth"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=_attrs(type="date", autocomplete="bday")),
    )
    phone = forms.CharField(
        label=_("A telephone number where the clinic can reach you"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_attrs(type="tel", autocomplete="tel")),
        help_text=_("Your psychologist rings it when they are worried about you."),
    )

    def __init__(
        self, *args: Any, today: dt.date | None = None, needs_birth_date: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if needs_birth_date:
            self.fields["birth_date"].required = True
            self.fields["birth_date"].help_text = _("It must be the one that the clinic knows of you.")
        self.fields["sign_in_name"].help_text = _(
            "Not your own name: it stands beside your record number where the clinic’s administrator sees it."
        )

    def clean_birth_date(self) -> dt.date | None:
        """In the past, within a long life."""
        born: dt.date | None = self.cleaned_data["birth_date"]
        if born and self.today and not self.today.year - 130 <= born.year <= self.today.year:
            raise forms.ValidationError(_("Check the year."))
        if born and self.today and born >= self.today:
            raise forms.ValidationError(_("Choose a day in the past."))
        return born

    def clean(self) -> dict[str, Any]:
        """The sign-in name gives no part of the own name away."""
        given = super().clean()
        parts = [part for part in str(given.get("name", "")).casefold().split() if len(part) >= SHORTEST_PART]
        if any(part in str(given.get("sign_in_name", "")) for part in parts):
            self.add_error("sign_in_name", _("This holds a part of your own name. Choose another."))
        return given
