"""One act for all the open alerts of one person, and closing without having spoken with them."""

import datetime as dt
from uuid import uuid4

import pytest

from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.risk import RiskAssessment, RiskLevel
from clinic.models.safety import AlertLevel, AlertOutcome, SafetyAlert
from clinic.safety import alerts, answering, closing, together
from clinic.safety.alerts import AlertRefused
from clinic.safety.closing import LevelMissing
from clinic.safety.silent import Contact, ContactMissing, ReasonMissing
from clinic.safety.together import GraverToo
from tests.answering import NOTE, WHY
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import raised, taken

pytestmark = ROLLED_BACK

MINUTE = dt.timedelta(minutes=1)
NOT_REACHED = Contact(reached=False, why=WHY)


@pytest.fixture
def three(cast: Cast) -> list[SafetyAlert]:
    """Two that the treating psychologist has taken, and one that came later, which nobody has."""
    first, second = raised(cast.patient), raised(cast.patient)
    taken(first, cast.treating)
    second.refresh_from_db()
    return [first, second, raised(cast.patient, at=NOW + MINUTE)]


def close(cast: Cast, alert: SafetyAlert, *also: SafetyAlert, outcome: str = "spoke", **more: object) -> None:
    given = {"level": RiskLevel.MODERATE if outcome == "spoke" else None, "submission": uuid4()} | more
    together.close(
        alert=alert,
        also=also,
        outcome=AlertOutcome(outcome),
        note=NOTE,
        by=cast.treating,
        at=NOW + 5 * MINUTE,
        **given,  # type: ignore[arg-type]
    )


def closed(found: list[SafetyAlert]) -> list[bool]:
    return [SafetyAlert.objects.get(pk=each.pk).closed_at is not None for each in found]


def test_one_act_of_speaking_takes_and_serves_all_and_each_has_a_row_of_its_own(
    cast: Cast, three: list[SafetyAlert]
) -> None:
    form = uuid4()
    for _ in range(2):
        together.answered(
            answering.spoke,
            alert=three[0],
            also=three[1:],
            submission=form,
            note=NOTE,
            by=cast.treating,
            at=NOW + MINUTE,
        )
    acts = AlertAct.objects.filter(kind=ActKind.SPOKE)
    assert {act.alert_id for act in acts} == {each.pk for each in three}
    assert acts.count() == 3
    assert SafetyAlert.objects.get(pk=three[2].pk).taken_by == cast.treating.user


def test_one_act_closes_all_with_one_outcome_and_one_judgement(cast: Cast, three: list[SafetyAlert]) -> None:
    close(cast, three[0], *three[1:])
    assert closed(three) == [True, True, True]
    assert AlertAct.objects.filter(kind=ActKind.CLOSED, reason="spoke").count() == 3
    assert RiskAssessment.objects.filter(patient=cast.patient).count() == 1


def test_what_was_not_chosen_stays_open(cast: Cast, three: list[SafetyAlert]) -> None:
    close(cast, three[0], three[1])
    assert closed(three) == [True, True, False]


def test_a_graver_one_is_closed_with_a_word_about_it_or_not_at_all(
    cast: Cast, three: list[SafetyAlert]
) -> None:
    grave = raised(cast.patient, AlertLevel.EMERGENCY)
    with pytest.raises(GraverToo):
        close(cast, three[0], grave)
    assert closed([three[0], grave]) == [False, False]
    close(cast, three[0], grave, graver=True)
    assert closed([three[0], grave]) == [True, True]


def test_alerts_of_two_people_are_never_one_act(cast: Cast, three: list[SafetyAlert]) -> None:
    with pytest.raises(AlertRefused):
        close(cast, three[0], raised(cast.other_patient))
    assert closed(three[:1]) == [False]


def test_one_that_a_colleague_has_taken_refuses_the_whole_act(cast: Cast, three: list[SafetyAlert]) -> None:
    alerts.take(alert=three[2], by=cast.other_psychologist, at=NOW)
    with pytest.raises(AlertRefused):
        close(cast, three[0], three[2])
    assert closed(three) == [False, False, False]


@pytest.mark.parametrize("outcome", ["no_danger", "duplicate", "resolved"])
def test_an_urgent_alert_without_a_contact_wants_an_answer_and_a_reason(
    cast: Cast, three: list[SafetyAlert], outcome: str
) -> None:
    for contact, refusal in (
        (None, ContactMissing),
        (Contact(reached=False), ReasonMissing),
        (Contact(reached=False, why="a song"), ReasonMissing),
    ):
        with pytest.raises(refusal):
            close(cast, three[0], outcome=outcome, contact=contact)
    close(cast, three[0], outcome=outcome, contact=NOT_REACHED)
    note = SafetyAlert.objects.get(pk=three[0].pk)
    assert note.closed_at is not None
    assert WHY in note.unseal(cast.ring, "closing_note")


def test_a_concern_wants_the_answer_and_the_reason_only_where_the_risk_stands_high(cast: Cast) -> None:
    concern = taken(raised(cast.patient, AlertLevel.CONCERN), cast.treating)
    with pytest.raises(ContactMissing):
        close(cast, concern, outcome="no_danger")
    close(cast, concern, outcome="no_danger", contact=Contact(reached=False))
    close(cast, taken(raised(cast.patient), cast.treating), level=RiskLevel.HIGH)
    later = taken(raised(cast.patient, AlertLevel.CONCERN, at=NOW + 9 * MINUTE), cast.treating)
    with pytest.raises(ReasonMissing):
        close(cast, later, outcome="no_danger", contact=Contact(reached=False))


def test_who_was_reached_after_all_is_judged_and_the_talk_is_a_row(
    cast: Cast, three: list[SafetyAlert]
) -> None:
    with pytest.raises(LevelMissing):
        close(cast, three[0], outcome="no_danger", contact=Contact(reached=True))
    close(cast, three[0], outcome="no_danger", contact=Contact(reached=True), level=RiskLevel.LOW)
    assert AlertAct.objects.filter(alert=three[0].pk, kind=ActKind.SPOKE).exists()


def test_after_a_talk_about_another_alert_nothing_is_asked_and_after_later_words_it_is(
    cast: Cast, three: list[SafetyAlert]
) -> None:
    answering.spoke(alert=three[0], submission=uuid4(), note=NOTE, by=cast.treating, at=NOW)
    closing.close(alert=three[1], outcome=AlertOutcome.DUPLICATE, note=NOTE, by=cast.treating, at=NOW)
    taken(three[2], cast.treating, at=NOW + 2 * MINUTE)
    with pytest.raises(ContactMissing):
        close(cast, three[2], outcome="duplicate")
