"""Looking again, at intervals, at who may open a record: what is due, who looked last, and each look in the log."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from clinic import access, access_checks, clock
from clinic.access import NotAllowed
from clinic.actor import SOFTWARE, Actor
from clinic.models.access_check import AccessCheck
from clinic.models.care import CareKind, CareRelationship
from clinic.models.clinic import Clinic
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of, text_of
from tests.pages import get
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

TEAMS = "/manage/teams/"
DUE = f"{TEAMS}?due=1"
CHECKS = f"{TEAMS}checks/"


def care_of(cast: Cast) -> CareRelationship:
    return CareRelationship.objects.get(patient=cast.patient)


def interval(days: int) -> None:
    Clinic.objects.update(access_check_days=days)


def row(page: str, cast: Cast) -> str:
    return page.split(f'class="record-number">{cast.patient.record_number}')[1].split("</tr>", maxsplit=1)[0]


def due_at(at: dt.datetime) -> set[UUID]:
    before = access_checks.due_before(at=at)
    return set(access_checks.due(access.relationships(at=at), before=before).values_list("pk", flat=True))


def test_access_is_due_so_many_days_after_it_began_or_was_looked_at(cast: Cast) -> None:
    care, day = care_of(cast), dt.timedelta(days=1)
    assert care.pk not in due_at(NOW + 180 * day - dt.timedelta(seconds=1))
    assert care.pk in due_at(NOW + 180 * day)
    access_checks.check(care_ids=[care.pk], by=cast.administrator, at=NOW + 180 * day)
    assert care.pk not in due_at(NOW + 359 * day)
    assert care.pk in due_at(NOW + 360 * day)


def test_what_ended_is_not_due_any_more(cast: Cast) -> None:
    care = care_of(cast)
    access.end_care(care=care, by=cast.administrator, at=NOW + dt.timedelta(days=1))
    assert care.pk not in due_at(NOW + dt.timedelta(days=400))


def test_what_is_due_is_marked_ticked_and_then_says_who_looked(desk: Client, cast: Cast) -> None:
    interval(0)
    page = get(desk, DUE)
    assert "Not yet" in row(html_of(desk, DUE), cast)
    assert ">Due<" in row(html_of(desk, DUE), cast)
    interval(30)
    done = page.send(CHECKS, {"care": [str(care_of(cast).pk)]}).follow()
    assert "1 access was marked as checked." in done.words
    standing = row(html_of(desk, TEAMS), cast)
    assert "by Ines Carvalho" in standing
    assert ">Due<" not in standing
    assert "Somebody has looked at every access" in html_of(desk, DUE)


def test_each_look_is_an_entry_of_the_log_with_the_record_and_whose_access(desk: Client, cast: Cast) -> None:
    ids = [str(each.pk) for each in CareRelationship.objects.all()]
    desk.post(CHECKS, {"care": ids})
    entries = AuditEntry.objects.filter(action="access_checked")
    assert set(entries.values_list("record_number", "facts__user", "actor_id")) == {
        (each.patient.record_number, str(each.user_id), cast.administrator.user.pk)  # type: ignore[union-attr]
        for each in CareRelationship.objects.select_related("patient")
    }


def test_nothing_is_ticked_beforehand_and_nothing_ticked_is_nothing_done(desk: Client, cast: Cast) -> None:
    assert "checked>" not in html_of(desk, TEAMS)
    page = text_of(desk.post(CHECKS, {"care": ["not-an-id"]}, follow=True))
    assert "Nothing was marked" in page
    assert not AccessCheck.objects.exists()


def test_nobody_looks_at_their_own_access(cast: Cast) -> None:
    assert cast.administrator.user is not None
    own = access.start_care(
        patient=cast.patient,
        user=cast.administrator.user,
        kind=CareKind.COVERING,
        by=SOFTWARE,
        at=NOW,
    )
    with pytest.raises(NotAllowed, match="Somebody else has to look at your own access"):
        access_checks.check(care_ids=[own.pk, care_of_treating(cast)], by=cast.administrator, at=NOW)
    assert not AccessCheck.objects.exists()


def care_of_treating(cast: Cast) -> UUID:
    return CareRelationship.objects.get(patient=cast.patient, user=cast.treating.user).pk


def test_psychologists_and_patients_mark_nothing(cast: Cast) -> None:
    for by in (cast.treating, cast.as_patient, Actor(None, "administrator")):
        with pytest.raises(NotAllowed):
            access_checks.check(care_ids=[care_of(cast).pk], by=by, at=NOW)


def test_when_the_record_was_last_opened_stands_beside_it(desk: Client, cast: Cast) -> None:
    assert "Never" in row(html_of(desk, TEAMS), cast)
    signed_in(Client(), cast.treating).get(f"/patients/{cast.patient.record_number}/")
    assert "today " in row(html_of(desk, TEAMS), cast)
    assert "Never" not in row(html_of(desk, TEAMS), cast)


def test_what_is_due_is_listed_oldest_first(desk: Client, cast: Cast) -> None:
    newer, _ring = patient_of(cast.treating, "New Person", sign_in_name="new-1", at=clock.now())
    interval(0)
    page = html_of(desk, DUE)
    assert page.index(cast.patient.record_number) < page.index(newer.record_number)


def test_the_list_costs_as_many_queries_for_many_as_for_few(desk: Client, cast: Cast) -> None:
    interval(0)
    html_of(desk, DUE)
    with CaptureQueriesContext(connection) as few:
        html_of(desk, DUE)
    for number in range(8):
        patient, _ring = patient_of(cast.treating, f"Person {number}", sign_in_name=f"person-{number}")
        care = CareRelationship.objects.get(patient=patient)
        access_checks.check(care_ids=[care.pk], by=cast.administrator, at=NOW)
    with CaptureQueriesContext(connection) as many:
        html_of(desk, DUE)
    assert len(many) == len(few) <= 24


def test_planted_fault_if_a_look_were_forgotten_the_access_would_stay_due(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    care, later = care_of(cast), NOW + dt.timedelta(days=200)
    monkeypatch.setattr(AccessCheck.objects, "create", lambda **_fields: AccessCheck(care=care))
    access_checks.check(care_ids=[care.pk], by=cast.administrator, at=later)
    assert care.pk in due_at(later)
