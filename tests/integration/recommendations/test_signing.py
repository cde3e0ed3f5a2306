"""From a draft to words that the patient reads: the whole domain path on the real database."""

import datetime as dt

import pytest

from clinic.models.patient import Patient
from clinic.reauth import NotConfirmed
from recommendations import publications, review
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import approved, choice_for, open_drafts, proof, seen

pytestmark = COMMITTED


def plan_words(cast: Cast, patient: Patient) -> list[str]:
    published = publications.of_patient(patient, cast.ring, at=NOW)
    return [each.words for each in published.plan]


def test_an_approved_draft_reaches_the_patient_in_exactly_its_words(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    assert plan_words(cast, cast.patient) == []
    approved(draft, cast.treating)
    assert plan_words(cast, cast.patient) == [draft_words(draft, cast.ring).words]
    assert plan_words(cast, cast.other_patient) == []
