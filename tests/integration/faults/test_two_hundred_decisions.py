"""Two hundred decisions about twenty drafts in the same moment: one outcome each, and everybody else is told."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker
from runner.postgres_server import PostgresServer

from clinic import access, keys
from clinic.actor import SOFTWARE
from clinic.clock import now
from clinic.models.care import CareKind
from clinic.models.patient import Patient
from recommendations import pipeline
from recommendations.models.suggestion import Suggestion
from recommendations.review import decide
from recommendations.waiting import aside
from tests.cast import Cast, assemble
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.integration.faults.clinic_of_many import patients_with_check_ins
from tests.integration.faults.decisions import Act, faults, ten_acts
from tests.integration.faults.own_postgres import moved_to
from tests.waiting import until

pytestmark = pytest.mark.faults

DRAFTS, EACH = 20, 10
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
HELD = "SELECT 1 FROM recommendations_suggestion WHERE id = ANY(%s) FOR UPDATE"


@pytest.fixture
def roomy_postgres(
    private_postgres: PostgresServer, django_db_blocker: DjangoDbBlocker
) -> Iterator[PostgresServer]:
    """A PostgreSQL with a place for each of two hundred people, who need two connections each."""
    private_postgres.stop()
    private_postgres.settings["max_connections"] = str(2 * DRAFTS * EACH + 50)
    private_postgres.start()
    with django_db_blocker.unblock(), moved_to(private_postgres):
        yield private_postgres
        connections.close_all()


def covered(cast: Cast, patients: Sequence[Patient], *, at: dt.datetime) -> None:
    """The other psychologist covers for the first and may decide as well."""
    user = cast.other_psychologist.user
    assert user is not None
    for patient in patients:
        access.start_care(patient=patient, user=user, kind=CareKind.COVERING, by=SOFTWARE, at=at)


def twenty_drafts(cast: Cast, *, at: dt.datetime) -> list[Suggestion]:
    """Two of each of ten patients, so that what one draft's decision changes is before the signers of another."""
    patients = patients_with_check_ins(cast, DRAFTS // 2)
    covered(cast, patients, at=at)
    pipeline.score([patient.pk for patient in patients], at=at, history=True)
    found = Suggestion.objects.filter(state="open").select_related("patient", "intervention", "reading")
    count: Counter[Any] = Counter()
    chosen = []
    for draft in found.order_by("patient", "code"):
        count[draft.patient_id] += 1
        if count[draft.patient_id] <= 2:
            chosen.append(draft)
    assert len(chosen) == DRAFTS
    return chosen


@contextmanager
def at_the_door(server: PostgresServer, drafts: Sequence[Suggestion], waiting: int) -> Iterator[None]:
    """The drafts' rows are held until so many connections wait for them; then all go on at once."""
    name = str(connections["default"].settings_dict["NAME"])
    with (
        psycopg.connect(server.superuser_url(name)) as gate,
        psycopg.connect(server.superuser_url(name), autocommit=True) as watch,
    ):
        gate.execute(HELD, [[draft.pk for draft in drafts]])
        yield
        until(lambda: _waiting(watch) >= waiting, seconds=60, what=f"{waiting} wait at the drafts")
        gate.commit()


def _waiting(watch: psycopg.Connection) -> int:
    row = watch.execute(WAITING).fetchone()
    return int(row[0]) if row else 0


def _answered(act: Act) -> Any:
    try:
        return act.go()
    except Exception as error:  # noqa: BLE001  what somebody was told
        return error
    finally:
        connections.close_all()


def test_two_hundred_decisions_about_twenty_drafts_at_once_have_one_outcome_each(
    roomy_postgres: PostgresServer,
) -> None:
    at = now()
    cast = assemble(at=at - dt.timedelta(days=60))
    drafts = twenty_drafts(cast, at=at)
    acts = {draft: ten_acts(draft, cast.treating, cast.other_psychologist, at=at) for draft in drafts}
    everybody = [act for draft in drafts for act in acts[draft]]
    Random(20).shuffle(everybody)
    with ThreadPoolExecutor(len(everybody)) as hands:
        with at_the_door(roomy_postgres, drafts, len(everybody)):
            running = [hands.submit(_answered, act) for act in everybody]
        answers = dict(zip(everybody, [each.result() for each in running], strict=True))
    found = {
        draft.code: faults(draft, acts[draft], [answers[act] for act in acts[draft]]) for draft in drafts
    }
    assert [wrong for wrong in found.items() if wrong[1]] == []


@COMMITTED
def test_decisions_that_do_not_lock_the_draft_are_seen_to_have_two_outcomes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: everybody reads the draft as open before anybody has written."""
    at = now()
    covered(cast, [cast.patient], at=at)
    draft, *_ = open_drafts(cast.patient, cast.treating, at=at)
    acts = ten_acts(draft, cast.treating, cast.other_psychologist, at=at)[3:9]
    together = Barrier(len(acts), timeout=20)

    def read(*, pk: Any) -> Suggestion:
        found = Suggestion.objects.select_related("patient", "reading__release", "release", "intervention")
        row = found.get(pk=pk)
        together.wait()
        return row

    def careless(suggestion: Suggestion, **_more: Any) -> Any:
        return read(pk=suggestion.pk), keys.ring([suggestion.patient_id])

    monkeypatch.setattr(decide, "_locked", careless)
    monkeypatch.setattr(aside, "_locked", lambda suggestion, **_more: read(pk=suggestion.pk))
    with ThreadPoolExecutor(len(acts)) as hands:
        answers = list(hands.map(_answered, acts))
    found = faults(draft, acts, answers)
    assert any(each.startswith("decided by") for each in found), found
    assert any(each.startswith("not told in words") for each in found), found
