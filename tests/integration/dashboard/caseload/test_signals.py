"""The other signals on the patient's page: what is shared, on its own scale, with its direction in words."""

import datetime as dt
import re
from collections.abc import Sequence

import pytest
from django.test import Client

from clinic import consent, intake
from clinic.intake import NewNumber
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Signal
from dashboard.caseload.signals import OTHERS
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_ins, open_drafts
from tests.integration.dashboard.queries import counted
from tests.pages import Page, get


def sent(
    cast: Cast,
    signal: Signal,
    values: Sequence[float | None],
    *,
    source: Source = Source.DEVICE,
    every: int = 1,
) -> None:
    """One number a day (or every so many days) up to yesterday of the tests; None where nothing came."""
    numbers = [
        NewNumber(signal, value, NOW - dt.timedelta(days=every * ago))
        for ago, value in enumerate(reversed(values))
        if value is not None
    ]
    intake.record_observations(
        patient=cast.patient, numbers=numbers, source=source, by=cast.as_patient, at=NOW
    )


def record(client: Client, cast: Cast, query: str = "") -> Page:
    return get(client, f"/patients/{cast.patient.record_number}/{query}")


@ROLLED_BACK
def test_what_is_shared_stands_with_its_newest_number_and_what_is_usual(treating: Client, cast: Cast) -> None:
    sent(cast, Signal.SLEEP, [7.0, 7.5] * 20 + [5.0] * 5)
    words = record(treating, cast).words
    assert "Sleep 5 hours" in words
    assert "Below the usual range on 5 of the last" in words
    assert "Usually 7 to 7.5 hours." in words


@ROLLED_BACK
def test_which_way_is_better_is_said_for_each_signal_and_for_most_neither_is(
    treating: Client, cast: Cast
) -> None:
    sent(cast, Signal.SLEEP, [7.0] * 20 + [10.0] * 5)
    sent(cast, Signal.PHQ9, [16.0, 9.0], source=Source.IMPORTED, every=14)
    page = record(treating, cast)
    sleep, form = (
        page.html.split(f'id="signal-{name}"')[1].split("</figure>")[0] for name in ("sleep", "phq9")
    )
    assert "Neither more nor less is better in itself." in sleep
    assert "Lower is better." in form
    assert "The time before: 16 points" in form
    assert not re.search(r"\b(worse|improve|deteriorat|recover)", sleep + form, re.IGNORECASE)


@ROLLED_BACK
@pytest.mark.parametrize("source", [Source.DEVICE, Source.IMPORTED])
def test_what_is_not_shared_is_not_shown_and_said_to_be_not_shared(
    treating: Client, cast: Cast, source: Source
) -> None:
    sent(cast, Signal.SLEEP, [7.0] * 20, source=source)
    consent.withdraw(patient=cast.patient, source=source, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW)
    page = record(treating, cast)
    assert 'id="signal-sleep"' not in page.html
    assert f"Not shared with you: {source.label}." in page.words


@ROLLED_BACK
def test_without_check_ins_a_shared_device_is_still_shown(treating: Client, cast: Cast) -> None:
    check_ins(cast.patient)
    sent(cast, Signal.SLEEP, [7.0] * 20)
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    page = record(treating, cast)
    assert "Amara Nwosu does not share check-ins" in page.words
    assert "Sleep 7 hours" in page.words


@ROLLED_BACK
def test_a_silence_of_the_device_is_named_and_breaks_the_line(treating: Client, cast: Cast) -> None:
    sent(cast, Signal.STEPS, [5_000.0] * 30 + [None] * 5 + [4_000.0] * 5)
    figure = record(treating, cast).html.split('id="signal-steps"')[1].split("</figure>")[0]
    assert "No numbers" in figure
    assert figure.count("<polyline") == 2
    assert figure.count("spark__gap") >= 1


@ROLLED_BACK
def test_below_fourteen_days_nothing_is_called_usual(treating: Client, cast: Cast) -> None:
    sent(cast, Signal.SLEEP, [7.0] * 13)
    assert "Too few days to say what is usual." in record(treating, cast).words
    sent(cast, Signal.SLEEP, [7.0] * 14)
    assert "Too few days to say what is usual." not in record(treating, cast).words


@ROLLED_BACK
def test_the_table_holds_the_numbers_of_the_charts(treating: Client, cast: Cast) -> None:
    sent(cast, Signal.SLEEP, [7.0, None, 6.5])
    sent(cast, Signal.STEPS, [1_200.0, 3_400.0, None])
    table = record(treating, cast).html.split("Other signals, day by day")[-1].split("</table>")[0]
    cells = re.findall(r"<td>(.*?)</td>", table)
    assert [cells[start + 1 : start + 3] for start in range(0, len(cells), 3)] == [
        ["6.5", "–"],
        ["–", "3,400"],
        ["7", "1,200"],
    ]


@ROLLED_BACK
def test_a_corrected_number_is_shown_as_it_was_corrected(treating: Client, cast: Cast) -> None:
    sent(cast, Signal.SLEEP, [7.0])
    sent(cast, Signal.SLEEP, [8.0])
    assert "Sleep 8 hours" in record(treating, cast).words


@ROLLED_BACK
def test_all_signals_together_cost_no_query_more(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    path = f"/patients/{cast.patient.record_number}/"
    without = counted(treating, path, cast.treating)
    for signal in OTHERS:
        sent(cast, signal, [5.0] * 40)
    assert counted(treating, path, cast.treating) == without
