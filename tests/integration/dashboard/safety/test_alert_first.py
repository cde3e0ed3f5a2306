"""What stands first on an alert's page: the number, the words of every open alert of this person, who else to call."""

import datetime as dt
import re
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import profile, safety_plan
from clinic.fact_rows import NewFact
from clinic.models.oncall import Position
from clinic.models.profile import Origin, Topic
from clinic.models.safety import AlertLevel
from clinic.models.safety_plan import Section
from clinic.safety_plan import NewWords
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import OUTCOME, WORDS, page_of, raised, taken
from tests.paging import on_call

pytestmark = ROLLED_BACK


def planned(cast: Cast, words: str) -> None:
    new = NewWords(Section.SUPPORT, words, 0, uuid4())
    safety_plan.write(patient=cast.patient, new=new, by=cast.as_patient, at=NOW)


def wished(cast: Cast, words: str) -> None:
    fact = NewFact(topic=Topic.PREFERENCE, origin=Origin.PATIENT, words=words, dated="")
    profile.record(patient=cast.patient, fact=fact, by=cast.as_patient, at=NOW)


def test_the_words_and_the_number_stand_before_the_plan_and_before_who_else_to_call(
    treating: Client, cast: Cast
) -> None:
    planned(cast, "My sister")
    page = page_of(treating, raised(cast.patient))
    places = [
        page.index(each)
        for each in (WORDS, "tel:", 'id="shown"', 'id="safety-plan"', 'id="reach"', "My sister")
    ]
    assert places[:5] == sorted(places[:5])
    assert places[2] < places[5] < places[4]


def test_the_words_of_every_open_alert_of_this_person_stand_on_each_page_of_theirs(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    first = raised(cast.patient)
    raised(cast.patient, AlertLevel.EMERGENCY, words="He choked me last night")
    raised(cast.other_patient, words="Words of somebody else")
    page = page_of(treating, first)
    assert page.index(WORDS) < page.index("He choked me last night")
    assert "Words of somebody else" not in page
    assert "He choked me" not in page_of(outsider, first)


def test_nobody_is_told_to_speak_with_themselves(treating: Client, outsider: Client, cast: Cast) -> None:
    mine, other = raised(cast.patient), raised(cast.patient)
    taken(mine, cast.treating)
    page = page_of(treating, other)
    assert "Yours too." in page
    assert "speak with them before you ring" not in page
    assert "Taken by Dr Maya Okonkwo: speak with them before you ring." in page_of(outsider, other)


def test_a_colleague_who_has_another_alert_is_named_over_the_number(treating: Client, cast: Cast) -> None:
    taken(raised(cast.patient), cast.other_psychologist)
    page = page_of(treating, raised(cast.patient, at=NOW + dt.timedelta(minutes=1)))
    assert page.index("Taken by Dr Elias Ruiz: speak with them before you ring.") < page.index("tel:")


def test_numbers_in_the_plan_can_be_tapped(treating: Client, cast: Cast) -> None:
    planned(cast, "Ife, my sister: 01632 960 771")
    assert 'href="tel:01632960771">01632 960 771</a>' in page_of(treating, raised(cast.patient))


def test_who_else_to_call_leaves_the_reader_out_and_names_everybody_once(
    treating: Client, cast: Cast
) -> None:
    for who, position in (
        (cast.treating, Position.FIRST),
        (cast.other_psychologist, Position.SECOND),
        (cast.other_psychologist, Position.DUTY_LEAD),
    ):
        on_call(cast, who, position)
    part = page_of(treating, raised(cast.patient)).split('id="reach"')[1].split("</section>")[0]
    assert "Dr Maya Okonkwo" not in part
    assert "Dr Elias Ruiz (Second on call, Duty lead)" in part


def test_only_wishes_about_contact_stand_over_the_number_and_the_others_are_not_lost(
    treating: Client, cast: Cast
) -> None:
    wished(cast, "The canal path, when it is dry.")
    page = page_of(treating, raised(cast.patient))
    assert "They have not said." in page.split("tel:")[0]
    assert "The canal path, when it is dry." in page.split('id="reach"')[1]
    wished(cast, "Please write, do not ring, before noon.")
    assert "Please write, do not ring" in page_of(treating, raised(cast.patient)).split("tel:")[0]


def test_the_page_costs_as_many_queries_for_many_alerts_of_one_person_as_for_two(
    treating: Client, cast: Cast
) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    costs = []
    for number in (1, 9):
        for _ in range(number):
            taken(raised(cast.patient), cast.treating)
        page_of(treating, alert)
        with CaptureQueriesContext(connection) as queries:
            page_of(treating, alert)
        costs.append(len(queries))
    assert costs[1] == costs[0] <= 46


def head_line(page: str) -> str:
    return " ".join(page.split("page-head__lead", 1)[1].split("</p>", 1)[0].split())


def test_the_head_line_says_at_once_that_somebody_has_it_or_that_it_is_closed(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    alert = raised(cast.patient)
    assert "It has waited" in head_line(page_of(treating, alert))
    assert "Taken" not in head_line(page_of(treating, alert))
    taken(alert, cast.other_psychologist)
    assert "Taken by Dr Elias Ruiz." in head_line(page_of(treating, alert))
    assert "You have taken it." in head_line(page_of(outsider, alert))
    assert "Closed" not in head_line(page_of(treating, alert))
    assert outsider.post(f"/safety/{alert.pk}/close/", OUTCOME).status_code == 302
    closed = head_line(page_of(treating, alert))
    assert re.search(r"Closed today \d\d:\d\d by Dr Elias Ruiz\.", closed)
    assert "Taken" not in closed
    assert OUTCOME["note"] not in closed
