"""No text promises that somebody is called while the safety list says that nobody is paged."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
CALLS = re.compile(r"calls somebody|somebody is called|calls\s+whoever is on call|pages somebody", re.I)
WHERE = ("templates/**/*.html", "docs/how-to/*.md", "recommendations/catalogue/*.py", "docs/glossary.md")


def promising() -> list[str]:
    texts = [path for pattern in WHERE for path in ROOT.glob(pattern)]
    assert len(texts) > 100
    return [str(path.relative_to(ROOT)) for path in texts if CALLS.search(path.read_text(encoding="utf-8"))]


def test_while_nobody_is_paged_nothing_says_that_somebody_is_called() -> None:
    lane = (ROOT / "templates/safety/lane.html").read_text(encoding="utf-8")
    assert "nobody is paged yet" in lane
    assert promising() == []


def test_the_sentence_that_stood_there_would_be_found() -> None:
    """The planted fault."""
    assert CALLS.search("Question 9 of the PHQ-9 calls somebody at once when it is answered")
