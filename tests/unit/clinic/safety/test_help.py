"""Help cards: fixed words, real numbers only when somebody checked them, fictional ones only where they belong."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.utils import translation

from clinic.safety.detect import RULES
from clinic.safety.help import HelpCard, card_for
from clinic.safety.help_cards import CARDS
from clinic.safety.protocols import ASKED_FOR_PERSON, OWN
from clinic.safety.resources import REJECTED, RESOURCES, HelpResource, resource_problems

TODAY = dt.date(2025, 6, 1)
CHECKED = HelpResource(
    name="Example Line",
    country="GB",
    region="",
    languages=("en",),
    topics=("suicide",),
    number="020 7946 0123",
    channel="call",
    hours="always",
    cost="free",
    operator="Example",
    primary_source_url="https://example.org/contact",
    verified_by="Ada Example",
    verified_on=dt.date(2025, 5, 1),
    method="called",
    review_due=dt.date(2025, 10, 1),
    is_fictional=False,
)
EMERGENCY = replace(CHECKED, name="Emergency", topics=("emergency",), number="1999")


def card(
    protocol: str = "crisis",
    *,
    country: str = "GB",
    demonstration: bool = False,
    resources: list[HelpResource],
) -> HelpCard:
    return card_for(
        protocol,
        country=country,
        language="en",
        demonstration=demonstration,
        today=TODAY,
        resources=resources,
    )


def labels(shown: HelpCard) -> list[str]:
    return [action.label for action in shown.actions]


def test_every_card_that_a_rule_may_call_for_exists_and_the_other_way_round() -> None:
    called_for = {name for category in RULES.categories.values() for name in category.cards.values()}
    called_for |= {"help", ASKED_FOR_PERSON, *OWN.values()}
    assert called_for == set(CARDS), "the pages of help and of asking are called for by nobody's words"


@pytest.mark.parametrize("protocol", sorted(CARDS))
def test_without_a_checked_line_a_card_names_the_local_number_and_the_nearest_department(
    protocol: str,
) -> None:
    shown = card_for(protocol, country="UZ", language="en", demonstration=False, today=TODAY)
    (call,) = [action for action in shown.actions if "local emergency number" in action.label]
    assert "nearest emergency department" in call.detail
    assert all(action.href is None for action in shown.actions)


@pytest.mark.parametrize("protocol", sorted(CARDS))
def test_no_card_holds_a_number_of_its_own(protocol: str) -> None:
    shown = card(protocol, resources=[])
    words = [shown.heading, shown.lead, *shown.notes, *(f"{one.label} {one.detail}" for one in shown.actions)]
    assert not re.search(r"\d", " ".join(words))


def test_a_card_in_danger_says_three_things_call_be_with_someone_and_put_distance() -> None:
    for protocol in ("crisis", "crisis_now", "help"):
        said = " ".join(labels(card(protocol, resources=[]))).lower()
        assert all(
            words in said for words in ("emergency number", "be with someone", "anything you might use")
        )


def test_the_page_of_help_thanks_for_nothing_that_was_not_said_and_invites_no_writing() -> None:
    shown = card("help", resources=[])
    words = " ".join([shown.heading, shown.lead, *shown.notes])
    assert not re.search(r"thank|telling|writing", words, re.IGNORECASE)


def test_a_medical_emergency_offers_no_exercise_and_puts_the_call_first() -> None:
    shown = card("medical_emergency", resources=[CHECKED])
    assert "emergency" in labels(shown)[0]
    assert not re.search(r"breath|relax|calm|exercise", f"{shown.lead} {shown.actions}", re.IGNORECASE)


def test_an_eating_disorder_card_gives_no_figure_and_no_target() -> None:
    shown = card("eating_disorder", resources=[])
    assert not re.search(
        r"calori|kilo|target|weight loss|diet", f"{shown.lead} {shown.actions}", re.IGNORECASE
    )
    assert "specialist" in f"{shown.actions}"


def test_an_abuse_card_warns_about_the_device() -> None:
    assert any("device" in action.detail for action in card("abuse", resources=[]).actions)


def test_a_childs_card_promises_no_secrecy() -> None:
    for protocol in ("child", "young"):
        assert any("cannot promise" in note for note in card(protocol, resources=[]).notes)


def test_a_checked_line_is_shown_with_a_link_that_dials_it() -> None:
    shown = card(resources=[CHECKED])
    line = shown.actions[1]
    assert (line.label, line.href, line.kind) == ("Example Line, 020 7946 0123", "tel:02079460123", "call")
    assert line.detail == "free, any time"


def test_a_text_line_opens_a_message() -> None:
    shown = card(resources=[replace(CHECKED, channel="text", number="+44 20 7946 0123")])
    assert (shown.actions[1].href, shown.actions[1].kind) == ("sms:+442079460123", "text")


def test_a_checked_emergency_number_takes_the_place_of_the_general_words() -> None:
    shown = card(resources=[EMERGENCY, CHECKED])
    assert (shown.actions[0].label, shown.actions[0].href) == ("Call 1999", "tel:1999")


def test_a_gentle_card_begins_with_a_line_and_still_names_the_emergency_number() -> None:
    shown = card("gentle", resources=[replace(CHECKED, topics=("distress",))])
    assert shown.actions[0].label.startswith("Example Line")
    assert any("emergency number" in label for label in labels(shown))


@pytest.mark.parametrize(
    "fault",
    [
        {"verified_by": ""},
        {"verified_on": None},
        {"review_due": None},
        {"review_due": dt.date(2025, 5, 31)},
        {"review_due": dt.date(2026, 5, 1)},
        {"method": ""},
        {"method": "heard of"},
        {"primary_source_url": ""},
        {"primary_source_url": "a colleague"},
        {"channel": "fax"},
        {"country": "TR", "number": "182"},
        {"country": "DE"},
        {"topics": ("eating",)},
    ],
)
def test_a_line_that_is_unchecked_overdue_rejected_or_elsewhere_is_not_shown(
    fault: dict[str, object],
) -> None:
    faulty = replace(CHECKED, **fault)  # type: ignore[arg-type]
    country = "TR" if fault.get("country") == "TR" else "GB"
    shown = card(country=country, resources=[faulty])
    assert not any("Example Line" in label for label in labels(shown))


def test_a_line_is_shown_on_the_last_day_of_its_check_and_reported_the_day_after() -> None:
    assert CHECKED.review_due is not None
    due, after = CHECKED.review_due, CHECKED.review_due + dt.timedelta(days=1)
    assert CHECKED.may_be_shown(demonstration=False, today=due)
    assert not CHECKED.may_be_shown(demonstration=False, today=after)
    assert resource_problems([CHECKED], today=due) == []
    assert resource_problems([CHECKED], today=after) == [
        f"Example Line, GB: its check has been due since {due.isoformat()}"
    ]


def test_a_rejected_number_is_reported_and_stays_hidden_with_perfect_papers() -> None:
    assert ("TR", "182") in REJECTED
    (problem,) = resource_problems([replace(CHECKED, country="TR", number="182")], today=TODAY)
    assert "rejected" in problem


def test_the_language_of_the_reader_comes_first_and_never_more_than_two_lines() -> None:
    lines = [replace(CHECKED, name=f"Line {tag}", languages=(tag,)) for tag in ("pl", "en", "cy")]
    shown = [label for label in labels(card(resources=lines)) if label.startswith("Line")]
    assert shown == ["Line en, 020 7946 0123", "Line pl, 020 7946 0123"]


def test_fictional_lines_are_shown_in_the_demonstration_only_and_say_what_they_are() -> None:
    shown = card_for("crisis", country="GB", language="en", demonstration=True, today=TODAY)
    fictional = [action for action in shown.actions if action.href]
    assert fictional
    assert all("fictional" in action.detail for action in fictional)
    assert "emergency number" in labels(shown)[0]
    outside = card_for("crisis", country="GB", language="en", demonstration=False, today=TODAY)
    assert all(action.href is None for action in outside.actions)


def test_the_demonstration_shows_no_real_line() -> None:
    assert not CHECKED.may_be_shown(demonstration=True, today=TODAY)


def test_what_ships_is_free_of_faults_and_holds_no_unchecked_real_line() -> None:
    assert resource_problems(RESOURCES, today=TODAY) == []
    assert all(one.is_fictional for one in RESOURCES)


@pytest.mark.parametrize("number", ["116 123", "999", "020 7946 0123", "01632 961 000", "+44 7701 900 456"])
def test_a_fictional_line_with_a_number_that_somebody_may_have_is_refused(number: str) -> None:
    assert replace(CHECKED, is_fictional=True, number=number).gaps() != []


def test_a_card_speaks_the_language_asked_for_and_falls_back_to_english() -> None:
    with translation.override("de"):
        shown = card_for("crisis", country="GB", language="kk", demonstration=False, today=TODAY)
        assert translation.get_language() == "de"
    assert shown.heading.startswith("Thank you")
    assert all(isinstance(part, str) for part in (shown.heading, shown.lead, *shown.notes))


def test_an_unknown_protocol_is_an_error_and_not_an_empty_card() -> None:
    with pytest.raises(KeyError):
        card("unheard-of", resources=[])


@pytest.mark.parametrize("protocol", sorted(CARDS))
def test_card_words_are_plain(protocol: str) -> None:
    """No exclamation marks, no promise of secrecy or of watching, no word that judges."""
    shown = card(protocol, resources=[])
    words = " ".join(
        [shown.heading, shown.lead, *shown.notes, *(f"{a.label} {a.detail}" for a in shown.actions)]
    )
    assert "!" not in words
    assert not re.search(
        r"commit suicide|abnormal|attention.seeking|we watch|will keep it secret", words, re.IGNORECASE
    )
