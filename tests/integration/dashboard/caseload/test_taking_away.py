"""A file to carry away is for whoever treats or covers; reading because of an alert or as second reader is less."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from dashboard.caseload import export, series_csv
from dashboard.caseload.loader import record_of
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import check_ins
from tests.integration.dashboard.governance.desk import html_of
from tests.sign_in import signed_in

pytestmark = COMMITTED

READERS = [kind for kind in CareKind if access.REVIEW not in access.RIGHTS[kind]]
DECIDERS = [kind for kind in CareKind if access.REVIEW in access.RIGHTS[kind]]


def reader(cast: Cast, kind: CareKind) -> Client:
    """The other psychologist, in this kind of care of the patient."""
    assert cast.other_psychologist.user
    user = cast.other_psychologist.user
    access.start_care(patient=cast.patient, user=user, kind=kind, by=SOFTWARE, at=NOW)
    return signed_in(Client(), cast.other_psychologist)


def answers(client: Client, cast: Cast) -> set[int]:
    ref = [cast.patient.record_number]
    page, series = reverse("export", args=ref), reverse("patient-series", args=ref)
    sent = [client.post(page, {"format": form}) for form in ("fhir", "csv")]
    return {answer.status_code for answer in (client.get(page), client.get(series), *sent)}


@pytest.mark.parametrize("kind", READERS)
def test_who_only_reads_takes_nothing_away_and_is_led_to_no_file(cast: Cast, kind: CareKind) -> None:
    check_ins(cast.patient)
    client = reader(cast, kind)
    page = html_of(client, reverse("patient", args=[cast.patient.record_number]))
    assert [name for name in ("/export/", "/series.csv") if name in page] == []
    assert answers(client, cast) == {404}


@pytest.mark.parametrize("kind", DECIDERS)
def test_who_decides_takes_it(cast: Cast, kind: CareKind) -> None:
    check_ins(cast.patient)
    client = reader(cast, kind)
    page = html_of(client, reverse("patient", args=[cast.patient.record_number]))
    assert all(name in page for name in ("/export/", "/series.csv"))
    assert answers(client, cast) == {200}


def test_planted_fault_with_the_right_to_read_alone_a_second_reader_takes_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (export, series_csv):
        monkeypatch.setattr(module, "record_of", lambda request, ref, **_right: record_of(request, ref))
    assert answers(reader(cast, CareKind.SECOND_READER), cast) == {200}
