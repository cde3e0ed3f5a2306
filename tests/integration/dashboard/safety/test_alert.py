"""One alert: what it discloses to whom, taking it, closing it."""

import datetime as dt
import re

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import access, clock, keys
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import (
    OUTCOME,
    WORDS,
    of_owner,
    page_of,
    raised,
    taken,
    text_of,
)
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

SECRETS = ("Amara Nwosu", "960001", WORDS, "suicide-plan.means")


def keys_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(patient_ids: object) -> keys.Ring:
        raise keys.KeysUnavailable("away")

    monkeypatch.setattr(keys, "ring", away)


def test_outside_the_care_team_the_page_is_number_time_and_level(outsider: Client, cast: Cast) -> None:
    page = page_of(outsider, raised(cast.patient))
    assert cast.patient.record_number in page
    assert "Urgent" in page
    assert "09:00" in page
    assert [secret for secret in SECRETS if secret in page] == []


def test_taking_it_opens_name_phone_and_words(outsider: Client, cast: Cast) -> None:
    alert = raised(cast.patient)
    response = outsider.post(f"/safety/{alert.pk}/take/", follow=True)
    page = text_of(response)
    assert [secret for secret in SECRETS if secret not in page] == []
    assert f"/patients/{cast.patient.record_number}/" in page


def test_the_treating_psychologist_reads_the_words_before_taking_it(treating: Client, cast: Cast) -> None:
    page = page_of(treating, raised(cast.patient))
    assert [secret for secret in SECRETS if secret not in page] == []
    assert "Nobody has taken this yet" in page
    assert "Nobody has been paged." in page


def test_the_page_names_the_card_that_the_patient_saw(treating: Client, cast: Cast) -> None:
    assert "The help card “" in page_of(treating, raised(cast.patient))


def test_an_alert_that_opened_without_words_says_so(treating: Client, cast: Cast) -> None:
    assert "opened without words" in page_of(treating, raised(cast.patient, words=""))


def test_both_clocks_are_shown_where_they_differ(treating: Client, cast: Cast) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(zone="Asia/Tokyo")
    page = page_of(treating, raised(cast.patient))
    assert "clinic’s clock (London)" in page
    assert "person’s clock (Tokyo)" in page
    assert "18:00" in page


