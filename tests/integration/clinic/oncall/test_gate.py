"""A clinic that cannot follow an answer up is not let ask about suicide; what a patient writes is read all the same."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.checks import run_checks

from clinic.models.assignment import Assignment
from clinic.models.oncall import Position
from clinic.models.safety import SafetyAlert
from clinic.oncall import gate
from clinic.questionnaires import assign
from clinic.questionnaires.assign import NewAssignment, NotAssigned
from clinic.safety.resources import RESOURCES, HelpResource, parsed
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.paging import on_call, raised

pytestmark = [ROLLED_BACK, pytest.mark.usefixtures("gate_as_it_is")]

PHQ9, PHQ8 = (NewAssignment(key, NOW.date()) for key in ("phq9", "phq8"))


def verified(today: dt.date) -> HelpResource:
    """A British line that somebody has checked."""
    fictional = next(each for each in RESOURCES if "suicide" in each.topics)
    return replace(
        fictional,
        country="GB",
        is_fictional=False,
        primary_source_url="https://line.example/",
        verified_by="Ada Lind",
        verified_on=today,
        method="called",
        review_due=today + dt.timedelta(days=90),
    )


def test_without_a_rota_or_a_help_line_the_phq_9_is_refused_with_the_phq_8_in_its_place(cast: Cast) -> None:
    with pytest.raises(NotAssigned, match="PHQ-8") as refused:
        assign.assign(patient=cast.patient, wanted=PHQ9, by=cast.treating, at=NOW)
    assert "Nobody who can act is on the on-call rota." in str(refused.value)
    assert "No help line" in str(refused.value)
    assert not Assignment.objects.exists()
    assert assign.assign(patient=cast.patient, wanted=PHQ8, by=cast.treating, at=NOW)


def test_with_both_it_is_assigned(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    monkeypatch.setattr(gate, "RESOURCES", (verified(NOW.date()),))
    assert gate.lacking(at=NOW) == []
    assert assign.assign(patient=cast.patient, wanted=PHQ9, by=cast.treating, at=NOW)


def test_a_line_whose_check_is_overdue_and_a_rota_of_people_who_left_do_not_count(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    monkeypatch.setattr(gate, "RESOURCES", (verified(NOW.date() - dt.timedelta(days=100)),))
    assert gate.lacking(at=NOW) == ["No help line of the clinic’s country has been verified."]
    assert cast.treating.user
    cast.treating.user.is_active = False
    cast.treating.user.save()
    assert len(gate.lacking(at=NOW)) == 2


def test_the_check_of_a_deployment_fails_for_each_thing_that_is_missing(cast: Cast) -> None:
    found = [each for each in run_checks(include_deployment_checks=True) if each.id == "countersign.E013"]
    assert len(found) == 2
    assert not [each for each in run_checks() if each.id == "countersign.E013"]


def test_what_a_patient_writes_is_read_for_danger_whatever_is_missing(cast: Cast) -> None:
    raised(cast)
    assert SafetyAlert.objects.count() == 1


def test_lines_that_the_installation_itself_has_checked_are_known() -> None:
    """As a deployment names them: HELP_LINES_FILE, in the form of the shipped file."""
    today = NOW.date()
    own = f"""
[[resource]]
name = "A line"
country = "GB"
languages = ["en"]
topics = ["suicide"]
number = "01234 567890"
channel = "call"
hours = "always"
cost = "free"
operator = "An operator"
primary_source_url = "https://line.example/"
verified_by = "Ada Lind"
verified_on = {today}
method = "called"
review_due = {today + dt.timedelta(days=90)}
"""
    (line,) = parsed(own)
    assert line.gaps() == []
    assert line.may_be_shown(demonstration=False, today=today)
    assert parsed("") == ()
