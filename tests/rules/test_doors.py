"""Every address declares who may use it, and the one table of who gets what at every address holds."""

import datetime as dt
import re
from collections.abc import Mapping

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from clinic import tokens
from clinic.actor import Actor
from clinic.models.care import CareRelationship
from clinic.models.observation import CheckIn
from clinic.models.safety import SafetyAlert
from clinic.models.token import ApiToken
from clinic.safety import triggers
from clinic.safety.thresholds import SHIPPED
from dashboard.access import EVERYBODY
from recommendations import waiting
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import agreed, approved, check_in, handed_plan, invited, open_drafts
from tests.forms import adding_up_to, assigned, filled
from tests.ledger import tried
from tests.paging import kept
from tests.routes import Route, routes
from tests.rules.doors import DOORS, WHO
from tests.sign_in import signed_in

OPEN_TO_EVERYBODY = {
    "api-nowhere",
    "api-schema",
    "home",
    "sign-in",
    "theme",
    "language",
    "leave",
    "help",
    "kept",
    "offline-script",
    "healthz",
    "readyz",
    "metrics",
    "join",
    "join-code",
    "forgot-password",
    "new-password",
}


def undeclared(found: list[Route]) -> list[str]:
    """The addresses whose view says nothing about who may use it."""
    return [route.pattern for route in found if route.rule is None]


def test_every_address_has_a_name_and_its_view_declares_who_may_use_it() -> None:
    assert undeclared(routes()) == []
    names = [route.name for route in routes()]
    assert all(names)
    assert len(set(names)) == len(names)


def test_only_named_addresses_are_open_to_everybody() -> None:
    assert {route.name for route in routes() if route.rule == EVERYBODY} == OPEN_TO_EVERYBODY


def bare(request: HttpRequest) -> HttpResponse:
    """A view without a rule."""
    return HttpResponse("anything")


urlpatterns = [path("bare/", bare, name="bare")]


@override_settings(ROOT_URLCONF=__name__)
def test_a_view_without_a_rule_is_found() -> None:
    assert undeclared(routes()) == ["/bare/"]


def test_the_table_has_a_line_for_every_address_and_for_no_other() -> None:
    assert [route.name for route in routes()] == list(DOORS)


@override_settings(ROOT_URLCONF="tests.integration.locks.leaky_urls")
def test_an_address_without_a_line_is_found() -> None:
    assert {route.name for route in routes()} - set(DOORS) == {"portal-coming-soon"}


def token_of(cast: Cast) -> ApiToken:
    lasts = dt.timedelta(days=9)
    return tokens.make(label="Notebook", scopes=["read"], lasts=lasts, by=cast.treating, at=NOW)[0]


@pytest.fixture
def values(cast: Cast) -> Mapping[str, object]:
    """What the addresses take: everything of the cast's patient."""
    drafts = open_drafts(cast.patient, cast.treating)
    publication = approved(drafts[0], cast.treating)
    check_in(cast.patient, note="I want to kill myself")
    response = filled(cast.patient, "gad7", adding_up_to("gad7", 4)).response
    assert response is not None
    invitation, code = invited(cast.administrator)
    draft = Suggestion.objects.get(patient=cast.patient, state="open")
    asked = waiting.ask(suggestion=draft, kind="session", question="Why?", by=cast.treating, at=NOW)
    waiting.bring_back(suggestion=draft, by=cast.treating, at=NOW)
    return {
        "token_id": token_of(cast).pk,
        "question": asked.pk,
        "step": "planned_walk",
        "ref": cast.patient.record_number,
        "draft": Suggestion.objects.get(patient=cast.patient, state="open").pk,
        "publication": publication.pk,
        "trial_id": tried(cast, SHIPPED).pk,
        "alert_id": SafetyAlert.objects.get().pk,
        "invitation_id": invitation.pk,
        "code": code,
        "user_id": cast.stranger.pk,
        "handed": handed_plan(cast).pk,
        "appointment": agreed(cast.patient, cast.treating).pk,
        "care_id": CareRelationship.objects.get(patient=cast.patient).pk,
        "check_in": CheckIn.objects.latest("happened_at").pk,
        "instrument": "phq9",
        "section": "coping",
        "assignment_id": assigned(cast.patient, cast.treating).pk,
        "response": response.pk,
        "response_id": response.pk,
        **kept(cast),
        "task_id": triggers.by_hand(
            patient=cast.patient, note="Look at this once more.", by=cast.treating, at=NOW
        ).pk,
    }


@COMMITTED
def test_everybody_gets_what_the_table_says(cast: Cast, values: Mapping[str, object]) -> None:
    found = {
        route.name: tuple(
            " ".join(got(route, method, who, cast, values) for who in WHO) for method in ("get", "post")
        )
        for route in routes()
    }
    assert found == DOORS


@COMMITTED
def test_what_does_not_exist_answers_like_what_one_may_not_see(cast: Cast) -> None:
    """For every address of a record: the same 404 for a foreign record, for one that does not exist and for a typo."""
    client = signed_in(Client(), cast.other_psychologist)
    foreign, absent = cast.patient.record_number, "CS-00000"
    for name in ("patient", "screening", "patient-history", "patient-check-ins", "author"):
        answers = [client.get(reverse(name, args=[ref])) for ref in (foreign, absent)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert without_token(answers[0], foreign) == without_token(answers[1], absent)


def without_token(response: object, ref: str) -> str:
    text = getattr(response, "content", b"").decode().replace(ref, "")
    return re.sub(r'(csrfmiddlewaretoken|name="[^"]*owner[^"]*")[^>]*', "", text)


def actor_of(who: str, cast: Cast) -> Actor | None:
    actors = {
        "nobody": None,
        "patient": cast.as_patient,
        "treating": cast.treating,
        "other": cast.other_psychologist,
        "administrator": cast.administrator,
    }
    return actors[who]


def got(route: Route, method: str, who: str, cast: Cast, values: Mapping[str, object]) -> str:
    """In one word what this person gets; whatever it changed is undone."""
    with transaction.atomic():
        actor = actor_of(who, cast)
        client = signed_in(Client(), actor) if actor else Client()
        response = getattr(client, method)(route.path(values))
        transaction.set_rollback(True)
    status, to = response.status_code, response.headers.get("Location", "")
    if status == 401 or to.startswith(reverse("sign-in")):
        return "sign-in"
    page = "page" if method == "get" else "form"
    return {200: page, 422: "form", 302: "done", 404: "none", 405: "no"}.get(status, str(status))
