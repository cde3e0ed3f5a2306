"""The psychologist of the cast in a browser, and more patients in their care."""

from collections.abc import Callable

import pytest
from django.test import Client

from clinic.models.patient import Patient
from clinic.models.user import User
from recommendations import pipeline
from tests.cast import NOW, Cast, patient_of
from tests.factories import check_ins, screened
from tests.sign_in import signed_in

More = Callable[[int], list[Patient]]


@pytest.fixture
def treating(cast: Cast) -> Client:
    """The psychologist who treats the patient of the cast."""
    return signed_in(Client(), cast.treating)


@pytest.fixture
def outsider(cast: Cast) -> Client:
    """A psychologist who is not in the patient's care team."""
    return signed_in(Client(), cast.other_psychologist)


@pytest.fixture
def more(cast: Cast) -> More:
    """So many more patients in the same care, each with a fall in mood and open drafts."""

    def made(count: int) -> list[Patient]:
        start = User.objects.count()
        patients = [
            patient_of(cast.treating, f"Person {number}", sign_in_name=f"more-{number}")[0]
            for number in range(start, start + count)
        ]
        for patient in patients:
            check_ins(patient)
            screened(patient, cast.treating)
        pipeline.score([patient.pk for patient in patients], at=NOW, history=True)
        return patients

    return made
