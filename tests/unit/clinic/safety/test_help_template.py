"""The help card as a page shows it: whole without scripts, one red action, announced once."""

import datetime as dt
from dataclasses import replace
from html.parser import HTMLParser

from django.template.loader import render_to_string

from clinic.safety.help import HelpAction, HelpCard, card_for

CARD = HelpCard(
    protocol="crisis",
    heading="Heading <b>",
    lead="Lead",
    actions=(
        HelpAction("Call 1999", "if hurt", "tel:1999", "call"),
        HelpAction("Text us", "free", "sms:123", "text"),
        HelpAction("Be with someone", "now", None, "do"),
    ),
    notes=("Note",),
)


class Tags(HTMLParser):
    """Collects the start tags, and checks that every tag is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def rendered(card: HelpCard = CARD, **more: object) -> str:
    return render_to_string("_components/help_card.html", {"card": card, **more})


def test_the_card_is_an_alert_whose_heading_can_take_the_focus() -> None:
    tags = Tags(rendered())
    (section,) = tags.of("section")
    (heading,) = tags.of("h2")
    assert section["role"] == "alert"
    assert heading == {"id": "help-card-title", "tabindex": "-1"}


def test_the_heading_takes_the_focus_itself_where_the_page_was_opened_for_the_card() -> None:
    (heading,) = Tags(rendered(focus=True)).of("h2")
    assert "autofocus" in heading


def test_actions_dial_without_a_script_and_only_the_first_is_filled() -> None:
    page = rendered()
    tags = Tags(page)
    assert [link["href"] for link in tags.of("a")] == ["tel:1999", "sms:123"]
    assert page.count("help-card__action--first") == 1
    assert tags.of("a")[0]["class"] == "help-card__action help-card__action--first"
    assert not tags.of("script")
    assert "onclick" not in page


def test_a_call_without_a_number_is_no_link() -> None:
    call = HelpAction("Call your local emergency number", "if hurt", None, "call")
    tags = Tags(rendered(replace(CARD, actions=(call,))))
    assert tags.of("a") == []
    assert [div["class"] for div in tags.of("div")] == ["help-card__action help-card__action--first"]


def test_a_step_is_words_and_looks_like_no_button() -> None:
    step = HelpAction("Be with someone", "now", None, "do")
    page = rendered(replace(CARD, actions=(step,)))
    assert "<strong>Be with someone:</strong> now" in page
    assert "help-card__action" not in page.replace("help-card__actions", "")


def test_words_are_escaped() -> None:
    assert "Heading &lt;b&gt;" in rendered()


def test_who_was_told_is_said_only_when_there_is_something_to_say() -> None:
    assert "help-card__passed-on" not in rendered()
    assert "They aim to ring you" in rendered(passed_on="They aim to ring you by 22:10.")


def test_a_real_card_renders_every_action_and_note() -> None:
    card = card_for("abuse", country="GB", language="en", demonstration=True, today=dt.date(2025, 6, 1))
    page = rendered(card)
    tags = Tags(page)
    assert len(tags.of("li")) == len(card.actions)
    steps = [action for action in card.actions if action.kind == "do"]
    assert page.count("help-card__note") == len(card.notes) + len(steps)


def test_icons_are_for_the_eye_only() -> None:
    assert all(icon["aria-hidden"] == "true" for icon in Tags(rendered()).of("svg"))


def test_nothing_but_the_card_is_on_the_page() -> None:
    page = rendered()
    assert page.strip().startswith("<section")
    assert page.strip().endswith("</section>")
