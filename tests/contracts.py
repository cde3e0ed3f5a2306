"""The import contracts of pyproject.toml, tried on a copy of the tree in which bad imports are planted."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("audit", "clinic", "dashboard", "recommendations")


@dataclass(frozen=True)
class Verdict:
    """What lint-imports said: the ids of the contracts that it was asked for and found broken, and its words."""

    broken: frozenset[str]
    output: str


def contract_ids() -> list[str]:
    """The id of every contract, in the order of pyproject.toml."""
    return re.findall(r'(?m)^id = "([a-z]+)"$', (PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def copy_of_the_tree(place: Path) -> Path:
    """The four packages' Python files and pyproject.toml, copied to `place`."""
    for package in PACKAGES:
        for source in (PROJECT / package).rglob("*.py"):
            target = place / source.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copyfile(PROJECT / "pyproject.toml", place / "pyproject.toml")
    return place


def plant(place: Path, files: Mapping[str, str]) -> None:
    """Write or extend files of a copy: path and what stands at the end of it."""
    for path, text in files.items():
        with (place / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")


def judged(place: Path, *, contract: str) -> Verdict:
    """One contract, asked of a tree. An error of the tool itself is an AssertionError with its words."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo", "--contract"]
    said = subprocess.run([*command, contract], cwd=place, capture_output=True, text=True, check=False)
    output = re.sub(r"\s+", " ", said.stdout + said.stderr)
    kept, broken = (re.search(rf"(\d+) {word}", output) for word in ("kept", "broken"))
    assert kept, output
    assert broken, output
    assert int(kept[1]) + int(broken[1]) == 1, output
    return Verdict(frozenset({contract} if int(broken[1]) else ()), output)
