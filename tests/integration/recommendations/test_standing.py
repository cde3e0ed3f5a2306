"""Whether AI may be used: the page's one question answers as `clinic.ai` does, in every combination."""

from itertools import product

import pytest

from clinic import ai, consent
from clinic.models.consent import Purpose, Source
from recommendations import standing
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK


@pytest.mark.parametrize(
    ("share", "readings", "stopped", "all_stopped"), list(product([True, False], repeat=4))
)
def test_the_page_and_the_gate_agree(
    cast: Cast, share: bool, readings: bool, stopped: bool, all_stopped: bool
) -> None:
    for purpose, given in ((Purpose.SHARE, share), (Purpose.AI_READINGS, readings)):
        if not given:
            consent.withdraw(
                patient=cast.patient, source=Source.CHECK_IN, purpose=purpose, by=cast.as_patient, at=NOW
            )
    if stopped:
        ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    if all_stopped:
        ai.stop(patient=None, by=cast.administrator, at=NOW)
    found = standing.of_patient(cast.patient)
    assert found.ai_allowed == ai.ai_allowed(ai.Function.SUGGESTION, cast.patient)
    assert found.ai_allowed == (share and readings and not stopped and not all_stopped)
    assert found.shared == share
    assert (found.stop is not None, found.stop_of_all is not None) == (stopped, all_stopped)


def test_a_stop_for_another_patient_does_not_count(cast: Cast) -> None:
    ai.stop(patient=cast.other_patient, by=cast.other_psychologist, at=NOW)
    assert standing.of_patient(cast.patient).ai_allowed
    assert not standing.of_patient(cast.other_patient).ai_allowed


def test_a_stop_that_was_lifted_no_longer_stands(cast: Cast) -> None:
    stop = ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    ai.ask_restart(stop=stop, by=cast.treating, at=NOW)
    assert not standing.of_patient(cast.patient).ai_allowed
    ai.confirm_restart(stop=stop, by=cast.other_psychologist, at=NOW)
    assert standing.of_patient(cast.patient).ai_allowed
