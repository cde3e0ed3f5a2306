"""The files of the project, as git knows them, for the tests that walk them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("audit", "clinic", "dashboard", "recommendations")
PICTURES = {".png", ".jpg", ".webp", ".ico"}
NUMBERS = {".npz"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is committed or about to be, relative to the root."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for line in said.stdout.splitlines() if (ROOT / (path := Path(line))).is_file())


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that is neither a picture nor a model, with its text."""
    for path in files():
        if path.suffix not in PICTURES | NUMBERS:
            yield path, (ROOT / path).read_text(encoding="utf-8")


def python(*folders: str) -> list[Path]:
    """The Python files of these folders, migrations left out: Django writes those."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and path.parts[0] in folders and "migrations" not in path.parts
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))
