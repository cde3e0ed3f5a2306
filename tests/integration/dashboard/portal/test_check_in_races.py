"""Two requests at the same moment: one check-in, no error, no word lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections
from django.test import Client

from clinic import intake
from clinic.intake import NewCheckIn
from clinic.models.safety import SafetyAlert
from dashboard.portal.keeping import kept
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import check_in
from tests.integration.dashboard.portal.pages import CHECK_IN, URGENT, check_ins_of, filled, moods_of
from tests.sign_in import signed_in


def together(cast: Cast, path: str, *forms: dict[str, Any]) -> list[int]:
    """Post the forms at the same moment, each in a browser of its own; the answers' codes."""
    start = Barrier(len(forms))
    browsers = [signed_in(Client(), cast.as_patient) for _ in forms]

    def post(browser: Client, form: dict[str, Any]) -> int:
        try:
            start.wait(timeout=10)
            return browser.post(path, form).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(post, browsers, forms))


@COMMITTED
def test_a_double_click_makes_one_check_in_and_both_answers_are_the_same(cast: Cast) -> None:
    form = filled(4, "Twice.")
    assert together(cast, CHECK_IN, form, form, form) == [302, 302, 302]
    assert moods_of(cast.patient) == [4]


@COMMITTED
def test_a_double_click_on_urgent_words_opens_one_alert(cast: Cast) -> None:
    form = filled(2, URGENT)
    assert together(cast, CHECK_IN, form, form, form) == [200, 200, 200]
    assert SafetyAlert.objects.count() == 1
    refused = filled(11, URGENT)
    assert together(cast, CHECK_IN, refused, refused, refused) == [200, 200, 200]
    assert SafetyAlert.objects.count() == 2


@COMMITTED
def test_two_tabs_correct_the_same_check_in_at_the_same_moment(cast: Cast) -> None:
    mine = check_in(cast.patient, 4).check_in
    assert mine is not None
    assert together(cast, f"{CHECK_IN}{mine.pk}/", filled(6), filled(8)) == [302, 302]
    assert len(check_ins_of(cast.patient)) == 3
    assert moods_of(cast.patient) in ([6], [8])


def corrections(cast: Cast) -> tuple[NewCheckIn, NewCheckIn]:
    """Two corrections of one check-in, both drawn before either was stored."""
    mine = check_in(cast.patient, 4).check_in
    first = NewCheckIn(uuid4(), mood=6, feelings=(), note="", happened_at=NOW, supersedes=mine)
    return first, replace(first, submission=uuid4(), mood=8)


@ROLLED_BACK
def test_a_correction_of_what_was_corrected_meanwhile_corrects_the_correction(cast: Cast) -> None:
    for entry in corrections(cast):
        kept(patient=cast.patient, entry=entry, by=cast.as_patient, at=NOW)
    assert moods_of(cast.patient) == [8]


@ROLLED_BACK
def test_without_the_second_try_the_later_correction_would_break(cast: Cast) -> None:
    """The planted fault: the operation alone, told to correct what was corrected already."""
    first, second = corrections(cast)
    intake.record_check_in(patient=cast.patient, entry=first, by=cast.as_patient, at=NOW)
    with pytest.raises(IntegrityError):
        intake.record_check_in(patient=cast.patient, entry=second, by=cast.as_patient, at=NOW)
