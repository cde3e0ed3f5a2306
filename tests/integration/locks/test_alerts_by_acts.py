"""The lock on alerts: none is taken, answered, closed or opened again past an act that is logged."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from clinic import clock, people
from clinic.actor import log
from clinic.guards import ALERTS_BY_ACTS
from clinic.models.safety import SafetyAlert
from tests import database
from tests.answering import closed, ended
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.dashboard.safety.raised import raised, taken
from tests.integration.locks import clones
from tests.integration.locks.tried import refusals

ALERT, CLOSED = "UPDATE clinic_safetyalert SET", "closed_by_id = taken_by_id, outcome = 'resolved'"

FORGERIES = {
    "closed without an act": f"{ALERT} closed_at = now(), {CLOSED} WHERE id = %(taken)s",
    "closed in ten years": f"{ALERT} closed_at = now() + '10 years', {CLOSED} WHERE id = %(taken)s",
    "taken and closed at once": f"{ALERT} taken_by_id = %(user)s, taken_at = now(), closed_at = now(),"
    " closed_by_id = %(user)s, outcome = 'resolved' WHERE id = %(open)s",
    "taken in somebody's name": f"{ALERT} taken_by_id = %(user)s, taken_at = now() WHERE id = %(open)s",
    "handed to somebody": f"{ALERT} taken_by_id = %(other)s WHERE id = %(taken)s",
    "taken later than it was": f"{ALERT} taken_at = now() + '1 hour' WHERE id = %(taken)s",
    "given back": f"{ALERT} taken_by_id = NULL, taken_at = NULL WHERE id = %(taken)s",
    "a note on an open one": f"{ALERT} closing_note = 'x' WHERE id = %(taken)s",
    "the note of a closed one wiped": f"{ALERT} closing_note = NULL WHERE id = %(closed)s",
    "closed later than it was": f"{ALERT} closed_at = now() WHERE id = %(closed)s",
    "closed another way": f"{ALERT} outcome = 'no_danger' WHERE id = %(closed)s",
    "closed by somebody else": f"{ALERT} closed_by_id = %(other)s WHERE id = %(closed)s",
    "opened again": f"{ALERT} closed_at = NULL, closed_by_id = NULL, outcome = '', closing_note = NULL,"
    " taken_by_id = NULL, taken_at = NULL WHERE id = %(closed)s",
    "closed from the start": "INSERT INTO clinic_safetyalert SELECT (jsonb_populate_record(s,"
    " jsonb_build_object('id', gen_random_uuid()))).* FROM clinic_safetyalert s WHERE id = %(closed)s",
    "an answer that nobody logged": "INSERT INTO clinic_alertact (id, alert_id, patient_id, kind, reason,"
    " acted_by_id, happened_at) SELECT gen_random_uuid(), id, patient_id, 'spoke', '', taken_by_id, now()"
    " FROM clinic_safetyalert WHERE id = %(taken)s",
    "a closing that nobody logged": "INSERT INTO clinic_alertact (id, alert_id, patient_id, kind, reason,"
    " acted_by_id, happened_at) SELECT gen_random_uuid(), id, patient_id, 'closed', 'spoke', taken_by_id,"
    " now() FROM clinic_safetyalert WHERE id = %(taken)s",
}


def scene(cast: Cast) -> dict[str, Any]:
    """An alert that nobody has, one that somebody has and one that is closed, all committed."""
    assert cast.treating.user
    assert cast.other_psychologist.user
    return {
        "open": raised(cast.other_patient).pk,
        "taken": taken(raised(cast.patient), cast.treating).pk,
        "closed": closed(taken(raised(cast.patient), cast.treating), cast.treating).pk,
        "user": cast.treating.user.pk,
        "other": cast.other_psychologist.user.pk,
    }


@COMMITTED
def test_what_no_logged_act_accounts_for_is_refused_by_the_guards_and_by_nothing_else(cast: Cast) -> None:
    at = scene(cast)
    found = refusals(FORGERIES, at)
    assert {name: said for name, said in found.items() if not said.startswith(HELD_BY[name])} == {}
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            for guard in ALERTS_BY_ACTS:
                cursor.execute(f"DROP TRIGGER {guard.trigger} ON {guard.table}")
        assert refusals(FORGERIES, at) == dict.fromkeys(FORGERIES, "")


HELD_BY = {
    name: "clinic_alertact: " if "clinic_alertact" in forgery else "clinic_safetyalert: "
    for name, forgery in FORGERIES.items()
}


@ROLLED_BACK
def test_a_time_that_lies_ahead_becomes_the_databases_own(cast: Cast) -> None:
    ahead = clock.now() + dt.timedelta(days=3650)
    alert = ended(raised(cast.patient), cast.treating, at=ahead)
    alert.refresh_from_db()
    assert alert.taken_at
    assert alert.closed_at
    assert alert.taken_at <= alert.closed_at < clock.now() + dt.timedelta(minutes=6)


@ROLLED_BACK
def test_an_alert_goes_back_only_once_its_owner_can_no_longer_act(cast: Cast) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    assert cast.treating.user
    with transaction.atomic():
        facts = {"from": cast.treating.user.pk}
        log("safety_alert_put_back", by=cast.administrator, at=NOW, subject=alert, facts=facts)
        with pytest.raises(Exception, match="when its owner can no longer act"), transaction.atomic():
            SafetyAlert.objects.filter(pk=alert.pk).update(taken_by=None, taken_at=None)
        people.deactivate(user=cast.treating.user, by=cast.administrator, at=NOW)
        SafetyAlert.objects.filter(pk=alert.pk).update(taken_by=None, taken_at=None)


@ROLLED_BACK
def test_what_somebody_else_logged_takes_it_for_nobody(cast: Cast) -> None:
    alert = raised(cast.patient)
    with transaction.atomic():
        log("safety_alert_taken", by=cast.other_psychologist, at=NOW, subject=alert)
        with (
            pytest.raises(Exception, match="takes an alert or hands it over is logged"),
            transaction.atomic(),
        ):
            SafetyAlert.objects.filter(pk=alert.pk).update(taken_by=cast.treating.user, taken_at=NOW)
        SafetyAlert.objects.filter(pk=alert.pk).update(taken_by=cast.other_psychologist.user, taken_at=NOW)
