"""The number of queries of a page does not depend on how much there is."""

import pytest
from django.test import Client

from clinic.models.patient import Patient
from recommendations import queue
from recommendations.models.suggestion import Suggestion
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts
from tests.integration.dashboard.caseload.conftest import More
from tests.integration.dashboard.queries import counted

pytestmark = ROLLED_BACK

MOST = {"queue": 12, "patients": 12, "patient": 12, "draft": 16}
"""A draft is judged beside what was signed before under any open safety alert and the last forms: four queries more."""


@pytest.fixture
def drafts(cast: Cast) -> list[Suggestion]:
    return open_drafts(cast.patient, cast.treating)


@pytest.mark.parametrize("page", MOST)
def test_a_page_makes_as_few_queries_of_its_own_with_thirty_patients_as_with_one(
    treating: Client, cast: Cast, drafts: list[Suggestion], more: More, page: str
) -> None:
    number = cast.patient.record_number
    path = {
        "queue": "/queue/",
        "patients": "/patients/",
        "patient": f"/patients/{number}/",
        "draft": f"/patients/{number}/drafts/{drafts[0].pk}/",
    }[page]
    one = counted(treating, path, cast.treating)
    more(29)
    thirty = counted(treating, path, cast.treating)
    assert one == thirty
    assert one.own <= MOST[page]
    assert one.keys == 1


def test_planted_fault_a_query_for_each_row_is_noticed(
    treating: Client, cast: Cast, drafts: list[Suggestion], more: More, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = queue.rows

    def one_by_one(found: list[Suggestion], *args: object, **named: object) -> object:
        assert all(Patient.objects.filter(pk=draft.patient_id).exists() for draft in found)
        return rows(found, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "rows", one_by_one)
    one = counted(treating, "/queue/", cast.treating)
    more(3)
    assert counted(treating, "/queue/", cast.treating).own > one.own
