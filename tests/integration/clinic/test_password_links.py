"""Links for a new password: used once, by the right person, with few tries, and nothing old works afterwards."""

import datetime as dt
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client

from audit.models import AuditEntry
from clinic import password_links, password_renewal, people, proofs, tokens
from clinic.access import NotAllowed
from clinic.actor import Actor
from clinic.clock import now
from clinic.models.password_link import PasswordLink, WrongProof
from clinic.models.patient import Patient
from clinic.models.user import User
from clinic.password_links import LinkEnded, LinkState, UnknownCode
from clinic.password_renewal import Chosen, Outcome
from clinic.proofs import Ask
from clinic.staff import new_password
from tests.at_once import at_once
from tests.cast import Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.sign_in import signed_in

BORN = dt.date(1992, 3, 12)
NEW = "four quiet words here"


def user_of(actor: Actor) -> User:
    assert actor.user is not None
    return actor.user


def patient_user(cast: Cast) -> User:
    assert cast.patient.user is not None
    return cast.patient.user


def issued(cast: Cast, user: User | None = None, *, at: dt.datetime | None = None) -> str:
    made = password_links.issue(user=user or patient_user(cast), by=cast.administrator, at=at or now())
    return made[1]


def used(code: str, *, born: dt.date | None = BORN, name: str = "", at: dt.datetime | None = None) -> Outcome:
    chosen = Chosen(password=NEW, birth_date=born, name=name)
    return password_renewal.use(code=code, chosen=chosen, submission=uuid4(), at=at or now())


def without_birth_date(patient: Patient, cast: Cast) -> None:
    patient.seal(cast.ring, birth_date="")
    patient.save()


@ROLLED_BACK
def test_the_right_person_chooses_a_password_and_everything_old_ends(cast: Cast) -> None:
    client, user = signed_in(Client(), cast.as_patient), patient_user(cast)
    _token, secret = tokens.make(
        label="App", scopes=["read"], lasts=dt.timedelta(days=9), by=cast.as_patient, at=now()
    )
    AccessAttempt.objects.create(username="amara", ip_address="192.0.2.1", failures_since_start=9)
    outcome = used(issued(cast))
    assert outcome.user == user
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get("/my/").status_code == 302
    assert tokens.find(secret, at=now()) is None
    assert not AccessAttempt.objects.filter(username="amara").exists()


@ROLLED_BACK
def test_each_step_stands_in_the_log_with_the_record(cast: Cast) -> None:
    code = issued(cast)
    used(code, born=dt.date(1992, 3, 13))
    used(code)
    steps = ("password_link_made", "password_link_refused", "password_link_used")
    entries = AuditEntry.objects.filter(action__in=steps).order_by("id")
    assert tuple(entries.values_list("action", flat=True)) == steps
    assert set(entries.values_list("record_number", flat=True)) == {cast.patient.record_number}


@ROLLED_BACK
def test_whoever_holds_the_paper_and_not_the_date_gets_five_tries(cast: Cast) -> None:
    code, user = issued(cast), patient_user(cast)
    before = user.password
    lefts = [used(code, born=dt.date(1990, 1, day)).left for day in range(1, 6)]
    assert lefts == [4, 3, 2, 1, 0]
    with pytest.raises(LinkEnded) as ended:
        used(code)
    assert ended.value.state == LinkState.GUESSED
    user.refresh_from_db()
    assert user.password == before


@ROLLED_BACK
def test_planted_fault_if_wrong_answers_were_not_counted_guessing_would_go_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "count_wrong", lambda code_digest, *, at: proofs.MOST_WRONG)
    code = issued(cast)
    for day in range(1, 9):
        used(code, born=dt.date(1990, 1, day))
    assert used(code).user is not None


@ROLLED_BACK
def test_after_ten_wrong_answers_within_a_month_no_further_link_is_made(cast: Cast) -> None:
    at = now()
    for _link in range(2):
        code = issued(cast, at=at)
        for day in range(1, 6):
            used(code, born=dt.date(1990, 1, day), at=at)
    with pytest.raises(NotAllowed, match="Somebody may be guessing"):
        issued(cast, at=at)
    issued(cast, at=at + dt.timedelta(days=31))


@ROLLED_BACK
def test_where_no_birth_date_is_known_the_name_shows_who_somebody_is(cast: Cast) -> None:
    without_birth_date(cast.patient, cast)
    code = issued(cast)
    assert password_renewal.asked_of(password_links.of_code(code, at=now())) is Ask.NAME
    assert used(code, born=None, name="Henrik Solberg").user is None
    assert used(code, born=None, name="nwosu  AMARA").user == patient_user(cast)


