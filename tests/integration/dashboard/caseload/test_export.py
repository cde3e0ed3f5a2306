"""The page from which a psychologist takes a record out of the clinic."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from clinic import consent, keys
from clinic.intake import numbers
from clinic.intake.numbers import NewNumber
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Observation, Signal
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import check_in, check_ins
from tests.fhir.checks import faults
from tests.integration.dashboard.portal.pages import text_of
from tests.sign_in import signed_in

pytestmark = COMMITTED


def taken(client: Client, cast: Cast, form: str) -> Any:
    return client.post(reverse("export", args=[cast.patient.record_number]), {"format": form})


def body(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def test_the_page_says_what_leaves_and_what_stays(treating: Client, cast: Cast) -> None:
    consent.withdraw(
        patient=cast.patient, source=Source.DEVICE, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    page = text_of(treating.get(reverse("export", args=[cast.patient.record_number])))
    assert "Stays, because it is not shared</dt><dd>Sleep and activity</dd>" in page
    assert "The patient sees that you took it." in page


def test_the_bundle_comes_as_a_file_that_nobody_keeps(treating: Client, cast: Cast) -> None:
    check_in(cast.patient, 3, "Slept badly")
    response = taken(treating, cast, "fhir")
    assert response.status_code == 200
    assert response.streaming
    assert response["Content-Type"] == "application/fhir+json"
    assert response["Cache-Control"] == "no-store"
    day = NOW.date()
    named = response["Content-Disposition"]
    assert named.startswith(f'attachment; filename="{cast.patient.record_number}-{day.year}')
    assert "Amara" not in named
    assert faults(json.loads(body(response))) == []


def test_the_patient_reads_who_took_it(treating: Client, cast: Cast) -> None:
    taken(treating, cast, "fhir")
    entry = AuditEntry.objects.get(action="record_exported")
    assert cast.treating.user is not None
    assert (entry.actor_id, entry.facts["format"]) == (cast.treating.user.pk, "fhir")
    page = text_of(signed_in(Client(), cast.as_patient).get("/my/about/looked/"))
    assert "Dr Maya Okonkwo" in page
    assert "a copy of your record" in page


def test_the_table_holds_every_number_that_stands_with_its_day_unit_source_and_zone(
    treating: Client, cast: Cast
) -> None:
    check_ins(cast.patient, (6, 5, 4))
    numbers.record_observations(
        patient=cast.patient,
        numbers=[NewNumber(Signal.SLEEP, 6.5, NOW, day=NOW.date())],
        source=Source.DEVICE,
        by=cast.as_patient,
        at=NOW,
    )
    response = taken(treating, cast, "csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(body(response), newline="")))
    rows = Observation.objects.filter(patient=cast.patient, superseded_at=None).order_by("happened_at", "id")
    assert [(each["signal"], float(each["value"]), each["local_date"]) for each in lines] == [
        (row.signal, row.value, row.local_date.isoformat()) for row in rows
    ]
    (sleep,) = [each for each in lines if each["signal"] == "sleep"]
    assert (sleep["record_number"], sleep["unit"], sleep["source"], sleep["zone"], sleep["value"]) == (
        cast.patient.record_number,
        "hours",
        "device",
        "Europe/London",
        "6.5",
    )
    assert sleep["as_of"]


def test_the_table_leaves_out_what_is_not_shared_any_more(treating: Client, cast: Cast) -> None:
    check_in(cast.patient, 3)
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    assert len(body(taken(treating, cast, "csv")).splitlines()) == 1


def test_another_form_is_refused_and_the_page_says_so(treating: Client, cast: Cast) -> None:
    response = taken(treating, cast, "pdf")
    assert response.status_code == 422
    assert "choose one of the two files" in text_of(response)
    assert not AuditEntry.objects.filter(action="record_exported").exists()


def test_nobody_outside_the_care_team_takes_a_record(outsider: Client, cast: Cast) -> None:
    others = [
        outsider,
        signed_in(Client(), cast.as_patient),
        signed_in(Client(), cast.administrator),
        Client(),
    ]
    found = [taken(client, cast, "fhir").status_code for client in others]
    assert found == [404, 404, 404, 302]
    assert not AuditEntry.objects.filter(action="record_exported").exists()


def test_words_that_cannot_be_opened_are_said_to_and_nothing_is_recorded_as_taken(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*args: object, **more: object) -> str:
        raise keys.CannotOpen("closed")

    check_in(cast.patient, 3, "Slept badly")
    monkeypatch.setattr("recommendations.fhir.outgoing.numbers._words", closed)
    response = taken(treating, cast, "fhir")
    assert response.status_code == 503
    assert "Nothing was exported" in text_of(response)
    assert not AuditEntry.objects.filter(action="record_exported").exists()
