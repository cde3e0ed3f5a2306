"""How many pages one program sends at once: a mail server or a receiver that hangs keeps nobody else waiting."""

import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from clinic.models.oncall import Channel
from clinic.models.page import Page, Step
from clinic.oncall import watch
from clinic.oncall.delivery import Claim
from clinic.oncall.watch import SENDERS, Watch
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.paging import URGENT, raised, reached, staffed

pytestmark = ROLLED_BACK


class Hanging(Watch):
    """A watch whose every page waits for a server that does not answer."""

    def __init__(self) -> None:
        super().__init__(now=lambda: NOW)
        self.over = threading.Event()
        self.began: list[Claim] = []

    def _send(self, claimed: Claim) -> None:
        self.began.append(claimed)
        self.over.wait(20)

    def pages(self) -> Counter[tuple[str, str]]:
        """How many are under way, by channel and recipient."""
        found = Page.objects.filter(pk__in=[each.page for each in self.began])
        return Counter(found.values_list("channel", "recipient__sign_in_name"))


@pytest.fixture
def hanging(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    """Twenty pages over each channel to one person wait, and later one to another."""
    monkeypatch.setattr("clinic.oncall.watch.close_old_connections", lambda: None)
    staffed(cast)
    reached(cast, cast.treating, "https://pager.example/a", channel=Channel.WEBHOOK)
    alert = raised(cast, URGENT)
    Page.objects.bulk_create(
        Page(
            alert=alert,
            step=Step.EVERYBODY,
            turn=turn,
            position="anybody",
            recipient=cast.treating.user,
            channel=channel,
            due_at=NOW,
        )
        for turn in range(20)
        for channel in Channel
    )
    program = Hanging()
    yield program
    program.over.set()


def page_to(cast: Cast, channel: Channel) -> Page:
    alert = Page.objects.filter(step=Step.EVERYBODY)[0].alert
    return Page.objects.create(
        alert=alert,
        step=Step.EVERYBODY,
        turn=30,
        position="anybody",
        recipient=cast.other_psychologist.user,
        channel=channel,
        due_at=NOW,
    )


def test_mails_that_hang_leave_the_places_of_webhooks_free(hanging: Hanging) -> None:
    for _each in range(3):
        assert hanging.round() == []
    assert hanging.pages() == {("email", "treating"): SENDERS, ("webhook", "treating"): 4}


def test_a_receiver_that_hangs_leaves_places_for_another_persons(cast: Cast, hanging: Hanging) -> None:
    hanging.round()
    page = page_to(cast, Channel.WEBHOOK)
    hanging.round()
    assert page.pk in {each.page for each in hanging.began}


def test_without_a_bound_for_one_recipient_a_single_receiver_would_hold_every_place(
    cast: Cast, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault."""
    monkeypatch.setattr(watch, "TO_ONE", {})
    hanging.round()
    page = page_to(cast, Channel.WEBHOOK)
    hanging.round()
    assert page.pk not in {each.page for each in hanging.began}
