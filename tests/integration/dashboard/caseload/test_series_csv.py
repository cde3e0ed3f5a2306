"""The CSV of a record: the days of the charts, of what is shared, and nothing else."""

import csv
import datetime as dt
import re

from django.test import Client

from clinic import consent, intake
from clinic.intake import NewNumber
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Signal
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in, check_ins
from tests.pages import get


def downloaded(client: Client, cast: Cast) -> list[dict[str, str]]:
    answer = client.get(f"/patients/{cast.patient.record_number}/series.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "Amara" not in answer.headers["Content-Disposition"]
    return list(csv.DictReader(answer.content.decode().splitlines()))


def steps(cast: Cast) -> None:
    numbers = [NewNumber(Signal.STEPS, 1_000.0 * ago, NOW - dt.timedelta(days=ago)) for ago in range(1, 6)]
    intake.record_observations(
        patient=cast.patient, numbers=numbers, source=Source.DEVICE, by=cast.as_patient, at=NOW
    )


@ROLLED_BACK
def test_chart_and_file_hold_the_same_days(treating: Client, cast: Cast) -> None:
    check_ins(cast.patient)
    check_in(cast.patient, 9)  # a second one on the last day: both are averaged
    rows = [row for row in downloaded(treating, cast) if row["signal"] == "mood"]
    html = get(treating, f"/patients/{cast.patient.record_number}/").html
    table = html.split("Show as table")[1].split("</table>")[0]
    width = table.count("<th ")
    cells = re.findall(r"<td>(.*?)</td>", table)
    shown = [cells[at + 1] for at in range(0, len(cells), width) if cells[at + 1] not in ("–", "none")]
    assert [f"{round(float(row['value']), 1):g}" for row in reversed(rows)] == shown
    assert rows[-1]["numbers"] == "2"


@ROLLED_BACK
def test_what_is_not_shared_is_not_in_the_file(treating: Client, cast: Cast) -> None:
    check_ins(cast.patient)
    steps(cast)
    assert {row["signal"] for row in downloaded(treating, cast)} == {"mood", "steps"}
    for source in (Source.DEVICE, Source.CHECK_IN):
        consent.withdraw(
            patient=cast.patient, source=source, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
        )
    assert downloaded(treating, cast) == []
