"""Registering people, and finding them by name or number among one's own."""

import datetime as dt

import pytest
from django.db import connection, connections
from pytest_django import DjangoAssertNumQueries

from clinic import keys, people
from clinic.actor import SOFTWARE
from clinic.keys import CannotOpen
from clinic.models.patient import Patient
from clinic.people import Identity, NewPatient
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK


def registered(name: str, **more: object) -> tuple[Patient, keys.Ring]:
    known = {"pronouns": "", "birth_date": None, "phone": "", "zone": "Europe/London", "language": "en"}
    person = NewPatient(name=name, **(known | more))  # type: ignore[arg-type]
    return people.register_patient(person=person, user=None, by=SOFTWARE, at=NOW)


def test_what_names_a_person_is_sealed_and_comes_back_whole() -> None:
    patient, ring = registered("Zoë Ñandú", pronouns="they/them", birth_date=dt.date(2000, 2, 29), phone="1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM clinic_patient p WHERE id = %s", [patient.pk])
        assert "Zo" not in cursor.fetchone()[0]
    found = people.identity(Patient.objects.get(pk=patient.pk), ring, at=NOW)
    assert (found.name, found.pronouns, found.birth_date, found.phone) == (
        "Zoë Ñandú",
        "they/them",
        dt.date(2000, 2, 29),
        "1",
    )


@pytest.mark.parametrize(
    ("today", "age"), [("2026-02-28", 25), ("2026-03-01", 26), ("2024-02-28", 23), ("2024-02-29", 24)]
)
def test_age_is_counted_in_the_persons_own_zone_on_leap_days_too(today: str, age: int) -> None:
    patient, ring = registered("A", birth_date=dt.date(2000, 2, 29), zone="Pacific/Auckland")
    noon_there = dt.datetime.fromisoformat(f"{today}T00:00").replace(tzinfo=dt.UTC)
    assert people.identity(patient, ring, at=noon_there).age == age


def test_record_numbers_are_opaque_and_differ() -> None:
    numbers = {registered("A")[0].record_number for _ in range(20)}
    assert len(numbers) == 20
    assert all(number.startswith("CS-") and len(number) == 8 for number in numbers)


def test_a_page_of_patients_costs_one_query_for_all_their_keys(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    patients = [registered(f"Person {number}")[0] for number in range(12)]
    with django_assert_num_queries(1, connection=connections["keystore"]):
        found = people.identities(patients, keys.ring([each.pk for each in patients]), at=NOW)
    assert sorted(each.name for each in found.values()) == sorted(f"Person {number}" for number in range(12))


def test_without_their_key_nobody_is_named(cast: Cast) -> None:
    keys.destroy(patient_id=cast.patient.pk)
    with pytest.raises(CannotOpen):
        people.identity(cast.patient, keys.ring([cast.patient.pk]), at=NOW)


def person(name: str, number: str) -> Identity:
    return people.Identity(Patient().pk, number, name, "", None, "", None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ama", ["Amara Nwosu"]),
        ("nwo ama", ["Amara Nwosu"]),
        ("ZOE", ["Zoë Ñandú"]),
        ("nandu", ["Zoë Ñandú"]),
        ("CS-2", ["Zoë Ñandú"]),
        ("wosu", []),
        ("ama x", []),
    ],
)
def test_names_match_by_the_beginning_of_a_word_whatever_case_and_accents(
    query: str, found: list[str]
) -> None:
    everybody = [person("Amara Nwosu", "CS-10001"), person("Zoë Ñandú", "CS-20002")]
    assert [each.name for each in people.matching(everybody, query)] == found
