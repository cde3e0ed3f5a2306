"""Responses on their way in: the safety question first, stored once and sealed, totals as observations."""

import datetime as dt
import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from audit.models import AuditEntry
from clinic import consent, keys
from clinic.actor import SOFTWARE, Actor
from clinic.intake import NotKept
from clinic.models.consent import Purpose, Source
from clinic.models.imported import ImportBatch, ImportedResource
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.models.questionnaire import Mode, QuestionnaireResponse, SafetyState
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.questionnaires import catalogue, danger
from clinic.questionnaires.record import NewResponse, record_responses
from clinic.questionnaires.scoring import UnfitAnswer, band_of
from clinic.safety.detect import ITEM_9, ITEM_9_IMPORTED, ITEM_9_UNANSWERED
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.forms import adding_up_to, answers, filled, stored
from tests.integration.dashboard.portal.pages import keys_away

pytestmark = ROLLED_BACK


def imported_resource(cast: Cast, patient: Patient) -> ImportedResource:
    batch = ImportBatch.objects.create(format="fhir", content_digest="0" * 64, counts={}, happened_at=NOW)
    row = ImportedResource(
        patient=patient, batch=batch, resource_type="QuestionnaireResponse", identity=uuid4().hex
    )
    row.seal(cast.ring, body="{}")
    row.save()
    return row


def test_answers_are_kept_sealed_with_the_version_that_was_filled_in(cast: Cast) -> None:
    given = adding_up_to("phq9", 12)
    made = filled(cast.patient, "phq9", given).response
    row = QuestionnaireResponse.objects.get()
    assert made == row
    assert (row.instrument.key, row.instrument.version, row.mode) == ("phq9", "1.0", Mode.SELF)
    assert (row.total, row.missing, row.language, row.validated) == (12, 0, "en", True)
    assert row.local_date == NOW.date()
    assert json.loads(row.unseal(cast.ring, "answers")) == given
    assert b"44250" not in bytes(row.answers)


@pytest.mark.parametrize(
    ("key", "signal"), [("phq9", Signal.PHQ9), ("phq8", Signal.PHQ8), ("gad7", Signal.GAD7)]
)
def test_a_total_becomes_an_observation_that_names_its_response(cast: Cast, key: str, signal: Signal) -> None:
    made = filled(cast.patient, key, adding_up_to(key, 11)).response
    observation = Observation.objects.get()
    assert (observation.signal, observation.value, observation.source) == (signal, 11, Source.QUESTIONNAIRE)
    assert observation.response == made


def test_without_a_total_there_is_no_observation(cast: Cast) -> None:
    made = filled(cast.patient, "gad7", answers("gad7", [1, 1, 1, None, 1, 1, 1])).response
    assert made is not None
    assert (made.total, made.missing) == (None, 1)
    assert not Observation.objects.exists()


def test_a_form_sent_twice_is_stored_once(cast: Cast) -> None:
    form = uuid4()
    once = filled(cast.patient, submission=form)
    again = filled(cast.patient, submission=form)
    assert (once.is_new, again.is_new, again.response) == (True, False, once.response)
    assert QuestionnaireResponse.objects.count() == Observation.objects.count() == 1
    assert AuditEntry.objects.filter(action="questionnaire_answered").count() == 1


def test_a_correction_supersedes_and_keeps_what_was_before(cast: Cast) -> None:
    before = filled(cast.patient, "gad7", adding_up_to("gad7", 3)).response
    after = filled(cast.patient, "gad7", adding_up_to("gad7", 9), supersedes=before).response
    assert QuestionnaireResponse.objects.count() == 2
    standing = Observation.objects.get(superseded_at=None)
    assert (standing.value, standing.response) == (9, after)
    assert AuditEntry.objects.filter(action="questionnaire_corrected").count() == 1


def test_item_9_opens_an_urgent_alert_with_that_answer_and_no_other_whatever_the_total_is(cast: Cast) -> None:
    found = filled(cast.patient, "phq9", adding_up_to("phq9", 4, last=1))
    [alert] = SafetyAlert.objects.all()
    assert (found.notice.alert, alert.level, alert.rules) == (alert, AlertLevel.URGENT, [ITEM_9])
    assert alert.unseal(cast.ring, "words") == (
        "Thoughts that you would be better off dead, or of hurting yourself in some way: Several days"
    )
    assert found.response is not None
    assert found.response.safety_state == SafetyState.REPORTED


def test_item_9_answered_0_opens_nothing_and_says_only_that_nothing_was_reported(cast: Cast) -> None:
    found = filled(cast.patient, "phq9", adding_up_to("phq9", 24))
    assert found.notice.alert is None
    assert found.response is not None
    assert found.response.safety_state == SafetyState.NOT_REPORTED
    assert str(SafetyState.NOT_REPORTED.label) == "Did not report on this form"


