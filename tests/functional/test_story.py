"""The promise from end to end: a check-in, a real worker, a draft, a signature, and the patient's page."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from clinic import keys
from clinic.clock import now
from clinic.models.outbox import OutboxMessage
from clinic.models.patient import Patient
from recommendations import readings, wording
from recommendations.models.suggestion import Suggestion
from recommendations.words import PlanWords, draft_words
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import FALLING, check_ins, screened
from tests.functional import acts
from tests.functional.acts import Changed
from tests.functional.addresses import paths
from tests.functional.browsing import PHONE, Browsing, sign_in
from tests.functional.overheard import Overheard, plain, sentences
from tests.functional.site import Site

pytestmark = [COMMITTED, pytest.mark.browser]

CHANGED = Changed(
    title="Ten quiet minutes outside",
    words="Step outside for ten minutes on two days.\nTake the dog if you like.",
    dose="Twice this week.",
    stop_rule="Leave it if it makes the day harder.",
)
NOTE = "Could not get up before noon."
PERSON = {"Amara", "Nwosu"}


@pytest.fixture(scope="module")
def scoring(site: Site) -> Iterator[None]:
    """A worker and a publisher at work."""
    with site.scoring():
        yield


def a_past(cast: Cast) -> None:
    """Five weeks of check-ins up to yesterday, which nobody has scored yet."""
    check_ins(cast.patient, FALLING[:-1], last=now() - dt.timedelta(days=1))
    screened(cast.patient, cast.treating, at=now())
    OutboxMessage.objects.all().delete()
    assert not Suggestion.objects.exists()


def drafts_of(patient: Patient) -> list[PlanWords]:
    """The words of the open drafts."""
    ring = keys.ring([patient.pk])
    found = Suggestion.objects.filter(patient=patient, state="open").select_related("patient")
    return [draft_words(draft, ring) for draft in found.order_by("code")]


def never_signed(cast: Cast, *drafts: PlanWords) -> set[str]:
    """Every sentence by AI that nobody has signed: of these drafts, and the estimate's."""
    reading = readings.latest([cast.patient.pk])[cast.patient.pk]
    texts = [text for each in drafts for text in (each.title, each.words, each.dose, each.stop_rule)]
    return sentences(*texts, wording.estimate_sentence(reading))


def decide(page: Page, draft: PlanWords) -> None:
    """The psychologist reads the evidence, changes the words and signs them."""
    acts.open_from_queue(page, draft.title)
    assert all(piece.count("\n") for piece in acts.open_evidence(page))
    acts.change_words(page, CHANGED)
    acts.fill_signature(page, reason="Tone")
    acts.press_sign(page)
    page.get_by_text("Signed. Amara Nwosu can read it now.").wait_for()


def every_path(cast: Cast) -> list[str]:
    """All addresses of the site, as if this patient knew all ids of their own record."""
    draft = Suggestion.objects.filter(patient=cast.patient, state="open").values_list("pk", flat=True)[0]
    known = dict.fromkeys(
        (
            "draft",
            "publication",
            "alert_id",
            "check_in",
            "user_id",
            "care_id",
            "invitation_id",
            "code",
            "question",
            "token_id",
            "response",
            "response_id",
            "assignment_id",
            "appointment",
            "handed",
            "slot_id",
            "absence_id",
            "trial_id",
            "task_id",
        ),
        str(draft),
    )
    known |= {"instrument": "phq9", "section": "coping", "step": "planned_walk"}
    return sorted(
        path for name, path in paths(known | {"ref": cast.patient.record_number}).items() if name != "leave"
    )


def as_administrator(page: Page, cast: Cast) -> str:
    """What the administrator reads about the record, and on every page of theirs."""
    page.goto(f"/manage/audit/?record={cast.patient.record_number}")
    entries = page.locator("main").inner_text()
    for path in ("/manage/people/", "/manage/teams/", "/manage/switch/"):
        page.goto(path)
        assert not PERSON & set(page.content().split())
    return entries


@pytest.mark.usefixtures("scoring")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_patient_reads_exactly_the_signed_words_and_no_other_word_of_any_draft(
    cast: Cast, site: Site, browsing: Browsing, scripts: bool
) -> None:
    a_past(cast)
    heard = Overheard()
    patient = browsing.window(size=PHONE, scripts=scripts)
    heard.listen(patient.context)
    sign_in(patient, "amara")
    acts.check_in(patient, 2, NOTE)
    site.wait_until_scored()
    first, *others = drafts_of(cast.patient)
    assert others
    decide(browsing.signed_in("treating", scripts=scripts), first)
    patient.goto("/my/plan/")
    shown = plain(patient.locator("main").inner_text())
    assert all(plain(text) in shown for text in (CHANGED.title, CHANGED.dose, CHANGED.stop_rule))
    assert patient.locator(".words").all_inner_texts() == [CHANGED.words]
    assert {heard.ask(patient, path) for path in every_path(cast)} == {200, 404, 405, 422}
    assert heard.with_any_of(never_signed(cast, first, *others)) == []
    assert heard.with_any_of(sentences(CHANGED.words)), "the search finds what is there"
    entries = as_administrator(browsing.signed_in("administrator", scripts=scripts), cast)
    for action in ("Saved a check-in", "A suggestion was drafted", "Changed a suggestion and approved it"):
        assert action in entries
    assert cast.patient.record_number in entries
    private = PERSON | sentences(CHANGED.words, NOTE) | never_signed(cast, first, *others)
    assert not [each for each in private if each in entries]
    assert not [each for each in private if each in plain(site.logs())], "mail goes there too"
