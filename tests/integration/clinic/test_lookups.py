"""Many ids as one array: the rows of `in`, whatever holds the ids."""

from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clinic.models.consent import ConsentGrant
from clinic.models.patient import Patient
from tests.cast import Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK


def test_among_finds_what_in_finds_by_key_and_by_foreign_key(cast: Cast) -> None:
    for ids in ([], [uuid4()], [cast.patient.pk, uuid4()], [cast.patient.pk, cast.other_patient.pk] * 2):
        assert set(Patient.objects.filter(pk__among=ids)) == set(Patient.objects.filter(pk__in=ids))
        found = ConsentGrant.objects.filter(patient__pk__among=ids)
        assert set(found) == set(ConsentGrant.objects.filter(patient__in=ids))


def test_an_iterator_that_can_be_read_once_may_be_asked_twice(cast: Cast) -> None:
    rows = Patient.objects.filter(pk__among=(pk for pk in [cast.patient.pk]))
    assert rows.exists()
    assert list(rows) == [cast.patient]


def test_five_hundred_ids_are_one_parameter_and_join_nothing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        list(ConsentGrant.objects.filter(patient__pk__among=[uuid4() for _ in range(500)]))
    (query,) = captured
    assert query["sql"].count("uuid[]") == 1
    assert "JOIN" not in query["sql"]


@pytest.mark.parametrize("planted", ["'); DROP TABLE clinic_patient; --", "{", "a,b", '"'])
def test_what_is_no_id_is_an_error_of_the_database_and_never_part_of_the_statement(
    cast: Cast, planted: str
) -> None:
    with pytest.raises(DataError), transaction.atomic():
        list(Patient.objects.filter(pk__among=[planted, UUID(int=1)]))
    assert Patient.objects.filter(pk=cast.patient.pk).exists()
