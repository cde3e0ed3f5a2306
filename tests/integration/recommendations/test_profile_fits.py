"""Facts of the profile and drafts: what is chosen, what is withheld, and what happens to drafts that wait."""

from uuid import uuid4

import pytest

from audit.models import AuditEntry
from clinic import profile
from clinic.activities import Mark, Verdict
from clinic.fact_rows import NewFact
from clinic.models.outbox import OutboxMessage
from clinic.models.profile import Origin, ProfileFact, Topic
from clinic.models.screening import ScreeningState
from recommendations import fitting, permissions, pipeline, tasks
from recommendations.evidence import Side, Weight, pieces_of
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from recommendations.situation import PARTS, SituationChanged
from recommendations.wording import sentence
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_ins, open_drafts, screened
from tests.signing import opened, signed, written

pytestmark = ROLLED_BACK

WALKS, PLANS = "planned_walk", "behavioural_activation"


def known(cast: Cast, activity: str, verdict: Verdict) -> ProfileFact:
    """Recorded by the treating psychologist, with what follows."""
    fact = NewFact(topic=Topic.HELPS, origin=Origin.STAFF, words="…", code=Mark(activity, verdict).code)
    return permissions.record_fact(patient=cast.patient, fact=fact, by=cast.treating, at=NOW)


def told(cast: Cast, activity: str, verdict: Verdict) -> ProfileFact:
    """Said by the patient."""
    made = permissions.tell_fact(
        patient=cast.patient,
        topic=Topic.HELPS,
        words="…",
        mark=Mark(activity, verdict),
        submission=uuid4(),
        by=cast.as_patient,
        at=NOW,
    )
    assert made.fact
    return made.fact


def drafted(cast: Cast) -> set[str]:
    pipeline.score([cast.patient.pk], at=NOW)
    return waiting(cast)


def waiting(cast: Cast) -> set[str]:
    rows = Suggestion.objects.filter(patient=cast.patient, state="open")
    return set(rows.values_list("code", flat=True))


@pytest.fixture
def _fallen(cast: Cast) -> None:
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)


@pytest.mark.usefixtures("_fallen")
def test_what_helped_is_drafted_and_its_evidence_names_the_fact_with_source_day_and_weight(
    cast: Cast,
) -> None:
    fact = told(cast, "walking", Verdict.HELPED)
    assert drafted(cast) == {WALKS}
    piece = next(each for each in pieces_of(Suggestion.objects.get().facts) if "fact" in each.figures)
    day = f"{NOW.day} {NOW:%B} {NOW.year}"
    assert (piece.key, piece.side, piece.weight) == (f"profile_{fact.pk}", Side.FOR, Weight.STRONG)
    assert sentence(piece).text == f"Walking has helped before (said by the person, {day})."
    assert sentence(piece).weight == "strong weight"


@pytest.mark.usefixtures("_fallen")
@pytest.mark.parametrize("verdict", [Verdict.NO_HELP, Verdict.UNWANTED, Verdict.IMPOSSIBLE])
def test_what_a_fact_speaks_against_is_not_drafted(cast: Cast, verdict: Verdict) -> None:
    known(cast, "walking", verdict)
    assert drafted(cast) == {PLANS}


@pytest.mark.usefixtures("_fallen")
def test_a_contraindication_holds_against_what_helped(cast: Cast) -> None:
    screened(cast.patient, cast.treating, cardiac=ScreeningState.PRESENT)
    told(cast, "walking", Verdict.HELPED)
    assert drafted(cast) == {PLANS}


@pytest.mark.usefixtures("_fallen")
def test_facts_from_another_system_and_of_another_person_change_nothing(cast: Cast) -> None:
    known(cast, "walking", Verdict.NO_HELP)
    row = NewFact(
        topic=Topic.HELPS, origin=Origin.IMPORTED, words="…", code=Mark("small_plans", Verdict.NO_HELP).code
    )
    profile.record(patient=cast.patient, fact=row, by=cast.treating, at=NOW)
    other = NewFact(
        topic=Topic.HELPS, origin=Origin.STAFF, words="…", code=Mark("small_plans", Verdict.NO_HELP).code
    )
    profile.record(patient=cast.other_patient, fact=other, by=cast.other_psychologist, at=NOW)
    assert drafted(cast) == {PLANS}


