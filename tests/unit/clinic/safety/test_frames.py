"""Words are read in their frame: another time, a story, the news, a form; what is said of now is still found."""

import tomllib
from pathlib import Path

import pytest

from clinic.safety.detect import RULES, Level, detect, detect_with

FRAMES = tomllib.loads(Path(__file__).with_name("frames.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", FRAMES["none"])
def test_what_is_told_of_another_time_or_person_meets_no_rule_and_alerts_nobody(text: str) -> None:
    assert detect_with(RULES, text, language="en").words == ()
    assert detect(text, language="en").level <= Level.CONCERN


@pytest.mark.parametrize("text", FRAMES["still"])
def test_a_frame_does_not_hide_what_is_said_of_now(text: str) -> None:
    assert detect(text, language="en").level >= Level.URGENT
