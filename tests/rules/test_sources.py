"""Files and names: short files, short functions, no empty names, nothing of anybody else's, no unfinished words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import PRODUCT, ROOT, files, python, texts, tree

LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 200, 250, 40
LONG_FILES: dict[str, str] = {}
"""Files that may be longer, each with its reason. It is meant to stay empty."""

EMPTY_WORDS = {"data", "handler", "helper", "helpers", "item", "items", "manager", "process", "util", "utils"}
NAMED_SO: dict[str, str] = {
    "UserManager": "Django's word for it",
    "WordlessHandler": "django-axes' word for it",
    "PlanItem": "plan item is a word of the house",
    "days_since_data": "little data, no data: words of the house",
    "has_little_data": "little data, no data: words of the house",
}

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
MACHINES = re.compile(r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+|tmp/dev)/")
NUMBERS_OF_ISSUES = re.compile(r"\b[Ii]ssues? #?\d")
THIRD_PARTY = re.compile(
    r"\.(?:woff2?|ttf|otf|eot)$|(?:^|/)(?:plotly|htmx|jquery|bootstrap)[\w.-]*\.js$|\.min\.(?:js|css)$"
    r"|(?:^|/)(?:node_modules|vendor)/"
)
UNSAFE_CALLS = {"mark_safe", "SafeString", "SafeText"}
MARKED_SAFE = {
    "dashboard/templatetags/countersign.py": "the type of what format_html returned, which escapes",
}


def lines_of(path: Path) -> int:
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def test_files_stay_short() -> None:
    long = {str(path) for path in python(*PRODUCT, "script", "bench") if lines_of(path) > LONGEST_FILE}
    assert long == set(LONG_FILES)
    assert {str(path) for path in python("tests") if lines_of(path) > LONGEST_TEST} == set()


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def too_long(module: ast.Module) -> list[str]:
    return [
        each.name
        for each in functions(module)
        if (each.end_lineno or 0) - each.lineno + 1 >= LONGEST_FUNCTION
    ]


def test_functions_stay_short() -> None:
    found = {str(path): too_long(tree(path)) for path in python(*PRODUCT, "script", "bench", "tests")}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_long_function_would_be_found() -> None:
    assert too_long(ast.parse("def walk():\n" + "    step()\n" * 39)) == ["walk"]
    assert too_long(ast.parse("def walk():\n" + "    step()\n" * 38)) == []


def empty_names(path: Path, module: ast.Module) -> set[str]:
    """The names of modules, classes and functions whose last word says nothing."""
    names = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {name for name in {*names, path.stem} if words(name)[-1:] and words(name)[-1] in EMPTY_WORDS}


def words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def test_names_say_something() -> None:
    found = set[str]().union(*(empty_names(path, tree(path)) for path in python(*PRODUCT, "script", "bench")))
    assert found <= set(NAMED_SO)


@pytest.mark.parametrize("name", ["utils", "DraftManager", "load_data", "HTTPHandler", "process"])
def test_an_empty_name_would_be_found(name: str) -> None:
    assert empty_names(Path("plan.py"), ast.parse(f"class {name}:\n    pass")) == {name}
    assert empty_names(Path(f"{name}.py"), ast.parse("")) == {name}


@pytest.mark.parametrize(
    "pattern", [UNFINISHED, MACHINES, NUMBERS_OF_ISSUES], ids=["unfinished", "paths", "issues"]
)
def test_no_file_speaks_of_how_it_was_made(pattern: re.Pattern[str]) -> None:
    own = Path(__file__).relative_to(ROOT)
    assert [str(path) for path, text in texts() if path != own and pattern.search(text)] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TODO: later"),
        (MACHINES, 'open("/root/x")'),
        (MACHINES, "cd /home/ada/project"),
        (NUMBERS_OF_ISSUES, "see issue 12"),
    ],
)
def test_such_words_would_be_found(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_no_file_of_somebody_else_is_committed() -> None:
    assert [path.as_posix() for path in files() if THIRD_PARTY.search(path.as_posix())] == []


@pytest.mark.parametrize(
    "path",
    ["static/fonts/a.woff2", "static/plotly-4.1.1.js", "static/htmx.js", "a/b.min.js", "node_modules/x/y.js"],
)
def test_such_a_file_would_be_found(path: str) -> None:
    assert THIRD_PARTY.search(path)


def test_no_script_or_style_looks_like_a_bundle() -> None:
    """Ours have lines that people wrote; a bundle has lines of thousands of characters."""
    longest = {
        str(path): max(map(len, text.splitlines()), default=0)
        for path, text in texts()
        if path.suffix in {".js", ".css"}
    }
    assert len(longest) > 10
    assert {path: length for path, length in longest.items() if length > 300} == {}


def test_nothing_is_marked_safe_in_python_but_where_it_is_named() -> None:
    found = {
        path.as_posix()
        for path in python(*PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id in UNSAFE_CALLS
    }
    assert found == set(MARKED_SAFE)


def sleeps(module: ast.Module) -> int:
    """Calls of sleep that are no pause between two looks: those outside a while loop."""
    polling = {call for loop in ast.walk(module) if isinstance(loop, ast.While) for call in ast.walk(loop)}
    return sum(
        isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"time.sleep", "sleep"}
        and node not in polling
        for node in ast.walk(module)
    )


def test_tests_wait_for_what_happens_and_never_just_sleep() -> None:
    assert [str(path) for path in python("tests") if sleeps(tree(path))] == []


def test_a_sleep_would_be_found_and_a_poll_would_not() -> None:
    assert sleeps(ast.parse("import time\ntime.sleep(1)")) == 1
    assert sleeps(ast.parse("while not there():\n    time.sleep(.01)")) == 0


def test_every_public_function_of_the_product_says_what_it_does() -> None:
    silent = {
        f"{path}:{node.name}"
        for path in python(*PRODUCT)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    }
    assert silent <= {"audit/apps.py:AuditConfig"}
