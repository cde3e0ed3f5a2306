"""Help lines as records that somebody checked: only those may be shown, and only while the check is fresh.

Real lines stand in `help/resources.toml`, the made-up ones of the demonstration clinic in
`help/fictional.toml`, numbers that must never be shown in `help/rejected.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clinic import environment

FOLDER: Final = Path(__file__).with_name("help")
# A line is rung or looked up again at least this often (SR-36).
FRESH_FOR: Final = dt.timedelta(days=180)
METHODS: Final = ("called", "site")
CHANNELS: Final = ("call", "text")
EMERGENCY: Final = "emergency"
# Ranges that the British regulator keeps free for drama; nobody is ever reached on them.
_FICTIONAL: Final = re.compile(r"(0|\+?44)(1632960|7700900|8081570|3069990)\d{3}")


@dataclass(frozen=True, slots=True)
class HelpResource:
    """One line or service. `country` is ISO 3166-1 alpha-2, `languages` BCP 47; `hours` and `cost` are codes."""

    name: str
    country: str
    region: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    number: str
    channel: str
    hours: str
    cost: str
    operator: str
    primary_source_url: str
    verified_by: str
    verified_on: dt.date | None
    method: str
    review_due: dt.date | None
    is_fictional: bool

    @property
    def href(self) -> str:
        """A link that dials or opens a message."""
        digits = re.sub(r"[^\d+]", "", self.number)
        return f"{'sms' if self.channel == 'text' else 'tel'}:{digits}"

    def may_be_shown(self, *, demonstration: bool, today: dt.date) -> bool:
        """Real lines only when checked, not overdue and not rejected; made-up ones only in the demonstration."""
        if self.is_fictional or demonstration:
            return self.is_fictional and demonstration
        return not self.gaps() and self.review_due is not None and self.review_due >= today

    def gaps(self) -> list[str]:
        """What is missing or wrong in the record, whatever the day."""
        if self.is_fictional:
            made_up = _FICTIONAL.fullmatch(re.sub(r"[^\d+]", "", self.number))
            return [] if made_up else ["a fictional number must come from a range kept free for fiction"]
        verified_on, review_due = self.verified_on, self.review_due
        wrong = {
            "nobody is named who verified it": not self.verified_by,
            "it names no primary source": not self.primary_source_url.startswith("https://"),
            "it was neither called nor looked up": self.method not in METHODS,
            "it lacks the day of its check or of the next one": verified_on is None or review_due is None,
            "its next check is more than 180 days after the last": verified_on is not None
            and review_due is not None
            and review_due - verified_on > FRESH_FOR,
            "its number is on the list of rejected numbers": (self.country, self.number) in REJECTED,
            "its channel is unknown": self.channel not in CHANNELS,
        }
        return [what for what, is_wrong in wrong.items() if is_wrong]


def read_resources(path: Path) -> tuple[HelpResource, ...]:
    """Read the records of one file; raises KeyError or tomllib.TOMLDecodeError where it is malformed."""
    return parsed(path.read_text(encoding="utf-8"))


def parsed(text: str) -> tuple[HelpResource, ...]:
    """The records of a text in that form; none of an empty one."""
    return tuple(map(_resource, tomllib.loads(text).get("resource", ())))


def _resource(row: dict[str, Any]) -> HelpResource:
    return HelpResource(
        name=row["name"],
        country=row["country"],
        region=row.get("region", ""),
        languages=tuple(row["languages"]),
        topics=tuple(row["topics"]),
        number=row["number"],
        channel=row["channel"],
        hours=row["hours"],
        cost=row["cost"],
        operator=row["operator"],
        primary_source_url=row.get("primary_source_url", ""),
        verified_by=row.get("verified_by", ""),
        verified_on=row.get("verified_on"),
        method=row.get("method", ""),
        review_due=row.get("review_due"),
        is_fictional=row.get("fictional", False),
    )


def _rejected(path: Path) -> frozenset[tuple[str, str]]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["rejected"]
    return frozenset((row["country"], row["number"]) for row in rows)


REJECTED: Final = _rejected(FOLDER / "rejected.toml")
OWN: Final = parsed(environment.text("HELP_LINES", ""))
"""Lines that somebody of this installation has checked: HELP_LINES_FILE names a file in the form of resources.toml."""

RESOURCES: Final = (
    *OWN,
    *read_resources(FOLDER / "resources.toml"),
    *read_resources(FOLDER / "fictional.toml"),
)


def fitting(
    resources: Iterable[HelpResource],
    *,
    topics: Sequence[str],
    country: str,
    language: str,
    demonstration: bool,
    today: dt.date,
) -> list[HelpResource]:
    """The lines that may be shown in a country for these topics: best topic first, then those in the language."""
    primary = language.partition("-")[0]
    shown = [
        one
        for one in resources
        if one.country == country.upper()
        and one.may_be_shown(demonstration=demonstration, today=today)
        and set(topics) & set(one.topics)
    ]
    return sorted(
        shown,
        key=lambda one: (
            min(topics.index(topic) for topic in one.topics if topic in topics),
            primary not in one.languages,
        ),
    )


def resource_problems(resources: Iterable[HelpResource], *, today: dt.date) -> list[str]:
    """What somebody must mend: records that are incomplete, rejected or overdue, each as a sentence."""
    problems = []
    for one in resources:
        problems += [f"{one.name}, {one.country}: {gap}" for gap in one.gaps()]
        if one.review_due is not None and one.review_due < today:
            problems.append(
                f"{one.name}, {one.country}: its check has been due since {one.review_due.isoformat()}"
            )
    return problems
