"""The demonstration clinic: made by the real operations, with every state that a stranger should be able to see."""

import datetime as dt

import pytest

from clinic import keys
from clinic.clock import now
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from recommendations import contraindications, publications, readings
from recommendations.demo.people import PATIENTS, SHOWN
from recommendations.demo.seed import seed
from recommendations.demo.stories import entries_of
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words
from tests.database import COMMITTED


@pytest.mark.django_db(databases=["default", "keystore"])
def test_check_ins_are_the_same_in_every_clone_but_for_the_dates() -> None:
    at = now()
    for person in PATIENTS:
        once, again = entries_of(person, now=at), entries_of(person, now=at)
        assert once == again
        assert all(entry.happened_at <= at for entry in once)


@COMMITTED
@pytest.mark.parametrize("time", [dt.time(0, 4), dt.time(23, 50)], ids=["after midnight", "before midnight"])
def test_every_state_can_be_seen_and_the_shown_patient_has_a_signed_plan_and_a_draft_that_waits(
    time: dt.time,
) -> None:
    at = dt.datetime.combine(now().date() - dt.timedelta(days=1), time, dt.UTC)
    seed(now=at, report=lambda step: None)
    shown = Patient.objects.get(user__sign_in_name=SHOWN[1].sign_in_name)
    ring = keys.ring([shown.pk])
    published = publications.of_patient(shown, ring, at=at)
    waiting = Suggestion.objects.filter(patient=shown, state="open").select_related("patient")
    assert len(published.plan) == 1
    assert published.plan[0].signed.with_ai
    assert published.plan[0].signed.changed
    assert waiting.exists()
    for each in waiting:
        assert draft_words(each, ring).words not in str(published)
    latest = readings.latest(Patient.objects.values_list("pk", flat=True))
    assert {"likely_worse", "no_change", "unsure", "not_scored"} <= {
        each.direction for each in latest.values()
    }
    assert {"gap", "too_few_days"} <= {each.held_back for each in latest.values()}
    assert {"open", "approved", "rejected", "withdrawn", "deferred", "asked"} == set(
        Suggestion.objects.values_list("state", flat=True)
    )
    assert {"approved", "amended", "rejected"} == set(Review.objects.values_list("verdict", flat=True))
    taken = sorted(bool(alert.taken_at) for alert in SafetyAlert.objects.all())
    assert set(taken) == {False, True}
    assert SafetyAlert.objects.filter(categories__contains=["reported_effect"], level=1).exists()
    blocked_person = Patient.objects.get(record_number="CS-20311")
    assert contraindications.blocked(blocked_person, latest[blocked_person.pk])


@COMMITTED
@pytest.mark.parametrize("hour", [0, 4, 9, 15, 23])
def test_at_any_hour_the_shown_patient_has_a_signed_plan_and_one_draft_that_waits(
    hour: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommendations.demo.seed.PATIENTS", PATIENTS[:1])
    at = (now() - dt.timedelta(days=1)).replace(hour=hour, minute=7)
    seed(now=at, report=lambda step: None)
    states = Suggestion.objects.order_by("waiting_since").values_list("code", "state")
    assert list(states) == [("behavioural_activation", "approved"), ("planned_walk", "open")]
