"""Questionnaires and their licences: what needs a permission says so, and recording one is an entry of the log."""

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic.models.assignment import InstrumentPermission
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of, text_of

pytestmark = ROLLED_BACK

INSTRUMENTS = "/manage/instruments/"
FORM = {"key": "wemwbs", "owner": "University of Warwick", "document": "Licence 8841", "dated": "2026-03-02"}


def test_each_questionnaire_stands_with_its_licence_and_whether_it_can_be_assigned(desk: Client) -> None:
    page = html_of(desk, INSTRUMENTS)
    assert page.count("Can be assigned") == 3
    assert page.count("Listed only: its questions are not part of this product") == 7
    assert "Needs registration or permission" in page


def test_a_permission_is_recorded_with_who_document_and_day(desk: Client, cast: Cast) -> None:
    assert desk.post(INSTRUMENTS, FORM).status_code == 302
    row = InstrumentPermission.objects.get()
    assert (row.key, row.owner, row.document, str(row.dated)) == tuple(FORM.values())
    assert row.recorded_by == cast.administrator.user
    assert "University of Warwick, Licence 8841, 2 March" in html_of(desk, INSTRUMENTS)
    assert AuditEntry.objects.filter(action="instrument_permitted").count() == 1


@pytest.mark.parametrize(
    "changes", [{"owner": ""}, {"document": ""}, {"dated": "2999-01-01"}, {"dated": ""}, {"key": "phq9"}]
)
def test_without_who_document_or_day_nothing_is_recorded(desk: Client, changes: dict[str, str]) -> None:
    page = text_of(desk.post(INSTRUMENTS, FORM | changes), 422)
    assert "field__error" in page
    assert not InstrumentPermission.objects.exists()
