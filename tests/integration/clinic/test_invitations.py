"""Invitations: a code that is shown once, kept as a digest, and opens one account."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from audit.models import AuditEntry
from clinic import access, invitations, joining, keys, people
from clinic.access import NotAllowed
from clinic.clock import now
from clinic.invitations import Ended, Invited, NameTaken, UnknownCode
from clinic.joining import Newcomer
from clinic.models.care import CareKind
from clinic.models.invitation import Invitation, InvitationState
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from clinic.staff import new_password
from tests.at_once import at_once, errors
from tests.cast import Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import invited

AMA = Newcomer(
    sign_in_name="river-9999",
    password="four quiet words here",
    name="Ama Boateng",
    pronouns="she/her",
    birth_date=dt.date(1990, 5, 4),
    phone="+44 1632 960777",
)
NEW_PATIENT = Invited(role=Role.PATIENT, zone="Europe/London", language="en")


def join(code: str, newcomer: Newcomer = AMA, *, at: dt.datetime | None = None) -> joining.Joined:
    return joining.join(code=code, newcomer=newcomer, submission=uuid4(), at=at or now())


@ROLLED_BACK
def test_the_database_holds_a_digest_of_the_code_and_never_the_code(cast: Cast) -> None:
    invitation, code = invited(cast.administrator)
    assert invitation.code_digest == invitations.digest_of(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(i)::text FROM clinic_invitation i")
        stored = cursor.fetchone()[0] + str(list(AuditEntry.objects.values()))
    assert not any(part in stored for part in (code, code.replace("-", "")))


@given(st.text(alphabet=" -.\n", max_size=3), st.booleans())
def test_a_code_is_the_same_however_it_is_typed(between: str, shout: bool) -> None:
    code = new_password()
    typed = f"{between}{between or ' '}".join(code.split("-")) + between
    assert invitations.digest_of(typed.upper() if shout else typed) == invitations.digest_of(code)
    assert invitations.digest_of(typed + "x") != invitations.digest_of(code)


@ROLLED_BACK
def test_a_patient_joins_under_their_own_key_into_the_care_that_was_planned(cast: Cast) -> None:
    person = Invited(role=Role.PATIENT, zone="Europe/Riga", language="ru", treating=cast.treating.user)
    invitation, code = invitations.invite(person=person, by=cast.administrator, at=now())
    assert not Patient.objects.filter(record_number=invitation.record_number).exists()
    joined = join(code)
    patient = Patient.objects.get(user=joined.actor.user)
    identity = people.identity(patient, keys.ring([patient.pk]), at=now())
    assert (identity.name, identity.phone, identity.birth_date) == (AMA.name, AMA.phone, AMA.birth_date)
    assert (patient.record_number, patient.zone) == (invitation.record_number, "Europe/Riga")
    assert cast.treating.user is not None
    assert access.VIEW in access.rights(cast.treating.user, patient, at=now())
    written = set(AuditEntry.objects.filter(patient_id=patient.pk).values_list("action", flat=True))
    assert {"key_made", "person_registered", "care_started", "person_joined"} <= written


@ROLLED_BACK
def test_nothing_that_the_person_entered_stands_in_the_main_database_in_clear(cast: Cast) -> None:
    _invitation, code = invitations.invite(person=NEW_PATIENT, by=cast.administrator, at=now())
    patient = Patient.objects.get(user=join(code).actor.user)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p::text || u::text FROM clinic_patient p JOIN clinic_user u ON u.id = p.user_id"
        )
        text = "".join(row[0] for row in cursor.fetchall())
    assert str(patient.pk) in text
    assert [word for word in ("Ama", "Boateng", "she/her", "960777", "1990-05-04") if word in text] == []


@ROLLED_BACK
def test_a_record_from_elsewhere_is_claimed_by_the_person_it_is_about(cast: Cast) -> None:
    record, _ring = people.register_patient(
        person=people.NewPatient("From Elsewhere", "", None, "", "UTC", "en"),
        user=None,
        by=cast.administrator,
        at=now(),
    )
    assert cast.treating.user
    access.start_care(
        patient=record, user=cast.treating.user, kind=CareKind.TREATING, by=cast.administrator, at=now()
    )
    person = Invited(role=Role.PATIENT, record_number=record.record_number, zone="UTC", language="en")
    _invitation, code = invitations.invite(person=person, by=cast.treating, at=now())
    joined = join(code)
    record.refresh_from_db()
    assert record.user == joined.actor.user
    assert people.identity(record, keys.ring([record.pk]), at=now()).phone == AMA.phone
    for by in (cast.treating, cast.administrator):
        with pytest.raises(NotAllowed):
            invitations.invite(person=person, by=by, at=now())


@ROLLED_BACK
def test_a_record_number_that_nobody_has_is_refused(cast: Cast) -> None:
    person = Invited(role=Role.PATIENT, record_number="CS-00001", zone="UTC", language="en")
    with pytest.raises(NotAllowed, match="No record has this number"):
        invitations.invite(person=person, by=cast.administrator, at=now())


@ROLLED_BACK
def test_a_code_works_once_until_its_time_and_not_after_it_was_taken_back(cast: Cast) -> None:
    at, codes = now(), {}
    for state in (InvitationState.USED, InvitationState.EXPIRED, InvitationState.REVOKED):
        invitation, codes[state] = invited(cast.administrator, at=at)
        if state == InvitationState.USED:
            join(codes[state])
        if state == InvitationState.REVOKED:
            assert invitations.revoke(invitation=invitation, by=cast.administrator, at=at)
            assert not invitations.revoke(invitation=invitation, by=cast.administrator, at=at)
    late = at + invitations.STANDS_FOR[Role.ADMINISTRATOR]
    for state, code in codes.items():
        with pytest.raises(Ended) as ended:
            join(code, at=late)
        assert ended.value.state == state
    with pytest.raises(UnknownCode):
        join(new_password())


@ROLLED_BACK
def test_an_invitation_ends_with_the_access_of_whoever_made_it(cast: Cast) -> None:
    _invitation, code = invited(cast.administrator)
    assert cast.administrator.user is not None
    User.objects.filter(pk=cast.administrator.user.pk).update(is_active=False)
    with pytest.raises(Ended) as ended:
        join(code)
    assert ended.value.state == InvitationState.INVITER_LEFT


@ROLLED_BACK
def test_a_new_code_ends_the_old_one_and_keeps_the_record_number(cast: Cast) -> None:
    first, old = invitations.invite(person=NEW_PATIENT, by=cast.administrator, at=now())
    second, new = invitations.renew(invitation=first, by=cast.administrator, at=now())
    assert second.record_number == first.record_number
    with pytest.raises(Ended):
        join(old)
    join(new)
    second.refresh_from_db()
    with pytest.raises(NotAllowed, match="was used"):
        invitations.renew(invitation=second, by=cast.administrator, at=now())


@ROLLED_BACK
def test_psychologists_invite_patients_and_patients_nobody(cast: Cast) -> None:
    colleague = Invited(role=Role.PSYCHOLOGIST, printed_name="Dr Ada Lind", title="Psychologist")
    for person, by in ((colleague, cast.treating), (NEW_PATIENT, cast.as_patient)):
        with pytest.raises(NotAllowed):
            invitations.invite(person=person, by=by, at=now())


@ROLLED_BACK
def test_a_name_that_is_taken_uses_nothing_up(cast: Cast) -> None:
    _invitation, code = invited(cast.administrator)
    with pytest.raises(NameTaken):
        join(code, Newcomer(sign_in_name="treating", password="four quiet words here"))
    assert join(code).actor.role == Role.ADMINISTRATOR


@ROLLED_BACK
def test_words_that_mean_danger_open_an_alert_here_too(cast: Cast) -> None:
    _invitation, code = invitations.invite(person=NEW_PATIENT, by=cast.administrator, at=now())
    joined = join(
        code, Newcomer(sign_in_name="reed-1", password="four quiet words", name="I want to kill myself")
    )
    assert joined.notice is not None
    assert joined.notice.alert is not None


@COMMITTED
def test_of_two_who_bring_one_code_at_the_same_moment_one_joins(cast: Cast) -> None:
    _invitation, code = invitations.invite(person=NEW_PATIENT, by=cast.administrator, at=now())
    before = Patient.objects.count()
    names = [
        Newcomer(sign_in_name=f"twin-{number}", password="four quiet words", name="Twin") for number in (1, 2)
    ]
    answers = at_once(*(lambda newcomer=each: join(code, newcomer) for each in names))
    assert [type(error) for error in errors(answers)] == [Ended]
    assert Patient.objects.count() == before + 1
    assert User.objects.filter(sign_in_name__startswith="twin-").count() == 1


@ROLLED_BACK
def test_not_even_code_that_forgot_to_look_can_use_an_invitation_twice(cast: Cast) -> None:
    """The planted fault: nobody looks at the state; the guard of the database refuses."""
    invitation, code = invited(cast.administrator)
    join(code)
    for change in ({"accepted_at": None, "accepted_by": None}, {"revoked_at": now()}):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(**change)
