"""What a patient reports about a step: it leaves the plan at once, and a person is told."""

import datetime as dt
from uuid import UUID, uuid4

import pytest

from audit.models import AuditEntry
from clinic import keys
from clinic.models.safety import SafetyAlert
from recommendations import pipeline, publications, reports, review
from recommendations.models.publication import Publication, PublicationStop
from recommendations.models.report import EffectReport
from recommendations.models.suggestion import Suggestion
from recommendations.reports import NewReport, Outcome, UnknownStep
from recommendations.review import ReviewRefused
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_ins, open_drafts
from tests.signing import signed, written

pytestmark = ROLLED_BACK

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def walk(cast: Cast) -> Publication:
    """A planned walk that the treating psychologist signed."""
    drafts = {draft.code: draft for draft in open_drafts(cast.patient, cast.treating)}
    return approved(drafts["planned_walk"], cast.treating)


def tell(
    cast: Cast, step: Publication, *signs: str, text: str = "", submission: UUID | None = None
) -> Outcome:
    entry = NewReport(step.pk, signs, text, submission or uuid4())
    return reports.report(patient=cast.patient, entry=entry, by=cast.as_patient, at=LATER)


def in_the_plan(cast: Cast, step: Publication) -> bool:
    """Whether staff see it standing; what the patient's door shows is tested with committed rows."""
    shown = publications.for_staff(cast.patient, keys.ring([cast.patient.pk]), at=LATER)
    return any(each.publication_id == step.pk and each.stop is None for each in shown)


def check_hidden(cast: Cast, step: Publication) -> None:
    assert not in_the_plan(cast, step), "a step after which something bad happened is still in the plan"


def test_a_reported_sign_takes_the_step_out_at_once_and_opens_a_line_for_the_psychologist(
    cast: Cast, walk: Publication
) -> None:
    outcome = tell(cast, walk, "worse", text="My knees shake afterwards.")
    check_hidden(cast, walk)
    stop = PublicationStop.objects.get()
    assert (stop.reason, stop.stopped_by, outcome.stopped) == ("stop_rule", cast.patient.user, True)
    alert = SafetyAlert.objects.get()
    assert (alert.level, alert.rules, alert.card) == (1, ["stop-sign:worse"], "")
    ring = keys.ring([cast.patient.pk])
    assert "I feel worse since I do this" in alert.unseal(ring, "words")
    assert EffectReport.objects.get().unseal(ring, "words") == "My knees shake afterwards."
    logged = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"effect_reported", "publication_stopped_by_report", "safety_alert_raised"} <= logged


def test_planted_fault_a_report_that_hides_nothing_is_caught(
    cast: Cast, walk: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "stop_reported", lambda **named: False)
    tell(cast, walk, "worse")
    with pytest.raises(AssertionError, match="still in the plan"):
        check_hidden(cast, walk)


def test_a_medical_sign_is_urgent_and_brings_the_card_of_a_medical_emergency(
    cast: Cast, walk: Publication
) -> None:
    outcome = tell(cast, walk, "worse", "chest_pain")
    assert outcome.alert is not None
    assert (outcome.alert.level, outcome.alert.card) == (2, "medical_emergency")


def test_words_of_danger_are_read_in_the_same_act(cast: Cast, walk: Publication) -> None:
    outcome = tell(cast, walk, "other", text="I want to kill myself")
    assert outcome.notice.alert is not None
    assert {alert.level for alert in SafetyAlert.objects.all()} >= {1, int(outcome.notice.detection.level)}
    check_hidden(cast, walk)


def test_nothing_bad_is_recorded_and_stops_nothing(cast: Cast, walk: Publication) -> None:
    assert not tell(cast, walk).stopped
    assert in_the_plan(cast, walk)
    assert not SafetyAlert.objects.exists()


def test_a_form_sent_twice_makes_one_report_one_stop_and_one_alert(cast: Cast, walk: Publication) -> None:
    submission = uuid4()
    first, second = (tell(cast, walk, "faint", submission=submission) for _ in range(2))
    assert (first.is_new, second.is_new) == (True, False)
    assert second.alert == first.alert
    assert EffectReport.objects.count() == PublicationStop.objects.count() == SafetyAlert.objects.count() == 1


def test_the_step_is_stopped_although_the_key_store_is_away(
    cast: Cast, walk: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(ids: object) -> keys.Ring:
        raise keys.KeysUnavailable

    monkeypatch.setattr(keys, "ring", away)
    outcome = tell(cast, walk, "worse", text="Not kept.")
    monkeypatch.undo()
    assert outcome.report.words is None
    check_hidden(cast, walk)


def test_nobody_reports_anothers_step_an_invented_sign_or_one_that_is_no_step(
    cast: Cast, walk: Publication
) -> None:
    for step, sign in ((walk.pk, "invented"), (uuid4(), "worse")):
        entry = NewReport(step, (sign,), "", uuid4())
        with pytest.raises(UnknownStep):
            reports.report(patient=cast.patient, entry=entry, by=cast.as_patient, at=LATER)
    entry = NewReport(walk.pk, ("worse",), "", uuid4())
    with pytest.raises(UnknownStep):
        reports.report(patient=cast.other_patient, entry=entry, by=cast.as_patient, at=LATER)
    with pytest.raises(ReviewRefused):
        review.stop_reported(publication_id=walk.pk, by=cast.treating, at=LATER)
    assert in_the_plan(cast, walk)


def test_a_reported_step_is_never_suggested_again_and_its_open_draft_is_withdrawn(
    cast: Cast, walk: Publication
) -> None:
    tell(cast, walk, "worse")
    falling = LATER + dt.timedelta(days=60)
    check_ins(cast.patient, last=falling)
    pipeline.score([cast.patient.pk], at=falling)
    drafts = Suggestion.objects.filter(state="open").values_list("code", flat=True)
    assert "planned_walk" not in set(drafts)


def test_a_draft_of_a_reported_step_cannot_be_signed_although_it_is_open(
    cast: Cast, walk: Publication
) -> None:
    draft = walk.signature.review.suggestion
    assert draft is not None
    tell(cast, walk, "worse")
    Suggestion.objects.filter(pk=draft.pk).update(state="open", round=2)
    draft.refresh_from_db()
    with pytest.raises(ReviewRefused, match="reported that something bad happened"):
        approved(draft, cast.treating)


def test_a_plan_that_a_psychologist_wrote_can_be_reported_with_fixed_words(cast: Cast) -> None:
    step = signed(written(cast.patient, cast.treating), cast.treating)[0]
    assert {code for code, _words in reports.asked_about(())} == {"medical", "worse", "other"}
    outcome = tell(cast, step, "medical")
    assert outcome.alert is not None
    assert outcome.alert.card == "medical_emergency"
    check_hidden(cast, step)
