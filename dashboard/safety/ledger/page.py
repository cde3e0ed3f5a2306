"""The ledger itself, and its counts as files."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic.actor import log
from clinic.clock import local_date
from clinic.safety.ledger import active, cases, releases, replay, year
from clinic.safety.ledger.categories import label
from clinic.safety.ledger.counts import Line
from clinic.safety.ledger.wilson import Share
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.downloads import download
from dashboard.safety.ledger import shown
from dashboard.safety.ledger.forms import FilterForm, TryForm
from dashboard.times import clinic_zone

MOST_TRIALS = 10
CSV = "text/csv; charset=utf-8"


@allow(PSYCHOLOGIST)
@require_GET
def ledger(request: ActingRequest) -> HttpResponse:
    """How often somebody acted on what each rule noticed, the counts of a year, and trials of a change."""
    with transaction.atomic():
        log("ledger_opened", by=request.actor, at=request.at)
    return render_ledger(request)


def render_ledger(request: ActingRequest, form: TryForm | None = None, *, status: int = 200) -> HttpResponse:
    """The page, with a form that may hold errors."""
    zone, found, signed, stored = clinic_zone(), cases.cases(), releases.history(), active.stored()
    rules = shown.of_rules(found, language="")
    chosen = FilterForm(request.GET, categories=shown.categories(rules), languages=shown.languages(found))
    pick = {"category": chosen.chosen("category"), "sort": chosen.chosen("sort")}
    language = chosen.chosen("language")
    if language:
        rules = shown.of_rules(found, language=language)
    scored = shown.of_classifier(found, language=language)
    context = {
        "release": shown.in_use(stored, at=request.at, zone=zone),
        "rules": [shown.shown(line) for line in shown.chosen(rules, **pick) if line.opened],
        "scored": [shown.shown(line) for line in shown.chosen(scored, **pick)],
        "quiet": shown.quiet(cases.silent(cases.rules_of(found))),
        "chosen": chosen,
        "query": request.GET.urlencode(),
        "form": form or TryForm(initial=stored.active.thresholds.facts),
        "counted": _year(request, zone=zone),
        "years": year.years(zone=zone),
        "signed": [(each, shown.signed(each, at=request.at, zone=zone)) for each in signed],
        "trials": replay.latest(MOST_TRIALS),
        "floor": round(100 * cases.FLOOR),
    }
    return render(request, "safety/ledger.html", context, status=status)


def _year(request: ActingRequest, *, zone: str) -> year.Year:
    given = request.GET.get("year", "")
    this = local_date(at=request.at, zone=zone).year
    wanted = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else this
    if not dt.MINYEAR < wanted < dt.MAXYEAR:
        raise Http404
    return year.of_year(wanted, zone=zone, at=request.at)


@allow(PSYCHOLOGIST)
@require_GET
def as_csv(request: ActingRequest) -> StreamingHttpResponse:
    """The lines of every rule, and of the classifier, as they stand on the page without a choice."""
    found = cases.cases()
    every = [*shown.of_rules(found, language=""), *shown.of_classifier(found, language="")]
    head = [
        "name",
        "category",
        "alerts",
        "acted_on",
        "of_the_last",
        "low",
        "high",
        "for_review",
    ]
    rows = [[line.name, line.category, shown.size(line), *_share(line.acted), _low(line)] for line in every]
    return _file(request, f"alert-ledger-{request.at:%Y-%m-%d}.csv", [head, *rows])


def _low(line: Line) -> str:
    return "yes" if line.is_low else ""


def _share(acted: Share | None) -> list[object]:
    return [acted.hits, acted.of, f"{acted.low:.3f}", f"{acted.high:.3f}"] if acted else [""] * 4


@allow(PSYCHOLOGIST)
@require_GET
def year_csv(request: ActingRequest) -> StreamingHttpResponse:
    """The counts of a year by category and level, small groups left out."""
    counted = _year(request, zone=clinic_zone())
    head = ["year", "category", "concern", "urgent", "emergency", "alerts"]
    hidden = _("1 to 10 people, or it would tell of them")
    rows = [
        [
            counted.year,
            label(line.category),
            *(hidden if each is None else each for each in (*line.counts, line.alerts)),
        ]
        for line in counted.lines
    ]
    total = [counted.year, _("All"), "", "", "", hidden if counted.total is None else counted.total]
    return _file(request, f"safety-alerts-{counted.year}.csv", [head, *rows, total])


def _file(request: ActingRequest, name: str, rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    with transaction.atomic():
        log("ledger_downloaded", by=request.actor, at=request.at)
    return download(name=name, content_type=CSV, chunks=_lines(rows))


def _lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for row in rows:
        line = StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()
