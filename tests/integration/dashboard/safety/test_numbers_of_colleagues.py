"""Whoever answers an alert sees at which number colleagues are rung: sealed, for staff alone, as a link that dials."""

import pytest
from django.db import connection
from django.test import Client

from audit.models import AuditEntry
from clinic.models.oncall import Position
from clinic.models.user import StaffProfile
from clinic.oncall import phones
from clinic.oncall.sealing import Seal, SealLost
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import raised, taken
from tests.paging import on_call, staffed
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

NUMBER, DIALLED = "01632 960 812", 'href="tel:01632960812">01632 960 812</a>'
LANE, OWN = "/safety/", "/safety/on-call/"


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.fixture
def numbered(cast: Cast) -> Cast:
    """Two on call, of whom the other has a number."""
    staffed(cast)
    assert cast.other_psychologist.user
    phones.set_number(user=cast.other_psychologist.user, number=NUMBER, by=cast.administrator, at=NOW)
    return cast


def test_the_number_of_a_colleague_stands_on_the_alert_the_list_and_the_page_of_being_on_call(
    treating: Client, numbered: Cast
) -> None:
    alert = taken(raised(numbered.patient), numbered.treating)
    part = page(treating, f"{LANE}{alert.pk}/").split('id="reach"')[1].split("</section>")[0]
    assert "Dr Elias Ruiz (Second on call): <a" in part
    for path in (f"{LANE}{alert.pk}/", LANE, OWN):
        assert DIALLED in page(treating, path)


def test_without_a_number_the_name_stands_alone(treating: Client, numbered: Cast) -> None:
    assert numbered.other_psychologist.user
    phones.set_number(user=numbered.other_psychologist.user, number="", by=numbered.administrator, at=NOW)
    assert "tel:" not in page(treating, OWN)
    assert "Dr Elias Ruiz (second on call)." in page(treating, LANE)


def test_the_number_is_set_by_its_person_and_removed_where_it_is_left_empty(
    treating: Client, cast: Cast
) -> None:
    assert cast.treating.user
    for typed in ("+44 1632  960 771", "+44 1632 960 771"):
        treating.post(OWN, {"email": "", "webhook": "", "phone": typed})
        assert phones.of(cast.treating.user) == "+44 1632 960 771"
    treating.post(OWN, {"email": "", "webhook": "", "phone": ""})
    assert StaffProfile.objects.get(user=cast.treating.user).work_phone is None
    codes = AuditEntry.objects.filter(action__startswith="work_phone").order_by("id")
    assert [entry.action for entry in codes] == ["work_phone_set", "work_phone_removed"]
    assert not any("1632" in str(entry.facts) for entry in codes)


@pytest.mark.parametrize(
    "typed", ["ring the desk", "12345", "01632 960 771 or the desk", "javascript:1234567"]
)
def test_what_cannot_be_dialled_is_refused_with_what_was_typed(
    treating: Client, cast: Cast, typed: str
) -> None:
    response = treating.post(OWN, {"email": "", "webhook": "", "phone": typed})
    assert response.status_code == 422
    assert "A telephone number: 6 to 15 digits" in response.content.decode()
    assert typed in response.content.decode()
    assert not StaffProfile.objects.exclude(work_phone=None).exists()


def test_it_lies_sealed_and_opens_in_no_other_row(numbered: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, work_phone FROM clinic_staffprofile WHERE work_phone IS NOT NULL")
        ((row, stored),) = cursor.fetchall()
    assert b"960" not in bytes(stored)
    profile = StaffProfile.objects.exclude(pk=row).first()
    assert profile
    profile.work_phone = bytes(stored)
    assert phones.number_of(profile) == ""
    with pytest.raises(SealLost):
        Seal(b"countersign/paging-address/1").opened(bytes(stored), row=row)


def test_a_patient_reads_it_nowhere(client: Client, numbered: Cast) -> None:
    taken(raised(numbered.patient), numbered.other_psychologist)
    patient = signed_in(client, numbered.as_patient)
    for path in ("/my/messages/", "/my/safety-plan/"):
        assert patient.get(path).status_code == 200
        assert "960 812" not in page(patient, path)


def test_somebody_in_two_positions_has_the_number_in_both(treating: Client, numbered: Cast) -> None:
    on_call(numbered, numbered.other_psychologist, Position.DUTY_LEAD)
    assert page(treating, OWN).count(DIALLED) == 2
