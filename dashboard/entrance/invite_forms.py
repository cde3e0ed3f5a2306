"""The form by which a patient is invited: nothing in it names the person."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.invitations import Invited
from clinic.models.user import Role, User


def zones() -> list[tuple[str, str]]:
    """The time zones of places, as people find them: "Europe/London"."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in ("UTC", *places)]


ANOTHER = "und"
"""The code of a language that is none of ours (BCP 47): undetermined, so that nothing says that English is read."""


def languages() -> list[tuple[str, StrOrPromise]]:
    """The languages for which something is here, by their name, and any other one."""
    named = [(code, str(get_language_info(code)["name_translated"])) for code, _name in settings.LANGUAGES]
    return [
        *sorted(named, key=lambda pair: pair[1]),
        (ANOTHER, _("Another language (all pages are in English)")),
    ]


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
    language = forms.ChoiceField(
        label=_("Language"),
        widget=forms.Select(attrs={"class": "input"}),
        help_text=_(
            "Besides English, only Get help, the check-in and the frame of the pages are translated. Joining, consent, "
            "plan, messages and questionnaires are in English: go through them together with whoever does not read it. "
            "An English form that they fill in alone does not count as validated."
        ),
    )

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
