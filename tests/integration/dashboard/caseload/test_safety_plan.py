"""The safety plan in the record: written together, looked at together, read by nobody outside the care team."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic import access, safety_plan
from clinic.models.care import CareKind
from clinic.models.risk import RiskLevel, Todo
from clinic.models.safety_plan import SafetyPlanEntry, SafetyPlanReview, Section
from clinic.safety import risk, triggers
from clinic.safety_plan import NewWords
from dashboard.safety.plan import in_short
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.pages import get
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/patients/{cast.patient.record_number}/safety-plan/"


@pytest.fixture
def treating(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast.treating)


def fields(words: str, seen: int = 0) -> dict[str, str]:
    return {"section": "coping", "words": words, "seen": str(seen), "submission": str(uuid4())}


def test_what_is_written_together_stands_at_once(treating: Client, path: str) -> None:
    treating.post(path, fields("Sing one song"))
    treating.post(path, fields("Sing two songs", seen=1))
    words = get(treating, path).words
    assert (
        words.index("Sing two songs") < words.index("What was written before") < words.index("Sing one song")
    )
    assert "Written with the patient by Dr Maya Okonkwo" in words


def test_a_number_in_the_plan_dials_here_too_and_so_does_one_that_was_written_before(
    treating: Client, path: str
) -> None:
    treating.post(path, fields("Ring <Ife>, 01632 960 771"))
    treating.post(path, fields("Ring Ruth, 01632 960 772", seen=1))
    page = treating.get(path).content.decode()
    assert 'Ring &lt;Ife&gt;, <a class="dial" href="tel:01632960771">' in page
    assert 'Ring Ruth, <a class="dial" href="tel:01632960772">' in page


@pytest.mark.parametrize(("words", "seen"), [("x" * 1_501, 1), ("Walk to the river", 0)])
def test_what_was_not_kept_stays_in_its_form_beside_the_reason(
    treating: Client, path: str, words: str, seen: int
) -> None:
    treating.post(path, fields("Sing one song"))
    response = treating.post(path, fields(words, seen=seen))
    assert response.status_code == 422
    assert f">\n{words}</textarea>" in response.content.decode()
    assert SafetyPlanEntry.objects.count() == 1


def test_looking_at_it_together_is_recorded(treating: Client, cast: Cast, path: str) -> None:
    treating.post(path, {"act": "looked"})
    assert SafetyPlanReview.objects.get().reviewed_by == cast.treating.user
    assert "Looked at together by Dr Maya Okonkwo" in get(treating, path).words


def test_whoever_only_answers_an_alert_reads_the_plan_and_may_look_but_not_write(
    client: Client, cast: Cast, path: str
) -> None:
    other = cast.other_psychologist
    assert signed_in(client, other).get(path).status_code == 404
    assert other.user is not None
    access.start_care(patient=cast.patient, user=other.user, kind=CareKind.SAFETY, by=other, at=NOW)
    assert client.get(path).status_code == 200
    assert client.post(path, fields("Sing one song")).status_code == 404
    assert client.post(path, {"act": "looked"}).status_code == 302
    assert not SafetyPlanEntry.objects.exists()


def test_in_short_it_holds_the_sections_with_words_in_their_order(cast: Cast) -> None:
    for section in (Section.REASONS, Section.COPING):
        new = NewWords(section, f"Words of {section}", 0, uuid4())
        safety_plan.write(patient=cast.patient, new=new, by=cast.as_patient, at=NOW)
    plan = in_short(cast.patient, cast.ring, at=NOW, zone="Europe/London")
    assert [line.code for line in plan.lines] == ["coping", "reasons"]
    assert in_short(cast.patient, None, at=NOW, zone="Europe/London").closed


@pytest.mark.parametrize(
    ("level", "asks"), [(RiskLevel.HIGH, True), (RiskLevel.MODERATE, True), (RiskLevel.LOW, False)]
)
def test_at_a_high_or_moderate_risk_the_page_asks_to_look_at_it_in_each_contact(
    treating: Client, cast: Cast, path: str, level: RiskLevel, asks: bool
) -> None:
    assert "Look at this plan together in this contact" not in get(treating, path).words
    note = "Spoke of the week, of sleep and of what helps."
    risk.assess(patient=cast.patient, level=level, note=note, by=cast.treating, at=NOW)
    assert ("Look at this plan together in this contact" in get(treating, path).words) == asks


def test_emptying_a_section_says_what_follows_asks_first_and_can_be_put_back(
    treating: Client, path: str
) -> None:
    treating.post(path, fields("Sing one song"))
    page = treating.post(path, fields("", seen=1))
    assert page.status_code == 422
    assert "Without words this section leaves the patient’s plan at once" in page.content.decode()
    assert SafetyPlanEntry.objects.count() == 1
    treating.post(path, fields("", seen=1) | {"empty": "1"})
    assert SafetyPlanEntry.objects.count() == 2
    emptied = treating.get(path).content.decode()
    assert "Put back what stood here" in emptied
    back = emptied.split('name="words" hidden>\n')[1].split("</textarea>", maxsplit=1)[0]
    treating.post(path, fields(back, seen=2))
    assert "Put back what stood here" not in get(treating, path).words
    assert "Sing one song" in get(treating, path).words.split("What was written before")[0]


def test_a_section_that_was_empty_stays_so_without_a_question(treating: Client, path: str) -> None:
    assert treating.post(path, fields("")).status_code == 302


def test_once_it_was_looked_at_today_the_page_asks_no_more_and_the_task_is_done(
    treating: Client, cast: Cast, path: str
) -> None:
    risk.assess(
        patient=cast.patient, level=RiskLevel.HIGH, note="Plan, means and no hope.", by=cast.treating, at=NOW
    )
    assert "Look at this plan together in this contact" in get(treating, path).words
    assert triggers.to_do().filter(patient=cast.patient, todo=Todo.PLAN).count() == 1
    treating.post(path, {"act": "looked"})
    assert "Look at this plan together in this contact" not in get(treating, path).words
    assert not triggers.to_do().filter(patient=cast.patient, todo=Todo.PLAN).exists()
