"""No text says that nobody is paged as if that were always so, and none promises that somebody will ring."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
ALWAYS = re.compile(r"nobody is paged(?: yet)?[.;,]|nobody is rung|nobody is paged or", re.I)
PROMISES = re.compile(
    r"calls somebody|somebody is called|calls\s+whoever is on call|will ring you|pages somebody", re.I
)
WHERE = (
    "templates/**/*.html",
    "docs/how-to/*.md",
    "recommendations/catalogue/*.py",
    "clinic/safety/*.py",
    "clinic/safety/rules/*.md",
    "docs/glossary.md",
)
WHERE_NOBODY_IS = {
    "templates/safety/_on_call.html": "shown only while no psychologist has an address",
    "templates/safety/_owner.html": "about a concern, for which nobody is paged",
}


def saying(words: re.Pattern[str]) -> set[str]:
    found = [path for pattern in WHERE for path in ROOT.glob(pattern)]
    assert len(found) > 150
    return {str(path.relative_to(ROOT)) for path in found if words.search(path.read_text(encoding="utf-8"))}


def test_that_nobody_is_paged_is_said_only_where_it_is_asked_of_the_rota() -> None:
    assert saying(ALWAYS) <= set(WHERE_NOBODY_IS)


def test_no_text_promises_more_than_a_page() -> None:
    assert saying(PROMISES) == set()


def test_the_sentences_that_stood_there_would_be_found() -> None:
    """The planted fault."""
    assert ALWAYS.search("Every psychologist of the clinic sees this list; nobody is paged yet.")
    assert PROMISES.search("Question 9 of the PHQ-9 calls somebody at once when it is answered")
