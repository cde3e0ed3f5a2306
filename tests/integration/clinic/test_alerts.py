"""Safety alerts as operations: one form opens one alert, one owner at a time, and no alert is left with nobody."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from audit.models import AuditEntry
from clinic import access, keys, people
from clinic.models.care import CareKind, CareRelationship
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role
from clinic.safety import alerts, persons
from clinic.safety.alerts import AlertRefused
from clinic.safety.opening import MOST_OF_FORM
from tests.answering import closed
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in

pytestmark = ROLLED_BACK

LATER = NOW + dt.timedelta(minutes=5)


@pytest.fixture
def alert(cast: Cast) -> SafetyAlert:
    found = check_in(cast.patient, 2, "I want to kill myself tonight").notice.alert
    assert found is not None
    return found


def safety_care(cast: Cast) -> list[CareRelationship]:
    return list(CareRelationship.objects.filter(patient=cast.patient, kind=CareKind.SAFETY, ends_at=None))


def test_the_same_form_sent_again_opens_no_second_alert_and_another_patients_form_opens_its_own(
    cast: Cast,
) -> None:
    form = uuid4()
    once = alerts.notice(patient=cast.patient, text="I want to kill myself", submission=form, at=NOW)
    again = alerts.notice(patient=cast.patient, text="I want to kill myself", submission=form, at=LATER)
    other = alerts.notice(patient=cast.other_patient, text="I want to kill myself", submission=form, at=LATER)
    assert once.alert == again.alert
    assert other.alert is not None
    assert other.alert.patient == cast.other_patient


def test_other_words_in_the_same_form_open_an_alert_of_their_own(cast: Cast) -> None:
    form = uuid4()
    once = alerts.notice(patient=cast.patient, text="I am going to hurt my daughter", submission=form, at=NOW)
    other = alerts.notice(patient=cast.patient, text="I want to kill myself", submission=form, at=LATER)
    assert once.alert is not None
    assert other.alert is not None
    assert other.alert.categories == ["suicidal_active"]
    assert other.alert.unseal(cast.ring, "words") == "I want to kill myself"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "I'd like to be with my mum again soon, I know how",
            "He put his hands round my throat last night until I blacked out",
        ),
        (
            "I will kill myself tonight.",
            "I will kill myself tonight and I take the children with me, the gun is in the boot",
        ),
    ],
)
def test_other_words_in_a_form_that_is_sent_again_are_told_once(cast: Cast, first: str, second: str) -> None:
    form = uuid4()
    opened = [
        alerts.notice(patient=cast.patient, text=text, submission=form, at=NOW).alert
        for text in (first, second, first, second)
    ]
    assert opened[0]
    assert opened[1]
    assert opened == [opened[0], opened[1], opened[0], opened[1]]
    assert opened[0] != opened[1]
    assert second[-12:] in opened[1].unseal(cast.ring, "words")


def test_a_form_that_is_stored_while_somebody_types_opens_a_few_alerts_and_no_more(cast: Cast) -> None:
    form, typed = uuid4(), "I want to die and nobody knows how tired I am of this"
    for words in range(4, 4 + MOST_OF_FORM + 3):
        text = " ".join(typed.split()[:words])
        assert alerts.notice(patient=cast.patient, text=text, submission=form, at=NOW).alert
    assert 1 < SafetyAlert.objects.count() <= MOST_OF_FORM


def test_a_form_sent_again_after_its_alert_was_closed_opens_another(cast: Cast) -> None:
    form = uuid4()
    once = alerts.notice(patient=cast.patient, text="I want to kill myself", submission=form, at=NOW)
    assert once.alert is not None
    taken = alerts.take(alert=once.alert, by=cast.treating, at=NOW)
    closed(taken, cast.treating)
    again = alerts.notice(patient=cast.patient, text="I want to kill myself", submission=form, at=LATER)
    assert again.alert is not None
    assert again.alert.closed_at is None


def test_the_second_to_take_it_is_refused_and_taking_ones_own_again_changes_nothing(
    cast: Cast, alert: SafetyAlert
) -> None:
    taken = alerts.take(alert=alert, by=cast.other_psychologist, at=NOW)
    assert alerts.take(alert=alert, by=cast.other_psychologist, at=LATER).taken_at == taken.taken_at
    with pytest.raises(AlertRefused):
        alerts.take(alert=alert, by=cast.treating, at=LATER)


@pytest.mark.parametrize("end", ["access", "role"])
def test_an_owner_whose_access_or_role_ended_is_followed_by_whoever_takes_it_next(
    cast: Cast, alert: SafetyAlert, end: str
) -> None:
    alerts.take(alert=alert, by=cast.other_psychologist, at=NOW)
    owner = cast.other_psychologist.user
    assert owner is not None
    if end == "access":
        people.deactivate(user=owner, by=cast.administrator, at=NOW)
    else:
        access.end_role(user=owner, role=Role.PSYCHOLOGIST, by=cast.administrator, at=NOW)
    taken = alerts.take(alert=alert, by=cast.treating, at=LATER)
    assert taken.taken_by == cast.treating.user
    assert [care.user for care in safety_care(cast)] == [cast.treating.user]
    assert AuditEntry.objects.filter(action="safety_alert_taken").count() == 2


def test_only_the_owner_closes_it_and_the_care_for_it_ends_with_it(cast: Cast, alert: SafetyAlert) -> None:
    alerts.take(alert=alert, by=cast.other_psychologist, at=NOW)
    with pytest.raises(AlertRefused):
        closed(alert, cast.treating, at=LATER)
    closed(alert, cast.other_psychologist, at=LATER)
    assert safety_care(cast) == []


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    assert cast.administrator.user is not None
    with pytest.raises(access.NotAllowed):
        access.grant_role(user=cast.administrator.user, role=Role.PSYCHOLOGIST, by=cast.administrator, at=NOW)


def test_an_alert_of_somebody_whose_key_was_destroyed_can_still_be_closed(
    cast: Cast, alert: SafetyAlert
) -> None:
    keys.destroy(patient_id=cast.patient.pk)
    alerts.take(alert=alert, by=cast.treating, at=NOW)
    ended = closed(alert, cast.treating, at=LATER)
    assert (ended.closed_at, ended.closing_note) == (LATER, None)


def test_whoever_takes_one_alert_takes_every_one_of_that_person_that_nobody_answers(
    cast: Cast, alert: SafetyAlert
) -> None:
    more = [
        check_in(cast.patient, 1, words).notice.alert
        for words in ("I want to die", "I will end my life tonight")
    ]
    elsewhere = check_in(cast.other_patient, 1, "I want to die").notice.alert
    alerts.take(alert=alert, by=cast.other_psychologist, at=LATER)
    owners = {each.pk: each.taken_by for each in SafetyAlert.objects.all()}
    assert {owners[each.pk] for each in (alert, *more) if each} == {cast.other_psychologist.user}
    assert elsewhere is not None
    assert owners[elsewhere.pk] is None
    assert len(safety_care(cast)) == 1


def test_taking_one_leaves_a_colleague_what_the_colleague_answers_already(
    cast: Cast, alert: SafetyAlert
) -> None:
    alerts.take(alert=alert, by=cast.treating, at=LATER)
    newer = check_in(cast.patient, 1, "I want to die").notice.alert
    assert newer is not None
    alerts.take(alert=newer, by=cast.other_psychologist, at=LATER)
    alert.refresh_from_db()
    assert alert.taken_by == cast.treating.user
    assert [each.pk for each in persons.others_of(newer)] == [alert.pk]


def test_a_person_who_writes_much_is_one_line_and_hides_nobody(cast: Cast, alert: SafetyAlert) -> None:
    for _ in range(12):
        check_in(cast.patient, 1, "I want to die")
    check_in(cast.other_patient, 1, "I want to die")
    found: list[Any] = list(persons.by_person())
    lines = {each.patient_id: (each.of_person, each.since) for each in found}
    assert len(lines) == len(found) == 2
    assert lines[cast.patient.pk] == (13, alert.happened_at)
    assert lines[cast.other_patient.pk][0] == 1
