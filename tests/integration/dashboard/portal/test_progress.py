"""How far a patient's alerts have come, as their pages, acts and the log of openings say it: never more than that."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from clinic.clock import now
from clinic.models.page import Outcome, Page, PageAttempt
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall import progress, told
from clinic.safety import alerts, answering
from dashboard.portal.followed import lines_of
from dashboard.portal.pinned import pinned
from tests.answering import NOTE, closed, opened
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.paging import EMERGENCY, URGENT, raised, staffed

pytestmark = ROLLED_BACK

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def clinic(cast: Cast) -> Cast:
    return staffed(cast)


def sent(at: dt.datetime) -> None:
    """Every page that was not sent yet leaves."""
    for page in Page.objects.exclude(attempts__outcome=Outcome.SENT):
        PageAttempt.objects.create(page=page, number=1, outcome=Outcome.SENT, happened_at=at)


def read(cast: Cast, alert: SafetyAlert, *, at: dt.datetime) -> str:
    return " ".join(lines_of(alert, patient=cast.patient, at=at))


def on_the_card(cast: Cast, *, at: dt.datetime) -> str:
    card = pinned(cast.patient, at=at)
    assert card is not None
    return " ".join((card.told, *card.follows))


def test_in_an_emergency_the_second_is_said_to_be_told_at_once(clinic: Cast) -> None:
    at = now()
    alert = raised(clinic, at=at)
    sent(at + MINUTE)
    stands = progress.of(SafetyAlert.objects.get(pk=alert.pk))
    assert (stands.first, stands.second) == (told.Told(at + MINUTE, True),) * 2
    shown = read(clinic, alert, at=at + 2 * MINUTE)
    assert "A second person has been told" in shown
    assert "a second person is told" not in shown


def test_an_urgent_one_tells_the_second_later(clinic: Cast) -> None:
    alert = raised(clinic, URGENT, at=now())
    sent(now())
    assert "a second person is told" in read(clinic, alert, at=now())


def words_after_a_page(cast: Cast, at: dt.datetime) -> SafetyAlert:
    raised(cast, URGENT, at=at - 5 * MINUTE)
    sent(at - 4 * MINUTE)
    later = raised(cast, "I want to die", at=at)
    assert not Page.objects.filter(alert=later).exists()
    return later


def test_words_that_came_after_a_page_are_not_said_to_stand_in_it(clinic: Cast) -> None:
    at = now()
    later = words_after_a_page(clinic, at)
    shown = read(clinic, later, at=at)
    assert "has been told" not in shown
    assert "before you wrote this" in shown


def test_the_test_above_fails_where_every_page_counts(clinic: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    at = now()
    later = words_after_a_page(clinic, at)
    monkeypatch.setattr(
        progress,
        "told_of",
        lambda own, clock: told.told_of(replace(own, since=own.since - 5 * MINUTE), clock),
    )
    assert "has been told" in read(clinic, later, at=at)


def test_a_page_of_their_own_is_said_of_graver_words_that_came_later(clinic: Cast) -> None:
    at = now()
    raised(clinic, URGENT, at=at - 5 * MINUTE)
    sent(at - 4 * MINUTE)
    graver = raised(clinic, EMERGENCY, at=at)
    assert "is being told now" in read(clinic, graver, at=at)
    sent(at + MINUTE)
    assert f"has been told, {progress.of(graver).first.at:%H:%M}" in read(clinic, graver, at=at + MINUTE)  # type: ignore[union-attr]


def test_handed_to_a_colleague_it_is_read_once_they_have_opened_it(clinic: Cast) -> None:
    at = now()
    alert = raised(clinic, at=at)
    alerts.take(alert=alert, by=clinic.treating, at=at)
    opened(alert, clinic.treating, at=at)
    receiver: Any = clinic.other_psychologist.user
    answering.to_colleague(
        alert=alert, submission=uuid4(), receiver=receiver, note=NOTE, by=clinic.treating, at=at
    )
    alert.refresh_from_db()
    shown = read(clinic, alert, at=at)
    assert "Dr Elias Ruiz has read it" not in shown
    assert "Dr Maya Okonkwo has passed it on to Dr Elias Ruiz" in shown
    opened(alert, clinic.other_psychologist, at=at)
    assert "Dr Elias Ruiz has read it" in read(clinic, alert, at=at)


def test_the_test_above_fails_where_having_it_counts_as_reading(
    clinic: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = raised(clinic, at=now())
    alerts.take(alert=alert, by=clinic.treating, at=now())
    alert.refresh_from_db()
    assert "has read it" not in read(clinic, alert, at=now())
    assert clinic.treating.user
    everybody = {clinic.treating.user.pk: now()}
    monkeypatch.setattr(progress, "_readings", lambda _alert: everybody)
    assert "has read it" in read(clinic, alert, at=now())


def test_whoever_opened_another_alert_or_this_one_before_they_had_it_has_not_read_it(clinic: Cast) -> None:
    at = now()
    first, other = raised(clinic, at=at), raised(clinic, URGENT, at=at)
    opened(other, clinic.treating, at=at)
    alerts.take(alert=first, by=clinic.treating, at=at + MINUTE)
    opened(first, clinic.treating, at=at + MINUTE)
    for alert, has_read in ((first, True), (other, False)):
        alert.refresh_from_db()
        assert ("has read it" in read(clinic, alert, at=at + MINUTE)) == has_read


def test_what_was_done_about_one_alert_is_read_of_the_others_too(clinic: Cast) -> None:
    at = now()
    first = raised(clinic, at=at)
    later = raised(clinic, URGENT, at=at)
    alerts.take(alert=first, by=clinic.treating, at=at)
    act: dict[str, Any] = {"alert": first, "note": NOTE, "by": clinic.treating}
    answering.spoke(**act, submission=uuid4(), at=at + MINUTE)
    answering.to_crisis_team(**act, submission=uuid4(), at=at + 2 * MINUTE)
    later.refresh_from_db()
    shown = read(clinic, later, at=at + 3 * MINUTE)
    assert shown.index("spoke with you") < shown.index("to the crisis team")
    written_since = raised(clinic, "I want to die", at=at + 3 * MINUTE)
    alerts.take(alert=written_since, by=clinic.treating, at=at + 3 * MINUTE)
    written_since.refresh_from_db()
    assert "spoke with you" not in read(clinic, written_since, at=at + 3 * MINUTE)


def test_a_closed_emergency_does_not_stand_before_newer_words_that_wait(clinic: Cast) -> None:
    at = now()
    grave = raised(clinic, at=at - 10 * MINUTE)
    alerts.take(alert=grave, by=clinic.other_psychologist, at=at - 8 * MINUTE)
    closed(grave, clinic.other_psychologist, at=at - 7 * MINUTE)
    raised(clinic, URGENT, at=at)
    shown = on_the_card(clinic, at=at)
    assert "has looked after" not in shown
    assert f"{at.astimezone(dt.UTC):%M}" in shown
    assert "is being told now" in shown
    card = pinned(clinic.patient, at=at)
    assert card
    assert card.card.protocol == grave.card, "the numbers are those of the gravest"


def test_words_that_wait_stand_before_graver_ones_that_somebody_has_and_both_are_told(clinic: Cast) -> None:
    at = now()
    grave = raised(clinic, at=at - 10 * MINUTE)
    assert grave.level == AlertLevel.EMERGENCY
    alerts.take(alert=grave, by=clinic.treating, at=at - 8 * MINUTE)
    raised(clinic, URGENT, at=at)
    shown = on_the_card(clinic, at=at)
    assert "is being told now" in shown
    assert " is with Dr Maya Okonkwo." in shown


def test_of_closed_ones_the_newest_is_told(clinic: Cast) -> None:
    at = now()
    for minutes, words in ((10, EMERGENCY), (5, URGENT)):
        alert = raised(clinic, words, at=at - minutes * MINUTE)
        alerts.take(alert=alert, by=clinic.treating, at=at - minutes * MINUTE)
        closed(alert, clinic.treating, at=at - (minutes - 1) * MINUTE)
    when = (at - 5 * MINUTE).astimezone(dt.UTC)
    assert f"{when:%H:%M}" in on_the_card(clinic, at=at).split("The clinic was told.")[0]
