"""An invitation opens nobody else's record: who may invite to one that exists, and what joining it keeps."""

import datetime as dt
from uuid import uuid4

import pytest

from clinic import access, invitable, invitations, joining, keys, people, profile
from clinic.access import NotAllowed
from clinic.actor import SOFTWARE, Actor
from clinic.clock import now
from clinic.invitations import Ended, Invited
from clinic.joining import Newcomer
from clinic.models.care import CareKind, CareRelationship
from clinic.models.invitation import Invitation, InvitationState
from clinic.models.patient import Patient
from clinic.models.user import Role
from tests.cast import Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK

BORN = dt.date(1986, 9, 17)
NOBODY_KNOWN = Newcomer(
    sign_in_name="otter-7777",
    password="four quiet words",
    name="Nobody Real",
    birth_date=BORN,
    phone="+44 20 7946 0999",
)


def came(cast: Cast, *, into: Actor | None = None) -> Patient:
    """A record from elsewhere that nobody signs in for yet, in somebody's care or in nobody's."""
    person = people.NewPatient("Rosa Lindqvist", "", BORN, "+44 1632 960001", "UTC", "en")
    record, _ring = people.register_patient(person=person, user=None, by=SOFTWARE, at=now())
    if into and into.user:
        access.start_care(patient=record, user=into.user, kind=CareKind.TREATING, by=SOFTWARE, at=now())
    return record


def asked(number: str, by: Actor) -> Invited:
    treating = by.user if by.role == Role.PSYCHOLOGIST else None
    return Invited(role=Role.PATIENT, record_number=number, zone="UTC", language="en", treating=treating)


def invite(number: str, by: Actor) -> tuple[Invitation, str]:
    return invitations.invite(person=asked(number, by), by=by, at=now())


def join(code: str) -> joining.Joined:
    return joining.join(code=code, newcomer=NOBODY_KNOWN, submission=uuid4(), at=now())


def said(number: str, by: Actor) -> str:
    with pytest.raises(NotAllowed) as refused:
        invite(number, by)
    return str(refused.value)


def test_a_psychologist_who_is_not_in_care_reads_one_sentence_whatever_the_number_is(cast: Cast) -> None:
    colleagues, _code = invite("", cast.other_psychologist)
    numbers = [
        "CS-00001",
        came(cast, into=cast.other_psychologist).record_number,
        came(cast).record_number,
        cast.other_patient.record_number,
        colleagues.record_number,
    ]
    assert len({said(number, cast.treating) for number in numbers}) == 1
    colleagues.refresh_from_db()
    assert colleagues.revoked_at is None


@pytest.mark.parametrize("kind", [kind for kind in CareKind if access.REVIEW not in access.RIGHTS[kind]])
def test_care_that_decides_about_no_draft_invites_to_no_record(cast: Cast, kind: CareKind) -> None:
    record = came(cast)
    assert cast.treating.user
    access.start_care(patient=record, user=cast.treating.user, kind=kind, by=SOFTWARE, at=now())
    assert said(record.record_number, cast.treating) == said("CS-00001", cast.treating)


def test_no_code_of_an_administrator_opens_a_record_that_exists(cast: Cast) -> None:
    record = came(cast, into=cast.treating)
    assert "reads what it holds" in said(record.record_number, cast.administrator)
    invitation, code = invite(record.record_number, cast.treating)
    with pytest.raises(NotAllowed, match="reads what it holds"):
        invitations.renew(invitation=invitation, by=cast.administrator, at=now())
    assert join(code).actor.user == Patient.objects.get(pk=record.pk).user


def test_a_number_that_an_invitation_promised_and_an_import_took_is_not_opened_by_it(cast: Cast) -> None:
    invitation, code = invite("", cast.administrator)
    record = came(cast)
    Patient.objects.filter(pk=record.pk).update(record_number=invitation.record_number)
    with pytest.raises(Ended) as ended:
        join(code)
    assert ended.value.state == InvitationState.NOT_IN_CARE
    assert Patient.objects.get(pk=record.pk).user is None


def test_a_code_ends_with_the_care_of_whoever_made_it(cast: Cast) -> None:
    record = came(cast, into=cast.treating)
    _invitation, code = invite(record.record_number, cast.treating)
    care = CareRelationship.objects.select_related("user", "patient").get(patient=record)
    access.end_care(care=care, by=cast.administrator, at=now())
    with pytest.raises(Ended) as ended:
        join(code)
    assert ended.value.state == InvitationState.NOT_IN_CARE


def test_planted_fault_without_the_look_at_care_a_stranger_opens_the_record(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitable, "_may_claim", lambda user, record, *, at: True)
    record = came(cast, into=cast.other_psychologist)
    _invitation, _code = invite(record.record_number, cast.treating)


def test_joining_takes_no_care_from_anybody_and_gives_none(cast: Cast) -> None:
    record = came(cast, into=cast.other_psychologist)
    assert cast.treating.user
    access.start_care(patient=record, user=cast.treating.user, kind=CareKind.COVERING, by=SOFTWARE, at=now())
    before = set(access.relationships(at=now()).filter(patient=record))
    join(invite(record.record_number, cast.treating)[1])
    assert set(access.relationships(at=now()).filter(patient=record)) == before


def test_what_the_record_knew_of_the_person_is_not_lost_when_they_say_otherwise(cast: Cast) -> None:
    record = came(cast, into=cast.treating)
    join(invite(record.record_number, cast.treating)[1])
    record.refresh_from_db()
    ring = keys.ring([record.pk])
    known = people.identity(record, ring, at=now())
    assert (known.name, known.birth_date, known.phone) == ("Rosa Lindqvist", BORN, NOBODY_KNOWN.phone)
    words = " ".join(fact.unseal(ring, "words") for fact in profile.standing(record))
    assert "Nobody Real" in words
    assert "+44 1632 960001" in words


def test_an_administrator_puts_nobody_into_their_own_care_by_an_invitation(cast: Cast) -> None:
    both = Actor(cast.administrator.user, Role.ADMINISTRATOR)
    person = Invited(role=Role.PATIENT, zone="UTC", language="en", treating=both.user)
    with pytest.raises(NotAllowed, match="Ask another administrator"):
        invitations.invite(person=person, by=both, at=now())
