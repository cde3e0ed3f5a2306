"""Joining a record that came from elsewhere: only the person whose date of birth it holds, with few tries."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest

from audit.models import AuditEntry
from clinic import access, invitations, joining, people, proofs
from clinic.access import NotAllowed
from clinic.clock import now
from clinic.invitations import Ended, Invited, NameTaken
from clinic.joining import Newcomer, WrongBirthDate
from clinic.models.care import CareKind
from clinic.models.invitation import Invitation, InvitationState
from clinic.models.password_link import WrongProof
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from tests.at_once import at_once, errors
from tests.cast import Cast
from tests.database import COMMITTED, ROLLED_BACK

BORN = dt.date(1986, 9, 17)
ROSA = Newcomer(sign_in_name="heron-1", password="four quiet words", name="Rosa Lindqvist", birth_date=BORN)


def came(cast: Cast, *, born: dt.date | None = BORN) -> Patient:
    """A record from elsewhere that nobody signs in for yet, in the treating psychologist's care."""
    person = people.NewPatient("Rosa Lindqvist", "", born, "", "UTC", "en")
    record, _ring = people.register_patient(person=person, user=None, by=cast.administrator, at=now())
    assert cast.treating.user
    access.start_care(
        patient=record, user=cast.treating.user, kind=CareKind.TREATING, by=cast.administrator, at=now()
    )
    return record


def code_for(record: Patient, cast: Cast) -> str:
    person = Invited(role=Role.PATIENT, record_number=record.record_number, zone="UTC", language="en")
    return invitations.invite(person=person, by=cast.treating, at=now())[1]


def join(code: str, newcomer: Newcomer = ROSA, **changes: object) -> joining.Joined:
    return joining.join(code=code, newcomer=replace(newcomer, **changes), submission=uuid4(), at=now())  # type: ignore[arg-type]


@ROLLED_BACK
def test_the_person_whose_birth_date_it_holds_joins(cast: Cast) -> None:
    record = came(cast)
    joined = join(code_for(record, cast))
    record.refresh_from_db()
    assert record.user == joined.actor.user


@ROLLED_BACK
@pytest.mark.parametrize("said", [dt.date(1986, 9, 18), None])
def test_another_date_or_none_makes_nothing_and_is_counted(cast: Cast, said: dt.date | None) -> None:
    record = came(cast)
    code = code_for(record, cast)
    with pytest.raises(WrongBirthDate) as wrong:
        join(code, birth_date=said)
    assert wrong.value.left == proofs.MOST_WRONG - 1
    record.refresh_from_db()
    assert record.user is None
    assert not User.objects.filter(sign_in_name="heron-1").exists()
    entry = AuditEntry.objects.get(action="join_failed")
    assert (entry.record_number, entry.reason, entry.facts) == (
        record.record_number,
        "birth_date",
        {"left": 4},
    )
    assert join(code).actor.user is not None


@ROLLED_BACK
def test_after_five_wrong_dates_the_right_one_opens_nothing(cast: Cast) -> None:
    record = came(cast)
    code = code_for(record, cast)
    for day in range(1, 6):
        with pytest.raises(WrongBirthDate):
            join(code, birth_date=dt.date(1990, 1, day))
    with pytest.raises(Ended) as ended:
        join(code)
    assert ended.value.state == InvitationState.GUESSED


@ROLLED_BACK
def test_planted_fault_without_the_comparison_anybody_with_the_paper_joins(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "fits", lambda patient, *, birth_date, name="": True)
    record = came(cast)
    join(code_for(record, cast), birth_date=dt.date(1990, 1, 1))
    record.refresh_from_db()
    assert record.user is not None


@ROLLED_BACK
def test_after_ten_wrong_dates_within_a_month_no_further_code_is_made(cast: Cast) -> None:
    record = came(cast)
    for _code in range(2):
        code = code_for(record, cast)
        for day in range(1, 6):
            with pytest.raises(WrongBirthDate):
                join(code, birth_date=dt.date(1990, 1, day))
    with pytest.raises(NotAllowed, match="Somebody may be guessing"):
        code_for(record, cast)


@ROLLED_BACK
def test_a_record_without_a_birth_date_compares_none(cast: Cast) -> None:
    record = came(cast, born=None)
    code = code_for(record, cast)
    assert not joining.needs_birth_date(invitations.of_code(code, at=now()))
    assert join(code, birth_date=None).actor.user is not None


@COMMITTED
def test_guesses_at_the_same_moment_are_counted_one_after_the_other(cast: Cast) -> None:
    code = code_for(came(cast), cast)
    tries = [replace(ROSA, birth_date=dt.date(1990, 1, day)) for day in range(1, 9)]
    answers = at_once(*(lambda each=each: join(code, each) for each in tries))
    assert len(errors(answers)) == len(tries)
    assert WrongProof.objects.count() == proofs.MOST_WRONG


@COMMITTED
def test_two_who_choose_one_name_at_the_same_moment_one_is_asked_for_another(cast: Cast) -> None:
    staff = Invited(role=Role.ADMINISTRATOR, printed_name="Ada Lind", title="Administrator")
    codes = [invitations.invite(person=staff, by=cast.administrator, at=now())[1] for _each in range(4)]
    answers = at_once(*(lambda each=each: join(each, sign_in_name="samename-1") for each in codes))
    assert [type(each) for each in errors(answers)] == [NameTaken] * 3
    assert User.objects.filter(sign_in_name="samename-1").count() == 1
    assert Invitation.objects.filter(accepted_at=None, role=Role.ADMINISTRATOR).count() == 3
