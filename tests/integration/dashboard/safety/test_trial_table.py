"""The table of a trial: no category tells of a few people, also not by two trials round one text."""

import re

import pytest
from django.test import Client

from clinic import clock
from clinic.models.danger import DangerReplay
from clinic.safety.ledger import bounds, replay
from dashboard.safety.ledger import effects
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import text_of
from tests.ledger import scored_alert, tried

pytestmark = ROLLED_BACK

PATH = "/safety/ledger/"


def rows(client: Client, cast: Cast) -> list[list[str]]:
    """The rows of a trial's table as they are read."""
    trial = tried(cast, bounds.CEILING, at=clock.now())
    page = text_of(client.get(f"{PATH}{trial.pk}/")).split('id="part-1"')[1]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row)]
        for row in re.findall(r"<tr>.*?</tr>", page)[1:]
    ]


def people(cast: Cast, count: int) -> None:
    """So many people, each with one text that is noticed now and no longer above the ceiling."""
    for number in range(count):
        patient, _ring = patient_of(cast.treating, f"Person {number}", sign_in_name=f"person-{number}")
        scored_alert(cast, score=0.82, rules_level=0, patient=patient, at=NOW)


def test_past_texts_are_read_for_one_trial_at_a_time_and_a_stuck_one_keeps_nobody_long(
    treating: Client, cast: Cast
) -> None:
    form = {"concern": "0.80", "urgent": "0.90", "texts": "on"}
    assert treating.post(f"{PATH}try/", form).status_code == 302
    page = text_of(treating.post(f"{PATH}try/", form), 422)
    assert "Past texts are being read for another trial." in page
    assert 'name="texts" ' in page
    assert DangerReplay.objects.count() == 1
    assert treating.post(f"{PATH}try/", form | {"texts": ""}).status_code == 302
    tried(cast, bounds.CEILING, texts=True, at=clock.now() + replay.ONE_FOR * 1.1)
    assert DangerReplay.objects.filter(finished_at=None).count() == 2


def test_a_category_of_few_people_is_left_out_and_all_is_counted(treating: Client, cast: Cast) -> None:
    people(cast, 10)
    assert rows(treating, cast) == [["All", "10", "10 → 0", "0 → 0", "0", "10"]]
    page = text_of(treating.get(f"{PATH}{tried(cast, bounds.CEILING, at=clock.now()).pk}/"))
    assert "Categories in which up to 10 people stand are left out." in page


def test_a_category_of_many_is_told_in_steps_and_no_cell_of_it_tells_of_a_few(
    treating: Client, cast: Cast
) -> None:
    people(cast, 12)
    scored_alert(cast, score=0.95, rules_level=0)
    few = "up to 10 people"
    first = rows(treating, cast)
    assert first[1][1:] == ["11 to 20", f"11 to 20 → {few}", f"{few} → {few}", few, "11 to 20"]
    scored_alert(cast, score=0.95, rules_level=0)
    assert rows(treating, cast)[1] == first[1]


def test_planted_fault_exact_counts_would_say_what_one_text_was_about(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "_in_steps", lambda counts, name: str(getattr(counts, name)))
    people(cast, 12)
    first = rows(treating, cast)
    scored_alert(cast, score=0.95, rules_level=0)
    assert rows(treating, cast)[1] != first[1]
