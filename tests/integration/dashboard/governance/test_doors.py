"""Administrators manage access and read nothing clinical; nobody else opens their pages."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from audit.models import AuditEntry
from clinic.models.user import Role
from dashboard.access import ADMINISTRATOR, Rule
from dashboard.governance.context import names
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import PAGES, full_record, html_of, newest
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


CLOSED = {404, 405, 415}
"""Nothing here; or, at an address of the API, another method or another kind of content is meant."""


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[tuple[str, Rule]]:
    """Every address with its rule; a parameter is written as `<name>`."""
    for pattern in patterns:
        place = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, place)
        elif rule := getattr(pattern.callback, "access_rule", None):
            yield place, rule


def filled(route: str, cast: Cast) -> str:
    """The address of the cast's patient, or of something that is not there."""
    parts = []
    for part in route.split("/"):
        if not part.startswith("<"):
            parts.append(part)
        else:
            is_record = "uuid" not in part
            parts.append(cast.patient.record_number if is_record else str(uuid4()))
    return "/".join(parts)


def open_to(client: Client, address: str) -> bool:
    """Whether a page answers, by reading or by sending."""
    return not {client.get(address).status_code, client.post(address).status_code} <= CLOSED


def test_every_page_for_a_clinician_or_a_patient_is_closed_to_an_administrator(
    desk: Client, cast: Cast
) -> None:
    closed = [
        route
        for route, rule in routes(get_resolver().url_patterns)
        if rule.role in {Role.PSYCHOLOGIST, Role.PATIENT}
    ]
    assert len(closed) > 5
    assert [route for route in closed if open_to(desk, filled(route, cast))] == []


def test_every_page_of_the_administrator_is_closed_to_everybody_else(cast: Cast) -> None:
    theirs = [route for route, rule in routes(get_resolver().url_patterns) if rule is ADMINISTRATOR]
    assert len(theirs) > 10
    for actor in (cast.treating, cast.as_patient):
        client = signed_in(Client(), actor)
        assert [route for route in theirs if open_to(client, filled(route, cast))] == []


def test_a_rule_without_its_role_would_let_everybody_in(cast: Cast) -> None:
    client = signed_in(Client(), cast.treating)
    object.__setattr__(ADMINISTRATOR, "role", None)
    try:
        assert open_to(client, "/manage/people/")
    finally:
        object.__setattr__(ADMINISTRATOR, "role", Role.ADMINISTRATOR)


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client: Client, cast: Cast) -> None:
    response = client.get("/manage/people/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/manage/people/")


def all_pages(desk: Client, cast: Cast) -> str:
    """Every page of the administrator, the two kinds of a person's page included, in one text."""
    assert cast.treating.user is not None
    people = [f"/manage/people/{user_id}/" for user_id in (cast.patient.user_id, cast.treating.user.pk)]
    return "\n".join(html_of(desk, page) for page in (*PAGES, *people))


def test_no_page_of_the_administrator_names_a_patient_or_says_a_clinical_word(
    desk: Client, cast: Cast
) -> None:
    secrets = full_record(cast)
    text = all_pages(desk, cast)
    assert cast.patient.record_number in text
    assert [secret for secret in secrets if secret in text] == []


def test_a_page_that_named_the_patient_would_be_found(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = full_record(cast)
    monkeypatch.setattr(names.Names, "of", lambda self, user_id, role: "Amara Nwosu")
    text = all_pages(desk, cast)
    assert {"Amara", "Nwosu"} == {secret for secret in secrets if secret in text}


@pytest.mark.parametrize(
    ("page", "action"),
    [
        ("/manage/people/", "people_page_opened"),
        ("/manage/teams/", "teams_page_opened"),
        ("/manage/switch/", "switch_page_opened"),
        ("/manage/audit/", "audit_page_opened"),
    ],
)
def test_opening_a_page_is_one_entry(desk: Client, cast: Cast, page: str, action: str) -> None:
    before = AuditEntry.objects.count()
    html_of(desk, page)
    assert AuditEntry.objects.count() == before + 1
    assert (newest().action, newest().actor_role) == (action, "administrator")


@pytest.mark.parametrize("page", PAGES)
def test_titles_carry_no_name(desk: Client, cast: Cast, page: str) -> None:
    title = html_of(desk, page).split("<title>")[1].split("</title>")[0]
    assert "Amara" not in title
    assert "Okonkwo" not in title
