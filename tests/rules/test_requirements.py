"""The page of requirements: each is restated once, with a test that shows it, and the code quotes no other."""

import re

from tests.sources import PRODUCT, ROOT, texts

NUMBER = re.compile(r"\bSR-\d+\b")
NAMED_TEST = re.compile(r"`tests/[\w/]+\.py(?:::\w+)?`")
PAGE = ROOT / "docs" / "requirements.md"


def rows(page: str) -> list[tuple[str, str]]:
    """Each requirement's number with its whole row."""
    lines = [line for line in page.splitlines() if line.startswith("| SR-")]
    return [(found.group(), line) for line in lines if (found := NUMBER.search(line))]


def unshown(page: str) -> list[str]:
    """The requirements whose row names no test."""
    return [number for number, line in rows(page) if not NAMED_TEST.search(line)]


def test_every_requirement_names_a_test_that_shows_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(rows(page)) > 30
    assert unshown(page) == []


def test_a_requirement_without_a_test_is_found() -> None:
    page = "| SR-1 | It holds | `tests/a.py::test_it` |\n| SR-2, part | It is said | nothing |"
    assert unshown(page) == ["SR-2"]


def test_every_requirement_stands_once() -> None:
    numbers = [number for number, _line in rows(PAGE.read_text(encoding="utf-8"))]
    assert len(set(numbers)) == len(numbers)


def test_the_code_quotes_only_requirements_that_stand_on_the_page() -> None:
    known = {number for number, _line in rows(PAGE.read_text(encoding="utf-8"))}
    quoted = {number for path, text in texts() if path.parts[0] in PRODUCT for number in NUMBER.findall(text)}
    assert quoted
    assert quoted <= known
