"""Whoever ends an access knows what it leaves on call; what they had taken is nobody's for no moment."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings

from audit.models import AuditEntry
from clinic import leaving, outbox, people, tasks
from clinic.clock import now
from clinic.leaving import LeavesNobody
from clinic.models.care import CareKind, CareRelationship
from clinic.models.oncall import Position
from clinic.models.outbox import OutboxMessage
from clinic.models.page import Page, Step
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role
from clinic.oncall import absences, gaps, notices, noticing, paging, progress, rows, wanted
from clinic.oncall.absences import NewAbsence
from clinic.safety import alerts, answering, letting_go, waiting
from tests.answering import NOTE
from tests.cast import NOW, Cast, psychologist
from tests.database import ROLLED_BACK
from tests.integration.clinic.oncall.test_notices import text_of
from tests.outside import mail_server, outside
from tests.paging import on_call, raised, reached, staffed

pytestmark = ROLLED_BACK

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
END = {"access", "role"}


def end(cast: Cast, who: Any = None, *, known: str = "", how: str = "access", at: dt.datetime = NOW) -> None:
    user: Any = (who or cast.treating).user
    if how == "access":
        leaving.end_access(user=user, by=cast.administrator, at=at, known=known)
    else:
        leaving.end_role(user=user, role=Role.PSYCHOLOGIST, by=cast.administrator, at=at, known=known)


def ended(cast: Cast, who: Any = None, *, how: str = "access", at: dt.datetime = NOW) -> None:
    """By somebody who knows what it leaves."""
    user: Any = (who or cast.treating).user
    left = gaps.left_without(rows.read(at=at), user.pk, at=at)
    end(cast, who, known=left.digest, how=how, at=at)


@pytest.mark.parametrize("how", sorted(END))
def test_ending_the_last_person_on_call_is_asked_about_and_then_done(cast: Cast, how: str) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    with pytest.raises(LeavesNobody) as asked:
        end(cast, how=how)
    left = asked.value.left
    ((start, until),) = left.nobody
    assert start == NOW
    assert until >= NOW + 14 * DAY
    assert cast.treating.user
    assert cast.treating.user.pk in rows.able(at=NOW)
    end(cast, known=left.digest, how=how, at=NOW + HOUR)
    assert cast.treating.user.pk not in rows.able(at=NOW + HOUR)
    found = gaps.gaps(rows.read(at=NOW + HOUR), since=NOW + HOUR, until=NOW + DAY)
    assert [(gap.starts_at, gap.ends_at, gap.position) for gap in found] == [(NOW + HOUR, NOW + DAY, None)]


def test_a_position_that_loses_its_person_and_the_turn_that_they_cover_are_said(cast: Cast) -> None:
    staffed(cast)
    assert cast.treating.user
    assert cast.other_psychologist.user
    treating, other = cast.treating.user.pk, cast.other_psychologist.user.pk
    away = NewAbsence(treating, NOW + DAY, NOW + DAY + 2 * HOUR, other)
    absences.add_absence(absence=away, by=cast.administrator, at=NOW)
    with pytest.raises(LeavesNobody) as asked:
        end(cast, cast.other_psychologist)
    left = asked.value.left
    assert left.nobody == ((NOW + DAY, NOW + DAY + 2 * HOUR),)
    assert {user for user, _start, _end in left.uncovered} == {treating, other}
    with pytest.raises(LeavesNobody):
        end(cast, cast.other_psychologist, known="something else that was read")


def test_whose_end_leaves_nothing_is_not_asked_about(cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    end(cast, cast.other_psychologist)
    assert not OutboxMessage.objects.filter(task=notices.TASK).exists()


def test_the_last_person_who_can_act_at_all_is_asked_about_without_a_rota_too(cast: Cast) -> None:
    end(cast, cast.other_psychologist)
    with pytest.raises(LeavesNobody) as asked:
        end(cast)
    assert asked.value.left.nobody
    end(cast, known=asked.value.left.digest)
    assert rows.able(at=NOW) == frozenset()


def owned(cast: Cast) -> SafetyAlert:
    """An alert that the second on call has taken."""
    staffed(cast)
    return alerts.take(alert=raised(cast), by=cast.other_psychologist, at=NOW)


def safety_care(cast: Cast) -> list[Any]:
    standing = CareRelationship.objects.filter(patient=cast.patient, kind=CareKind.SAFETY, ends_at=None)
    return [care.user for care in standing]


@pytest.mark.parametrize("how", sorted(END))
@pytest.mark.parametrize("answered", [False, True])
def test_what_they_had_taken_goes_back_and_is_paged_at_once(cast: Cast, how: str, answered: bool) -> None:
    alert = owned(cast)
    if answered:
        by = cast.other_psychologist
        answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=by, at=NOW + HOUR)
    ended(cast, cast.other_psychologist, how=how, at=NOW + 2 * HOUR)
    alert.refresh_from_db()
    assert alert.taken_by is None
    assert safety_care(cast) == []
    assert cast.administrator.user
    assert AuditEntry.objects.get(action="safety_alert_put_back").actor_id == cast.administrator.user.pk
    page = Page.objects.get(alert=alert, step=Step.LEFT)
    assert page.recipient == cast.treating.user
    assert page in wanted.not_sent(at=NOW + 2 * HOUR)
    assert cast.treating.user
    assert waiting.people(cast.treating.user) == 1
    told = progress.of(alert)
    assert told.owner is None
    assert told.is_paged
    alerts.take(alert=alert, by=cast.treating, at=NOW + 3 * HOUR)
    assert page not in wanted.not_sent(at=NOW + 3 * HOUR)


def test_without_putting_back_it_would_stay_with_somebody_who_is_gone_until_the_watch_looks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault; and whatever else ends a role is seen by the watch."""
    alert = owned(cast)
    with monkeypatch.context() as patch:
        patch.setattr(letting_go, "of", lambda *_args, **_more: 0)
        ended(cast, cast.other_psychologist)
    alert.refresh_from_db()
    assert alert.taken_by == cast.other_psychologist.user
    assert letting_go.sweep(at=NOW + HOUR) == 1
    alert.refresh_from_db()
    assert alert.taken_by is None
    assert Page.objects.filter(alert=alert, step=Step.LEFT, recipient=cast.treating.user).exists()
    assert letting_go.sweep(at=NOW + HOUR) == 0


