"""Where somebody is paged, and at which number colleagues ring them: the form for oneself and for administrators."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.models.oncall import Channel
from clinic.models.user import User
from clinic.oncall import addresses, phones
from clinic.oncall.channels import CARRIERS
from dashboard import telephone
from dashboard.access import ActingRequest

NOT_SET_UP = _("This channel is not set up in this installation: nothing is sent over it until it is.")


class ReachedForm(forms.Form):
    """One address for each channel and a number; what is left empty is removed. The clinic's receiver has no number."""

    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    webhook = forms.CharField(
        label=_("Webhook"),
        required=False,
        max_length=500,
        widget=forms.URLInput(
            attrs={"class": "input", "autocomplete": "off", "placeholder": "https://", "spellcheck": "false"}
        ),
        help_text=_("The https address of a program that wakes you, for example a paging service."),
    )

    phone = forms.CharField(
        label=_("Telephone for colleagues"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input", "type": "tel", "autocomplete": "tel"}),
        help_text=_(
            "Shown to staff while you are on call, and on alerts of people in your care. Nothing is sent to it, and "
            "patients never see it."
        ),
    )

    def __init__(self, *args: Any, is_person: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_person:
            del self.fields["phone"]
        for channel, carrier in CARRIERS.items():
            if not carrier.is_set_up():
                self.fields[channel.value].help_text = NOT_SET_UP

    def clean_email(self) -> str:
        """One address."""
        return self._fitting(Channel.EMAIL)

    def clean_webhook(self) -> str:
        """One that may be called."""
        return self._fitting(Channel.WEBHOOK)

    def clean_phone(self) -> str:
        """A number that can be dialled."""
        number = " ".join(str(self.cleaned_data["phone"]).split())
        if number and not telephone.is_number(number):
            raise forms.ValidationError(
                _(
                    "A telephone number: 6 to 15 digits, with blanks, and a plus sign before them where it needs one."
                )
            )
        return number

    def _fitting(self, channel: Channel) -> str:
        address = str(self.cleaned_data[channel.value]).strip()
        wrong = CARRIERS[channel].wrong_with(address) if address else ""
        if wrong:
            raise forms.ValidationError(wrong)
        return address


def stored(user: User | None) -> dict[str, str]:
    """What the form shows before anything is typed. Two queries."""
    return addresses.of(user) | ({"phone": phones.of(user)} if user else {})


@transaction.atomic
def store(request: ActingRequest, form: ReachedForm, *, user: User | None) -> bool:
    """Set or remove what differs; whether anything did."""
    before, changed = addresses.of(user), False
    for channel in Channel:
        wanted = form.cleaned_data[channel.value]
        if wanted == before.get(channel.value, ""):
            continue
        changed = True
        if wanted:
            addresses.set_address(user=user, channel=channel, address=wanted, by=request.actor, at=request.at)
        else:
            addresses.remove_address(user=user, channel=channel, by=request.actor, at=request.at)
    if user is not None:
        number = form.cleaned_data["phone"]
        changed |= phones.set_number(user=user, number=number, by=request.actor, at=request.at)
    return changed
