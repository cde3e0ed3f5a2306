"""The list of actions."""

import re

import pytest
from django.utils.translation import override

from audit import actions


def test_every_code_stands_in_the_list_once() -> None:
    codes = [action.code for group in actions.GROUPS.values() for action in group]
    assert len(codes) == len(set(codes)) == len(actions.ACTIONS)


@pytest.mark.parametrize("action", actions.ACTIONS.values(), ids=lambda action: action.code)
def test_every_action_has_a_code_that_fits_its_column_and_words_to_read(action: actions.Action) -> None:
    assert re.fullmatch(r"[a-z_]{1,64}", action.code)
    with override("en"):
        assert action.label[0].isupper()
        assert not action.label.endswith(".")


def test_an_action_that_is_not_in_the_list_is_an_error() -> None:
    with pytest.raises(actions.UnknownAction, match="peeked"):
        actions.named("peeked")


def test_a_stored_code_that_left_the_list_is_shown_as_it_is() -> None:
    assert actions.of_stored("once_upon_a_time").label == "once_upon_a_time"
    assert actions.of_stored("signed_in") is actions.named("signed_in")


def test_opening_a_list_or_reading_ones_own_plan_is_no_look_into_a_record() -> None:
    lists = {"queue_opened", "caseload_opened", "safety_opened", "audit_page_opened", "publication_read"}
    assert lists <= actions.ACTIONS.keys()
    assert not lists & set(actions.READING_CODES)


def test_opening_one_record_its_drafts_or_its_alerts_is_a_look() -> None:
    looks = {"record_opened", "draft_opened", "evidence_opened", "safety_alert_opened", "safety_alert_taken"}
    assert looks <= set(actions.READING_CODES)
