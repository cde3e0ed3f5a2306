"""Who may do what to whose record: the care relationship decides, and django-guardian says the same (a property)."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import AuditEntry
from clinic import access
from clinic.access import ANSWER, REVIEW, RIGHTS, VIEW, NotAllowed
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import Patient
from clinic.models.user import Role, RoleGrant, User
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Step:
    """Care of one of two people for one of two patients starts or ends, an hour after the step before."""

    starts: bool
    user: int
    patient: int
    kind: CareKind


STEPS = st.lists(
    st.builds(Step, st.booleans(), st.integers(0, 1), st.integers(0, 1), st.sampled_from(CareKind)),
    max_size=12,
)


def users(cast: Cast) -> list[User]:
    found = [cast.treating.user, cast.other_psychologist.user]
    return [user for user in found if user]


def take(cast: Cast, step: Step, *, at: dt.datetime) -> None:
    user = users(cast)[step.user]
    patient = (cast.patient, cast.other_patient)[step.patient]
    if step.starts:
        access.start_care(patient=patient, user=user, kind=step.kind, by=SOFTWARE, at=at)
        return
    for care in CareRelationship.objects.filter(patient=patient, user=user, kind=step.kind):
        access.end_care(care=care, by=cast.administrator, at=at)


def check_mirror(cast: Cast, *, at: dt.datetime) -> None:
    for user in users(cast):
        for patient in (cast.patient, cast.other_patient):
            decided = access.rights(user, patient, at=at)
            kinds = access.relationships(at=at).filter(user=user, patient=patient)
            assert decided == frozenset().union(*(RIGHTS[care.kind] for care in kinds))
            assert access.mirrored(user, patient) == decided
            for right in (VIEW, REVIEW, ANSWER):
                assert (right in decided) == access.records(user, at=at, right=right).contains(patient)


@given(steps=STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_mirror_equals_the_care_relationships_whatever_started_and_ended(
    cast: Cast, steps: list[Step]
) -> None:
    with transaction.atomic():
        for number, step in enumerate(steps, start=1):
            at = NOW + number * HOUR
            take(cast, step, at=at)
            check_mirror(cast, at=at)
        transaction.set_rollback(True)


def test_a_mirror_that_is_not_kept_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "mirror", lambda user, patient, *, at: None)
    take(cast, Step(False, 0, 0, CareKind.TREATING), at=NOW + HOUR)
    with pytest.raises(AssertionError):
        check_mirror(cast, at=NOW + HOUR)


def test_before_its_start_and_from_its_end_on_care_allows_nothing(cast: Cast) -> None:
    user, other = users(cast)
    care = access.start_care(
        patient=cast.patient, user=other, kind=CareKind.COVERING, by=SOFTWARE, at=NOW, ends_at=NOW + 2 * HOUR
    )
    allowed = {hours: access.rights(other, cast.patient, at=NOW + hours * HOUR) for hours in (-1, 0, 1, 2, 3)}
    everything = frozenset({VIEW, REVIEW, ANSWER})
    assert allowed == {-1: frozenset(), 0: everything, 1: everything, 2: frozenset(), 3: frozenset()}
    access.end_care(care=care, by=cast.administrator, at=NOW + HOUR)
    assert access.rights(other, cast.patient, at=NOW + HOUR) == frozenset()
    assert access.mirrored(other, cast.patient) == frozenset()
    assert access.rights(user, cast.patient, at=NOW + HOUR) == everything


def test_the_mirror_follows_care_that_ended_by_its_plan(cast: Cast) -> None:
    """Nobody acts at such an end: our own answer ends at once, guardian's with the next round."""
    other, ends_at = users(cast)[1], NOW + 2 * HOUR
    for kind, until in ((CareKind.COVERING, ends_at), (CareKind.SECOND_READER, None)):
        access.start_care(patient=cast.patient, user=other, kind=kind, by=SOFTWARE, at=NOW, ends_at=until)
    access.mirror_ended(at=NOW + HOUR)
    check_mirror(cast, at=NOW + HOUR)
    assert access.rights(other, cast.patient, at=ends_at) == {VIEW}
    assert access.mirrored(other, cast.patient) == {VIEW, REVIEW, ANSWER}
    access.mirror_ended(at=ends_at)
    check_mirror(cast, at=ends_at)


def test_care_that_has_ended_stays_as_it_was(cast: Cast) -> None:
    care = CareRelationship.objects.get(patient=cast.patient)
    access.end_care(care=care, by=cast.administrator, at=NOW + HOUR)
    access.end_care(care=care, by=cast.treating, at=NOW + 2 * HOUR)
    care.refresh_from_db()
    assert (care.ends_at, care.ended_by) == (NOW + HOUR, cast.administrator.user)
    assert AuditEntry.objects.filter(action="care_ended").count() == 1


def test_the_same_care_started_twice_is_one(cast: Cast) -> None:
    again = access.start_care(
        patient=cast.patient, user=users(cast)[0], kind=CareKind.TREATING, by=SOFTWARE, at=NOW + HOUR
    )
    assert again == CareRelationship.objects.get(patient=cast.patient)
    with pytest.raises(IntegrityError), transaction.atomic():
        CareRelationship.objects.create(
            patient=cast.patient, user=users(cast)[0], kind=CareKind.TREATING, starts_at=NOW
        )


def test_every_kind_of_care_has_its_rights_and_only_care_for_the_person_reviews() -> None:
    assert RIGHTS.keys() == set(CareKind.values)
    assert {kind for kind, rights in RIGHTS.items() if REVIEW in rights} == {
        CareKind.TREATING,
        CareKind.COVERING,
    }


@pytest.mark.parametrize("right", [VIEW, REVIEW, ANSWER])
def test_strangers_administrators_and_the_patient_have_no_right_to_a_record(cast: Cast, right: str) -> None:
    for user in (cast.stranger, cast.administrator.user, cast.patient.user):
        assert user is not None
        with pytest.raises(NotAllowed):
            access.check_may(user, right, cast.patient, at=NOW)
        assert not access.records(user, at=NOW, right=right).exists()


def test_nobody_has_a_right_to_their_own_record_even_in_its_care_team(cast: Cast) -> None:
    user = users(cast)[0]
    Patient.objects.filter(pk=cast.patient.pk).update(user=user)
    cast.patient.refresh_from_db()
    assert access.rights(user, cast.patient, at=NOW) == frozenset()
    assert not access.records(user, at=NOW).filter(pk=cast.patient.pk).exists()


def test_roles_begin_and_end_with_their_moment(cast: Cast) -> None:
    user = users(cast)[0]
    access.grant_role(user=user, role=Role.ADMINISTRATOR, by=cast.administrator, at=NOW + HOUR)
    assert access.roles_of(user, at=NOW) == {Role.PSYCHOLOGIST}
    assert access.roles_of(user, at=NOW + HOUR) == {Role.PSYCHOLOGIST, Role.ADMINISTRATOR}
    access.end_role(user=user, role=Role.PSYCHOLOGIST, by=cast.administrator, at=NOW + 2 * HOUR)
    assert access.roles_of(user, at=NOW + 2 * HOUR) == {Role.ADMINISTRATOR}
    assert AuditEntry.objects.filter(action="role_ended").count() == 1


def test_an_administrator_cannot_lock_everybody_out(cast: Cast) -> None:
    admin = cast.administrator
    assert admin.user is not None
    with pytest.raises(NotAllowed):
        access.end_role(user=admin.user, role=Role.ADMINISTRATOR, by=admin, at=NOW)
    assert RoleGrant.objects.filter(user=admin.user, ends_at=None).exists()