@ROLLED_BACK
def test_words_of_danger_in_the_name_open_an_alert_whatever_else_is_said(cast: Cast) -> None:
    without_birth_date(cast.patient, cast)
    outcome = used(issued(cast), born=None, name="I want to kill myself")
    assert outcome.user is None
    assert outcome.notice is not None
    assert outcome.notice.alert is not None


@ROLLED_BACK
def test_staff_need_no_proof_but_a_colleague_who_is_in_care_here_does(cast: Cast) -> None:
    assert used(issued(cast, user_of(cast.treating)), born=None).user == user_of(cast.treating)
    colleague = user_of(cast.other_psychologist)
    Patient.objects.filter(pk=cast.patient.pk).update(user=colleague)
    code = issued(cast, colleague)
    assert password_renewal.asked_of(password_links.of_code(code, at=now())) is Ask.IF_IN_CARE
    assert used(code, born=None).user is None
    assert used(code).user == colleague
    made = AuditEntry.objects.filter(action="password_link_made")
    assert set(made.values_list("record_number", flat=True)) == {""}


@ROLLED_BACK
def test_only_an_administrator_makes_one_and_never_for_themselves_or_an_ended_account(cast: Cast) -> None:
    for by in (cast.treating, cast.as_patient):
        with pytest.raises(NotAllowed):
            password_links.issue(user=patient_user(cast), by=by, at=now())
    with pytest.raises(NotAllowed, match="nobody gives a password to themselves"):
        issued(cast, user_of(cast.administrator))
    people.deactivate(user=patient_user(cast), by=cast.administrator, at=now())
    with pytest.raises(NotAllowed, match="Give it back first"):
        issued(cast)


@ROLLED_BACK
def test_a_link_works_once_until_its_time_and_a_newer_one_ends_it(cast: Cast) -> None:
    at = now()
    first, second = issued(cast, at=at), issued(cast, at=at)
    codes = {LinkState.REVOKED: first, LinkState.EXPIRED: second}
    for state, code in codes.items():
        with pytest.raises(LinkEnded) as ended:
            used(code, at=at + dt.timedelta(days=14))
        assert ended.value.state == state
    used(second, at=at)
    with pytest.raises(LinkEnded) as again:
        used(second, at=at)
    assert again.value.state == LinkState.USED
    with pytest.raises(UnknownCode):
        used(new_password())


@ROLLED_BACK
def test_a_link_of_staff_stands_seven_days_and_ends_with_the_role_of_whoever_made_it(cast: Cast) -> None:
    at, code = now(), issued(cast, user_of(cast.treating))
    with pytest.raises(LinkEnded):
        used(code, at=at + dt.timedelta(days=7, minutes=1))
    User.objects.filter(pk=user_of(cast.administrator).pk).update(is_active=False)
    with pytest.raises(LinkEnded) as ended:
        used(code)
    assert ended.value.state == LinkState.ISSUER_LEFT


@ROLLED_BACK
def test_the_database_holds_a_digest_of_the_code_and_never_the_code(cast: Cast) -> None:
    code = issued(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM clinic_passwordlink l")
        stored = cursor.fetchone()[0] + str(list(AuditEntry.objects.values()))
    assert not any(part in stored for part in (code, code.replace("-", "")))


@COMMITTED
def test_guesses_at_the_same_moment_are_counted_one_after_the_other(cast: Cast) -> None:
    code = issued(cast)
    at_once(*(lambda day=day: used(code, born=dt.date(1990, 1, day)) for day in range(1, 9)))
    assert WrongProof.objects.count() == proofs.MOST_WRONG


@ROLLED_BACK
def test_not_even_code_that_forgot_to_look_can_use_a_link_twice(cast: Cast) -> None:
    """The planted fault: nobody looks at the state; the guard of the database refuses."""
    used(issued(cast))
    changes = ({"used_at": None}, {"used_at": now()}, {"revoked_at": now(), "revoked_by": None})
    for change in changes:
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            PasswordLink.objects.update(**change)


@ROLLED_BACK
def test_a_name_proves_nothing_where_a_birth_date_is_known(cast: Cast) -> None:
    assert proofs.fits(cast.patient, birth_date=BORN)
    assert not proofs.fits(cast.patient, birth_date=None, name="Amara Nwosu")
