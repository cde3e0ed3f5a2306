"""The ways by which a page travels. Another one is another module with `is_set_up`, `wrong_with` and `send`."""

from typing import Protocol

from clinic.models.oncall import Channel
from clinic.models.page import Outcome
from clinic.oncall.channels import smtp, webhook
from clinic.oncall.wording import PageText


class Carrier(Protocol):
    """What a channel must be able to do. `send` never raises for what the outside does: it says what happened."""

    def is_set_up(self) -> bool:
        """Whether this installation can use the channel at all."""

    def wrong_with(self, address: str) -> str:
        """Why nobody can be paged at this address, as a sentence; "" where they can."""

    def send(self, message: PageText, address: str) -> Outcome:
        """Hand the message over, within seconds."""


CARRIERS: dict[Channel, Carrier] = {Channel.EMAIL: smtp.Smtp(), Channel.WEBHOOK: webhook.Webhook()}
