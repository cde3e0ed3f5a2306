"""Being on call: who is now, where one is paged, a test page with its result, and who was paged about an alert."""

import datetime as dt

import pytest
from django.test import Client, override_settings

from clinic.clock import now
from clinic.models.oncall import PagingAddress, Position
from clinic.models.page import Page
from clinic.oncall import addresses, delivery
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import text_of
from tests.outside import mail_server, outside
from tests.paging import URGENT, on_call, raised, reached, staffed

pytestmark = ROLLED_BACK

LANE, OWN, TEST = "/safety/", "/safety/on-call/", "/safety/on-call/test/"


def page(client: Client, path: str) -> str:
    return text_of(client.get(path))


def test_while_nobody_can_be_paged_the_list_says_so(treating: Client, cast: Cast) -> None:
    assert "Nobody is paged: no psychologist has set an address." in page(treating, LANE)


def test_the_list_names_who_is_on_call_and_when_the_next_is_paged(treating: Client, cast: Cast) -> None:
    staffed(cast)
    shown = page(treating, LANE)
    assert "On call now: Dr Maya Okonkwo (first on call), Dr Elias Ruiz (second on call)." in shown
    assert "after 15 minutes" in shown


def test_with_nobody_on_call_or_nobody_of_them_reachable_the_list_says_who_is_paged_instead(
    treating: Client, cast: Cast
) -> None:
    reached(cast, cast.treating)
    assert "Nobody is on call now: an alert pages every psychologist who has an address." in page(
        treating, LANE
    )
    on_call(cast, cast.other_psychologist, Position.FIRST)
    assert "Nobody of them has an address" in page(treating, LANE)


def test_an_address_is_set_shown_to_its_person_changed_and_removed(treating: Client, cast: Cast) -> None:
    user = cast.treating.user
    assert "You cannot be paged" in page(treating, OWN)
    treating.post(OWN, {"email": "maya@staff.example", "webhook": ""})
    assert addresses.of(user) == {"email": "maya@staff.example"}
    assert "maya@staff.example" in page(treating, OWN)
    treating.post(OWN, {"email": "", "webhook": ""})
    assert not PagingAddress.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "maya at staff"}, "This is no e-mail address."),
        ({"webhook": "http://pager.example/"}, "Give an address that begins with https://"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "This is no e-mail address."),
    ],
)
def test_what_does_not_fit_comes_back_beside_its_field(
    treating: Client, cast: Cast, fields: dict[str, str], words: str
) -> None:
    response = treating.post(OWN, fields)
    assert response.status_code == 422
    assert words in text_of(response, 422)
    assert not PagingAddress.objects.exists()


def test_nobody_reads_a_colleagues_address(outsider: Client, cast: Cast) -> None:
    reached(cast, cast.treating, "maya-at-home@staff.example")
    assert "maya-at-home" not in page(outsider, OWN) + page(outsider, LANE)


def test_a_test_page_travels_the_road_of_every_page_and_its_result_is_shown(
    treating: Client, cast: Cast
) -> None:
    reached(cast, cast.treating)
    treating.post(TEST)
    assert "Waits to be sent" in page(treating, OWN)
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        for claimed in delivery.claim(at=now(), most=9):
            delivery.deliver(claimed, clock=now)
    assert server.recipients == ["treating@staff.example"]
    assert "Sent today" in page(treating, OWN) or "Sent yesterday" in page(treating, OWN)


def test_a_second_test_page_within_seconds_is_not_made(treating: Client, cast: Cast) -> None:
    reached(cast, cast.treating)
    treating.post(TEST)
    response = treating.post(TEST, follow=True)
    assert "A test page was asked for a moment ago" in text_of(response)
    assert Page.objects.count() == 1


def test_a_test_page_that_does_not_leave_is_given_up_after_a_minute(treating: Client, cast: Cast) -> None:
    reached(cast, cast.treating)
    treating.post(TEST)
    assert delivery.claim(at=now() + dt.timedelta(seconds=61), most=9) == []


def test_the_page_of_an_alert_says_who_was_paged_and_whether_it_was_sent(
    treating: Client, cast: Cast
) -> None:
    staffed(cast)
    alert = raised(cast, URGENT, at=now())
    shown = page(treating, f"/safety/{alert.pk}/")
    assert "Who was paged" in shown
    assert "Dr Maya Okonkwo" in shown
    assert "Waits to be sent" in shown


def test_about_a_concern_nobody_is_said_to_be_paged(treating: Client, cast: Cast) -> None:
    from clinic.models.safety import AlertLevel
    from tests.integration.dashboard.safety.raised import raised as open_alert

    concern = open_alert(cast.patient, AlertLevel.CONCERN)
    shown = page(treating, f"/safety/{concern.pk}/")
    assert "nobody is paged about a concern" in shown
    assert "Who was paged" not in shown
