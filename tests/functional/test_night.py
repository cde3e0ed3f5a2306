"""Three in the night: words of danger, a card, pages over real mail, who comes, what they did, when to look again."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from clinic.actor import Actor
from clinic.clock import local_date, now
from clinic.models.clinic import Clinic
from clinic.models.oncall import Position
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.oncall import keeping
from clinic.oncall.keeping import NewSlot
from clinic.safety import cadence
from tests.cast import NOW, Cast, psychologist
from tests.database import COMMITTED
from tests.functional.browsing import SMALL_PHONE, Browsing
from tests.functional.site import Site, running_site
from tests.functional.test_disclosure import DANGER, whole_in_view
from tests.outside import Received, mail_server, variables
from tests.paging import raised, reached
from tests.waiting import until

pytestmark = [COMMITTED, pytest.mark.browser]

THREE = 3
DUSK, MORNING = dt.time(22), dt.time(8)
SPOKE = "Rang at once; safe at home, a friend is coming over."
CLOSED = "Not alone tonight; session tomorrow at ten."


@pytest.fixture(scope="module")
def mail() -> Iterator[Received]:
    """The clinic's mail server."""
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def site(django_db_setup: None, static_root: Path, mail: Received) -> Iterator[Site]:
    """The site, whose pages leave over that mail server."""
    with running_site(static_root, EMAIL_URL=variables(mail=mail.port)["EMAIL_URL"]) as site:
        yield site


def zone_in_which_it_is_three() -> str:
    """Where on earth it is between three and four in the night now: the story is at night at whatever hour it runs."""
    hours = (now().hour - THREE + 12) % 24 - 12
    return f"Etc/GMT{hours:+d}"


@pytest.fixture
def night(cast: Cast, mail: Received) -> ZoneInfo:
    """Three people are on call for the night, each with an address; whose clock the clinic and its patients keep."""
    mail.mails.clear()
    zone = zone_in_which_it_is_three()
    Clinic.objects.update(zone=zone)
    Patient.objects.update(zone=zone)
    lead = psychologist("lead", "Dr Leyla Aydin")
    for by, position in zip((cast.treating, cast.other_psychologist, lead), Position, strict=True):
        at_night(cast, by, position)
        reached(cast, by)
    return ZoneInfo(zone)


def at_night(cast: Cast, by: Actor, position: Position) -> None:
    assert by.user
    for weekday in range(7):
        slot = NewSlot(by.user.pk, position, weekday, DUSK, MORNING)
        keeping.add_slot(slot=slot, by=cast.administrator, at=NOW)


def disclosed(phone: Page) -> SafetyAlert:
    """Words of danger in a check-in; the card is whole in the small window, in the same answer."""
    phone.goto("/my/check-in/")
    phone.locator("input[name=mood][value='1']").check(force=True)
    phone.locator("textarea[name=note]").fill(DANGER)
    phone.get_by_role("button", name="Save").click()
    card = phone.locator(".help-card[role=alert]")
    expect(card.get_by_role("heading")).to_be_focused()
    assert whole_in_view(phone, card)
    return SafetyAlert.objects.get()


def paged_in_turn(mail: Received) -> None:
    """Nobody takes it: as the minutes of the clinic run out, the running server goes up step by step."""
    until(lambda: len(mail.mails) == 1, seconds=15, what="the first on call is paged")
    Clinic.objects.update(second_page_minutes=0)
    until(lambda: len(mail.mails) == 2, seconds=15, what="the second on call is paged")
    Clinic.objects.update(lead_page_minutes=0)
    until(lambda: len(mail.mails) == 3, seconds=15, what="the duty lead is paged")
    assert mail.recipients == [f"{name}@staff.example" for name in ("treating", "other", "lead")]


def letters(mail: Received) -> str:
    """All that the mails say."""
    parts = [part for _to, whole in mail.mails for part in whole.walk() if not part.is_multipart()]
    words = [bytes(part.get_payload(decode=True)).decode() for part in parts]
    return "\n".join([*words, *(str(whole["Subject"]) for _to, whole in mail.mails)])


