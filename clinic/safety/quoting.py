"""The sentence around the words that triggered a rule: what an alert discloses of a text, and no more."""

import re

LONGEST = 300
"""Characters of one quote. A longer sentence is cut on both sides of the words, and says so."""

CUT = "…"

_ENDS = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|\n+")
_LINES = re.compile(r"\s*\n\s*")


def quote(text: str, start: int, end: int) -> str:
    """The sentence or sentences that hold `text[start:end]`, on one line, at most LONGEST characters and the marks."""
    first, last = _sentence(text, start, end)
    first, last, before, after = _bounded(first, last, start, end)
    words = _LINES.sub(" ", text[first:last]).strip()
    return f"{CUT if before else ''}{words}{CUT if after else ''}"


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """From the end of the sentence before to the end of this one; no further than a quote may reach."""
    earliest, latest = max(0, start - LONGEST), min(len(text), end + LONGEST)
    first, last = earliest, latest
    for mark in _ENDS.finditer(text, earliest, latest):
        if mark.end() <= start:
            first = mark.end()
        elif mark.start() >= end - len(mark.group()):
            last = max(mark.end(), end)
            break
    return first, last


def _bounded(first: int, last: int, start: int, end: int) -> tuple[int, int, bool, bool]:
    """The stretch cut to LONGEST characters around the words, and where it was cut."""
    if last - first <= LONGEST:
        return first, last, False, False
    room = max(0, LONGEST - (end - start)) // 2
    low = max(first, start - room)
    high = min(last, max(low + LONGEST, start))
    low = max(first, high - LONGEST) if high == last else low
    return low, high, low > first, high < last
