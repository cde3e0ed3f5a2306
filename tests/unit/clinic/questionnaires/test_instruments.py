"""The files of the instruments: whole, with their notices, and no question of those that may not be passed on."""

import pytest

from clinic.models.observation import Signal
from clinic.questionnaires import catalogue
from clinic.questionnaires.definition import Licence
from clinic.signals import MEANINGS, Better
from tests.forms import shipped
from tests.sources import texts

OPEN = ("phq9", "phq8", "gad7")
LISTED = ("auditc", "cssrs_screener", "isi", "pss10", "swls", "wemwbs", "who5")

# The beginnings of a few questions that need a permission, put together so that this file does not hold them either.
NOT_TO_BE_PASSED_ON = (
    "wished you were " + "dead",
    "actually had any thoughts of " + "killing yourself",
    "been feeling optimistic about " + "the future",
    "how often do you have a drink " + "containing alcohol",
    "in most ways my life is " + "close to my ideal",
    "felt cheerful and in " + "good spirits",
)


def test_what_ships() -> None:
    assert set(catalogue.shipped()) == {*OPEN, *LISTED}


@pytest.mark.parametrize("key", OPEN)
def test_an_open_instrument_is_whole_and_carries_its_notice(key: str) -> None:
    definition = shipped(key)
    assert definition.licence is Licence.FREE
    assert "Pfizer" in definition.notice
    assert len(definition.questions) == int(key[-1])
    assert [option.value for option in definition.options] == [0, 1, 2, 3]
    meaning = MEANINGS[Signal(definition.signal)]
    assert (meaning.lowest, meaning.highest) == (definition.scoring.lowest, definition.scoring.highest)
    assert (meaning.better is Better.HIGHER) == definition.higher_is_better


@pytest.mark.parametrize("key", LISTED)
def test_the_others_are_listed_with_their_licence_and_without_a_question(key: str) -> None:
    definition = shipped(key)
    assert definition.licence is not Licence.FREE
    assert definition.notice
    assert definition.questions == ()


def test_no_file_holds_a_question_that_needs_a_permission() -> None:
    found = [str(path) for path, text in texts() for words in NOT_TO_BE_PASSED_ON if words in text.lower()]
    assert found == []
