"""Who has looked: one line for each person and day, in plain words, of this patient only."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.test import Client

from clinic.actor import Actor, log
from clinic.models.patient import Patient
from dashboard.portal import looked
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import html_of

pytestmark = ROLLED_BACK

LOOKED = "/my/about/looked/"


def look(by: Actor, patient: Patient, *actions: str, at: dt.datetime = NOW) -> None:
    with transaction.atomic():
        for action in actions:
            log(action, by=by, at=at, patient=patient)


def entries(page: str) -> list[str]:
    found = re.findall(r"<li>(.*?)</li>", page.split("<main", 1)[1], re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found]


def test_one_line_tells_who_when_and_at_what(portal: Client, cast: Cast) -> None:
    look(cast.treating, cast.patient, "record_opened", "draft_opened", "record_opened")
    [line] = entries(html_of(portal, LOOKED))
    assert line.startswith("Dr Maya Okonkwo, Clinical psychologist yesterday, ")
    assert line.endswith("Looked at: your record")


def test_before_a_signature_nothing_says_that_there_is_a_suggestion(portal: Client, cast: Cast) -> None:
    look(cast.treating, cast.patient, "draft_opened", "evidence_opened")
    page = html_of(portal, LOOKED)
    assert "Looked at: your record" in page
    assert "suggestion" not in page.split("<main", 1)[1]


def test_each_person_and_each_day_has_its_own_line(portal: Client, cast: Cast) -> None:
    look(cast.treating, cast.patient, "record_opened", at=NOW - dt.timedelta(days=1))
    for by in (cast.treating, cast.other_psychologist, cast.treating):
        look(by, cast.patient, "record_opened")
    names = [line.split(",")[0] for line in entries(html_of(portal, LOOKED))]
    assert names == ["Dr Maya Okonkwo", "Dr Elias Ruiz", "Dr Maya Okonkwo"]


def test_days_end_at_the_patients_midnight(portal: Client, cast: Cast) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(zone="Pacific/Auckland")
    midday = dt.datetime.combine(NOW.date(), dt.time(10), dt.UTC)
    for hours in (0, 2):  # 23:00 and 01:00 in Auckland in summer, 22:00 and 00:00 in winter
        look(cast.treating, cast.patient, "record_opened", at=midday + dt.timedelta(hours=hours))
    assert len(entries(html_of(portal, LOOKED))) == 2


def test_a_look_at_another_record_and_opening_a_list_are_not_told(portal: Client, cast: Cast) -> None:
    look(cast.treating, cast.other_patient, "record_opened")
    look(cast.treating, cast.patient, "queue_opened")
    page = html_of(portal, LOOKED)
    assert "Nobody has looked yet." in page
    assert "Okonkwo" not in page


def test_pages_are_cut_between_days_so_that_no_line_is_told_twice(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked, "READ_AT_ONCE", 5)
    for ago in range(4, 0, -1):
        look(cast.treating, cast.patient, *["record_opened"] * 2, at=NOW - dt.timedelta(days=ago))
    path, told = LOOKED, []
    for _ in range(4):
        page = html_of(portal, path)
        told += entries(page)
        older = re.search(r'href="([^"]+)" rel="next"', page)
        if older is None:
            break
        path = older.group(1)
    assert len(told) == len(set(told)) == 4


def test_an_address_with_nonsense_shows_the_newest(portal: Client, cast: Cast) -> None:
    look(cast.treating, cast.patient, "record_opened")
    for before in ("nonsense", "-1", "9" * 40):
        assert len(entries(html_of(portal, f"{LOOKED}?before={before}"))) == 1
