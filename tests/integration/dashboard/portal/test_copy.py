"""The patient's own copy: a page that prints, and a file. What is theirs, what was signed, and nothing else."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import consent, keys, safety_plan
from clinic.intake import numbers
from clinic.intake.numbers import NewNumber
from clinic.models.consent import Purpose, Source
from clinic.models.imported import ImportBatch, ImportedResource
from clinic.models.observation import Signal
from clinic.models.safety_plan import Section
from clinic.safety_plan import NewWords
from recommendations import correspondence, review
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import check_in, open_drafts
from tests.fhir.checks import faults
from tests.fhir.leaving import coded, of_type
from tests.integration.dashboard.portal.pages import html_of, keys_away, text_of
from tests.integration.exports.test_questionnaires import answered
from tests.sign_in import signed_in
from tests.signing import OWN_WORDS, opened, signed, written

pytestmark = COMMITTED

COPY = "/my/about/copy/"


def saved(client: Client) -> dict[str, Any]:
    """The file that the page offers."""
    response: Any = client.post(COPY)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/fhir+json"
    assert response["Cache-Control"] == "no-store"
    bundle: dict[str, Any] = json.loads(b"".join(response.streaming_content))
    return bundle


def everything(client: Client) -> str:
    """Page and file as one text."""
    return html_of(client, COPY) + json.dumps(saved(client), ensure_ascii=False)


def test_the_page_holds_what_is_ones_own_and_what_was_signed(portal: Client, cast: Cast) -> None:
    check_in(cast.patient, 3, "The cat purred", feelings=("tired",))
    answered(cast, "phq9")
    numbers.record_observations(
        patient=cast.patient,
        numbers=[NewNumber(Signal.STEPS, 4321, NOW, day=NOW.date())],
        source=Source.DEVICE,
        by=cast.as_patient,
        at=NOW,
    )
    signed(written(cast.patient, cast.treating), cast.treating)
    page = html_of(portal, COPY)
    for words in (
        "Amara Nwosu",
        "12 March 1992",
        "The cat purred",
        "Tired",
        OWN_WORDS.title,
        OWN_WORDS.stop_rule,
        "Dr Maya Okonkwo, your psychologist, wrote this and signed it",
        "Little interest or pleasure in doing things",
        "Together: 9 of 27",
        "Pfizer",
        "4321",
        "Share my check-ins with my psychologist",
        "Europe/London",
    ):
        assert words in page, words


def test_the_safety_plan_goes_with_it_on_the_page_and_in_the_file(portal: Client, cast: Cast) -> None:
    assert of_type(saved(portal), "Composition") == []
    new = NewWords(Section.COPING, "Sing <one> song\nand another", 0, uuid4())
    safety_plan.write(patient=cast.patient, new=new, by=cast.as_patient, at=NOW)
    with_staff = NewWords(Section.SUPPORT, "Ife, my sister", 0, uuid4())
    correspondence.write_safety_plan(patient=cast.patient, new=with_staff, by=cast.treating, at=NOW)
    assert "Sing <one> song" in html_of(portal, COPY)
    bundle = saved(portal)
    (plan,) = of_type(bundle, "Composition")
    assert plan["section"][0]["text"]["div"].endswith(">Sing &lt;one&gt; song<br/>and another</div>")
    assert "coding" not in plan["type"]
    assert len(plan["author"]) == 2
    assert faults(bundle) == []


def test_the_file_is_valid_and_holds_the_same(portal: Client, cast: Cast) -> None:
    check_in(cast.patient, 3, "The cat purred")
    answered(cast, "gad7")
    signed(written(cast.patient, cast.treating), cast.treating)
    bundle = saved(portal)
    assert faults(bundle) == []
    assert [each["valueQuantity"]["value"] for each in coded(bundle, "mood")] == [3]
    assert [each["title"] for each in of_type(bundle, "CarePlan")] == [OWN_WORDS.title]
    assert len(of_type(bundle, "QuestionnaireResponse")) == 1


def test_what_is_shared_with_nobody_is_in_ones_own_copy(portal: Client, cast: Cast) -> None:
    check_in(cast.patient, 3, "Only for me")
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    assert everything(portal).count("Only for me") == 2


def test_no_word_of_a_draft_is_in_it(portal: Client, cast: Cast) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    signed(opened(drafts[0], cast.treating, with_estimate=True), cast.treating)
    text = everything(portal)
    for draft in Suggestion.objects.filter(patient=cast.patient, state="open"):
        words = draft_words(draft, cast.ring)
        assert words.title not in text
        assert words.words not in text
    assert draft_words(drafts[0], cast.ring).title in text


def test_a_step_that_was_taken_out_keeps_its_signed_words_marked_as_revoked(
    portal: Client, cast: Cast
) -> None:
    (publication,) = signed(written(cast.patient, cast.treating), cast.treating)
    later = NOW + dt.timedelta(minutes=5)
    review.withdraw(publication_id=publication.pk, reason="unsafe", by=cast.treating, at=later)
    assert OWN_WORDS.words in html_of(portal, COPY).split("Taken out.", 1)[1]
    bundle = saved(portal)
    [plan] = of_type(bundle, "CarePlan")
    assert plan["status"] == "revoked"
    assert OWN_WORDS.words in json.dumps(plan, ensure_ascii=False)
    assert faults(bundle) == []
    assert "took a step out of your plan" in html_of(portal, COPY)


def test_what_other_systems_sent_stays_out_of_it_and_the_page_says_so(portal: Client, cast: Cast) -> None:
    batch = ImportBatch.objects.create(
        format="fhir", content_digest="0" * 64, counts={}, imported_by=None, happened_at=NOW
    )
    row = ImportedResource(patient=cast.patient, batch=batch, resource_type="CarePlan", identity="1")
    body = {"resourceType": "CarePlan", "id": "x", "title": "Advice that nobody here signed"}
    row.seal(cast.ring, body=json.dumps(body))
    row.save()
    text = everything(portal)
    assert "nobody here signed" not in text
    assert "Records that came from elsewhere are not in this copy" in text


def test_taking_it_is_in_the_log_and_not_under_who_has_looked(portal: Client, cast: Cast) -> None:
    html_of(portal, COPY)
    saved(portal)
    entries = AuditEntry.objects.filter(action="own_copy_taken").order_by("id")
    assert [entry.facts["format"] for entry in entries] == ["page", "fhir"]
    assert "copy" not in html_of(portal, "/my/about/looked/").lower().split("<main")[1]


def test_it_is_ones_own_alone(cast: Cast) -> None:
    check_in(cast.patient, 3, "The cat purred")
    other = signed_in(Client(), cast.as_patient)
    assert "The cat purred" in everything(other)
    for actor in (cast.treating, cast.administrator):
        client = signed_in(Client(), actor)
        assert (client.get(COPY).status_code, client.post(COPY).status_code) == (404, 404)
    assert Client().post(COPY).status_code == 302


def test_without_keys_it_says_that_nothing_is_lost(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_in(cast.patient, 3, "The cat purred")
    keys_away(monkeypatch)
    for response in (portal.get(COPY), portal.post(COPY)):
        assert response.status_code == 503
        assert "Your copy cannot be made just now. Nothing is lost." in text_of(response)


def test_it_is_found_under_about_me(portal: Client, cast: Cast) -> None:
    assert f'href="{COPY}"' in html_of(portal, "/my/about/")


def test_a_destroyed_key_is_said_too(portal: Client, cast: Cast) -> None:
    check_in(cast.patient, 3, "The cat purred")
    keys.destroy(patient_id=cast.patient.pk)
    assert portal.get(COPY).status_code == 503
