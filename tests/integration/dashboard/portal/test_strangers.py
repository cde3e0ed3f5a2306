"""Words from nobody we know: read within bounds, few of one address, and never without help."""

from typing import Any

import pytest
from django.test import Client

from clinic.safety.ledger import reading
from dashboard.portal import ended, strangers
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import CHECK_IN, URGENT, filled, of_owner, text_of

pytestmark = ROLLED_BACK

CARD = b'class="help-card'
SOUP = "Soup."


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The length of each text that was read for danger."""
    lengths: list[int] = []

    def counted(text: str, **more: Any) -> Any:
        lengths.append(len(text))
        return reading.read(text, **more)

    monkeypatch.setattr(ended, "read", counted)
    return lengths


def sent(words: str, *, address: str = "203.0.113.9") -> Any:
    return Client(REMOTE_ADDR=address).post(CHECK_IN, filled(note=words))


@pytest.mark.parametrize("filler", ["\ufdfa", "a", "so "])
@pytest.mark.parametrize("at_the_end", [True, False])
def test_of_a_very_long_text_beginning_and_end_are_read(
    cast: Cast, read: list[int], filler: str, at_the_end: bool
) -> None:
    much = filler * (120_000 // len(filler))
    answer = sent(f"{much}. {URGENT}" if at_the_end else f"{URGENT}. {much}")
    assert CARD in answer.content
    assert max(read) <= 2 * strangers.LONGEST_END + 1


def test_a_note_as_long_as_one_may_be_is_read_whole(cast: Cast) -> None:
    half = "A quiet line. " * 350
    assert len(half) * 2 + len(URGENT) < 2 * strangers.LONGEST_END
    assert CARD in sent(f"{half}{URGENT}. {half}").content


def test_after_ten_texts_of_one_address_the_next_are_not_read_and_all_get_help(
    cast: Cast, read: list[int]
) -> None:
    answers = [sent(SOUP) for _try in range(strangers.MOST + 2)]
    assert [CARD in each.content for each in answers] == [False] * strangers.MOST + [True] * 2
    assert len(read) == strangers.MOST
    page = text_of(answers[-1])
    assert "These words were not read, because many came from the same place. Nobody was told." in page
    assert CARD not in sent(SOUP, address="198.51.100.4").content


def test_a_minute_later_words_are_read_again(
    cast: Cast, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [0.0]
    monkeypatch.setattr(strangers, "monotonic", lambda: moment[0])
    for _try in range(strangers.MOST + 1):
        sent(SOUP)
    moment[0] = strangers.SECONDS + 1
    assert CARD not in sent(SOUP).content
    assert len(read) == strangers.MOST + 1


def test_the_words_of_somebody_known_are_read_however_many_came(cast: Cast) -> None:
    for _try in range(strangers.MOST + 1):
        sent(SOUP)
    known = Client(REMOTE_ADDR="203.0.113.9").post(CHECK_IN, of_owner(cast.patient, note=SOUP))
    assert CARD not in known.content


def test_no_more_addresses_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch, rf: Any) -> None:
    monkeypatch.setattr(strangers, "MOST_ADDRESSES", 5)
    for number in range(20):
        assert strangers.may_read(rf.get("/", REMOTE_ADDR=f"203.0.113.{number}"))
    assert list(strangers._read) == [f"203.0.113.{number}" for number in range(15, 20)]
