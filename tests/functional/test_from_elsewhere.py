"""One person from another clinic's file to a phone, an alert, a signed plan, and a new psychologist."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from clinic.clock import now
from clinic.models.oncall import Position
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from recommendations import pipeline
from recommendations.models.review import Review
from tests.cast import PASSWORD, Cast
from tests.database import COMMITTED
from tests.functional import acts
from tests.functional.browsing import PHONE, Browsing
from tests.functional.test_from_nothing import choose_password, code_of, type_code
from tests.functional.test_questionnaire import ITEM_9, answer
from tests.integration.imports.bundles import bundle, condition, mood, person
from tests.paging import on_call

pytestmark = [COMMITTED, pytest.mark.browser]

DAYS = 60
WORSE_FOR = 14


def file_from_elsewhere() -> dict[str, str | bytes]:
    """A bundle of another clinic: who, one diagnosis, and a mood a day that has been lower for two weeks."""
    moods = []
    for back in range(DAYS, 0, -1):
        day = now() - dt.timedelta(days=back)
        value = 3.0 if back <= WORSE_FOR else 6.0 + back % 2
        moods.append(mood(value, when=f"{day:%Y-%m-%d}T10:00:00Z") | {"id": f"mood-{back}"})
    text = bundle(person(), condition("Depression"), *moods)
    return {"name": "elsewhere.json", "mimeType": "application/json", "buffer": text.encode()}


def taken_in(page: Page) -> str:
    """Patients, Import records: the number of the record that is new."""
    page.goto("/patients/import/")
    page.locator("[name=consent_record]").fill("Signed form of 3 March, in the paper file")
    page.locator("input[type=file]").set_input_files(file_from_elsewhere())  # type: ignore[arg-type]
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("The whole file is here.")).to_be_visible()
    return page.locator(".import-reasons a").first.inner_text().split()[0]


def joined(browsing: Browsing, therapist: Page, number: str) -> Page:
    """The person's phone, after they joined their record and agreed to everything."""
    therapist.goto("/patients/invite/")
    therapist.get_by_label("Record number").fill(number)
    therapist.get_by_role("button", name="Make the invitation").click()
    phone = browsing.window(size=PHONE)
    type_code(phone, code_of(therapist))
    phone.get_by_label("Your name").fill("Ada Lind")
    phone.locator("[name=birth_date]").fill("1990-02-03")
    choose_password(phone)
    phone.get_by_text("Nothing is kept, shared or read by AI until you say so").wait_for()
    switches = phone.locator("form.consent button[value=give]")
    while left := switches.count():
        phone.locator("details:has(form.consent)").evaluate_all(
            "all => all.forEach((each) => (each.open = true))"
        )
        switches.first.click()
        expect(switches).to_have_count(left - 1)
    expect(phone.locator("form.consent button[value=withdraw]")).not_to_have_count(0)
    return phone


def screened_by_hand(page: Page, number: str) -> None:
    """Every question of the screening form: absent, asked in a session."""
    page.goto(f"/patients/{number}/screening/")
    for absent in page.locator("input[value=absent]").all():
        absent.check(force=True)
    page.locator("input[name=source][value=interview]").check(force=True)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_text("Recorded.").first.wait_for()


def answered_on_the_phone(phone: Page) -> None:
    """A PHQ-9 of 17 points; item 9 answered with "several days" shows help before anything is sent."""
    phone.goto("/my/")
    phone.get_by_role("link", name=re.compile("Begin.*Patient Health Questionnaire")).click()
    for box in phone.get_by_role("group", name="Before you begin").get_by_role("checkbox").all():
        box.check()
    for number in range(1, 9):
        group = phone.get_by_role("group", name=f"Question {number} of 9")
        group.get_by_text("More than half the days", exact=True).click()
    answer(phone, ITEM_9, "Several days")
    expect(phone.get_by_role("alert")).to_contain_text("emergency number")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("Your answers were sent.")).to_be_visible()


def answered_by_a_person(page: Page) -> None:
    """The alert in the queue's safety lane: taken, answered and closed."""
    page.goto("/queue/")
    lane = page.locator(".safety-item").filter(has_text="Ada Lind")
    lane.get_by_role("button", name=re.compile("Open and take it")).click()
    page.locator("summary").filter(has_text="Close the alert").click()
    form = page.locator("details[open] form")
    form.locator("input[name=outcome][value=spoke]").check()
    form.locator("input[name=level][value='2']").check()
    form.locator("textarea[name=note]").fill("Rang at once; not alone tonight, session tomorrow.")
    form.get_by_role("button", name="Close the alert").click()
    expect(page.get_by_text("is closed.")).to_be_visible()


def signed_from(page: Page) -> str:
    """The draft of this person that the questionnaire stands behind: its title, once it is signed and released."""
    page.goto("/queue/")
    row = page.locator("tr[data-row]").filter(has_text="Ada Lind").first
    title = row.locator("[data-row-link]").inner_text()
    row.locator("[data-row-link]").click()
    expect(page.get_by_text("PHQ-9").first).to_be_visible()
    acts.approve(page)
    acts.fill_signature(page, password=PASSWORD)
    acts.press_sign(page)
    return title


def follows_up(cast: Cast) -> None:
    """Somebody is on call and a help line is known: only then is anybody asked about suicide."""
    cast.clinic.is_demonstration = True
    cast.clinic.save()
    on_call(cast, cast.treating, Position.FIRST)


def handed_over(page: Page, number: str) -> None:
    page.goto(f"/patients/{number}/care/")
    page.get_by_role("link", name="Hand over to a colleague").click()
    page.get_by_label("Colleague").select_option(label="Dr Elias Ruiz")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Hand over now").click()
    expect(page.get_by_text("is in the care of Dr Elias Ruiz now.")).to_be_visible()


def test_a_person_from_elsewhere_is_asked_helped_planned_for_and_handed_over(
    browsing: Browsing, cast: Cast
) -> None:
    follows_up(cast)
    first, second = browsing.signed_in("treating"), browsing.signed_in("other")
    number = taken_in(first)
    phone = joined(browsing, first, number)
    screened_by_hand(first, number)
    first.goto(f"/patients/{number}/questionnaires/")
    first.get_by_label("Questionnaire").select_option(value="phq9")
    first.get_by_role("button", name="Assign").click()
    answered_on_the_phone(phone)
    answered_by_a_person(first)
    patient = Patient.objects.get(record_number=number)
    assert pipeline.score([patient.pk], at=now()).drafts
    phone.goto("/my/plan/")
    assert not Review.objects.exists()
    title = signed_from(first)
    phone.goto("/my/plan/")
    expect(phone.get_by_role("heading", name=title)).to_be_visible()
    handed_over(first, number)
    browsing.expect(404)
    first.goto(f"/patients/{number}/")
    expect(first.get_by_role("heading", level=1)).to_be_visible()
    second.goto(f"/patients/{number}/")
    expect(second.locator(".banner__name")).to_have_text("Ada Lind")
    assert SafetyAlert.objects.get().closed_at is not None
