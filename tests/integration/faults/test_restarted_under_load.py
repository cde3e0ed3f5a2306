"""PostgreSQL is restarted while pages and the API are in use: what was acknowledged is there, nothing is doubled."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from runner.child import Child
from runner.postgres_server import PostgresServer
from runner.redis_server import RedisServer

from audit.models import AuditEntry
from clinic import tokens
from clinic.actor import Actor
from clinic.clock import now
from clinic.models.message import Message
from clinic.models.observation import CheckIn
from clinic.models.questionnaire import QuestionnaireResponse
from recommendations import pipeline
from tests.cast import Cast, assemble
from tests.factories import open_drafts
from tests.forms import assigned
from tests.integration.faults.broker import at_rest
from tests.integration.faults.load import (
    Busy,
    answers_of_a_form,
    asks_the_api,
    go_on,
    living,
    reads,
    sends,
    signed_in,
)
from tests.waiting import until

pytestmark = pytest.mark.faults

ENTRIES: dict[Any, str] = {
    Message: "message_written",
    QuestionnaireResponse: "questionnaire_answered",
    CheckIn: "check_in_saved",
}
CHECK_IN = {"mood": 6, "feelings": [], "note": "A quiet day."}


def token(by: Actor) -> str:
    """The secret of a program of this person."""
    scopes = tokens.SCOPES[by.role]
    return tokens.make(label="Notebook", scopes=scopes, lasts=dt.timedelta(days=9), by=by, at=now())[1]


def writers(cast: Cast, address: str) -> dict[Any, Busy]:
    """Who writes what, by the table in which it is kept."""
    message = {"words": "The bus was late, sorry."}
    asked = "/my/questionnaires/phq9/"
    return {
        Message: Busy(
            "messages",
            sends(signed_in(address, "amara"), "/my/messages/", message, shown="The bus was late"),
        ),
        QuestionnaireResponse: Busy(
            "answers",
            sends(signed_in(address, "henrik"), asked, answers_of_a_form(), shown="Sent. Thank you."),
        ),
        CheckIn: Busy(
            "check-ins", asks_the_api(address, token(cast.as_patient), "my/check-ins/new/", CHECK_IN)
        ),
    }


def readers(cast: Cast, address: str) -> list[Busy]:
    """Who reads: the queue, a record, the conversation, the catalogue; and a program."""
    record = f"/patients/{cast.patient.record_number}/"
    pages = ["/queue/", record, f"{record}messages/", f"{record}questionnaires/", "/catalogue/"]
    return [
        Busy("pages", reads(signed_in(address, "treating"), pages)),
        Busy("API", asks_the_api(address, token(cast.treating), "queue/")),
    ]


def assert_kept(table: Any, who: Busy, before: set[UUID]) -> None:
    """Everything acknowledged is there, nothing that was not tried, and each has one entry in the log."""
    kept = set(table.objects.values_list("pk", flat=True)) - before
    assert who.acknowledged <= kept <= who.tried
    entries = Counter(AuditEntry.objects.filter(action=ENTRIES[table]).values_list("subject_id", flat=True))
    assert {entries[str(pk)] for pk in kept} == {1}
    assert len(entries) == len(kept | before)


def test_what_was_acknowledged_is_there_once_and_pages_and_programs_go_on_by_themselves(
    addresses: dict[str, str],
    private_postgres: PostgresServer,
    private_redis: RedisServer,
    start_web: Callable[..., tuple[Child, str]],
    start_worker: Callable[..., Child],
    start_publisher: Callable[..., Child],
) -> None:
    cast = assemble()
    open_drafts(cast.patient, cast.treating, at=now())
    assigned(cast.other_patient, cast.other_psychologist)
    before = {table: set(table.objects.values_list("pk", flat=True)) for table in ENTRIES}
    services = addresses | {"REDIS_URL": private_redis.url}
    web, address = start_web(**services)
    others = [start_worker(**services), start_publisher(**services)]
    writing = writers(cast, address)
    everybody = [*writing.values(), *readers(cast, address)]
    with living(everybody):
        go_on(everybody, "everybody is at work")
        for how in ("stop", "kill"):
            connections.close_all()
            getattr(private_postgres, how)()
            private_postgres.start()
            go_on(everybody, f"everybody goes on after PostgreSQL was restarted ({how})")
    assert [fault for each in everybody for fault in each.faults] == []
    for table, who in writing.items():
        assert_kept(table, who, before[table])
    until(lambda: at_rest(private_redis.url), seconds=30, what="everything is scored")
    ids = [cast.patient.pk, cast.other_patient.pk]
    assert pipeline.score(ids, at=now()).readings == 0, (
        "nothing that was kept has been left out of the readings"
    )
    assert all(program.alive for program in (web, *others))
