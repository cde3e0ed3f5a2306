"""From a reading to drafts: what is indicated, what blocks it, and when the same step rests."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from clinic import ai
from clinic.models.screening import ScreeningState
from recommendations import contraindications, permissions, pipeline, review
from recommendations.catalogue import entries
from recommendations.evidence import pieces_of
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.readings import latest
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_ins, screened

pytestmark = ROLLED_BACK

STEADY = (6, 7, 6, 6, 7, 6, 5) * 5


def score(cast: Cast, *, at: dt.datetime = NOW, history: bool = False) -> pipeline.Scored:
    return pipeline.score([cast.patient.pk], at=at, history=history)


@pytest.fixture
def _fallen(cast: Cast) -> None:
    """Every rule that looks for a fall is met and nothing stands against any step."""
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)


@pytest.mark.usefixtures("_fallen")
def test_a_steady_person_gets_a_reading_and_no_draft(cast: Cast) -> None:
    check_ins(cast.other_patient, STEADY)
    screened(cast.other_patient, cast.other_psychologist)
    scored = pipeline.score([cast.patient.pk, cast.other_patient.pk], at=NOW)
    assert scored == pipeline.Scored(patients=2, readings=2, drafts=2)
    assert set(Suggestion.objects.values_list("patient", flat=True)) == {cast.patient.pk}


@pytest.mark.usefixtures("_fallen")
def test_a_draft_names_its_reading_releases_and_measured_facts(cast: Cast) -> None:
    score(cast)
    for draft in Suggestion.objects.select_related("reading", "release", "intervention"):
        assert draft.reading == MoodReading.objects.get()
        assert (draft.release.name, draft.reading.release.name) == ("suggest-1", "mood-1")
        assert draft.intervention.body["title"] == entries()[draft.code].title
        assert {"below_usual", "level", "only_check_ins"} <= {piece.key for piece in pieces_of(draft.facts)}
        assert AuditEntry.objects.filter(action="suggestion_drafted", subject_id=str(draft.pk)).exists()


@pytest.mark.usefixtures("_fallen")
@pytest.mark.parametrize("state", [ScreeningState.PRESENT, ScreeningState.UNKNOWN])
def test_a_blocked_step_is_not_drafted_and_the_page_can_say_why(cast: Cast, state: ScreeningState) -> None:
    screened(cast.patient, cast.treating, mania=state)
    score(cast)
    assert list(Suggestion.objects.values_list("code", flat=True)) == ["planned_walk"]
    ((entry, against),) = contraindications.blocked(cast.patient, latest([cast.patient.pk])[cast.patient.pk])
    assert entry.code == "behavioural_activation"
    assert against == [contraindications.Block("mania", state)]


@pytest.mark.usefixtures("_fallen")
def test_where_unknown_does_not_block_the_step_is_drafted(cast: Cast) -> None:
    screened(cast.patient, cast.treating, unsafe_setting=ScreeningState.UNKNOWN)
    score(cast)
    assert "behavioural_activation" in set(Suggestion.objects.values_list("code", flat=True))


def test_a_person_who_was_never_screened_gets_no_step_that_needs_it(cast: Cast) -> None:
    check_ins(cast.patient)
    score(cast)
    needing = {
        code
        for code, entry in entries().items()
        if any(each.must_be_known for each in entry.contraindications)
    }
    assert needing
    assert not needing & set(Suggestion.objects.values_list("code", flat=True))


@pytest.mark.usefixtures("_fallen")
def test_after_a_decision_the_same_step_rests_for_four_weeks_and_is_drafted_again_then(cast: Cast) -> None:
    """Counted from the decision, not from the draft: one that waited long is not drafted again at once."""
    score(cast)
    decided_at = NOW + dt.timedelta(days=27)
    for draft in Suggestion.objects.filter(state="open"):
        review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=cast.treating, at=decided_at)
    for days, drafts in ((2, 0), (29, 2)):
        falling = decided_at + dt.timedelta(days=days)
        check_ins(cast.patient, last=falling)
        assert score(cast, at=falling).drafts == drafts


@pytest.mark.usefixtures("_fallen")
def test_a_withdrawn_draft_does_not_rest(cast: Cast) -> None:
    score(cast)
    stop = permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"withdrawn"}
    ai.ask_restart(stop=stop, by=cast.treating, at=NOW)
    ai.confirm_restart(stop=stop, by=cast.administrator, at=NOW)
    assert score(cast).drafts == 2
