"""The examples that the classifier learns from: our own, one message a line, and public sets where they are given.

`corpus/LANGUAGE/help/KIND.STYLE.txt` holds messages that need a help card, `corpus/LANGUAGE/none/STYLE.txt` those that
do not. We wrote them; no sentence of them is a patient's. Public sets stay outside the project.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from clinic.safety.classifier.model import FORUM, NOTHING

OWN: Final = Path(__file__).parents[1] / "corpus"
HELD_OUT: Final = Path(__file__).parents[1] / "held_out"
LANGUAGES: Final = ("en", "ru", "uz")
OF_NO_KIND: Final = frozenset({"mixed", "translit"})
"""Files of sentences that try rules and are of several kinds: nothing is learnt from them."""
POSTS: Final = "cssrs_posts"
SAFE_PROMPTS: Final = "xstest"
PROMPTS: Final = "ailuminate_selfharm"
LAYOUT: Final = (
    "DATA_DIR holds a folder for each public set with its rows in data.csv.gz: cssrs_posts (columns text, label and "
    "user), xstest (text, label), ailuminate_selfharm (text, hazard)."
)
MEANT: Final = frozenset({"ideation", "behavior", "attempt"})
"""The labels of the posts that speak of suicidal thoughts or more."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message: its kind of danger or NOTHING, its style, and whose it is where people must not be parted."""

    text: str = field(repr=False)
    kind: str
    style: str
    person: str = ""

    @property
    def needs_help(self) -> bool:
        """Whether a help card should be shown."""
        return self.kind != NOTHING


def own(*languages: str) -> list[Example]:
    """What the classifier learns of these languages, of all where none is named, in the order of files and lines."""
    examples = (example for language in languages or LANGUAGES for example in of_folder(OWN / language))
    return [example for example in examples if example.kind not in OF_NO_KIND]


def of_folder(folder: Path) -> list[Example]:
    """Every example of a folder with `help` and `none` in it, in the order of files and lines."""
    return [example for path in sorted(folder.glob("*/*.txt")) for example in _of_file(path)]


def _of_file(path: Path) -> Iterator[Example]:
    kind, style = path.stem.split(".") if path.parent.name == "help" else (NOTHING, path.stem)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield Example(line.strip(), kind, style)


def posts(data: Path) -> list[Example]:
    """The C-SSRS posts: ideation, behaviour and attempt need help. [] where the set is not there."""
    return [
        Example(row["text"], FORUM if row["label"] in MEANT else NOTHING, "post", row["user"])
        for row in rows_of(data, POSTS)
    ]


def missing(data: Path, *names: str) -> list[str]:
    """Which of these public sets are not in the folder."""
    return [name for name in names if not (data / name / "data.csv.gz").exists()]


def rows_of(data: Path, name: str) -> list[dict[str, str]]:
    """The rows of a public set, [] where it is not there."""
    path = data / name / "data.csv.gz"
    if not path.exists():
        return []
    csv.field_size_limit(10_000_000)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def card_of(own: Sequence[Example], posts: Sequence[Example]) -> dict[str, Any]:
    """The model card: what it was trained on, under which licences, and what it must not be used for."""
    sets = [{"name": "clinic/safety/corpus", "licence": "as this project", "messages": len(own)}]
    if posts:
        licence = "CC BY 4.0 as its Zenodo record says; to be confirmed"
        sets.append({"name": POSTS, "licence": licence, "messages": len(posts)})
    return {
        "sets": sets,
        "languages": list(LANGUAGES),
        "purpose": "raises what the rules found in a patient's message; never lowers it, never scores a person",
        "review": "no clinician has reviewed it",
    }
