"""A step that is withdrawn as unsafe: all its versions, every open draft and every signed step, for everybody."""

import datetime as dt

import pytest
from django.db import IntegrityError

from audit.models import AuditEntry
from clinic import keys
from recommendations import publications
from recommendations.catalogue import texts, unsafe, write
from recommendations.catalogue.texts import Text, TextState
from recommendations.catalogue.unsafe import Reach
from recommendations.catalogue.write import TextRefused
from recommendations.models.intervention import UnsafeStep
from recommendations.models.publication import PublicationStop
from recommendations.models.suggestion import Suggestion
from recommendations.review import ReviewRefused
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts, proof

pytestmark = ROLLED_BACK

CODE = "behavioural_activation"
LATER = NOW + dt.timedelta(hours=1)


def held(cast: Cast, *, ground: str = "harm") -> Reach:
    return unsafe.hold_unsafe(code=CODE, ground=ground, by=cast.treating, at=LATER)


def another_version(cast: Cast, *, title: str = "One small thing") -> Text:
    before = texts.of_code(CODE)[0].entry
    write.write_version(
        body=before.body | {"title": title}, based_on=before.digest, by=cast.treating, at=LATER
    )
    return texts.of_code(CODE)[0]


def signed(cast: Cast, text: Text) -> None:
    given = proof(cast.treating, at=LATER)
    write.sign_text(text=text, seen=text.entry.digest, proof=given, by=cast.treating, at=LATER)


def states() -> list[TextState]:
    return [text.state for text in texts.of_code(CODE)]


def test_what_came_from_an_older_version_is_stopped_too(cast: Cast) -> None:
    """The clinic signs a version with one more sentence, then finds the step unsafe: the older one is what people
    have."""
    first, second = open_drafts(cast.patient, cast.treating)
    kept = approved(second, cast.treating)
    other = open_drafts(cast.other_patient, cast.other_psychologist)[0]
    stopped = approved(other, cast.other_psychologist)
    assert first.code == other.code == CODE
    signed(cast, another_version(cast))
    assert held(cast) == Reach(versions=2, drafts=1, steps=1, people=2)
    first.refresh_from_db()
    assert first.state == "withdrawn"
    stop = PublicationStop.objects.get()
    assert (stop.publication_id, stop.reason) == (stopped.pk, "text_unsafe")
    standing = publications.for_staff(cast.patient, keys.ring([cast.patient.pk]), at=LATER)
    assert [step.publication_id for step in standing if not step.stop] == [kept.pk]
    assert set(states()) == {TextState.UNSAFE}
    assert CODE not in texts.standing()
    assert AuditEntry.objects.filter(action="step_held_unsafe").count() == 1


def test_what_is_announced_is_what_happens_and_it_happens_once(cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    approved(open_drafts(cast.other_patient, cast.other_psychologist)[0], cast.other_psychologist)
    announced = unsafe.reach(CODE, at=LATER)
    assert announced == held(cast) == Reach(versions=1, drafts=1, steps=1, people=2)
    with pytest.raises(TextRefused, match="already"):
        held(cast)


@pytest.mark.parametrize("ground", ["", "not_said", "anything"])
def test_nothing_stops_without_a_ground(cast: Cast, ground: str) -> None:
    open_drafts(cast.patient, cast.treating)
    with pytest.raises(TextRefused, match="why it is unsafe"):
        held(cast, ground=ground)
    assert texts.standing()[CODE]
    assert not UnsafeStep.objects.exists()


def test_a_step_that_is_no_longer_used_can_still_be_found_unsafe(cast: Cast) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    approved(draft, cast.treating)
    write.end_use(row=draft.intervention, by=cast.treating, at=LATER)
    assert held(cast).steps == 1
    assert states() == [TextState.UNSAFE]


def test_a_draft_of_an_unsafe_step_cannot_be_signed_even_where_it_is_open_and_of_another_version(
    cast: Cast,
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    signed(cast, another_version(cast))
    held(cast)
    Suggestion.objects.filter(pk=draft.pk).update(state="open")
    draft.refresh_from_db()
    with pytest.raises(ReviewRefused, match="withdrew this step as unsafe"):
        approved(draft, cast.treating)


def test_planted_fault_a_review_that_does_not_ask_is_caught_by_the_database(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    held(cast)
    Suggestion.objects.filter(pk=draft.pk).update(state="open")
    draft.refresh_from_db()
    monkeypatch.setattr(texts, "is_unsafe", lambda row: False)
    with pytest.raises(IntegrityError, match="holds this step for unsafe"):
        approved(draft, cast.treating)


def test_a_version_that_was_written_before_is_not_signed_afterwards(cast: Cast) -> None:
    waiting = another_version(cast)
    held(cast)
    with pytest.raises(TextRefused, match="takes a new version"):
        signed(cast, waiting)


def test_only_a_new_signed_version_brings_the_step_back_and_nothing_that_was_stopped(cast: Cast) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    publication = approved(draft, cast.treating)
    held(cast, ground="words")
    after = another_version(cast, title="Something small and kind")
    signed(cast, after)
    assert states() == [TextState.STANDS, TextState.UNSAFE]
    assert PublicationStop.objects.filter(pk=publication.pk).exists()
    fresh = next(each for each in open_drafts(cast.other_patient, cast.treating) if each.code == CODE)
    assert fresh.intervention == after.row
    assert approved(fresh, cast.other_psychologist)


def test_nobody_but_a_psychologist_holds_a_step_for_unsafe(cast: Cast) -> None:
    with pytest.raises(TextRefused, match="Only a psychologist"):
        unsafe.hold_unsafe(code=CODE, ground="harm", by=cast.administrator, at=LATER)
    assert texts.standing()[CODE]
