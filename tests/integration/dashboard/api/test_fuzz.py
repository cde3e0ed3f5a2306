"""Whatever a program sends, the API answers as it describes itself, and never with a server error; as each role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.http import JsonResponse
from django.test import Client, override_settings
from django.urls import path
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from clinic.actor import Actor
from dashboard.api.about import described
from tests.cast import Cast
from tests.factories import check_ins, open_drafts
from tests.integration.dashboard.api.conftest import Program

EVERY_DOOR = pytest.mark.django_db(databases=["default", "portal", "keystore"])
APPLICATION = get_wsgi_application()
SCHEMA = schemathesis.openapi.from_dict(described())
FOUND: list[Any] = list(SCHEMA.get_all_operations())
OPERATIONS = {each.ok().label: each.ok() for each in FOUND}
CHECKS: Any = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)
PEOPLE: dict[str, Callable[[Cast], Actor | None]] = {
    "nobody": lambda cast: None,
    "patient": lambda cast: cast.as_patient,
    "treating": lambda cast: cast.treating,
    "other": lambda cast: cast.other_psychologist,
    "administrator": lambda cast: cast.administrator,
}


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """The application as a WSGI server calls it, on the connection of this test, whose rows it must see."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def authorization(client: Client) -> str:
    """The header by which a program says for whom it acts."""
    return str(client.defaults["HTTP_AUTHORIZATION"])


def answered(case: Any, headers: dict[str, str]) -> Any:
    """The answer to one generated request; whatever it changed is undone."""
    with transaction.atomic():
        response = case.call(app=APPLICATION, headers=headers)
        transaction.set_rollback(True)
    return response


@EVERY_DOOR
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_as_described_and_none_is_a_server_error(
    cast: Cast, program: Program, label: str, who: str
) -> None:
    drafts = open_drafts(cast.patient, cast.treating) if "{draft}" in label else []
    if "{ref}" in label and not drafts:
        check_ins(cast.patient, [3, 5, 8])
    actor = PEOPLE[who](cast)
    headers = {"authorization": authorization(program(actor))} if actor else {}
    known = {"ref": cast.patient.record_number, "draft": str(drafts[0].pk) if drafts else ""}
    operation = OPERATIONS[label]

    @EXAMPLES
    @given(case=operation.as_strategy())
    def whatever_is_sent(case: Any) -> None:
        case.validate_response(answered(case, headers), checks=CHECKS)
        if case.path_parameters:
            case.path_parameters = {name: known[name] for name in case.path_parameters}
            case.validate_response(answered(case, headers), checks=CHECKS)

    whatever_is_sent()


def broken(_request: object) -> JsonResponse:
    """A planted fault: an answer that the description does not know."""
    return JsonResponse({"role": 7})


urlpatterns = [path("api/v1/", broken)]


@EVERY_DOOR
@override_settings(ROOT_URLCONF=__name__)
def test_an_answer_that_is_not_as_described_is_found(cast: Cast) -> None:
    operation = next(each for label, each in OPERATIONS.items() if label == "GET /api/v1/")
    case = operation.Case()
    with pytest.raises(FailureGroup):
        case.validate_response(case.call(app=APPLICATION), checks=CHECKS)


def test_the_description_names_every_address_and_says_what_each_is_for() -> None:
    found = described()["paths"]
    assert all(
        operation["description"] and operation["tags"]
        for each in found.values()
        for operation in each.values()
    )
    assert Client().get("/api/v1/schema/").json()["openapi"].startswith("3.1")
