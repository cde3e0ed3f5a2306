"""Every address, command and task is in the audit log with what it does, or is named with the reason why not."""

import datetime as dt
import inspect
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command, get_commands
from django.db import transaction
from django.test import Client

from audit.actions import ACTIONS
from audit.models import AuditEntry
from clinic import access, ai, password_links, tokens
from clinic.actor import SOFTWARE, Actor
from clinic.celery import app
from clinic.clock import now
from clinic.models.care import CareRelationship
from clinic.models.observation import CheckIn
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role, User
from clinic.oncall import phones
from clinic.safety import alerts, triggers
from clinic.safety.thresholds import SHIPPED
from recommendations import permissions, tasks, waiting
from recommendations.catalogue import texts, write
from recommendations.demo.seed import seed
from recommendations.models.suggestion import Suggestion
from recommendations.review import decide
from tests import cast as casting
from tests.answering import closed
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import agreed, approved, check_in, check_ins, handed_plan, invited, open_drafts, written
from tests.forms import adding_up_to, assigned, filled
from tests.ledger import tried
from tests.paging import kept
from tests.routes import routes
from tests.rules.acts_at_addresses import Act
from tests.rules.audited import ROUTES
from tests.rules.audited_answering import OF_ANSWERING
from tests.rules.audited_work import COMMANDS, TASKS
from tests.sign_in import signed_in
from tests.signing import opened, signed

FIXED = {"instrument": "phq9", "section": "coping", "step": "planned_walk"}
OURS = {"audit", "clinic", "clinic.keystore", "dashboard", "recommendations"}
ACTS = [(name, act) for name, acts in ROUTES.items() if isinstance(acts, list) for act in acts]


def test_the_table_has_a_line_for_every_address_command_and_task_and_for_no_other() -> None:
    assert [route.name for route in routes()] == list(ROUTES)
    assert {name for name, owner in get_commands().items() if owner in OURS} == set(COMMANDS)
    app.loader.import_default_modules()
    assert {name for name in app.tasks if not name.startswith("celery.")} == set(TASKS)


def test_an_exemption_is_a_sentence_and_everything_else_an_action_of_the_log() -> None:
    reasons = [
        line for line in (*ROUTES.values(), *COMMANDS.values(), *TASKS.values()) if isinstance(line, str)
    ]
    for line in reasons:
        assert line in ACTIONS or (line.endswith(".") and line.count(" ") >= 3), line
    assert {act.action for _name, act in ACTS} <= set(ACTIONS)


@pytest.fixture
def scene(cast: Cast) -> dict[str, Any]:
    """A patient with one of everything, and what the addresses and forms take."""
    second = casting.administrator("second-administrator")
    assert cast.treating.user is not None
    access.grant_role(user=cast.treating.user, role=Role.ADMINISTRATOR, by=SOFTWARE, at=NOW)
    drafts = open_drafts(cast.patient, cast.treating)
    publication, _estimate = signed(opened(drafts[0], cast.treating, with_estimate=True), cast.treating)
    check_in(cast.patient, note="I want to kill myself")
    response = filled(cast.patient, "gad7", adding_up_to("gad7", 4)).response
    assert response is not None
    invitation, code = invited(cast.administrator)
    written(cast.patient, cast.treating)
    lasts = dt.timedelta(days=9)
    token, _secret = tokens.make(label="Notebook", scopes=["read"], lasts=lasts, by=cast.treating, at=NOW)
    return {
        "token_id": token.pk,
        "cast": cast,
        "second": second,
        "ref": cast.patient.record_number,
        "draft": Suggestion.objects.get(patient=cast.patient, state="open").pk,
        "publication": publication.pk,
        "alert_id": SafetyAlert.objects.get().pk,
        "invitation_id": invitation.pk,
        "code": code,
        "user_id": cast.other_psychologist.user and cast.other_psychologist.user.pk,
        "handed": uuid4(),
        "appointment": agreed(cast.patient, cast.treating).pk,
        "care_id": CareRelationship.objects.get(patient=cast.patient).pk,
        "check_in": CheckIn.objects.latest("happened_at").pk,
        "assignment_id": assigned(cast.patient, cast.treating).pk,
        "response": response.pk,
        "response_id": response.pk,
        "submission": str(uuid4()),
        "task_id": task_of(cast),
        "today": str(NOW.date() + dt.timedelta(days=3)),
        **FIXED,
        **kept(cast),
    }


def task_of(cast: Cast) -> object:
    note = "Look at this once more."
    return triggers.by_hand(patient=cast.patient, note=note, by=cast.treating, at=NOW).pk


def actor(scene: dict[str, Any], who: str) -> Actor | None:
    cast: Cast = scene["cast"]
    actors: dict[str, Actor | None] = {
        "nobody": None,
        "patient": cast.as_patient,
        "treating": cast.treating,
        "administrator": cast.administrator,
        "second_administrator": scene["second"],
    }
    return actors[who]


def codes(name: str, scene: dict[str, Any]) -> None:
    """An invitation, a link for a new password or a trial, for the addresses that need one of a certain person's."""
    cast: Cast = scene["cast"]
    if name in {"ledger-trial", "ledger-sign"}:
        trial = tried(cast, SHIPPED, at=now())
        scene["trial_id"], scene["trial_digest"] = trial.pk, trial.digest
    if name in {"patient-invitation-renew", "patient-invitation-revoke"}:
        scene["invitation_id"] = invited(cast.treating, Role.PATIENT)[0].pk
    if name in {"new-password", "manage-password-back"}:
        at_patient = name == "new-password"
        account = cast.patient.user if at_patient else User.objects.get(pk=scene["user_id"])
        assert account is not None
        link = password_links.issue(user=account, by=cast.administrator, at=now())
        scene["code"] = link[1] if at_patient else scene["code"]


