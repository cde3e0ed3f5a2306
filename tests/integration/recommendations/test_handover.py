"""Handing care over: one act, after which everything of the record is the colleague's and the first has no way in."""

import datetime as dt
from importlib import import_module

import pytest
from django.test import Client

from clinic import access, appointments
from clinic.access import NotAllowed
from clinic.actor import Actor
from clinic.models.care import CareRelationship
from clinic.models.user import StaffProfile, User
from clinic.questionnaires import due
from clinic.safety import alerts
from clinic.slots import Slot
from recommendations import correspondence, handover, publications, review
from recommendations.handover import Choice, HandoverRefused
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import approved, check_in, open_drafts, wrote
from tests.forms import assigned
from tests.routes import routes
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

LATER = NOW + dt.timedelta(hours=3)


def user_of(actor: Actor) -> User:
    assert actor.user is not None
    return actor.user


def hand_over(cast: Cast, *, by: Actor | None = None, choice: Choice | None = None) -> None:
    handover.transfer(
        patient=cast.patient,
        giver=user_of(cast.treating),
        receiver=user_of(cast.other_psychologist),
        choice=choice or Choice(),
        by=by or cast.treating,
        at=LATER,
    )


def test_the_record_changes_hands_at_one_moment(cast: Cast) -> None:
    hand_over(cast)
    before, after = CareRelationship.objects.filter(patient=cast.patient).order_by("starts_at")
    assert (before.ends_at, before.user) == (LATER, cast.treating.user)
    assert (after.starts_at, after.user, after.kind) == (LATER, cast.other_psychologist.user, "treating")
    for user in (user_of(cast.treating), user_of(cast.other_psychologist)):
        assert access.rights(user, cast.patient, at=LATER) == access.mirrored(user, cast.patient)


def test_drafts_keep_their_waiting_time_and_put_aside_ones_are_open_again(cast: Cast) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    waiting = {draft.pk: draft.waiting_since for draft in drafts}
    Suggestion.objects.filter(pk=drafts[0].pk).update(state="deferred")
    hand_over(cast)
    found = Suggestion.objects.filter(patient=cast.patient)
    assert set(found.values_list("state", flat=True)) == {"open"}
    assert dict(found.values_list("pk", "waiting_since")) == waiting


def test_what_was_assigned_goes_on(cast: Cast) -> None:
    assigned(cast.patient, cast.treating)
    hand_over(cast)
    assert [each.assignment.key for each in due.standing(cast.patient, at=LATER)] == ["phq9"]


def test_plans_stand_under_their_signers_name_until_the_new_psychologist_confirms_or_stops(
    cast: Cast,
) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    first, second = approved(drafts[0], cast.treating), approved(drafts[1], cast.treating)
    hand_over(cast)
    waiting = handover.to_be_confirmed(cast.patient, cast.ring, at=LATER)
    assert {each.publication_id for _handed, each in waiting} == {first.pk, second.pk}
    assert {each.printed_name for _handed, each in waiting} == {"Dr Maya Okonkwo"}
    handed = next(handed for handed, each in waiting if each.publication_id == first.pk)
    with pytest.raises(NotAllowed):
        handover.confirm(handed=handed, by=cast.treating, at=LATER)
    handover.confirm(handed=handed, by=cast.other_psychologist, at=LATER)
    review.withdraw(publication_id=second.pk, reason="not_needed", by=cast.other_psychologist, at=LATER)
    assert handover.to_be_confirmed(cast.patient, cast.ring, at=LATER) == []
    assert publications.standing(at=LATER).filter(pk=first.pk).exists()


def booked(cast: Cast) -> None:
    day = (NOW + dt.timedelta(days=7)).date()
    slot = Slot(day, dt.time(14), "Europe/London", 50, user_of(cast.treating), "video", "Room 2")
    correspondence.agree(patient=cast.patient, slot=slot, by=cast.treating, at=NOW)


@pytest.mark.parametrize("keep", [True, False])
def test_the_appointment_goes_along_or_is_cancelled_as_chosen(cast: Cast, keep: bool) -> None:
    booked(cast)
    hand_over(cast, choice=Choice(keep_appointments=keep))
    found = list(appointments.upcoming(cast.patient, at=LATER))
    assert [each.held_by for each in found] == ([cast.other_psychologist.user] if keep else [])
    assert [each.unseal(cast.ring, "words") for each in found] == (["Room 2"] if keep else [])


@pytest.mark.parametrize("along", [True, False])
def test_a_taken_alert_goes_along_or_stays_under_care_of_kind_safety(cast: Cast, along: bool) -> None:
    check_in(cast.patient, note="I want to kill myself")
    alert = alerts.take(alert=alerts.open_alerts().get(), by=cast.treating, at=NOW)
    hand_over(cast, choice=Choice(hand_over_alerts=along))
    alert.refresh_from_db()
    assert alert.taken_by == (cast.other_psychologist if along else cast.treating).user
    kept = access.rights(user_of(cast.treating), cast.patient, at=LATER)
    assert kept == (frozenset() if along else {access.VIEW, access.ANSWER})


def test_without_a_role_or_a_licence_nobody_receives_care(cast: Cast) -> None:
    StaffProfile.objects.filter(user=cast.other_psychologist.user).update(
        licence_valid_until=dt.date(2020, 1, 1)
    )
    with pytest.raises(HandoverRefused, match="licence holds today"):
        hand_over(cast)
    assert CareRelationship.objects.get(patient=cast.patient).ends_at is None


def test_a_colleague_hands_nothing_over_and_an_administrator_may(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        hand_over(cast, by=cast.other_psychologist)
    hand_over(cast, by=cast.administrator)
    with pytest.raises(HandoverRefused, match="not treating the patient any more"):
        hand_over(cast, by=cast.administrator)


@COMMITTED
def test_after_it_the_first_psychologist_gets_404_at_every_address_of_the_record(cast: Cast) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    publication = approved(drafts[0], cast.treating)
    wrote(cast.patient)
    booked(cast)
    client = signed_in(Client(), cast.treating)
    hand_over(cast)
    values = Values(ref=cast.patient.record_number, draft=drafts[1].pk, publication=publication.pk)
    of_records = [route for route in routes() if "ref" in route.parameters]
    assert len(of_records) > 12
    answers = {
        (route.name, method): getattr(client, method)(route.path(values)).status_code
        for route in of_records
        for method in ("get", "post")
    }
    assert {key: status for key, status in answers.items() if status not in (404, 405)} == {}
    assert all(
        answers[route.name, "get"] == 404 or answers[route.name, "post"] == 404 for route in of_records
    )
    assert cast.patient.record_number not in client.get("/patients/").content.decode()
    other = signed_in(Client(), cast.other_psychologist)
    assert other.get(f"/patients/{cast.patient.record_number}/").status_code == 200


class Values(dict[str, object]):
    """What the addresses take; whatever is not named is an id of nothing."""

    def __missing__(self, name: str) -> object:
        return "00000000-0000-4000-8000-000000000000"


@COMMITTED
def test_planted_fault_care_that_did_not_end_would_be_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("recommendations.handover.transfer")
    monkeypatch.setattr(module, "_end_care", lambda *args, **more: None)
    client = signed_in(Client(), cast.treating)
    hand_over(cast)
    assert client.get(f"/patients/{cast.patient.record_number}/").status_code == 200
