"""What one alert, one release or one part of the watch meets, stops none of the others."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, connection, transaction

from clinic.models.page import Page
from clinic.models.safety import SafetyAlert
from clinic.oncall import delivery, escalation, paging
from clinic.oncall.delivery import Claim
from clinic.oncall.escalation import MOST_TURNS
from clinic.oncall.making import Maker
from clinic.oncall.watch import Watch
from clinic.safety import alerts
from clinic.safety.ledger import active
from clinic.safety.ledger.thresholds import of_facts
from clinic.safety.thresholds import SHIPPED, Thresholds
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.ledger import signed, tried
from tests.paging import URGENT, raised, staffed

pytestmark = ROLLED_BACK

LOW = Thresholds(0.4, 0.8)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


@pytest.fixture
def two(cast: Cast) -> list[SafetyAlert]:
    """An alert of each of two people, of whom the second step is due."""
    staffed(cast)
    other = alerts.notice(patient=cast.other_patient, text=URGENT, submission=uuid4(), at=NOW).alert
    assert other is not None
    return [raised(cast, URGENT), other]


class Rounds(Watch):
    """A watch that sends nothing and remembers what it would have sent."""

    def __init__(self, at: dt.datetime) -> None:
        super().__init__(now=lambda: at)
        self.sent: list[Claim] = []

    def _send(self, claimed: Claim) -> None:
        self.sent.append(claimed)


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.oncall.watch.close_old_connections", lambda: None)


@pytest.mark.parametrize("days", [229, 1_400, 30_000])
def test_an_alert_that_was_forgotten_for_years_pages_everybody_and_stops_nobody(
    cast: Cast, two: list[SafetyAlert], days: int
) -> None:
    late = NOW + days * DAY
    alerts.notice(patient=cast.patient, text=URGENT, submission=uuid4(), at=late - 20 * MINUTE)
    assert paging.escalate(at=late) > 0
    turns = Page.objects.filter(step="everybody").values_list("turn", flat=True)
    assert set(turns) == {days * 24 - 1}


def test_a_turn_beyond_the_column_is_refused_by_the_database(cast: Cast, two: list[SafetyAlert]) -> None:
    """The planted fault."""
    with pytest.raises(DataError), transaction.atomic():
        Page.objects.create(
            alert=two[0],
            step="everybody",
            turn=MOST_TURNS + 2**30,
            position="clinic",
            channel="email",
            due_at=NOW,
        )


def test_an_alert_whose_step_cannot_be_made_keeps_no_other_from_being_made(
    two: list[SafetyAlert], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Maker.make

    def refused(maker: Maker, due: Any, alert: SafetyAlert) -> bool:
        if alert.pk == two[0].pk:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        return made(maker, due, alert)

    monkeypatch.setattr(Maker, "make", refused)
    assert paging.escalate(at=NOW + 15 * MINUTE) == 1
    assert set(Page.objects.filter(step="second").values_list("alert", flat=True)) == {two[1].pk}


def test_an_alert_of_which_nothing_can_be_reckoned_keeps_no_other_from_being_made(
    two: list[SafetyAlert], monkeypatch: pytest.MonkeyPatch
) -> None:
    reckoned = escalation.due

    def overflowing(cases: Any, *rest: Any, **more: Any) -> Any:
        if any(case.alert == two[0].pk for case in cases):
            raise OverflowError
        return reckoned(cases, *rest, **more)

    monkeypatch.setattr(escalation, "due", overflowing)
    assert paging.escalate(at=NOW + 15 * MINUTE) == 1


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ("clinic.oncall.paging.escalate", "steps"),
        ("clinic.pulse.claim", "sign of life"),
        ("clinic.safety.letting_go.sweep", "alerts of nobody"),
        ("clinic.safety.ledger.active.look", "thresholds"),
    ],
)
def test_whatever_part_of_a_round_fails_waiting_pages_are_sent(
    two: list[SafetyAlert], monkeypatch: pytest.MonkeyPatch, broken: str, name: str
) -> None:
    def refused(*_given: Any, **_more: Any) -> None:
        raise ValueError("planted")

    monkeypatch.setattr(broken, refused)
    watch = Rounds(NOW)
    assert name in watch.round()
    assert {each.page for each in watch.sent} == set(Page.objects.values_list("pk", flat=True))


def test_a_round_in_which_sending_fails_says_so(
    two: list[SafetyAlert], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault."""
    monkeypatch.setattr(delivery, "claim", lambda **_given: 1 // 0)
    watch = Rounds(NOW)
    assert watch.round() == ["pages"]
    assert watch.sent == []


@pytest.mark.parametrize("stored", [{"concern": 5, "urgent": 5}, {}, [], {"concern": "x", "urgent": 1}])
def test_a_release_whose_thresholds_cannot_be_read_leaves_the_one_before_in_use(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, stored: Any
) -> None:
    before = signed(cast, tried(cast, LOW))
    lower = Thresholds(LOW.concern - 0.1, LOW.urgent)
    signed(cast, tried(cast, lower, at=NOW + MINUTE), at=NOW + MINUTE)
    read = of_facts
    monkeypatch.setattr(active, "of_facts", lambda given: read(stored if given == lower.facts else given))
    assert active.look().release_id == before.pk
    assert active.current().thresholds == LOW


def test_where_every_release_is_damaged_the_shipped_thresholds_are_in_use(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(cast, tried(cast, LOW))
    monkeypatch.setattr(active, "of_facts", lambda _stored: of_facts({}))
    assert active.look().thresholds == SHIPPED