def test_nobody_who_can_act_loses_what_they_have(cast: Cast) -> None:
    alert = owned(cast)
    assert letting_go.sweep(at=NOW) == 0
    assert cast.other_psychologist.user
    assert letting_go.of(cast.other_psychologist.user, by=cast.administrator, at=NOW) == 0
    alert.refresh_from_db()
    assert alert.taken_by == cast.other_psychologist.user


def _fails(*_args: Any, **_more: Any) -> None:
    raise LookupError


def test_what_goes_wrong_with_an_alert_keeps_no_access_from_ending(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    owned(cast)
    monkeypatch.setattr(letting_go, "page_left", _fails)
    ended(cast, cast.other_psychologist)
    assert cast.other_psychologist.user
    cast.other_psychologist.user.refresh_from_db()
    assert not cast.other_psychologist.user.is_active


def test_the_duty_lead_is_told_of_the_hours_and_nobody_else(cast: Cast) -> None:
    staffed(cast)
    on_call(cast, cast.treating, Position.DUTY_LEAD)
    ended(cast, cast.other_psychologist)
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        tasks.send_notices()
    ((to, mail),) = server.mails
    text = text_of(mail)
    assert to == "treating@staff.example"
    assert "hours on call with nobody" in str(mail["Subject"])
    assert "The next position is paged in their place:" in text
    assert "Nobody at all is on call" not in text
    assert "Dr Elias Ruiz" not in text


def test_where_nobody_leads_whoever_is_left_is_told(cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    reached(cast, cast.other_psychologist)
    ended(cast)
    message = OutboxMessage.objects.get(task=notices.TASK)
    assert message.arguments["facts"]["nobody"]
    assert paging.escalate(at=NOW) == 0


def all_gone(cast: Cast) -> None:
    """The two who are on call lose their access, one after the other; the second end leaves nobody to be told."""
    staffed(cast)
    ended(cast, cast.other_psychologist)
    OutboxMessage.objects.all().delete()
    assert not notices.tells_anybody(without=cast.treating.user.pk, at=NOW)  # type: ignore[union-attr]
    ended(cast)


def mails(*, at: dt.datetime) -> list[str]:
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        noticing.send_waiting(clock=lambda: at)
        noticing.send_waiting(clock=lambda: at)
    return [to for to, _mail in server.mails]


@pytest.mark.parametrize("kept", [True, False])
def test_what_nobody_is_left_to_be_told_is_kept_for_the_first_who_can_act(
    cast: Cast, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the planted fault: an end that tells those alone who are there."""
    if not kept:
        monkeypatch.setattr(outbox, "keep", lambda *_args, **_more: None)
    all_gone(cast)
    monkeypatch.undo()
    later = now() + HOUR
    assert mails(at=later) == []
    new = psychologist("new", "Dr Ada Lind")
    reached(cast, new)
    assert mails(at=later + HOUR) == ["new@staff.example"] * kept
    assert mails(at=later + 2 * HOUR) == []
    assert not OutboxMessage.objects.exists()


def test_hours_that_have_somebody_again_are_told_to_nobody(cast: Cast) -> None:
    all_gone(cast)
    people.reactivate(user=cast.treating.user, by=cast.administrator, at=NOW)  # type: ignore[arg-type]
    assert mails(at=now() + HOUR) == []
    assert not OutboxMessage.objects.exists()
