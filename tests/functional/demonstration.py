"""The demonstration clinic under a walk over all pages: each state of the product is somewhere in it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from clinic import password_links, tokens
from clinic.actor import Actor
from clinic.clock import now
from clinic.models.appointment import Appointment
from clinic.models.assignment import Assignment
from clinic.models.care import CareRelationship
from clinic.models.danger import DangerReplay
from clinic.models.handover import HandedPlan
from clinic.models.observation import CheckIn
from clinic.models.oncall import Absence, RotaSlot
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.models.risk import SafetyTask
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role, User
from recommendations.demo import sign_ins
from recommendations.demo.seed import seed
from recommendations.models.pause import Pause
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests import database
from tests.factories import invited
from tests.functional.browsing import Browsing


@contextmanager
def seeded(blocker: DjangoDbBlocker) -> Iterator[None]:
    """The clinic is in the test database meanwhile."""
    with blocker.unblock():
        seed(now=now(), report=lambda step: None)
        try:
            yield
        finally:
            database.wipe()


def _safety() -> dict[str, object]:
    """An alert that nobody has taken, and a task that nobody has done."""
    return {
        "alert_id": SafetyAlert.objects.get(taken_at=None, level__gte=2).pk,
        "task_id": SafetyTask.objects.filter(done_at=None)[0].pk,
    }


def arguments() -> dict[str, str]:
    """One of each: the shown patient's record, draft, publication and check-in, an alert, a person, a care team."""
    patient = Patient.objects.get(user__sign_in_name=sign_ins()[1].sign_in_name)
    open_draft = Suggestion.objects.filter(patient=patient, state="open")
    ines = Actor(User.objects.get(sign_in_name=sign_ins()[2].sign_in_name), Role.ADMINISTRATOR)
    invitation, code = invited(ines)
    maya = sign_ins()[0].sign_in_name
    question = Pause.objects.get(asked_of__sign_in_name=maya)
    token, _secret = tokens.make(
        label="Notebook",
        scopes=["read"],
        lasts=dt.timedelta(days=9),
        by=Actor(User.objects.get(sign_in_name=maya), Role.PSYCHOLOGIST),
        at=now(),
    )
    found = {
        **_safety(),
        "token_id": token.pk,
        "invitation_id": invitation.pk,
        "code": code,
        "question": question.pk,
        "draft": open_draft[0].pk,
        "step": "sleep_window",
        "publication": Publication.objects.filter(patient=patient)[0].pk,
        "check_in": CheckIn.objects.filter(patient=patient).latest("happened_at").pk,
        "instrument": "phq9",
        "section": "coping",
        "response": QuestionnaireResponse.objects.filter(patient=patient).latest("happened_at").pk,
        "response_id": QuestionnaireResponse.objects.filter(patient=patient).latest("happened_at").pk,
        "assignment_id": Assignment.objects.get(patient=patient).pk,
        "user_id": User.objects.get(sign_in_name=sign_ins()[0].sign_in_name).pk,
        "care_id": CareRelationship.objects.filter(patient=patient)[0].pk,
        "appointment": Appointment.objects.get(patient=patient, ended_at=None).pk,
        "handed": HandedPlan.objects.all()[0].pk,
        "slot_id": RotaSlot.objects.all()[0].pk,
        "absence_id": Absence.objects.all()[0].pk,
    }
    refs = {"ref": patient.record_number} | _of_one_page(question)
    return {name: str(value) for name, value in found.items()} | refs | _of_the_link(patient, ines)


def _of_one_page(question: Pause) -> dict[str, str]:
    """Arguments of one address alone: a question's record, a step that is in use, a trial that may be signed."""
    trial = DangerReplay.objects.latest("asked_at")
    return {
        "trial_id": str(trial.pk),
        "question.ref": question.patient.record_number,
        "catalogue-unsafe.step": "planned_walk",
    }


def _of_the_link(patient: Patient, ines: Actor) -> dict[str, str]:
    """The code by which the shown patient could choose a new password."""
    assert patient.user is not None
    return {"new-password.code": password_links.issue(user=patient.user, by=ines, at=now())[1]}


def window_of(browsing: Browsing, role: str) -> Page:
    """A window of the person whom the demonstration shows in this role; for "" of nobody."""
    if not role:
        return browsing.window()
    shown = {each.role: each for each in sign_ins()}[Role(role)]
    return browsing.signed_in(shown.sign_in_name, password=shown.password)
