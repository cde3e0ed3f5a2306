"""Handing care over in the browser: what will happen is read first, and then the first psychologist finds nothing."""

import pytest
from playwright.sync_api import expect

from clinic.models.care import CareRelationship
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.functional.browsing import Browsing

pytestmark = [COMMITTED, pytest.mark.browser]


def test_after_a_transfer_the_first_psychologist_gets_404_and_the_second_the_record(
    browsing: Browsing, cast: Cast
) -> None:
    open_drafts(cast.patient, cast.treating)
    record = f"/patients/{cast.patient.record_number}/"
    first, second = browsing.signed_in("treating"), browsing.signed_in("other")
    first.goto(f"{record}care/")
    first.get_by_role("link", name="Hand over to a colleague").click()
    first.get_by_label("Colleague").select_option(label="Dr Elias Ruiz")
    first.get_by_role("button", name="Go on").click()
    expect(first.get_by_text("Dr Elias Ruiz and keep")).to_be_visible()
    first.get_by_role("button", name="Hand over now").click()
    expect(first.get_by_text("is in the care of Dr Elias Ruiz now.")).to_be_visible()
    browsing.expect(404)
    first.goto(record)
    expect(first.get_by_role("heading", level=1)).to_be_visible()
    second.goto(record)
    expect(second.locator(".banner__name")).to_have_text("Amara Nwosu")
    assert CareRelationship.objects.filter(patient=cast.patient, ends_at=None).count() == 1
