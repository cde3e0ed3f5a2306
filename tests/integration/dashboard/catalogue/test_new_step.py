"""A step that the catalogue lacks: proposed, signed, drafted from, signed for a patient, stopped by a report."""

from uuid import uuid4

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic.models.screening import ScreeningState
from recommendations import pipeline, publications, reports
from recommendations.catalogue import texts, write
from recommendations.catalogue.texts import TextState
from recommendations.catalogue.write import TextRefused
from recommendations.models.intervention import Intervention
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_ins, screened
from tests.pages import Page, get
from tests.proposing import NEW_STEP
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

CODE = "time_outdoors"
ADDRESS = "/catalogue/new-step/"


@pytest.fixture
def treating(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast.treating)


def proposed(client: Client, **fields: object) -> Page:
    return get(client, ADDRESS).send(ADDRESS, NEW_STEP | fields)


def signed(page: Page) -> Page:
    return page.send("/sign/", {"statement": "on", "password": PASSWORD})


def drafted(cast: Cast) -> set[str]:
    pipeline.score([cast.patient.pk], at=NOW)
    return set(Suggestion.objects.filter(state="open").values_list("code", flat=True))


def test_it_is_proposed_from_the_list_and_waits_unsigned_with_who_wrote_it(
    treating: Client, cast: Cast
) -> None:
    assert "Propose a new step" in get(treating, "/catalogue/").words
    page = proposed(treating).follow()
    assert "Proposed. Nothing is suggested from it until it is signed." in page.words
    assert "Written by Dr Maya Okonkwo" in page.words
    (text,) = texts.of_code(CODE)
    assert (text.entry.version, text.state) == ("1.0.0", TextState.UNSIGNED)
    assert [(sign.code, sign.level, sign.card) for sign in text.entry.stop_signs] == [
        ("sign_1", "urgent", "abuse")
    ]
    assert AuditEntry.objects.filter(action="text_written", facts__code=CODE).exists()
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    assert CODE not in drafted(cast)


def test_once_another_psychologist_signed_it_drafts_come_from_it_and_its_own_rules_hold(
    treating: Client, cast: Cast
) -> None:
    proposed(treating)
    page = get(signed_in(Client(), cast.other_psychologist), f"/catalogue/{CODE}/")
    assert "Signed for use in this clinic." in signed(page).follow().words
    write.end_use(row=texts.standing()["behavioural_activation"].row, by=cast.treating, at=NOW)
    check_ins(cast.patient)
    screened(cast.patient, cast.treating, unsafe_setting=ScreeningState.UNKNOWN)
    assert CODE not in drafted(cast)
    screened(cast.patient, cast.treating)
    assert CODE in drafted(cast)


def test_it_goes_all_the_way_to_the_patient_and_a_reported_sign_takes_it_out_at_once(
    treating: Client, cast: Cast
) -> None:
    signed(proposed(treating).follow())
    write.end_use(row=texts.standing()["behavioural_activation"].row, by=cast.treating, at=NOW)
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    drafted(cast)
    publication = approved(Suggestion.objects.get(code=CODE), cast.treating)
    entry = reports.NewReport(publication.pk, signs=("sign_1",), text="", submission=uuid4())
    outcome = reports.report(patient=cast.patient, entry=entry, by=cast.as_patient, at=NOW)
    assert outcome.stopped
    assert not publications.standing(at=NOW).filter(patient=cast.patient, pk=publication.pk).exists()
    assert CODE not in drafted(cast)


@pytest.mark.parametrize("code", ["", "Ti", "two words", "new-step", "9lives", "a" * 41])
def test_a_code_that_is_none_comes_back_beside_its_field_with_everything_typed(
    treating: Client, code: str
) -> None:
    answer = proposed(treating, code=code)
    assert answer.status == 422
    assert answer.field(ADDRESS, "words") == NEW_STEP["words"]
    assert not Intervention.objects.filter(written_by__isnull=False).exists()


def test_a_code_that_there_is_already_is_refused_in_the_form_and_in_the_operation(
    treating: Client, cast: Cast
) -> None:
    answer = proposed(treating, code="planned_walk")
    assert answer.status == 422
    assert "There is a step with this code." in answer.words
    body = texts.of_code("planned_walk")[0].entry.body
    with pytest.raises(TextRefused):
        write.propose(body=body, by=cast.treating, at=NOW)


def test_sent_twice_it_stands_once(treating: Client) -> None:
    page = get(treating, ADDRESS)
    page.send(ADDRESS, NEW_STEP)
    assert page.send(ADDRESS, NEW_STEP).status == 422
    assert Intervention.objects.filter(code=CODE).count() == 1


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"words": "This will cure your worry."}, "Say it without “cure”"),
        ({"sign_0_words": ""}, "Name at least one sign"),
        ({"sources": ""}, "Fill this in."),
        ({"activities": ["meditation"]}, "must be blocked by “Psychosis”, present or not known."),
        ({"activities": ["walking"], "rule_pregnancy": ""}, "must be blocked by “Pregnancy” when present."),
    ],
)
def test_what_must_not_be_signed_is_refused_with_the_words_kept(
    treating: Client, fields: dict[str, object], finding: str
) -> None:
    answer = proposed(treating, **fields)
    assert answer.status == 422
    assert finding in answer.words
    assert not texts.of_code(CODE)


def test_with_the_rules_of_its_activity_it_is_kept(treating: Client) -> None:
    rules = dict.fromkeys(("rule_psychosis", "rule_dissociation", "rule_mania"), "known")
    assert proposed(treating, activities=["meditation"], **rules).status == 302
    assert texts.of_code(CODE)[0].entry.activities == ("meditation",)


def test_a_shipped_text_is_not_changed_below_the_rules_of_its_activity(treating: Client) -> None:
    """Planted fault: without these rules a version that lets a walk through with a heart condition would be kept."""
    here = "/catalogue/planned_walk/edit/"
    answer = get(treating, here).send("/edit/", {"title": "A walk", "rule_cardiac": "care"})
    assert answer.status == 422
    assert (
        "must be blocked by “Heart condition, or fainting on effort”, present or not known." in answer.words
    )


def test_an_unchanged_form_is_no_new_version_although_it_names_the_activity(treating: Client) -> None:
    answer = get(treating, "/catalogue/planned_walk/edit/").send("/edit/", {})
    assert answer.status == 422
    assert "Nothing is different from the version before." in answer.words


def test_an_administrator_and_a_patient_cannot_propose(cast: Cast) -> None:
    for actor in (cast.administrator, cast.as_patient):
        assert signed_in(Client(), actor).post(ADDRESS, NEW_STEP).status_code in {403, 404}
    assert not texts.of_code(CODE)
