"""The documents lead somewhere: every link to a file that is there, every named test to one that exists."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from recommendations.management.commands.describe_states import described

PROJECT = Path(__file__).resolve().parents[2]
IMAGES = PROJECT / "docs/images"
LARGEST_PICTURE = 200_000
"""Bytes: a page of the manual shall open quickly."""

LINK = re.compile(r"\]\(([^)#\s]+)|<img [^>]*?src=\"([^\"]+)\"")
PICTURE = re.compile(
    r"!\[([^\]]*)\]\(([^)\s]+)\)|<img (?=[^>]*?src=\"([^\"]+)\")(?:[^>]*?alt=\"([^\"]*)\")?[^>]*>"
)
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def documents() -> list[Path]:
    """Every Markdown file of the project itself."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [PROJECT / name for name in listed.stdout.splitlines()]


def dead_links(text: str, place: Path) -> list[str]:
    """The links in a document in the directory `place` that lead to no file of the project."""
    return [
        link
        for link in map("".join, LINK.findall(text))
        if "://" not in link and not (place / link).resolve().exists()
    ]


def pictures(text: str) -> dict[str, str]:
    """The pictures of a document: where each is, and what is said of it for whoever does not see it."""
    return {place or other: words or more for words, place, other, more in PICTURE.findall(text)}


def missing_tests(text: str) -> list[str]:
    """The tests that a document names and nobody wrote."""
    return ["::".join(filter(None, named)) for named in NAMED_TEST.findall(text) if not _exists(*named)]


def _exists(path: str, function: str) -> bool:
    file = PROJECT / path
    return file.is_file() and (not function or f"def {function}(" in file.read_text(encoding="utf-8"))


def _ids(paths: Iterable[Path]) -> list[str]:
    return [str(path.relative_to(PROJECT)) for path in paths]


@pytest.mark.parametrize("document", documents(), ids=_ids(documents()))
def test_every_link_leads_to_a_file_that_is_there(document: Path) -> None:
    assert dead_links(document.read_text(encoding="utf-8"), document.parent) == []


def test_a_link_to_a_file_that_is_not_there_is_seen() -> None:
    text = "[here](README.md) [there](docs/of-nobody.md) [away](https://example.org/x) [within](#start)"
    assert dead_links(text, PROJECT) == ["docs/of-nobody.md"]


def test_every_picture_is_used_small_and_says_what_is_seen() -> None:
    used = set()
    for document in documents():
        for place, words in pictures(document.read_text(encoding="utf-8")).items():
            assert len(words.split()) > 2, f"{document.name}: {place} says nothing to whoever does not see it"
            used.add((document.parent / place).resolve())
    assert set(IMAGES.iterdir()) == used
    assert [picture.name for picture in used if picture.stat().st_size >= LARGEST_PICTURE] == []


def test_a_picture_is_seen_in_both_ways_of_writing_it() -> None:
    text = '![A queue](a/queue.png) <img src="b.png" width="3" alt="A plan"> <img width="3" src="c.png">'
    assert pictures(text) == {"a/queue.png": "A queue", "b.png": "A plan", "c.png": ""}
    assert dead_links(text, PROJECT) == ["a/queue.png", "b.png", "c.png"]


@pytest.mark.parametrize(
    ("page", "least"),
    [("requirements", 50), ("explanation/faults", 10), ("explanation/five-locks", 20)],
)
def test_every_test_that_a_page_names_exists(page: str, least: int) -> None:
    text = (PROJECT / f"docs/{page}.md").read_text(encoding="utf-8")
    assert len(NAMED_TEST.findall(text)) >= least
    assert missing_tests(text) == []


def test_a_named_test_that_nobody_wrote_is_seen() -> None:
    here = "tests/rules/test_documents.py"
    text = f"`{here}` `{here}::test_of_nobody` `tests/rules/test_of_nobody.py` `{here}::missing_tests`"
    assert missing_tests(text) == [f"{here}::test_of_nobody", "tests/rules/test_of_nobody.py"]


def test_the_page_of_states_is_what_the_command_prints() -> None:
    page = (PROJECT / "docs/states.md").read_text(encoding="utf-8")
    assert page == described() + "\n"
