"""The charts draw under the strict policy, and the table of each holds the same figures."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.figures.fold import unfolded
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import FALLING, approved, open_drafts
from tests.functional import acts
from tests.functional.browsing import PHONE, WIDE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]

TRACES = """() => [...document.querySelector('[data-chart-place]').data].map(
  (trace) => [trace.mode, [...trace.y].filter((value) => value !== null)])"""
ROWS = "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
LAID_OUT = """() => {
  const place = document.querySelector('[data-chart-place]');
  return [place.querySelectorAll('.points path').length, getComputedStyle(place.querySelector('svg')).position];
}"""

DRAWN_LAYOUT = """() => {
  const { shapes, annotations, xaxis } = document.querySelector('[data-chart-place]').layout;
  return JSON.parse(JSON.stringify({ shapes, annotations, ticks: xaxis.ticktext }));
}"""


def without_colours(value: Any) -> Any:
    """A part of a figure without its colours: the browser draws with the values of the theme."""
    if isinstance(value, list):
        return [without_colours(each) for each in value]
    kept = value.items() if isinstance(value, dict) else ()
    return {name: without_colours(each) for name, each in kept if "color" not in name} if kept else value


def laid_out(page: Page, *, narrow: bool) -> tuple[Any, Any]:
    """Shapes, words and ticks: as the browser drew them, and as the server's own unfolding has them."""
    page.locator("figure[data-chart][data-drawn]").wait_for()
    text = page.locator("figure[data-chart] script").text_content() or ""
    figure = unfolded(json.loads(text))
    layout = figure["layout"] | (figure["narrow"] if narrow else {})
    wanted = {"ticks": layout["xaxis"]["ticktext"]}
    wanted |= {name: layout[name] for name in ("shapes", "annotations")}
    return without_colours(page.evaluate(DRAWN_LAYOUT)), without_colours(wanted)


def drawn(page: Page) -> dict[str, list[list[float]]]:
    """The values that Plotly drew, a list for each trace, by how it is drawn: "lines" or "markers"."""
    page.locator("figure[data-chart][data-drawn]").wait_for()
    found: dict[str, list[list[float]]] = {}
    for mode, values in page.evaluate(TRACES):
        found.setdefault(mode, []).append(values)
    return found


def column(page: Page, title: str) -> list[float]:
    """The figures under this title in the chart's table, oldest first."""
    titles = page.locator("[data-chart-table] thead th").evaluate_all(
        "all => all.map((each) => each.textContent)"
    )
    place = [each.split(",")[0].strip() for each in titles].index(title)
    rows: list[list[Any]] = page.locator("[data-chart-table] tbody tr").evaluate_all(ROWS)
    cells = [row[place] for row in reversed(rows)]
    return [float(cell) for cell in cells if cell.replace(".", "").isdigit()]


def test_the_psychologists_chart_draws_what_its_table_says(cast: Cast, browsing: Browsing) -> None:
    open_drafts(cast.patient, cast.treating)
    page = browsing.signed_in("treating")
    acts.open_from_queue(page, "Two short planned walks")
    values = drawn(page)
    (check_ins,) = values["markers"]
    assert check_ins == column(page, "Check-in") == list(FALLING)
    assert column(page, "AI estimate") in values["lines"]
    assert column(page, "Likely from") in values["lines"]
    assert page.evaluate(LAID_OUT) == [len(FALLING), "absolute"]


def test_the_patients_chart_draws_their_own_check_ins_and_no_estimate_that_nobody_signed(
    cast: Cast, browsing: Browsing
) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    page = browsing.signed_in("amara", size=PHONE)
    page.goto("/my/mood/")
    values = drawn(page)
    assert values == {"markers": [column(page, "Check-in")]}
    assert column(page, "Check-in") == list(FALLING)[-len(column(page, "Check-in")) :]
    expect(page.locator("[data-chart-table] table")).to_be_hidden()
    page.get_by_text("Show as table").click()
    expect(page.locator("[data-chart-table] table")).to_be_visible()


@pytest.mark.parametrize("narrow", [False, True])
def test_the_browser_unfolds_the_layout_as_the_server_does(
    cast: Cast, browsing: Browsing, narrow: bool
) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    page = browsing.signed_in("treating", size=PHONE if narrow else WIDE)
    page.goto(f"/patients/{cast.patient.record_number}/")
    found, wanted = laid_out(page, narrow=narrow)
    assert found == wanted
    assert wanted["shapes"]
    assert wanted["annotations"]


def test_without_a_script_the_table_stands_in_the_place_of_the_chart(cast: Cast, browsing: Browsing) -> None:
    open_drafts(cast.patient, cast.treating)
    page = browsing.signed_in("amara", size=PHONE, scripts=False)
    page.goto("/my/mood/")
    expect(page.locator("[data-chart-table] table")).to_be_visible()
    assert column(page, "Check-in")


def test_a_chart_that_differs_from_its_table_is_seen(cast: Cast, browsing: Browsing) -> None:
    """The planted fault: one figure of the table is another."""
    open_drafts(cast.patient, cast.treating)
    page = browsing.signed_in("amara")
    page.goto("/my/mood/")
    values = drawn(page)
    page.evaluate("document.querySelector('[data-chart-table] tbody tr').cells[1].textContent = '9'")
    assert values["markers"] != [column(page, "Check-in")]
