"""Templates: every word that people read can be translated, nothing is marked safe, components stay small."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
LONGEST_COMPONENT = 60

COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktranslate\b.*?%\}.*?\{%\s*endblocktranslate\s*%\}", re.DOTALL)
CLASSES = re.compile(r"\{%\s*block \w*class\w*\s*%\}[^{]*\{%\s*endblock\b.*?%\}")
"""A block that only fills in a class attribute further up."""
SYNTAX = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
UNSAFE = re.compile(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off")

READ_ALOUD = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "title",
}
"""Attributes whose value reaches people."""

NOT_READ = {"script", "style"}
NAMES = {"Countersign", "CS"}
"""What is the same in every language: the name, and how a record number begins."""

by_template = pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix()
)


class Reader(HTMLParser):
    """Collects what people would read of a page from which Django's syntax was taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The attributes that are read aloud, and a button's label."""
        self._skipping += tag in NOT_READ
        given = dict(attrs)
        is_button = tag == "input" and given.get("type") in {"submit", "button", "reset"}
        self.read += [
            value
            for name, value in attrs
            if value and (name in READ_ALOUD or (is_button and name == "value"))
        ]

    def handle_endtag(self, tag: str) -> None:
        """Scripts and styles are not read."""
        self._skipping -= tag in NOT_READ

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._skipping:
            self.read.append(data)


def untranslated(template: str) -> list[str]:
    """The words of a template that stand outside its translate tags."""
    for syntax in (COMMENTS, TRANSLATED, CLASSES, SYNTAX):
        template = syntax.sub(" ", template)
    reader = Reader()
    reader.feed(template)
    words = [word for text in reader.read for word in LETTERS.findall(text)]
    return [word for word in words if word not in NAMES]


@by_template
def test_no_text_stands_outside_the_translate_tags(template: Path) -> None:
    assert untranslated(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Sign here</p>", ["Sign", "here"]),
        ('<button aria-label="Close">×</button>', ["Close"]),
        ('<input type="submit" value="Save"><input type="text" value="kept">', ["Save"]),
        ('<p {% if a %}class="b"{% endif %}>{% translate "Plan" %}, 3 · {{ name }}</p>', []),
        ("{% blocktranslate %}Signed by {{ name }}{% endblocktranslate %} {# a remark #}", []),
        ("{% comment %}words{% endcomment %}<style>p {color: red}</style><!-- words -->", []),
        (
            "{% block page_class %}wide{% endblock page_class %}{% block title %}Plan{% endblock title %}",
            ["Plan"],
        ),
        ('<p title="{% translate "Help" %}">{% if x %}yes{% endif %}</p>', ["yes"]),
    ],
)
def test_the_parser_finds_what_people_would_read(template: str, words: list[str]) -> None:
    assert untranslated(template) == words


@by_template
def test_nothing_is_marked_safe(template: Path) -> None:
    assert not UNSAFE.search(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "fault", ["{{ words|safe }}", "{{ a | safe }}", "{% autoescape off %}", "{{ a|safeseq }}"]
)
def test_marking_safe_would_be_found(fault: str) -> None:
    assert UNSAFE.search(fault)


def test_a_component_stays_under_60_lines() -> None:
    components = [path for path in TEMPLATES if path.parent.name == "_components"]
    assert len(components) > 20
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in components}
    assert {name: count for name, count in lines.items() if count >= LONGEST_COMPONENT} == {}