def test_a_planted_detector_that_looks_at_the_total_would_miss_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_total(definition: object, given: dict[str, int | None], **_more: bool) -> object:
        return danger.NOTHING if sum(value or 0 for value in given.values()) < 10 else None

    monkeypatch.setattr(danger, "found_in", by_total)
    assert filled(cast.patient, "phq9", adding_up_to("phq9", 4, last=1)).notice.alert is None


def test_item_9_left_out_is_unknown_and_makes_a_line_for_the_psychologist(cast: Cast) -> None:
    found = filled(cast.patient, "phq9", answers("phq9", [1] * 8 + [None]))
    assert found.response is not None
    assert (found.response.safety_state, found.response.total) == (SafetyState.UNANSWERED, None)
    [alert] = SafetyAlert.objects.all()
    assert (alert.level, alert.rules) == (AlertLevel.CONCERN, [ITEM_9_UNANSWERED])
    assert alert.unseal(cast.ring, "words").endswith("not answered")


def test_without_consent_nothing_is_stored_and_item_9_is_read_all_the_same(cast: Cast) -> None:
    consent.withdraw(
        patient=cast.patient, source=Source.QUESTIONNAIRE, purpose=Purpose.KEEP, by=cast.as_patient, at=NOW
    )
    found = filled(cast.patient, "phq9", adding_up_to("phq9", 3, last=3))
    assert (found.response, found.not_kept) == (None, NotKept.NO_CONSENT)
    assert found.notice.alert is not None
    assert not QuestionnaireResponse.objects.exists()


def test_with_the_key_store_away_an_alert_opens_without_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_away(monkeypatch)
    found = filled(cast.patient, "phq9", adding_up_to("phq9", 3, last=3))
    assert (found.response, found.not_kept) == (None, NotKept.NO_KEYS)
    assert found.notice.alert is not None
    assert found.notice.alert.words is None


def test_danger_in_imported_answers_calls_nobody_and_makes_a_line_with_its_date(cast: Cast) -> None:
    then = NOW - dt.timedelta(days=400)
    filled(
        cast.patient,
        "phq9",
        adding_up_to("phq9", 20, last=2),
        at=then,
        mode=Mode.IMPORTED,
        source=Source.IMPORTED,
        validated=False,
        imported_from=imported_resource(cast, cast.patient),
    )
    [alert] = SafetyAlert.objects.all()
    assert (alert.level, alert.rules, alert.happened_at) == (AlertLevel.CONCERN, [ITEM_9_IMPORTED], then)
    row = QuestionnaireResponse.objects.get()
    assert (row.mode, row.source, row.validated) == (Mode.IMPORTED, Source.IMPORTED, False)
    assert Observation.objects.get().imported_from == row.imported_from
    assert not AuditEntry.objects.filter(action="questionnaire_answered").exists()


def test_many_forms_of_many_people_take_few_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = catalogue.register()["gad7"]
    entries = [
        NewResponse(
            submission=uuid4(),
            patient=patient,
            instrument=row,
            answers=adding_up_to("gad7", number % 19),
            happened_at=NOW - dt.timedelta(days=number),
        )
        for number in range(40)
        for patient in (cast.patient, cast.other_patient)
    ]
    with django_assert_max_num_queries(13):
        made = record_responses(entries=entries, by=SOFTWARE, at=NOW)
    assert len({each.response for each in made}) == Observation.objects.count() == 80
    assert keys.ring([cast.other_patient.pk])


def test_an_answer_that_is_not_offered_stores_nothing(cast: Cast) -> None:
    with pytest.raises(UnfitAnswer), transaction.atomic():
        filled(cast.patient, "phq9", {"44250-9": 7})
    assert not QuestionnaireResponse.objects.exists()


def test_a_new_version_with_another_band_leaves_old_responses_at_the_old_version(cast: Cast) -> None:
    old = filled(cast.patient, "phq9", adding_up_to("phq9", 10)).response
    body = dict(catalogue.register()["phq9"].body)
    body |= {"version": "1.1", "bands": [{"lowest": 0, "highest": 27, "name": "any"}]}
    new = stored(body)
    entry = NewResponse(
        submission=uuid4(),
        patient=cast.patient,
        instrument=new,
        answers=adding_up_to("phq9", 10),
        happened_at=NOW,
    )
    record_responses(entries=[entry], by=Actor(cast.patient.user, "patient"), at=NOW)
    assert old is not None
    versions = QuestionnaireResponse.objects.values_list("instrument__version", flat=True)
    assert sorted(versions) == ["1.0", "1.1"]
    names = [band_of(catalogue.of_row(each), 10) for each in (old.instrument, new)]
    assert [band.name if band else "" for band in names] == ["moderate", "any"]


def test_a_file_that_changes_needs_a_new_version(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    text, definition = catalogue.shipped()["gad7"]
    assert catalogue.register() == catalogue.register()
    changed = {"gad7": (text.replace("anxious", "restless"), replace(definition))}
    monkeypatch.setattr(catalogue, "shipped", lambda: changed)
    with pytest.raises(catalogue.InstrumentError, match=r"gad7 1\.0 was changed without a new version"):
        catalogue.register()
