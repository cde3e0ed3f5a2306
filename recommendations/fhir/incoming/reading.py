"""Reading a file of FHIR resources as a stream: a Bundle of any size, NDJSON, or one resource."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from recommendations.fhir import strict
from recommendations.fhir.incoming.window import Unreadable, Window

PACKED = {
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}
"""How packed files begin. They are refused: a few bytes may hold a hundred gigabytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of a file with its place in it, its address there, and its text as it came."""

    number: int
    full_url: str
    resource: dict[str, Any]
    text: str


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """Every resource of the file, in order. Raises Unreadable where it cannot be read any further."""
    _refuse_packed(stream)
    reader = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield from _all(Window(reader))
    finally:
        reader.detach()  # the stream stays open for whoever opened it


def _all(window: Window) -> Iterator[Entry]:
    number = 0
    while window.peek():
        for full_url, resource, text in _document(window):
            number += 1
            yield Entry(number, full_url, _checked(resource, text), text)
        window.forget()
    if not number:
        raise Unreadable(_("it holds no resource"))


def _refuse_packed(stream: BinaryIO) -> None:
    start = stream.read(6)
    stream.seek(0)
    for magic, name in PACKED.items():
        if start.startswith(magic):
            raise Unreadable(_("it is packed (%(name)s): unpack it first") % {"name": name})
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_("the text is not UTF-8"))


def _document(window: Window) -> Iterator[tuple[str, Any, str]]:
    """One JSON object of the file: a Bundle gives its entries, any other resource itself."""
    window.take("{")
    seen: dict[str, Any] = {}
    start, streamed = window.at - 1, False
    if window.peek() == "}":
        raise Unreadable(_("it holds no resource"))
    while True:
        key = window.key()
        if key in seen:
            raise Unreadable(_("a key stands twice in one object"))
        if key == "entry" and window.peek() == "[" and seen.get("resourceType", "Bundle") == "Bundle":
            streamed, seen[key] = True, None
            yield from _members(window)
        else:
            seen[key] = window.value()
        if window.take(",", "}") == "}":
            break
        if streamed or seen.get("resourceType") == "Bundle":
            window.forget()
        elif window.at - start > strict.LARGEST_ENTRY:
            raise Unreadable(strict.too_large())
    if streamed and seen.get("resourceType") != "Bundle":
        raise Unreadable(_("it has entries and is no Bundle"))
    if seen.get("resourceType") != "Bundle":
        yield "", seen, window.text[start : window.at]


def _members(window: Window) -> Iterator[tuple[str, Any, str]]:
    """The resources of a Bundle's list of entries."""
    window.take("[")
    if window.peek() == "]":
        window.take("]")
        return
    while True:
        yield from _member(window)
        window.forget()
        if window.take(",", "]") == "]":
            return


def _member(window: Window) -> Iterator[tuple[str, Any, str]]:
    """One entry: its resource and the address under which others speak of it. One without a resource gives nothing."""
    window.take("{")
    seen: dict[str, Any] = {}
    text = ""
    if window.peek() == "}":
        window.take("}")
        return
    while True:
        key = window.key()
        if key in seen:
            raise Unreadable(_("a key stands twice in one object"))
        window.peek()
        start = window.at
        seen[key] = window.value()
        if key == "resource":
            text = window.text[start : window.at]
        if window.take(",", "}") == "}":
            break
    if "resource" in seen:
        yield str(seen.get("fullUrl", ""))[:500], seen["resource"], text


def _checked(resource: Any, text: str) -> dict[str, Any]:
    try:
        strict.check(resource, text)
    except strict.NotStrict as error:
        raise Unreadable(str(error)) from None
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        raise Unreadable(_("an entry holds no FHIR resource"))
    return resource
