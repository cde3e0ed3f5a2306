"""Whoever looks, how often, in whatever order and however late: each step that came is paged once, and to one set."""

import datetime as dt
from dataclasses import replace
from random import Random
from uuid import uuid4

import pytest
from django.db.models import Count

from clinic.models.page import Page
from clinic.oncall import escalation, paging
from clinic.oncall.escalation import Case
from clinic.oncall.minutes import Minutes
from clinic.safety import alerts
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.paging import EMERGENCY, URGENT, staffed

pytestmark = ROLLED_BACK

MINUTE = dt.timedelta(minutes=1)
LAST = 200


def opened(cast: Cast, chance: Random) -> list[Case]:
    """Some alerts of two people within the first hour, as the escalation sees them."""
    found = []
    for _each in range(chance.randint(1, 4)):
        patient = chance.choice([cast.patient, cast.other_patient])
        words, at = chance.choice([URGENT, EMERGENCY]), NOW + chance.randint(0, 50) * MINUTE
        alert = alerts.notice(patient=patient, text=words, submission=uuid4(), at=at).alert
        assert alert is not None
        found.append(Case(alert.pk, patient.pk, alert.level, at))
    return found


@pytest.mark.parametrize("number", range(12))
def test_each_step_is_made_once_in_whatever_order_programs_look(cast: Cast, number: int) -> None:
    staffed(cast)
    chance = Random(number)
    cases = opened(cast, chance)
    looks = [*(chance.randint(0, LAST) for _each in range(chance.randint(2, 9))), LAST]
    for minute in looks:
        paging.escalate(at=NOW + minute * MINUTE)
    made = set(Page.objects.values_list("alert", "step", "turn"))
    seen = [replace(case, was_paged=(case.alert, "first", 0) in made) for case in cases]
    due = {each.key for each in escalation.due(seen, Minutes(), at=NOW + LAST * MINUTE)}
    assert due <= made
    for patient in {case.patient for case in seen}:
        own = [case for case in seen if case.patient == patient]
        assert any(case.was_paged and case.level == max(each.level for each in own) for case in own)
    same = ["alert", "step", "turn", "recipient", "channel"]
    assert not Page.objects.values(*same).annotate(times=Count("pk")).filter(times__gt=1).exists()
    assert paging.escalate(at=NOW + LAST * MINUTE) == 0