def test_of_two_psychologists_the_second_is_told_who_was_first_and_since_when(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    alert = taken(raised(cast.patient), cast.treating, at=NOW + dt.timedelta(minutes=7))
    page = text_of(outsider.post(f"/safety/{alert.pk}/take/", follow=True))
    assert "Dr Maya Okonkwo was first and has had this alert since" in page
    assert "09:07" in page
    assert [secret for secret in SECRETS if secret in page] == []
    alert.refresh_from_db()
    assert alert.taken_by == cast.treating.user


def test_closing_it_ends_the_access_that_taking_it_gave(outsider: Client, cast: Cast) -> None:
    alert = raised(cast.patient)
    assert cast.other_psychologist.user is not None
    outsider.post(f"/safety/{alert.pk}/take/")
    assert access.rights(cast.other_psychologist.user, cast.patient, at=clock.now())
    response = outsider.post(f"/safety/{alert.pk}/close/", OUTCOME)
    assert (response.status_code, response["Location"]) == (302, "/safety/")
    assert not access.rights(cast.other_psychologist.user, cast.patient, at=clock.now())
    page = page_of(outsider, alert)
    assert "Spoke with the person" in page
    assert [secret for secret in (*SECRETS, OUTCOME["note"]) if secret in page] == []


def test_the_closing_note_is_sealed_and_the_care_team_reads_it(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    alert = raised(cast.patient)
    outsider.post(f"/safety/{alert.pk}/take/")
    outsider.post(f"/safety/{alert.pk}/close/", OUTCOME)
    stored = SafetyAlert.objects.get(pk=alert.pk).closing_note
    assert stored is not None
    assert OUTCOME["note"].encode() not in bytes(stored)
    assert OUTCOME["note"] in page_of(treating, alert)


@pytest.mark.parametrize("missing", ["outcome", "note"])
def test_closing_needs_an_outcome_and_a_note_and_keeps_what_was_typed(
    treating: Client, cast: Cast, missing: str
) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    typed = OUTCOME | {missing: ""}
    page = text_of(treating.post(f"/safety/{alert.pk}/close/", typed), status=422)
    kept = r'value="spoke"[^>]* checked' if missing == "note" else OUTCOME["note"]
    assert re.search(kept, page)
    alert.refresh_from_db()
    assert alert.closed_at is None


def test_nobody_but_its_owner_closes_it(treating: Client, outsider: Client, cast: Cast) -> None:
    alert = taken(raised(cast.patient), cast.other_psychologist)
    page = text_of(treating.post(f"/safety/{alert.pk}/close/", OUTCOME), status=422)
    assert "Taken by Dr Elias Ruiz" in page
    alert.refresh_from_db()
    assert alert.closed_at is None


def test_opening_taking_and_closing_stand_in_the_log_by_record_number(outsider: Client, cast: Cast) -> None:
    alert = raised(cast.patient)
    before = AuditEntry.objects.order_by("-id")[0].pk
    page_of(outsider, alert)
    outsider.post(f"/safety/{alert.pk}/take/")
    outsider.post(f"/safety/{alert.pk}/close/", OUTCOME)
    wanted = ["safety_alert_opened", "safety_alert_taken", "safety_alert_closed"]
    entries = AuditEntry.objects.filter(pk__gt=before, subject_kind="safetyalert").order_by("id")
    assert [entry.action for entry in entries] == wanted
    assert {entry.record_number for entry in entries} == {cast.patient.record_number}
    assert {entry.subject_id for entry in entries} == {str(alert.pk)}


def test_a_note_whose_session_had_ended_comes_back_after_sign_in(cast: Cast) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    client, form = Client(), of_owner(cast.treating, OUTCOME)
    page = text_of(client.post(f"/safety/{alert.pk}/close/", form), status=401)
    sealed = page.split('name="resume" value="')[1].split('"')[0]
    alert.refresh_from_db()
    assert alert.closed_at is None
    back = client.post("/sign-in/", {"username": "treating", "password": PASSWORD, "resume": sealed})
    page = text_of(client.get(back["Location"]))
    assert OUTCOME["note"] in page
    assert "nothing was stored yet" in page


def test_somebody_who_took_it_after_their_session_had_ended_comes_back_to_the_alert(cast: Cast) -> None:
    alert = raised(cast.patient)
    client = Client()
    text_of(client.post(f"/safety/{alert.pk}/take/", of_owner(cast.treating, {})), status=401)
    response = signed_in(client, cast.treating).get(f"/safety/{alert.pk}/take/")
    assert (response.status_code, response["Location"]) == (302, f"/safety/{alert.pk}/")
    alert.refresh_from_db()
    assert alert.taken_by is None


def test_with_the_key_store_down_the_page_opens_and_closing_keeps_the_words(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    keys_away(monkeypatch)
    assert "words cannot be opened" in page_of(treating, alert)
    page = text_of(treating.post(f"/safety/{alert.pk}/close/", OUTCOME), status=422)
    assert "The alert is as it was" in page
    assert OUTCOME["note"] in page
    alert.refresh_from_db()
    assert alert.closed_at is None


def test_the_title_carries_no_name_and_no_clinical_word(treating: Client, cast: Cast) -> None:
    title = page_of(treating, raised(cast.patient)).split("<title>")[1].split("</title>")[0]
    assert title.split(" ·")[0].strip() == "Alert"


def test_an_unknown_alert_is_no_page(treating: Client, cast: Cast) -> None:
    assert treating.get("/safety/5f0f3b0e-9a0c-4f5e-9a52-0d6a3a1c7f11/").status_code == 404


def test_the_page_says_who_answers_another_alert_of_the_same_person(outsider: Client, cast: Cast) -> None:
    taken(raised(cast.patient), cast.treating)
    newer = raised(cast.patient)
    page = text_of(outsider.get(f"/safety/{newer.pk}/"))
    assert "Taken by Dr Maya Okonkwo: speak with them before you ring." in page
    assert "Also open for this person" not in text_of(
        outsider.get(f"/safety/{raised(cast.other_patient).pk}/")
    )
