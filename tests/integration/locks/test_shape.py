"""The lock of shape: what a patient gets is made of publications alone, and nothing in it leads to a draft."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.db.models import Model
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from recommendations import publications
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.integration.locks.promise import browser_of, portal_routes
from tests.signing import opened, signed

pytestmark = COMMITTED

PLAIN = (tuple, str, int, float, bool, bytes, type(None), dt.date, dt.timedelta, UUID, enum.Enum)


@pytest.fixture
def portal(cast: Cast) -> Client:
    """The patient's browser; one plan and one estimate are signed, another draft waits."""
    first, *_ = open_drafts(cast.patient, cast.treating)
    signed(opened(first, cast.treating, with_estimate=True), cast.treating)
    return browser_of(cast.patient)


def parts(whole: object) -> Iterator[object]:
    """Everything that can be reached from an object through dataclasses and collections."""
    yield whole
    inner: list[object] = []
    if dataclasses.is_dataclass(whole) and not isinstance(whole, type):
        inner = [getattr(whole, field.name) for field in dataclasses.fields(whole)]
    elif isinstance(whole, Mapping):
        inner = [*whole.keys(), *whole.values()]
    elif isinstance(whole, list | tuple | set | frozenset):
        inner = list(whole)
    for each in inner:
        yield from parts(each)


@pytest.mark.usefixtures("portal")
def test_the_readers_answer_is_frozen_and_holds_plain_values_only(cast: Cast) -> None:
    published = publications.of_patient(cast.patient, cast.ring, at=NOW)
    assert published.plan
    assert published.estimate
    found = list(parts(published))
    for each in found:
        frozen = getattr(getattr(each, "__dataclass_params__", None), "frozen", False)
        assert frozen or isinstance(each, PLAIN), each
    assert not any(isinstance(each, Model) for each in found)


def own_context(response: Any) -> Iterator[object]:
    """What the view handed to its templates, everything that can be reached from it."""
    for context in response.context or []:
        for layer in context.dicts:
            for name, value in layer.items():
                if name not in {"request", "block", "forloop", "user", "perms"}:
                    yield from parts(value)


def test_no_page_of_the_portal_hands_a_draft_review_or_reading_to_its_template(
    portal: Client, cast: Cast
) -> None:
    seen = 0
    for route in portal_routes():
        response = portal.get(route.path(values_of(cast)))
        for each in own_context(response):
            seen += 1
            assert not (isinstance(each, Model) and each._meta.app_label == "recommendations"), route.name
    assert seen > 100


def values_of(cast: Cast) -> dict[str, object]:
    """What the addresses take; the step is one that the patient can read."""
    step = publications.of_patient(cast.patient, cast.ring, at=NOW).plan[0].publication_id
    own = {"check_in": newest(cast.patient), "appointment": uuid4(), "publication": step}
    return own | {"instrument": "phq9", "section": "coping", "response": uuid4(), "response_id": uuid4()}


def newest(patient: Patient) -> object:
    return CheckIn.objects.filter(patient=patient).latest("happened_at").pk


def statements_of_the_portal(portal: Client, cast: Cast) -> dict[str, list[str]]:
    """Everything that reading the whole portal asks PostgreSQL, by door."""
    values = values_of(cast)
    with ExitStack() as watched:
        captures = {
            alias: watched.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in ("default", "portal")
        }
        for route in portal_routes():
            portal.get(route.path(values))
    return {
        alias: [each["sql"] for each in captured.captured_queries] for alias, captured in captures.items()
    }


def test_the_portal_asks_for_nothing_of_recommendations_but_through_its_own_door(
    portal: Client, cast: Cast
) -> None:
    asked = statements_of_the_portal(portal, cast)
    assert not [sql for sql in asked["default"] if "recommendations_" in sql]
    assert any("portal_publication" in sql for sql in asked["portal"])
    assert {"portal_publication", "portal_stop"} >= tables(asked["portal"])


def tables(statements: list[str]) -> set[str]:
    return {sql.split('FROM "')[1].split('"')[0] for sql in statements if 'FROM "' in sql}


def test_a_page_that_asks_for_drafts_is_noticed(portal: Client, cast: Cast) -> None:
    with override_settings(ROOT_URLCONF="tests.integration.locks.leaky_urls"):
        asked = statements_of_the_portal(portal, cast)
    assert [sql for sql in asked["default"] if "recommendations_suggestion" in sql]


@pytest.mark.parametrize("name", ["suggestion_set", "review_set", "publication_set", "moodreading_set"])
def test_no_template_can_walk_from_a_patient_to_them(name: str) -> None:
    assert not hasattr(Patient, name)