def answering(name: str, scene: dict[str, Any]) -> None:
    """An alert that was taken, one that was closed, an appointment that is past."""
    cast: Cast = scene["cast"]
    if name == "appointment-missed":
        scene["appointment"] = agreed(cast.patient, cast.treating, day=NOW.date()).pk
    if name in OF_ANSWERING:
        taken = alerts.take(alert=SafetyAlert.objects.get(), by=cast.treating, at=NOW)
        if name == "safety-reopen":
            closed(taken, cast.treating, at=now())


def prepared(name: str, scene: dict[str, Any]) -> None:
    """What must have happened before, for the addresses at which something must."""
    cast: Cast = scene["cast"]
    if name == "publication-take-back":
        cast.clinic.publication_delay = dt.timedelta(days=7)
        cast.clinic.save()
        draft = Suggestion.objects.get(patient=cast.patient, state="open")
        scene["publication"] = approved(draft, cast.treating, at=NOW).pk
    if name in {"question", "draft-back"}:
        draft = Suggestion.objects.get(pk=scene["draft"])
        asked = waiting.ask(suggestion=draft, kind="session", question="Why?", by=cast.treating, at=NOW)
        scene["question"] = asked.pk
    if name == "catalogue-sign":
        before = texts.of_code(scene["step"])[0].entry
        body = before.body | {"title": "A short walk"}
        row = write.write_version(body=body, based_on=before.digest, by=cast.treating, at=NOW)
        scene["version"], scene["seen"] = row.version, row.digest
    if name == "manage-sessions-end":
        signed_in(Client(), cast.other_psychologist)
    if name == "manage-tokens-end":
        lasts = dt.timedelta(days=9)
        tokens.make(label="Tablet", scopes=["read"], lasts=lasts, by=cast.other_psychologist, at=NOW)
    if name == "care-discharge":
        alert = alerts.take(alert=SafetyAlert.objects.get(), by=cast.treating, at=NOW)
        closed(alert, cast.treating)
    if name == "plan-confirm":
        scene["handed"] = handed_plan(cast).pk
    codes(name, scene)
    answering(name, scene)
    if name == "safety-on-call" and cast.treating.user:
        phones.set_number(user=cast.treating.user, number="01632 960 770", by=cast.treating, at=NOW)
    if name == "manage-access-give":
        User.objects.filter(pk=scene["user_id"]).update(is_active=False)
    if name in {"manage-switch-ask", "manage-switch-start"}:
        stop = permissions.stop_ai(patient=None, by=cast.treating, at=NOW)
        if name == "manage-switch-start":
            ai.ask_restart(stop=stop, by=cast.treating, at=NOW)


@COMMITTED
def test_every_act_at_every_address_stands_in_the_log(scene: dict[str, Any]) -> None:
    patterns = {route.name: route for route in routes()}
    missing = {}
    for name, act in ACTS:
        with transaction.atomic():
            written = actions_of(patterns[name].name, act, dict(scene))
            transaction.set_rollback(True)
        if act.action not in written:
            missing[name, act.action] = sorted(written)
    assert missing == {}


def actions_of(name: str, act: Act, scene: dict[str, Any]) -> set[str]:
    prepared(name, scene)
    (route,) = [route for route in routes() if route.name == name]
    person = actor(scene, act.who)
    client = signed_in(Client(), person) if person else Client()
    before = AuditEntry.objects.count()
    act.done(client, route.path(scene), scene)
    entries = AuditEntry.objects.order_by("id")[before:]
    return set(entries.values_list("action", flat=True))


@COMMITTED
def test_an_act_that_left_no_entry_would_be_found(
    scene: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decide, "move", lambda *args, **kwargs: None)
    act = next(act for name, act in ACTS if name == "draft-reject")
    assert act.action not in actions_of("draft-reject", act, scene)


@ROLLED_BACK
def test_the_command_that_verifies_the_log_says_so_in_the_log(cast: Cast) -> None:
    call_command("verify_audit", verbosity=0)
    assert AuditEntry.objects.filter(action=COMMANDS["verify_audit"]).exists()


@ROLLED_BACK
def test_the_command_that_makes_a_clinic_says_so_in_the_log() -> None:
    place = {"country": "GB", "zone": "Europe/London", "sign_in_name": "ada", "printed_name": "Ada Lind"}
    call_command("start_clinic", "Northside", **place, stdout=StringIO())
    assert AuditEntry.objects.filter(action=COMMANDS["start_clinic"]).exists()


@ROLLED_BACK
def test_the_task_that_scores_says_so_in_the_log(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    check_ins(cast.patient)
    monkeypatch.setattr(tasks, "now", lambda: NOW)
    tasks.score_patients(patient_ids=[str(cast.patient.pk)])
    assert AuditEntry.objects.filter(action=TASKS["recommendations.tasks.score_patients"]).exists()


def test_filling_the_demonstration_ends_with_its_entry() -> None:
    assert f'log("{COMMANDS["seed_demo"]}"' in inspect.getsource(seed)
