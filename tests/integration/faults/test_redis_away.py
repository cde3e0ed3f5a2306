"""Redis stops, and Redis hangs: every page answers as quickly as ever, and what was to be scored is scored later."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from celery import Celery
from kombu.exceptions import OperationalError
from runner.child import Child
from runner.redis_server import RedisServer

from clinic import outbox, pulse
from clinic.celery import app
from clinic.clock import now
from clinic.models.outbox import OutboxMessage
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.models.safety import SafetyAlert
from dashboard.portal.asked.posted import field_of
from recommendations.models.publication import Publication
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from tests.cast import PASSWORD, Cast
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.forms import adding_up_to, assigned
from tests.integration.faults.broker import at_rest, everything
from tests.integration.faults.clinic_of_many import ask_for, assert_scored_once, patients_with_check_ins
from tests.visitor import Answer, Visitor
from tests.waiting import until

pytestmark = [COMMITTED, pytest.mark.faults]

NORMAL_SECONDS = 2.0
"""A page takes a tenth of this here; the smallest time-out on the way to Redis is a second."""

DANGER = "I do not want to be here any more."
TOLD_ITEM_9 = "Several days"
PORTAL = ("/my/", "/my/plan/", "/my/mood/", "/my/about/", "/my/about/looked/", "/my/help/", "/help/")


def warm(address: str) -> None:
    """Have each process of the web server load what it loads with its first pages."""
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda path: Visitor(address).get(path), ["/sign-in/", "/help/"] * 16)
    assert {answer.status for answer in answers} == {200}


def check(answer: Answer, *words: str) -> Answer:
    """That a page came back whole and in normal time, with these words on it."""
    assert answer.status == 200, answer.url
    assert answer.seconds < NORMAL_SECONDS, answer.url
    assert [word for word in words if word not in answer.text] == []
    return answer


def as_patient(address: str) -> None:
    """Sign in, walk through the portal, check in, and write something that asks for help."""
    visitor = Visitor(address)
    check(visitor.sign_in("amara"))
    for path in PORTAL:
        check(visitor.get(path))
    form = visitor.get("/my/check-in/").form("/my/check-in/")
    check(visitor.submit(form, {"mood": "4", "note": "Quiet day."}), "Saved.")
    form = visitor.get("/my/check-in/").form("/my/check-in/")
    check(
        visitor.submit(form, {"mood": "1", "note": DANGER}),
        'role="alert"',
        "What was passed on",
        "not want to be here any more",
    )


def as_patient_who_is_asked(address: str) -> None:
    """Answer a PHQ-9 whose last answer asks for help: the card comes with the same answer."""
    visitor = Visitor(address)
    visitor.sign_in("henrik")
    form = check(visitor.get("/my/questionnaires/phq9/")).form("/my/questionnaires/phq9/")
    given = adding_up_to("phq9", 4, last=1).items()
    fields = {field_of(code): str(value) for code, value in given} | {"step": "send"}
    check(visitor.submit(form, fields), 'class="help-card', "The clinic was told this answer:", TOLD_ITEM_9)


def as_psychologist(address: str, draft: Suggestion) -> None:
    """Sign in, read the queue, the alerts and the draft, and sign it."""
    visitor = Visitor(address)
    check(visitor.sign_in("treating"), "Amara Nwosu")
    check(visitor.get("/safety/"), "Amara Nwosu")
    page = check(visitor.get(f"/patients/{draft.patient.record_number}/drafts/{draft.pk}/"))
    shown = check(visitor.submit(page.form("/sign/"), {"step": "preview"}))
    form = shown.form("/sign/")
    signed = {
        "step": "sign",
        "supporting": "below_usual",
        "valid_until": form.fields["shown_until"][0],
        "password": PASSWORD,
        "statement": "on",
    }
    check(visitor.submit(form, signed), "Signed")


def test_everything_but_scoring_works_in_normal_time_while_redis_is_away_and_scoring_follows(
    cast: Cast,
    private_redis: RedisServer,
    start_web: Callable[..., tuple[Child, str]],
    start_publisher: Callable[..., Child],
    start_worker: Callable[..., Child],
) -> None:
    first, second, *_ = open_drafts(cast.patient, cast.treating, at=now())
    assigned(cast.other_patient, cast.other_psychologist, at=now())
    OutboxMessage.objects.all().delete()
    readings = MoodReading.objects.count()
    _, address = start_web(REDIS_URL=private_redis.url)
    warm(address)
    private_redis.stop()
    as_patient(address)
    as_psychologist(address, first)
    private_redis.start()
    private_redis.pause()
    as_patient_who_is_asked(address)
    as_patient(address)
    as_psychologist(address, second)
    assert Publication.objects.count() == 2
    assert SafetyAlert.objects.count() == 3
    assert QuestionnaireResponse.objects.count() == 1
    waiting = OutboxMessage.objects.count()
    assert waiting == 4 + SafetyAlert.objects.count(), "each alert has the drafts looked at again"
    start_publisher(REDIS_URL=private_redis.url)
    tried = OutboxMessage.objects.filter(attempts__gt=0)
    until(tried.exists, seconds=30, what="the publisher has tried")
    assert tried.count() == 1, "one time-out for each round, not for each message"
    assert OutboxMessage.objects.count() == waiting
    private_redis.resume()
    until(lambda: not OutboxMessage.objects.exists(), seconds=30, what="the outbox is empty")
    assert str(cast.patient.pk).encode() in everything(private_redis.url)
    start_worker(REDIS_URL=private_redis.url)
    until(lambda: MoodReading.objects.count() > readings, seconds=30, what="the check-ins are scored")


def test_a_message_handed_to_a_redis_that_freezes_is_scored_once(
    cast: Cast,
    private_redis: RedisServer,
    start_publisher: Callable[..., Child],
    start_worker: Callable[..., Child],
) -> None:
    """The publisher had a connection, so that its message may lie in the frozen Redis and in the outbox at once."""
    patients = patients_with_check_ins(cast, 2)
    start_worker(REDIS_URL=private_redis.url)
    start_publisher(REDIS_URL=private_redis.url)
    outbox.enqueue("clinic.tasks.sign_of_life")
    until(lambda: bool(pulse.last(pulse.WORKER)), seconds=30, what="a message has gone through")
    private_redis.pause()
    ask_for(patients)
    tried = OutboxMessage.objects.filter(attempts__gt=0)
    until(tried.exists, seconds=30, what="the publisher has tried")
    assert OutboxMessage.objects.count() == 1
    private_redis.resume()
    until(lambda: at_rest(private_redis.url), seconds=30, what="everything is done")
    assert_scored_once(patients)


def test_publishing_inside_a_request_would_be_seen(private_redis: RedisServer) -> None:
    """The planted fault: what a page would wait for if it handed its message to a Redis that hangs."""
    publishing = Celery(broker=private_redis.url)
    publishing.conf.broker_transport_options = app.conf.broker_transport_options
    private_redis.pause()
    began = time.monotonic()
    with pytest.raises(OperationalError):
        publishing.send_task("recommendations.tasks.score_patients", retry=False)
    assert time.monotonic() - began > NORMAL_SECONDS
    private_redis.resume()
