"""What the code and the templates mark for translation, read without a program of the machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("audit", "clinic", "dashboard", "recommendations")
ONE = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
MARKED = re.compile(r"(?<![\w.])(n?p?gettext|_)\(")
LITERAL = re.compile(r"""\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*(,|\))""", re.DOTALL)

Key = tuple[str, str]
"""A context ("" for most) and an English sentence."""


def of_code(path: Path, function: str = "") -> set[Key]:
    """The sentences that a module marks, or one function of it."""
    tree: ast.AST = ast.parse(path.read_text(encoding="utf-8"))
    if function:
        (tree,) = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function]
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    return {key for call in calls if (key := _key(call))}


def _key(call: ast.Call) -> Key | None:
    assert isinstance(call.func, ast.Name)
    name = call.func.id
    said = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name not in ONE or not said:
        return None
    return (said[0], said[1]) if name.startswith("pgettext") else ("", said[0])


def of_template(path: Path) -> set[Key]:
    """The sentences that a template marks."""
    return set(_of_source(path.read_text(encoding="utf-8")))


def _of_source(source: str) -> Iterator[Key]:
    read = templatize(source)
    for found in MARKED.finditer(read):
        literals, at = [], found.end()
        while literal := LITERAL.match(read, at):
            literals.append(str(ast.literal_eval(literal[1])))
            at = literal.end()
            if literal[2] == ")":
                break
        if literals:
            yield (literals[0], literals[1]) if "pgettext" in found[1] else ("", literals[0])


def of_file(name: str) -> set[Key]:
    """Of a template, a module, or one function of a module: "dashboard/context.py:_patient"."""
    path, _, function = name.partition(":")
    return of_code(ROOT / path, function) if path.endswith(".py") else of_template(ROOT / path)


def everything() -> set[Key]:
    """All that the product marks."""
    code = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    pages = [path for path in (ROOT / "templates").rglob("*.*") if path.is_file()]
    return set().union(*map(of_code, code), *map(of_template, pages))
