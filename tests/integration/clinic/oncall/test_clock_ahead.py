"""An answer that a clock ahead of the others wrote ends no wait that began after it was recorded."""

import datetime as dt
from uuid import uuid4

from clinic.clock import now
from clinic.models.page import Step
from clinic.oncall import wanted
from clinic.oncall.answered import is_answered
from clinic.safety import alerts, answering, closing
from tests.answering import NOTE, closed
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.paging import raised, staffed

pytestmark = ROLLED_BACK

MINUTE, AHEAD = dt.timedelta(minutes=1), dt.timedelta(hours=3)


def test_what_was_handed_on_after_such_an_answer_waits_anew(cast: Cast) -> None:
    staffed(cast)
    at, receiver = now(), cast.other_psychologist.user
    assert receiver
    alert = raised(cast, at=at)
    alerts.take(alert=alert, by=cast.treating, at=at + MINUTE)
    answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=cast.treating, at=at + AHEAD)
    assert is_answered(alert)
    answering.to_colleague(
        alert=alert, submission=uuid4(), receiver=receiver, note=NOTE, by=cast.treating, at=at + 5 * MINUTE
    )
    assert not is_answered(alert)
    assert [act.alert_id for act in answering.retries(at=at + 6 * MINUTE)] == [alert.pk]
    assert wanted.not_sent(at=at + 6 * MINUTE).filter(step=Step.HANDED_OVER).exists()


def test_what_was_opened_again_after_such_an_end_waits_anew(cast: Cast) -> None:
    staffed(cast)
    at = now()
    alert = raised(cast, at=at)
    alerts.take(alert=alert, by=cast.treating, at=at + MINUTE)
    closed(alert, cast.treating, at=at + AHEAD)
    closing.reopen(alert=alert, note=NOTE, by=cast.other_psychologist, at=at + 5 * MINUTE)
    assert not is_answered(alert)
