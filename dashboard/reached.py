"""Where somebody is paged: the form with one field for each channel, for oneself and for administrators."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.models.oncall import Channel
from clinic.models.user import User
from clinic.oncall import addresses
from clinic.oncall.channels import CARRIERS
from dashboard.access import ActingRequest

NOT_SET_UP = _("This channel is not set up in this installation: nothing is sent over it until it is.")


class ReachedForm(forms.Form):
    """One address for each channel; an empty one is removed."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel, carrier in CARRIERS.items():
            if not carrier.is_set_up():
                self.fields[channel.value].help_text = NOT_SET_UP

    def clean_email(self) -> str:
        """One address."""
        return self._fitting(Channel.EMAIL)

    def clean_webhook(self) -> str:
        """One that may be called."""
        return self._fitting(Channel.WEBHOOK)

    def _fitting(self, channel: Channel) -> str:
        address = str(self.cleaned_data[channel.value]).strip()
        wrong = CARRIERS[channel].wrong_with(address) if address else ""
        if wrong:
            raise forms.ValidationError(wrong)
        return address


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
    return changed
