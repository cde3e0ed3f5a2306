"""The hazard log: every hazard has an owner and controls, every control a requirement and a test that is there."""

import re
from dataclasses import dataclass

import pytest

from tests.rules.test_documents import missing_tests
from tests.rules.test_requirements import NAMED_TEST, PAGE, rows
from tests.sources import ROOT

LOG = ROOT / "docs" / "safety" / "hazards.md"

HEADING = re.compile(r"^## (HZ-\d+) (\S.+)$", re.MULTILINE)
FIELD = re.compile(r"^- (\w+): *(.*)$", re.MULTILINE)
ROW = re.compile(r"^\| *(.*?) *\| *(.*?) *\| *(.*?) *\|$", re.MULTILINE)

TELLING = ("Cause", "Effect", "Harm", "Owner")
CHOICES = {
    "Severity": ("minor", "significant", "considerable", "major", "catastrophic"),
    "Likelihood": ("very low", "low", "medium", "high", "very high"),
    "Residual": ("acceptable", "tolerable"),
    "Status": ("open", "controlled", "absent"),
}


@dataclass(frozen=True)
class Hazard:
    """One hazard as it stands in the log."""

    number: str
    fields: dict[str, str]
    controls: list[tuple[str, str, str]]
    """What is done, which requirement asks for it, which tests show it."""

    def faults(self, known: set[str]) -> list[str]:
        """What keeps a release back; `known` are the requirements that stand on their page."""
        untold = [f"no {name}" for name in TELLING if not self.fields.get(name)]
        wrong = [
            f"{name}: {said or 'nothing'}"
            for name, choices in CHOICES.items()
            if (said := self.fields.get(name, "").split(":")[0]) not in choices
        ]
        uncontrolled = [] if self.controls else ["no control"]
        found = untold + wrong + uncontrolled + [each for row in self.controls for each in shown(row, known)]
        return [f"{self.number}: {fault}" for fault in found]


def shown(control: tuple[str, str, str], known: set[str]) -> list[str]:
    """What is wrong with one control."""
    done, requirement, tests = control
    unnamed = [] if NAMED_TEST.search(tests) else [f"no test shows: {done}"]
    unknown = [] if requirement in known else [f"{requirement or 'no requirement'} for: {done}"]
    return unnamed + unknown + [f"{test} does not exist" for test in missing_tests(tests)]


def hazards(log: str) -> list[Hazard]:
    """Every hazard of the log, in its order."""
    _before, *parts = HEADING.split(log)
    return [_hazard(number, text) for number, _title, text in zip(*[iter(parts)] * 3, strict=True)]


def _hazard(number: str, text: str) -> Hazard:
    table = [(a, b, c) for a, b, c in ROW.findall(text)][2:]
    return Hazard(number, dict(FIELD.findall(text)), table)


def known() -> set[str]:
    """The requirements that stand on their page."""
    return {number for number, _line in rows(PAGE.read_text(encoding="utf-8"))}


def test_nothing_in_the_log_keeps_a_release_back() -> None:
    found = hazards(LOG.read_text(encoding="utf-8"))
    assert len(found) >= 18
    assert [fault for hazard in found for fault in hazard.faults(known())] == []


def test_every_hazard_stands_once_and_none_is_overlooked() -> None:
    text = LOG.read_text(encoding="utf-8")
    numbers = [hazard.number for hazard in hazards(text)]
    assert numbers == [f"HZ-{place}" for place in range(1, len(numbers) + 1)]
    assert text.count("\n## ") == len(numbers)
    assert sum(len(hazard.controls) for hazard in hazards(text)) == text.count("| SR-")


def test_the_log_says_that_no_safety_officer_has_set_its_figures() -> None:
    assert "No Clinical Safety Officer has set them yet" in LOG.read_text(encoding="utf-8")


HERE = "tests/rules/test_hazards.py::test_a_sound_hazard_has_no_fault"
SOUND = f"""
## HZ-1 Something goes wrong
- Cause: a cause
- Effect: an effect
- Harm: a harm
- Severity: major
- Likelihood: very low
- Residual: tolerable
- Owner: Duty lead
- Status: open: more is planned

| control | requirement | shown by |
|---|---|---|
| It is kept | SR-1 | `{HERE}` |
"""


def test_a_sound_hazard_has_no_fault() -> None:
    (hazard,) = hazards(SOUND)
    assert hazard.faults({"SR-1"}) == []


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        (f"`{HERE}`", "by hand", "no test shows: It is kept"),
        (HERE, HERE + "_of_nobody", f"{HERE}_of_nobody does not exist"),
        (HERE, "tests/rules/test_of_nobody.py", "tests/rules/test_of_nobody.py does not exist"),
        ("SR-1 |", "SR-2 |", "SR-2 for: It is kept"),
        (f"| It is kept | SR-1 | `{HERE}` |", "", "no control"),
        ("- Owner: Duty lead", "- Owner:", "no Owner"),
        ("- Harm: a harm\n", "", "no Harm"),
        ("Residual: tolerable", "Residual: unacceptable", "Residual: unacceptable"),
        ("Severity: major", "Severity: perhaps", "Severity: perhaps"),
        ("- Likelihood: very low\n", "", "Likelihood: nothing"),
    ],
)
def test_a_planted_fault_is_found(there: str, instead: str, fault: str) -> None:
    assert there in SOUND
    (hazard,) = hazards(SOUND.replace(there, instead))
    assert hazard.faults({"SR-1"}) == [f"HZ-1: {fault}"]
