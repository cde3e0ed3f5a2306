"""Reading a text as a patient would: what is too hard to read, and words that promise or judge (SR-116); and whether
it blocks at least what every step of its activities blocks (SR-82).

The grade is that of Flesch and Kincaid with syllables counted by vowels: rough, and enough to catch a text for
professionals. Up to grade 6 a child of eleven can follow. Languages other than English get only the other checks.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.screening import CONDITIONS
from recommendations.catalogue import CatalogueEntry
from recommendations.catalogue.activities import activities_of, least_rules

HARDEST_GRADE = 6.0
LONGEST_SENTENCE = 25
ENGLISH = "en"
EMERGENCY_CARD, EMERGENCY = "medical_emergency", "emergency number"

BANNED: dict[str, str] = {
    "cure": r"\bcur(?:e|es|ed|ing)\b",
    "guarantee": r"\bguarant\w*",
    "diagnosis": r"\bdiagnos\w*",
    "disorder": r"\bdisorders?\b",
    "symptom": r"\bsymptoms?\b",
    "compliance": r"\b(?:non-?)?complian\w*",
    "always works": r"\balways (?:works|helps)\b",
    "will make you": r"\bwill make you\b",
    "no risk at all": r"\b(?:completely safe|no risk at all|risk-free)\b",
}
"""Words that promise an outcome, judge the person or name an illness, by how they are quoted back to the writer."""

_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z’']+")
_VOWELS = re.compile(r"[aeiouy]+")


def findings(entry: CatalogueEntry) -> list[str]:
    """What a psychologist should change before this can be signed, as sentences; empty when nothing is found."""
    signs = "\n".join(sign.words for sign in entry.stop_signs)
    text = "\n".join([entry.title, entry.words, entry.dose, entry.stop_rule, signs])
    return [*_never_stops(entry), *_banned(text), *_too_long(text), *_too_hard(entry), *_too_open(entry)]


def _never_stops(entry: CatalogueEntry) -> list[str]:
    """It says when to stop, and names the emergency number where a sign of it shows the emergency card (SR-84)."""
    if not entry.stop_rule.strip():
        return [_("Say when to stop. A step without that is not signed.")]
    grave = [sign.words for sign in entry.stop_signs if sign.card == EMERGENCY_CARD]
    if not grave or entry.language != ENGLISH or EMERGENCY in entry.stop_rule.lower():
        return []
    words = _(
        "“%(sign)s” is an emergency: under “When to stop”, say that one rings the emergency number for it."
    )
    return [words % {"sign": grave[0]}]


def _too_open(entry: CatalogueEntry) -> list[str]:
    """The rules that every step of its activities has, where this text lacks them or asks less."""
    has = {each.condition: each.must_be_known for each in entry.contraindications}
    strict = _("A step of this activity must be blocked by “%(condition)s”, present or not known.")
    plain = _("A step of this activity must be blocked by “%(condition)s” when present.")
    return [
        (strict if rule.must_be_known else plain) % {"condition": CONDITIONS[rule.condition]}
        for rule in least_rules(activities_of(entry))
        if rule.condition not in has or (rule.must_be_known and not has[rule.condition])
    ]


def _banned(text: str) -> list[str]:
    found = [name for name, pattern in BANNED.items() if re.search(pattern, text, re.IGNORECASE)]
    return [_("Say it without “%(word)s”: it promises or judges.") % {"word": name} for name in found]


def _too_long(text: str) -> list[str]:
    longest = max((len(_WORD.findall(each)) for each in _SENTENCE.split(text)), default=0)
    if longest <= LONGEST_SENTENCE:
        return []
    words = ngettext(
        "One sentence has %(count)d word. Keep each under %(most)d.",
        "One sentence has %(count)d words. Keep each under %(most)d.",
        longest,
    )
    return [words % {"count": longest, "most": LONGEST_SENTENCE + 1}]


def _too_hard(entry: CatalogueEntry) -> list[str]:
    if entry.language != ENGLISH or (found := grade(entry.words)) <= HARDEST_GRADE:
        return []
    return [
        _(
            "Reading it takes about %(grade)d years of school. Use shorter words and sentences, up to %(most)d."
        )
        % {"grade": round(found), "most": HARDEST_GRADE}
    ]


def grade(text: str) -> float:
    """The school grade that an English text needs, by Flesch and Kincaid."""
    words = _WORD.findall(text)
    sentences = [each for each in _SENTENCE.split(text) if _WORD.search(each)]
    if not words:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(count, 1)
