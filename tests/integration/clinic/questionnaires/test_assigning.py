"""Assigning: behind the gate of licences, one standing assignment per instrument, ended by a person."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from clinic.models.assignment import Assignment
from clinic.questionnaires import assign, catalogue
from clinic.questionnaires.assign import LicenceMissing, NotAssigned
from clinic.questionnaires.definition import Licence
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.forms import assigned, stored

pytestmark = ROLLED_BACK

LATER = NOW + dt.timedelta(days=3)


def permit(cast: Cast, key: str) -> None:
    permission = assign.NewPermission(key=key, owner="The author", document="Letter 12", dated=NOW.date())
    assign.permit(permission=permission, by=cast.administrator, at=NOW)


def with_licence(status: str) -> str:
    """A registered instrument that has questions and asks for a permission."""
    body = dict(catalogue.register()["gad7"].body) | {
        "key": "gated",
        "name": "Gated",
        "licence": {"status": status, "note": "Ask its author."},
    }
    return stored(body).key


@pytest.mark.parametrize("status", [each for each in Licence if each is not Licence.FREE])
def test_an_instrument_that_needs_a_permission_is_not_assigned_before_it_is_recorded(
    cast: Cast, status: Licence
) -> None:
    key = with_licence(status)
    assert key not in {each.key for each in assign.assignable()}
    with pytest.raises(LicenceMissing, match="its owner’s permission is not recorded"):
        assigned(cast.patient, cast.treating, key)
    permit(cast, key)
    assert key in {each.key for each in assign.assignable()}
    assert assigned(cast.patient, cast.treating, key).key == key


def test_the_permission_says_who_gave_it_by_which_document_and_who_recorded_it(cast: Cast) -> None:
    permit(cast, "wemwbs")
    entry = AuditEntry.objects.get(action="instrument_permitted")
    assert (entry.actor_id, entry.facts) == (cast.administrator.user.pk, {"instrument": "wemwbs"})  # type: ignore[union-attr]


def test_a_permission_does_not_bring_questions_that_are_not_here(cast: Cast) -> None:
    with pytest.raises(LicenceMissing):
        assigned(cast.patient, cast.treating, "cssrs_screener")
    permit(cast, "cssrs_screener")
    with pytest.raises(NotAssigned, match="its questions are not part of this product"):
        assigned(cast.patient, cast.treating, "cssrs_screener")
    with pytest.raises(NotAssigned):
        assigned(cast.patient, cast.treating, "nothing")
    assert not Assignment.objects.exists()


def test_a_new_assignment_of_the_same_instrument_ends_the_one_that_stands(cast: Cast) -> None:
    before = assigned(cast.patient, cast.treating)
    other = assigned(cast.patient, cast.treating, "gad7")
    after = assigned(cast.patient, cast.treating, at=LATER)
    before.refresh_from_db()
    assert (before.ended_at, before.ended_by) == (LATER, cast.treating.user)
    assert set(Assignment.objects.filter(ended_at=None)) == {other, after}


def test_ending_twice_is_one_entry(cast: Cast) -> None:
    row = assigned(cast.patient, cast.treating)
    for _again in range(2):
        assign.end(assignment=row, by=cast.treating, at=LATER)
    assert AuditEntry.objects.filter(action="questionnaire_ended").count() == 1
    assert AuditEntry.objects.filter(action="questionnaire_assigned").count() == 1
