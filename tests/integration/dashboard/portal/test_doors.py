"""Who may open the portal: the patient, on their own record; help asks nobody to sign in."""

import pytest
from django.test import Client

from audit.models import AuditEntry
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import approved, open_drafts
from tests.integration.dashboard.portal.pages import PAGES, html_of
from tests.sign_in import signed_in

pytestmark = COMMITTED


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/my/help/"])
def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client: Client, cast: Cast, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={path}")


def test_help_asks_nobody_to_sign_in(client: Client, cast: Cast) -> None:
    response = client.get("/my/help/", follow=True)
    assert response.status_code == 200
    assert b'class="help-card' in response.content


@pytest.mark.parametrize("path", PAGES)
def test_for_staff_the_portal_does_not_exist(client: Client, cast: Cast, path: str) -> None:
    for actor in (cast.treating, cast.administrator):
        assert signed_in(client, actor).get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_not_kept_and_carry_no_name_in_their_title(portal: Client, path: str) -> None:
    response = portal.get(path)
    title = response.content.decode().split("<title>")[1].split("</title>")[0]
    assert response["Cache-Control"] == "no-store"
    assert "Amara" not in title


def test_no_page_shows_the_words_of_its_template(portal: Client) -> None:
    for path in PAGES:
        assert not any(mark in html_of(portal, path) for mark in ("{%", "{{", "{#"))


def test_get_help_is_one_press_away_on_every_page(portal: Client) -> None:
    for path in PAGES:
        assert 'href="/my/help/"' in html_of(portal, path)


def test_the_help_page_says_that_nobody_watches_it(portal: Client) -> None:
    page = html_of(portal, "/my/help/")
    assert 'class="help-card' in page
    assert "Nobody watches it live, and opening it tells nobody." in page


def test_reading_a_plan_leaves_an_entry_and_an_empty_page_does_not(portal: Client, cast: Cast) -> None:
    read = AuditEntry.objects.filter(action="publication_read", patient_id=cast.patient.pk)
    html_of(portal, "/my/plan/")
    assert not read.exists()
    draft, *_ = open_drafts(cast.patient, cast.treating)
    publication = approved(draft, cast.treating)
    html_of(portal, "/my/plan/")
    assert read.get().facts == {"publications": [str(publication.pk)]}


def test_a_page_that_is_not_there_keeps_the_portals_frame_and_the_way_to_help(
    portal: Client, client: Client, cast: Cast
) -> None:
    answer = portal.get("/my/nowhere/")
    assert answer.status_code == 404
    assert 'class="portal-nav"' in answer.content.decode()
    assert cast.clinic.name in answer.content.decode()
    stranger = Client().get("/my/nowhere/")
    assert stranger.status_code == 404
    assert 'class="portal-nav"' not in stranger.content.decode()
