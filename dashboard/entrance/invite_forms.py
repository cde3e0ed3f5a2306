"""The form by which a patient is invited: nothing in it names the person."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from clinic.invitations import Invited
from clinic.models.user import Role, User


def zones() -> list[tuple[str, str]]:
    """The time zones of places, as people find them: "Europe/London"."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in ("UTC", *places)]


def languages() -> list[tuple[str, str]]:
    """The languages that Django can name, by their name."""
    codes = [code for code, info in LANG_INFO.items() if len(code) == 2 and "name" in info]
    named = [(code, str(get_language_info(code)["name_translated"])) for code in codes]
    return sorted(named, key=lambda pair: pair[1])


class InvitePatientForm(forms.Form):
    """A record number and where the person lives; who they are they register themselves."""

    record_number = forms.RegexField(
        r"^CS-[0-9A-Z-]{1,9}$",
        label=_("Record number"),
        required=False,
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "class": "input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "placeholder": "CS-",
            }
        ),
        help_text=_(
            "Leave it empty for somebody new. Give it for a record in your care that came from elsewhere."
        ),
        error_messages={"invalid": _("A record number looks like CS-20418.")},
    )
    zone = forms.ChoiceField(label=_("Time zone"), widget=forms.Select(attrs={"class": "input"}))
    language = forms.ChoiceField(label=_("Language"), widget=forms.Select(attrs={"class": "input"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("zone", zones()), ("language", languages())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  the fields above
            field.choices = choices

    def invited(self, treating: User | None) -> Invited:
        """Who is invited, into whose care."""
        given = self.cleaned_data
        return Invited(
            role=Role.PATIENT,
            record_number=given["record_number"],
            zone=given["zone"],
            language=given["language"],
            treating=treating,
        )
