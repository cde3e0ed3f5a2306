"""Beside a field stands a sentence of the house, on every form and in the language of the page."""

import importlib
import pkgutil
import re
from collections import defaultdict

import pytest
from django import forms
from django.utils import translation
from django.utils.functional import Promise

import dashboard
from dashboard.form_words import OF_FIELDS, OF_LIMITS

OF_THE_FRAMEWORK = re.compile(
    r"^(This field is required|Ensure (this|that)|Enter |Select a valid|The submitted|No file was|Please "
    r"(either|submit)|“%|Null characters|Upload )"
)


def every_form() -> list[type[forms.Form]]:
    for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        importlib.import_module(module.name)
    return [each for each in _under(forms.Form) if each.__module__.startswith("dashboard.")]


def _under(kind: type[forms.Form]) -> list[type[forms.Form]]:
    return [kind, *(below for each in kind.__subclasses__() for below in _under(each))]


def foreign(field: forms.Field) -> list[str]:
    """What this field could say in the framework's words."""
    messages: list[object] = [getattr(each, "message", "") for each in field.validators]
    numbers = defaultdict(int, limit_value=2)
    with translation.override("en"):
        said = [
            *map(str, field.error_messages.values()),
            *(str(each % numbers) for each in messages if isinstance(each, str | Promise)),
        ]
        return [words for words in said if OF_THE_FRAMEWORK.search(words)]


def test_no_field_of_any_form_speaks_the_words_of_the_framework() -> None:
    found = every_form()
    assert len(found) > 40
    said = {
        f"{form.__module__}.{form.__name__}.{name}": foreign(field)
        for form in found
        for name, field in form.base_fields.items()
    }
    assert {name: words for name, words in said.items() if words} == {}


class Filled(forms.Form):
    number = forms.FloatField(min_value=0.05, max_value=0.99)
    whole = forms.IntegerField()
    words = forms.CharField(max_length=3)
    choice = forms.ChoiceField(choices=[("a", "A")])
    day = forms.DateField()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ["Give a number.", "Give a whole number.", "Fill this in.", "Choose one.", "Choose a day."]),
        (
            {"number": "0.01", "whole": "1.5", "words": "abcde", "choice": "b", "day": "2026-02-31"},
            [
                "At least 0.05.",
                "Give a whole number.",
                "Shorten this to 3 characters: it has 5.",
                "Choose one of these.",
                "Give a day that is in the calendar.",
            ],
        ),
    ],
)
def test_each_says_what_to_do(given: dict[str, str], said: list[str]) -> None:
    assert [errors[0] for errors in Filled(given).errors.values()] == said


@pytest.mark.parametrize("language", ["ru", "uz"])
def test_they_speak_the_language_of_the_page(language: str) -> None:
    sentences = [words for each in OF_FIELDS.values() for words in each.values()]
    with translation.override("en"):
        english = [errors[0] for errors in Filled({}).errors.values()]
        before = [str(each) for each in sentences]
    with translation.override(language):
        assert not set(before) & {str(each) for each in sentences}
        assert not set(english) & {errors[0] for errors in Filled({}).errors.values()}
        assert Filled({"number": "7"}).errors["number"][0] != "At most 0.99."
    assert len(OF_LIMITS) > 5


def test_a_field_that_speaks_otherwise_is_found() -> None:
    assert foreign(forms.CharField(error_messages={"required": "This field is required."}))
    assert foreign(forms.JSONField())
