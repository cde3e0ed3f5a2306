"""No browser keeps what a patient typed from being sent: whatever does not fit, the server reads the words first."""

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms

import dashboard.portal
from clinic.proofs import Ask
from dashboard.entrance import join_forms, password_forms

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted((TEMPLATES / "portal").rglob("*.html")) + [
    TEMPLATES / "entrance" / name
    for name in ("join.html", "join_code.html", "password_code.html", "password_new.html")
]
SENT = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>")
LOSES = re.compile(r"\smaxlength=|type=\"(?:number|range|month|week|time|datetime-local)\"")
"""What loses typed words although the form is not checked: it cuts them, or sends nothing for what it does not take.
A day of birth keeps its `type="date"`: nobody can type words there."""

NEEDS: dict[str, dict[str, Any]] = {
    "NewPasswordForm": {"asks": Ask.NAME},
    "StepReportForm": {"asked": [("other", "Something else")]},
}
"""What a form is made with, where it does not stand alone."""


def held_back(template: str) -> list[str]:
    """The forms that a browser would not send as long as something in them does not fit, and fields that lose words."""
    unsent = [found for found in SENT.findall(template) if not re.search(r"\snovalidate\b", found)]
    return unsent + [found.group() for found in LOSES.finditer(template)]


def patient_forms() -> list[type[forms.Form]]:
    """Every form that the portal uses, wherever it is written, and those of joining and of a new password."""
    walked = pkgutil.walk_packages(dashboard.portal.__path__, "dashboard.portal.")
    modules = [importlib.import_module(each.name) for each in walked] + [join_forms, password_forms]
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return sorted((each for each in found if issubclass(each, forms.Form)), key=lambda each: each.__name__)


def fields_that_lose(form: forms.Form) -> list[str]:
    return [field.name for field in form if LOSES.search(str(field))]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_form_of_a_patient_is_sent_as_it_was_typed(page: Path) -> None:
    assert held_back(page.read_text(encoding="utf-8")) == []


def test_forms_were_found() -> None:
    assert sum(len(SENT.findall(page.read_text(encoding="utf-8"))) for page in PAGES) > 10
    names = {form.__name__ for form in patient_forms()}
    assert {"CheckInForm", "MessageForm", "OwnFactForm", "PatientJoinForm", "SafetyPlanForm"} <= names


@pytest.mark.parametrize(
    "fault",
    [
        '<form class="card" action="{% url "portal-check-in" %}" method="post" data-submit-once>',
        '<form method="post" novalidate><textarea name="note" maxlength="200"></textarea></form>',
        '<form method="post" novalidate><input type="number" name="steps"></form>',
    ],
)
def test_a_form_that_holds_words_back_would_be_found(fault: str) -> None:
    assert len(held_back(fault)) == 1


@pytest.mark.parametrize("form", patient_forms(), ids=lambda form: form.__name__)
def test_no_field_of_a_patient_cuts_or_drops_words(form: type[forms.Form]) -> None:
    assert fields_that_lose(form(**NEEDS.get(form.__name__, {}))) == []


def test_a_field_that_cuts_words_would_be_found() -> None:
    class Cutting(forms.Form):
        words = forms.CharField(max_length=5)
        steps = forms.IntegerField()
        note = forms.CharField()

    assert fields_that_lose(Cutting()) == ["words", "steps"]
