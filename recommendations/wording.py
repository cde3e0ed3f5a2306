"""From codes and figures to sentences, for psychologists; and the one sentence that may be signed for a patient.

Words about direction describe the level against the person's own usual range, never the person (SR-74).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from recommendations import profile_wording, signal_wording
from recommendations.evidence import Piece, Side, Weight, level_piece
from recommendations.models.reading import MoodReading
from recommendations.signal_wording import number

DIRECTIONS: dict[str, StrOrPromise] = {
    "not_scored": gettext_lazy("Not scored"),
    "no_change": gettext_lazy("No change"),
    "unsure": gettext_lazy("Unsure"),
    "likely_worse": gettext_lazy("Likely worse"),
    "likely_better": gettext_lazy("Likely better"),
}

HELD_BACK: dict[str, StrOrPromise] = {
    "no_data": gettext_lazy("No check-ins yet."),
    "gap": gettext_lazy("No check-in for more than 3 days."),
    "too_few_days": gettext_lazy("Fewer than 5 days with a check-in in the last 14."),
}

WEIGHTS: dict[Weight, StrOrPromise] = {
    Weight.STRONG: gettext_lazy("strong weight"),
    Weight.MEDIUM: gettext_lazy("medium weight"),
    Weight.SMALL: gettext_lazy("small weight"),
    Weight.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One piece of evidence in words, with the key by which it is named and its weight in words."""

    key: str
    side: Side
    text: str
    weight: str


def sentence(piece: Piece) -> Sentence:
    """The sentence of one piece of evidence."""
    return Sentence(piece.key, piece.side, _made(piece.key)(piece.figures), str(WEIGHTS[piece.weight]))


def _made(key: str) -> Callable[[Mapping[str, Any]], str]:
    """What makes the sentence; a piece of the profile bears its fact or its step behind its kind."""
    return SENTENCES.get(key) or SENTENCES[key.partition("_")[0]]


def _below(figures: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d of the last %(days)d days with a check-in is below the usual range "
        "(lowest day %(lowest)s; usual %(usual)s).",
        "%(count)d of the last %(days)d days with a check-in are below the usual range "
        "(lowest day %(lowest)s; usual %(usual)s).",
        figures["count"],
    ) % {
        "count": figures["count"],
        "days": figures["days"],
        "lowest": number(figures["lowest"]),
        "usual": number(figures["usual"]),
    }


def _level(figures: Mapping[str, Any]) -> str:
    words = _(
        "Estimate %(level)s, range %(lower)s to %(upper)s (right 8 times in 10); "
        "usual range %(usual_low)s to %(usual_high)s."
    )
    return words % {name: number(value) for name, value in figures.items()}


def _run(figures: Mapping[str, Any]) -> str:
    return ngettext(
        "The last %(days)d check-in day is below the usual range.",
        "The last %(days)d check-in days in a row are below the usual range.",
        figures["days"],
    ) % {"days": figures["days"]}


def _swing(figures: Mapping[str, Any]) -> str:
    words = _("From one day to the next mood moves by %(recent)s on the scale; usual %(usual)s.")
    return words % {name: number(value) for name, value in figures.items()}


def _not_below(figures: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d of the last %(days)d days with a check-in is inside or above the usual range.",
        "%(count)d of the last %(days)d days with a check-in are inside or above the usual range.",
        figures["count"],
    ) % {"count": figures["count"], "days": figures["days"]}


def _gap(figures: Mapping[str, Any]) -> str:
    words = ngettext(
        "A gap of %(days)d day without a check-in: it makes the range wider.",
        "A gap of %(days)d days without a check-in: it makes the range wider.",
        figures["days"],
    )
    return words % {"days": figures["days"]}


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "below_usual": _below,
    "level": _level,
    "run_below": _run,
    "swing": _swing,
    "not_below": _not_below,
    "gap": _gap,
    **dict.fromkeys(("form_phq9", "form_phq8", "form_gad7"), signal_wording.form),
    "sleep": signal_wording.sleep,
    "profile": profile_wording.known,
    "instead": profile_wording.left_out,
    "profile_words_not_read": lambda _f: _(
        "The words of the profile: only what its facts are marked with is read."
    ),
    "only_these_sources": lambda _f: _("Sessions, medication, and anything not in the sources named here."),
    "only_check_ins": lambda _f: _("Sessions, medication, and anything not in a check-in."),
    "notes_not_read": lambda _f: _("The words of notes: only the mood numbers are read."),
}


SWINGS_WIDELY = 1.5
"""How many times the usual day-to-day change makes swings the news; as in the rules that choose suggestions."""


def what_changed(facts: Mapping[str, Any] | None) -> str:
    """The measured change of the last two weeks in one sentence, for a list; no opinion in it."""
    if not facts or facts.get("usual_middle") is None:
        return _("Too few check-ins to say.")
    recent, usual = facts.get("swing_recent"), facts.get("swing_usual")
    if recent is not None and usual is not None and recent >= max(SWINGS_WIDELY * usual, 1.0):
        words = _(
            "Moves by %(recent)s from day to day; usual %(usual)s. Swings are large: consider mania screening."
        )
        return words % {"recent": number(round(recent, 1)), "usual": number(round(usual, 1))}
    if not facts.get("below_usual"):
        words = _("Inside the usual range or above it: %(lowest)s to %(highest)s, usual %(usual)s.")
        return words % _range_of(facts)
    words = ngettext(
        "%(count)d of %(days)d check-in days below usual; lowest day %(lowest)s, usual %(usual)s.",
        "%(count)d of %(days)d check-in days below usual; lowest day %(lowest)s, usual %(usual)s.",
        int(facts["recent_days"]),
    )
    return words % (
        _range_of(facts) | {"count": int(facts["below_usual"]), "days": int(facts["recent_days"])}
    )


def _range_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "lowest": number(facts["recent_lowest"]),
        "highest": number(facts["recent_highest"]),
        "usual": number(facts["usual_middle"]),
    }


def level(reading: MoodReading) -> str:
    """The level with its interval and the usual range, as it stands beside a draft; empty where there is none."""
    piece = level_piece(reading)
    return sentence(piece).text if piece else ""


def estimate_sentence(reading: MoodReading) -> str:
    """The sentence that stands with a signed estimate. It is part of the signed words.

    It names its day, because it is read for weeks after it was signed; and it says "the days up to", because the
    level leans on the newest days and is no mean of two weeks.
    """
    words = {
        "likely_worse": _("In the days up to %(day)s your mood was lower than is usual for you."),
        "likely_better": _("In the days up to %(day)s your mood was higher than is usual for you."),
        "no_change": _("In the days up to %(day)s your mood was about as is usual for you."),
    }.get(
        reading.direction,
        _("It is not clear whether your mood up to %(day)s differs from what is usual for you."),
    )
    return words % {"day": date_format(reading.as_of, "j F", use_l10n=False)}
