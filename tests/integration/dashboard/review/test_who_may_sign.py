"""Who may sign what: licence, professional name, contraindications, and whose record it is."""

from typing import Any

import pytest
from django.test import Client

from clinic import access
from clinic.actor import SOFTWARE, Actor
from clinic.models.care import CareKind
from clinic.models.screening import ScreeningState
from clinic.models.user import Role, StaffProfile, User
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import screened
from tests.integration.dashboard.review.steps import (
    NOTE,
    address,
    approve,
    assert_kept,
    filled,
    read,
    sign,
)
from tests.pages import get, post
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


@pytest.mark.parametrize("valid_until", [None, NOW.date().replace(year=NOW.year - 1)])
def test_a_missing_or_expired_licence_is_said_before_anything_is_typed(
    treating: Client, cast: Cast, draft: Suggestion, valid_until: Any
) -> None:
    page = approve(read(treating, draft))
    StaffProfile.objects.filter(user=cast.treating.user).update(licence_valid_until=valid_until)
    shown = approve(read(treating, draft))
    assert "Your licence is not recorded as valid today" in shown.words
    assert "Sign and release" not in shown.words
    after = sign(page, note=NOTE)
    assert "Your licence is not recorded as valid today" in after.words
    assert_kept(after)


def test_somebody_without_a_professional_name_cannot_sign(cast: Cast, draft: Suggestion) -> None:
    user = User.objects.create_user("nameless", PASSWORD)
    access.grant_role(user=user, role=Role.PSYCHOLOGIST, by=SOFTWARE, at=NOW)
    access.start_care(patient=cast.patient, user=user, kind=CareKind.TREATING, by=SOFTWARE, at=NOW)
    nameless = signed_in(Client(), Actor(user, Role.PSYCHOLOGIST))
    shown = approve(read(nameless, draft))
    assert "You have no professional name here yet." in shown.words
    after = post(nameless, address(draft, "sign/"), shown.form("/sign/").fields | filled(note=NOTE))
    assert "You have no professional name here yet." in after.words
    assert_kept(after)


def test_a_contraindicated_step_cannot_be_signed(treating: Client, cast: Cast, draft: Suggestion) -> None:
    assert draft.code == "behavioural_activation"
    screened(cast.patient, cast.treating, mania=ScreeningState.PRESENT)
    page = read(treating, draft)
    assert "Not passed" in page.words
    shown = approve(page)
    assert "A contraindication stands against this step, so it cannot be signed." in shown.words
    assert "Sign and release" not in shown.words
    after = post(treating, address(draft, "sign/"), shown.form("/sign/").fields | filled())
    assert after.status == 200
    assert not Publication.objects.exists()


@pytest.mark.parametrize("step", ["", "edit/", "sign/", "reject/", "evidence/?piece=below_usual"])
def test_a_record_that_is_not_in_ones_care_answers_404(
    outsider: Client, draft: Suggestion, step: str
) -> None:
    if step != "evidence/?piece=below_usual":
        assert get(outsider, address(draft, step)).status == 404
    if step:
        assert post(outsider, address(draft, step), filled()).status == 404
    assert not Publication.objects.exists()


def test_a_draft_under_another_record_number_answers_404(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    wrong = address(draft).replace(cast.patient.record_number, cast.other_patient.record_number)
    assert get(treating, wrong).status == 404
