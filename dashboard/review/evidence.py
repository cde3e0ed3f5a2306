"""The evidence behind a draft in three parts: a sentence and a source each, and the dated check-ins when opened."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from dashboard.caseload.course import days_in_words
from dashboard.caseload.reading import as_of, release_name, tenths
from dashboard.figures.sparkline import gaps
from dashboard.review.evidence_sources import source_of
from dashboard.times import said_date
from recommendations.evidence import Piece, Side, pieces_of
from recommendations.models.suggestion import Suggestion
from recommendations.scoring.mood import MOOD_1
from recommendations.signal_wording import number
from recommendations.wording import sentence

RULES = MOOD_1.rules
Moods = Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class EvidencePiece:
    """One piece as `_components/evidence_list.html` shows it; opening it is told to `opened_url`."""

    id: str
    words: str
    source: str
    more: str
    opened_url: str
    opened: bool


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One of the parts: kind "for", "against", "beside" or "unseen"."""

    title: StrOrPromise
    kind: str
    pieces: tuple[EvidencePiece, ...]


def parts_of(
    draft: Suggestion, moods: Moods, opened: frozenset[str], *, today: dt.date
) -> list[EvidencePart]:
    """The three parts, also when empty; what points neither way only where there is something.

    `moods` reach back four weeks from the day of the reading.
    """
    titles = {
        Side.FOR: _("Speaks for a change"),
        Side.AGAINST: _("Points the other way"),
        Side.BESIDE: _("Says how it is, not that it changed"),
        Side.UNSEEN: _("What the model cannot see"),
    }
    pieces = pieces_of(draft.facts)
    return [
        EvidencePart(
            title,
            side.value,
            tuple(_piece(draft, each, moods, opened, today=today) for each in pieces if each.side is side),
        )
        for side, title in titles.items()
        if side is not Side.BESIDE or any(each.side is side for each in pieces)
    ]


def opened_words(draft: Suggestion, opened: frozenset[str]) -> str:
    """ "4 of 6 opened"."""
    keys = {piece.key for piece in pieces_of(draft.facts)}
    return _("%(opened)d of %(all)d opened") % {"opened": len(opened & keys), "all": len(keys)}


def supporting(draft: Suggestion) -> list[tuple[str, str]]:
    """What a signer may name as support: key and sentence. What the model cannot see supports nothing.

    A piece that points the other way may be named (a smaller step can rest on it), and says so.
    """
    return [
        (piece.key, _supporting(piece)) for piece in pieces_of(draft.facts) if piece.side is not Side.UNSEEN
    ]


def _supporting(piece: Piece) -> str:
    told = sentence(piece).text
    return (
        told
        if piece.side is not Side.AGAINST
        else _("Points the other way: %(evidence)s") % {"evidence": told}
    )


def _piece(
    draft: Suggestion, piece: Piece, moods: Moods, opened: frozenset[str], *, today: dt.date
) -> EvidencePiece:
    told = sentence(piece)
    source = source_of(draft, piece, today=today)
    address = reverse("draft-evidence", args=[draft.patient.record_number, draft.pk])
    return EvidencePiece(
        id=piece.key,
        words=told.text,
        source=f"{source} · {told.weight}" if told.weight else source,
        more=_more(draft, piece, moods, today=today),
        opened_url=f"{address}?piece={piece.key}",
        opened=piece.key in opened,
    )


def _more(draft: Suggestion, piece: Piece, moods: Moods, *, today: dt.date) -> str:
    """The dated check-ins behind a piece, or how its figure comes about."""
    reading = draft.reading
    recent = _between(moods, reading.as_of, RULES.recent_days)
    low = reading.usual_low if reading.usual_low is not None else 0.0
    below = [(day, mood) for day, mood in recent if mood < low]
    if piece.key == "below_usual":
        return _dated(below, today)
    if piece.key == "run_below":
        return _dated(below[-int(piece.figures["days"]) :], today)
    if piece.key == "not_below":
        return _dated([each for each in recent if each not in below], today)
    if piece.key == "gap":
        return _gaps(moods, reading.as_of)
    return (
        str(OF_OTHER_SOURCES[_source_of(piece)])
        if _source_of(piece)
        else _about(draft, piece.key, today=today)
    )


OF_OTHER_SOURCES: dict[str, StrOrPromise] = {
    "form": gettext_lazy("The answers stand under Questionnaires. The program reads the total and its day."),
    "fact": gettext_lazy(
        "The words stand under Profile. The program reads only what the fact is marked with."
    ),
    "nights": gettext_lazy(
        "Mean hours over the nights that a device recorded. A night without a figure does not count."
    ),
}


def _source_of(piece: Piece) -> str:
    return next((name for name in OF_OTHER_SOURCES if name in piece.figures), "")


def _about(draft: Suggestion, key: str, *, today: dt.date) -> str:
    reading = draft.reading
    if key == "level":
        days = reading.days_of_evidence
        rests = ngettext("It rests on %(count)d day.", "It rests on %(count)d days.", days) % {"count": days}
        made = _("Made by %(release)s, %(as_of)s. The range holds the level 8 times in 10.") % {
            "release": release_name(reading),
            "as_of": as_of(reading, today=today),
        }
        return f"{made} {rests}"
    if key == "swing":
        return _(
            "The mean change between neighbouring days, over the last 14 days and over the 90 before them."
        )
    if key == "notes_not_read":
        return _("The patient’s own words stand on their page. The model never reads them; you may.")
    if key == "profile_words_not_read":
        return str(OF_OTHER_SOURCES["fact"])
    return _("The reading rests on mood numbers alone. What you know from talking counts for more.")


def _between(moods: Moods, last: dt.date, days: int) -> Moods:
    first = last - dt.timedelta(days=days - 1)
    return [(day, mood) for day, mood in moods if first <= day <= last]


def _dated(moods: Moods, today: dt.date) -> str:
    """One line a day, newest first: "20 November: 3"."""
    lines = [f"{said_date(day, today=today)}: {number(tenths(mood))}" for day, mood in reversed(moods)]
    return "\n".join(lines) or _("These check-ins were corrected since the draft was made.")


def _gaps(moods: Moods, last: dt.date) -> str:
    first = last - dt.timedelta(days=RULES.facts_days - 1)
    shown = _between(moods, last, RULES.facts_days)
    found = gaps(shown, first=first, last=last)
    return "\n".join(_("%(days)s: no check-in") % {"days": days_in_words(*gap)} for gap in found) or _(
        "The days were filled since the draft was made."
    )
