"""After a discharge no page promises a psychologist: it says that nobody reads, and to whom to turn."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic import clock
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import DischargeReason, TurnTo
from clinic.models.safety import SafetyAlert
from clinic.safety import alerts
from recommendations import handover
from recommendations.handover import Ending
from recommendations.models.publication import Publication
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import approved, open_drafts
from tests.integration.dashboard.portal.pages import CHECK_IN, CONCERN, URGENT, filled, html_of, text_of

pytestmark = COMMITTED

TURN = "If you need somebody, turn to your family doctor."
PROMISES = (
    "Your psychologist is told",
    "Your psychologist reads",
    "Your psychologist can read",
    "stand in read it",
)


@pytest.fixture
def step(cast: Cast) -> Publication:
    """A signed step that stands after the discharge."""
    step = approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    ending = Ending(DischargeReason.COMPLETED, TurnTo.FAMILY_DOCTOR, False)
    handover.discharge(patient=cast.patient, ending=ending, by=cast.treating, at=clock.now())
    return step


def test_the_plan_the_report_and_what_follows_say_to_whom_to_turn(portal: Client, step: Publication) -> None:
    address = f"/my/plan/{step.pk}/report/"
    pages = [html_of(portal, path) for path in ("/my/plan/", address, "/my/about/profile/")]
    report = {"note": "It felt bad.", "answer": "yes", "submission": str(uuid4())}
    pages += [text_of(portal.post(address, report)), html_of(portal, "/my/plan/"), html_of(portal, "/my/")]
    for page in pages:
        assert not any(promise in page for promise in PROMISES)
    for page in (*pages[:2], *pages[3:]):
        assert TURN in page
    assert "nobody at the clinic would read it" in pages[0]


def test_a_concern_is_not_promised_to_a_psychologist_whom_there_is_not(
    portal: Client, step: Publication
) -> None:
    page = text_of(portal.post(CHECK_IN, filled(3, CONCERN)))
    assert "Your psychologist" not in page
    assert "The clinic was told these words:" in page
    assert "Your psychologist will see" not in html_of(portal, "/my/")


def test_danger_still_opens_an_alert_that_any_psychologist_sees_and_can_take(
    portal: Client, cast: Cast, step: Publication
) -> None:
    assert "The clinic was told these words:" in text_of(portal.post(CHECK_IN, filled(1, URGENT)))
    alert = SafetyAlert.objects.get()
    assert alert in alerts.open_alerts()
    alerts.take(alert=alert, by=cast.other_psychologist, at=clock.now())
    care = CareRelationship.objects.get(patient=cast.patient, ends_at=None)
    assert (care.user, care.kind) == (cast.other_psychologist.user, CareKind.SAFETY)