def taken(page: Page) -> None:
    """From the safety list, where the lead is not in the care team, to the words that opened the alert."""
    page.goto("/safety/")
    expect(page.get_by_text("Amara Nwosu")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Open and take it")).click()
    expect(page.get_by_role("heading", name="You have taken this alert")).to_be_visible()
    expect(page.get_by_text(DANGER).first).to_be_visible()
    for name in ("Dr Maya Okonkwo", "Dr Elias Ruiz", "Dr Leyla Aydin"):
        expect(page.locator("section[aria-labelledby=paged]")).to_contain_text(name)


def spoken_and_closed(page: Page) -> None:
    """Spoke with them, then closed with a level that a person sets."""
    page.get_by_text("I spoke with them", exact=True).click()
    page.get_by_label("What was said and agreed").fill(SPOKE)
    page.get_by_role("button", name="Store: I spoke with them").click()
    expect(page.get_by_text(SPOKE).first).to_be_visible()
    acts = page.locator(".alert-act").filter(has_text="Your judgement of the risk")
    acts.locator("summary").click()
    acts.locator("input[name=outcome]").first.check()
    acts.get_by_label(re.compile("^High")).check()
    acts.get_by_label("What was done and agreed").fill(CLOSED)
    acts.get_by_role("button", name="Close the alert").click()
    expect(page.get_by_text("is closed.")).to_be_visible()


def due_again(page: Page, patient: Patient) -> None:
    """The treating psychologist reads the level that was set, and by when it is judged again."""
    judged = cadence.standing(patient.pk)
    assert judged
    again = cadence.due(judged, Clinic.objects.get())
    assert again
    assert again.on == local_date(at=judged.happened_at, zone=patient.zone) + dt.timedelta(days=7)
    page.goto(f"/patients/{patient.record_number}/risk/")
    stands = page.locator("section[aria-labelledby=stands]")
    expect(stands.get_by_role("heading", name="Now: High")).to_be_visible()
    expect(stands.get_by_text(f"{again.on.day} {again.on:%B}")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_disclosure_at_three_in_the_night_reaches_a_person_and_is_followed_to_its_end(
    cast: Cast, browsing: Browsing, mail: Received, night: ZoneInfo, scripts: bool
) -> None:
    colleague = browsing.signed_in("other", scripts=scripts)
    phone = browsing.signed_in("amara", size=SMALL_PHONE, scripts=scripts)
    alert = disclosed(phone)
    if scripts:  # on a page that was open before, without reloading
        banner = colleague.locator("[data-live-alert]").get_by_text("1 person waits for somebody")
        expect(banner).to_be_visible(timeout=5000)
    expect(phone.get_by_text("The psychologist on call")).to_be_visible()
    second_at = (alert.happened_at + dt.timedelta(minutes=15)).astimezone(night)
    expect(phone.get_by_text(f"If nobody has answered by {second_at:%H:%M}")).to_be_visible()

    paged_in_turn(mail)
    assert f"{alert.happened_at.astimezone(night):%H:%M}" in letters(mail)
    assert not re.search(f"Amara|Nwosu|{cast.patient.record_number}|here any more", letters(mail))
    phone.goto("/my/")
    expect(phone.get_by_text("Nobody has answered yet. More people are being told.")).to_be_visible()

    lead = browsing.signed_in("lead", scripts=scripts)
    taken(lead)
    phone.reload()
    expect(phone.get_by_text("Dr Leyla Aydin has read it")).to_be_visible()
    spoken_and_closed(lead)
    due_again(browsing.signed_in("treating", scripts=scripts), Patient.objects.get(pk=cast.patient.pk))
    assert len(mail.mails) == 3


def test_of_two_psychologists_who_press_take_one_has_it_and_the_other_reads_who(
    cast: Cast, browsing: Browsing, night: ZoneInfo
) -> None:
    alert = raised(cast, DANGER, at=now())
    first, second = browsing.signed_in("treating"), browsing.signed_in("other")
    for page in (first, second):
        page.goto(f"/safety/{alert.pk}/")
        expect(page.get_by_role("button", name="Take it")).to_be_visible()
    first.get_by_role("button", name="Take it").click()
    expect(first.get_by_role("heading", name="You have taken this alert")).to_be_visible()
    second.get_by_role("button", name="Take it").click()
    expect(second.get_by_role("heading", name="Taken by Dr Maya Okonkwo")).to_be_visible()
    expect(second.get_by_text(DANGER)).to_have_count(0)
    assert cast.treating.user
    assert SafetyAlert.objects.get().taken_by_id == cast.treating.user.pk
