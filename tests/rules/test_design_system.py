"""The design system holds together: one place for colours, no style in a template, no class without a rule."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "dashboard" / "static" / "countersign" / "css"
TEMPLATES = ROOT / "templates"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
STYLE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|<script(?![^>]*\b(?:src|type="application/json")=?)"""
)
PHYSICAL = re.compile(
    r"^\s*(?:margin|padding|border)-(?:left|right|top|bottom)\b|^\s*(?:left|right)\s*:", re.MULTILINE
)
# Their colours are paper's, and Plotly lays out its own pictures from the left in every language.
OWN_COLOURS = {"tokens.css", "print.css"}
LEFT_TO_RIGHT = {"plotly.css"}
# Names that Plotly looks for, or that only say which part of a component this is.
HOOKS = {"no-inline-styles"}


def sheets() -> dict[str, str]:
    """The text of each style sheet, comments removed, by file name."""
    found = {path.relative_to(CSS).as_posix(): path.read_text() for path in CSS.rglob("*.css")}
    return {name: re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for name, text in found.items()}


def dark_blocks(tokens: str) -> list[dict[str, str]]:
    """The two lists of dark tokens: the device's dark, and dark by hand."""
    dark = r':root(?::not\(\[data-theme="light"\]\)|\[data-theme="dark"\]) \{(.*?)\}'
    blocks = re.findall(dark, tokens, re.DOTALL)
    return [dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block)) for block in blocks]


def classes_in(template: str) -> set[str]:
    """The literal class names of a template; those that are built from a variable are left out."""
    plain = re.sub(r"\{\{.*?\}\}", "{}", re.sub(r"\{%.*?%\}", " ", template))
    values = re.findall(r'\bclass="([^"]*)"', plain)
    return {name for value in values for name in value.split() if "{" not in name and not name.endswith("--")}


def rules_for(names: Iterable[str]) -> set[str]:
    """Those of the class names that some style sheet knows."""
    text = "\n".join(sheets().values())
    return {name for name in names if re.search(rf"\.{re.escape(name)}(?![\w-])", text)}


def test_no_colour_is_written_outside_the_tokens() -> None:
    offenders = {name for name, text in sheets().items() if name not in OWN_COLOURS and COLOUR.search(text)}
    assert offenders == set()


def test_every_token_that_is_used_is_defined() -> None:
    text = "\n".join(sheets().values())
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert used - set(re.findall(r"(--[\w-]+)\s*:", text)) == set()


def test_dark_by_hand_is_the_dark_of_the_device() -> None:
    first, second = dark_blocks(sheets()["tokens.css"])
    assert first == second
    assert len(first) > 30


def test_style_sheets_use_logical_sides_so_that_pages_can_be_mirrored() -> None:
    offenders = {
        name for name, text in sheets().items() if name not in LEFT_TO_RIGHT and PHYSICAL.search(text)
    }
    assert offenders == set()


def test_no_template_holds_a_style_or_a_script() -> None:
    offenders = {str(path) for path in TEMPLATES.rglob("*.html") if STYLE.search(path.read_text())}
    assert offenders == set()


def test_every_class_of_a_component_has_a_rule() -> None:
    names = {
        name for path in (TEMPLATES / "_components").glob("*.html") for name in classes_in(path.read_text())
    }
    assert names - rules_for(names) - HOOKS == set()


@pytest.mark.parametrize(
    "fault",
    ['<p style="color: red">', "<style>p { }</style>", '<a onclick="go()">', "<script>go()</script>"],
)
def test_the_search_for_styles_and_scripts_finds_a_planted_one(fault: str) -> None:
    assert STYLE.search(fault)


@pytest.mark.parametrize("fault", ["color: #a3211b;", "background: rgb(0 0 0 / 0.5);"])
def test_the_search_for_colours_finds_a_planted_one(fault: str) -> None:
    assert COLOUR.search(fault)


def test_a_class_that_nobody_styled_is_found() -> None:
    names = classes_in('<p class="card no-such-class">')
    assert names - rules_for(names) == {"no-such-class"}