@pytest.mark.usefixtures("_fallen")
def test_the_words_of_a_fact_without_a_mark_are_not_read(cast: Cast) -> None:
    fact = NewFact(topic=Topic.HELPS, origin=Origin.STAFF, words="Walking does not help")
    permissions.record_fact(patient=cast.patient, fact=fact, by=cast.treating, at=NOW)
    assert drafted(cast) == {WALKS, PLANS}
    assert not OutboxMessage.objects.filter(task="recommendations.tasks.look_again").exists()


def test_a_waiting_draft_is_withdrawn_at_once_when_staff_record_that_it_does_not_help(cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    known(cast, "walking", Verdict.NO_HELP)
    assert waiting(cast) == {PLANS}
    entry = AuditEntry.objects.get(action="suggestion_withdrawn")
    assert (entry.reason, entry.actor_id) == ("profile", cast.treating.user and cast.treating.user.pk)
    assert OutboxMessage.objects.filter(task="recommendations.tasks.score_patients").exists()


def test_when_the_patient_says_it_a_worker_withdraws_it_and_help_never_waits_for_that(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The patient's request takes no lock that scoring holds: it only asks for the look."""
    open_drafts(cast.patient, cast.treating)
    with monkeypatch.context() as patched:
        patched.setattr(permissions, "_lock", lambda patient: pytest.fail("the request would wait"))
        told(cast, "walking", Verdict.UNWANTED)
    (asked,) = OutboxMessage.objects.filter(task="recommendations.tasks.look_again")
    tasks.look_again(**asked.arguments)
    assert waiting(cast) == {PLANS}
    tasks.look_again(**asked.arguments)
    assert waiting(cast) == {PLANS}


def test_a_draft_that_rests_on_a_fact_is_withdrawn_when_the_fact_ends_or_is_corrected(cast: Cast) -> None:
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    fact = known(cast, "walking", Verdict.HELPED)
    assert drafted(cast) == {WALKS}
    permissions.end_fact(fact=fact, by=cast.treating, at=NOW)
    assert waiting(cast) == set()
    assert drafted(cast) == {WALKS, PLANS}


def test_a_fact_about_something_else_leaves_waiting_drafts_alone(cast: Cast) -> None:
    before = {each.pk for each in open_drafts(cast.patient, cast.treating)}
    known(cast, "breathing", Verdict.NO_HELP)
    assert {each.pk for each in Suggestion.objects.filter(state="open")} == before


def test_what_is_ended_or_corrected_does_not_count_any_more(cast: Cast) -> None:
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    fact = known(cast, "walking", Verdict.NO_HELP)
    permissions.correct_fact(
        fact=fact, words="…", dated="", code=Mark("breathing", Verdict.NO_HELP).code, by=cast.treating, at=NOW
    )
    assert drafted(cast) == {WALKS, PLANS}


@pytest.mark.parametrize("say", [known, told])
def test_a_signature_in_the_making_is_void_once_the_profile_says_something_of_an_activity(
    cast: Cast, say: object
) -> None:
    open_drafts(cast.patient, cast.treating)
    page = opened(Suggestion.objects.get(code=PLANS), cast.treating)
    own = written(cast.patient, cast.treating)
    say(cast, "walking", Verdict.NO_HELP)  # type: ignore[operator]
    for each in (page, own):
        with pytest.raises(SituationChanged) as refused:
            signed(each, cast.treating)
        assert refused.value.sentences == [PARTS["profile"]]
    assert not Publication.objects.exists()


def test_planted_fault_without_the_look_at_waiting_drafts_the_draft_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_drafts(cast.patient, cast.treating)
    monkeypatch.setattr(fitting, "drafts_out_of_place", lambda patient: [])
    known(cast, "walking", Verdict.NO_HELP)
    assert WALKS in waiting(cast)
