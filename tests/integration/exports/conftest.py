"""A record with one of everything that may leave, and drafts that may not."""

import datetime as dt

import pytest

from clinic.models.patient import Patient
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.factories import check_in, open_drafts
from tests.signing import opened, signed, written

SAID = NOW - dt.timedelta(minutes=30)
NOTE = "Slept in the kitchen, the cat purred: “enough”.\nSecond line & <b>bold</b>."


@pytest.fixture
def lived(cast: Cast) -> Patient:
    """Five weeks of check-ins, one with words; one step signed with its estimate, one written; a draft that waits."""
    drafts = open_drafts(cast.patient, cast.treating)
    check_in(cast.patient, 4, NOTE, at=SAID, feelings=("tired", "hopeful"))
    signed(opened(drafts[0], cast.treating, with_estimate=True), cast.treating)
    signed(written(cast.patient, cast.treating), cast.treating)
    assert Suggestion.objects.filter(patient=cast.patient, state="open").exists()
    return cast.patient
