"""A psychologist's own invitations: what became of each, a new code, taking one back; nobody else's."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import invitations
from clinic.actor import Actor
from clinic.clock import now
from clinic.invitations import Invited
from clinic.models.invitation import Invitation
from clinic.models.user import Role
from dashboard.entrance import invited as listing
from tests import pages
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import invited
from tests.pages import get

pytestmark = ROLLED_BACK

OWN = "/patients/invitations/"
JOINING = {"password": "four quiet words here", "repeated": "four quiet words here", "name": "Ama Boateng"}


def invite(by: Actor) -> tuple[Invitation, str]:
    person = Invited(role=Role.PATIENT, zone="Europe/London", language="en", treating=by.user)
    return invitations.invite(person=person, by=by, at=now())


def test_each_state_is_said_in_words(treating: Client, cast: Cast) -> None:
    waiting, _code = invite(cast.treating)
    used, code = invite(cast.treating)
    pages.get(Client(), f"/join/{code}/").send(f"/join/{code}/", JOINING)
    gone, _code = invite(cast.treating)
    invitations.revoke(invitation=gone, by=cast.treating, at=now())
    page = get(treating, OWN)
    assert f"{waiting.record_number} Patient today" in page.words
    assert "Open until" in page.words
    assert used.record_number not in page.words
    everything = get(treating, f"{OWN}?show=all").words
    assert "Used today" in everything
    assert "Taken back today" in everything


def test_one_is_taken_back_and_opens_nothing(treating: Client, cast: Cast) -> None:
    invitation, code = invite(cast.treating)
    done = get(treating, OWN).send(f"/{invitation.pk}/revoke/").follow()
    assert "Its code opens nothing any more." in done.words
    assert get(Client(), f"/join/{code}/").status == 410


def test_a_lost_code_is_replaced_by_a_new_one(treating: Client, cast: Cast) -> None:
    invitation, old = invite(cast.treating)
    made = get(treating, OWN).send(f"/{invitation.pk}/renew/")
    new = re.findall(r'class="secret__words">([^<]+)<', made.html)[0]
    assert made.status == 201
    assert get(Client(), f"/join/{old}/").status == 410
    assert get(Client(), f"/join/{new}/").status == 200


def test_nobody_elses_invitation_exists_for_me(treating: Client, cast: Cast) -> None:
    others = [invite(cast.other_psychologist)[0], invited(cast.administrator, Role.PATIENT)[0]]
    page = get(treating, f"{OWN}?show=all")
    for invitation in others:
        assert invitation.record_number not in page.words
        for act in ("renew", "revoke"):
            assert treating.post(f"{OWN}{invitation.pk}/{act}/").status_code == 404
    assert Invitation.objects.filter(revoked_at=None).count() == len(others)


def test_the_list_is_read_page_by_page_for_as_many_queries(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    numbers = [invite(cast.treating)[0].record_number for _each in range(2)]
    get(treating, OWN)
    with CaptureQueriesContext(connection) as few:
        get(treating, OWN)
    numbers += [invite(cast.treating)[0].record_number for _each in range(3)]
    with CaptureQueriesContext(connection) as many:
        get(treating, OWN)
    assert len(many) == len(few)
    seen: list[str] = []
    path: str | None = OWN
    while path:
        page = get(treating, path).html
        seen += re.findall(r'class="record-number">(CS-\d+)<', page)
        more = re.search(r'href="([^"]*)" rel="next"', page)
        path = more[1].replace("&amp;", "&") if more else None
    assert seen == numbers[::-1]
