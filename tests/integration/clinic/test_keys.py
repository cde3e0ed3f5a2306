"""The key store: texts that only the patient's own key opens, bound to the place where they stand."""

from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connections
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from clinic import keys
from clinic.fields import Sealed
from clinic.intake import NotKept
from clinic.keys import CannotOpen, KeysUnavailable, Ring
from clinic.keystore.models import PatientKey
from clinic.models.patient import Patient
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in

pytestmark = ROLLED_BACK

ROW = uuid4()


@pytest.fixture
def patient_id() -> UUID:
    """A patient with a key of their own."""
    made = uuid4()
    keys.make([made])
    return made


def seal(ring: Ring, text: str, patient_id: UUID, *, label: str = "note", row: UUID = ROW) -> Sealed:
    return ring.seal(text, patient_id=patient_id, label=label, row_id=row)


def opened(ring: Ring, sealed: bytes, patient_id: UUID, *, label: str = "note", row: UUID = ROW) -> str:
    return ring.open(sealed, patient_id=patient_id, label=label, row_id=row)


@given(text=st.text(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_was_sealed_is_opened_by_another_ring_of_the_same_patient(patient_id: UUID, text: str) -> None:
    sealed = seal(keys.ring([patient_id]), text, patient_id)
    assert opened(keys.ring([patient_id]), sealed, patient_id) == text


def test_the_same_text_never_gives_the_same_ciphertext(patient_id: UUID) -> None:
    ring = keys.ring([patient_id])
    assert len({bytes(seal(ring, "same", patient_id)) for _ in range(100)}) == 100


def test_a_ciphertext_moved_to_another_field_row_or_person_is_not_opened(patient_id: UUID) -> None:
    other = uuid4()
    keys.make([other])
    ring = keys.ring([patient_id, other])
    sealed = seal(ring, "mine", patient_id)
    with pytest.raises(CannotOpen):
        opened(ring, sealed, patient_id, label="name")
    with pytest.raises(CannotOpen):
        opened(ring, sealed, patient_id, row=uuid4())
    with pytest.raises(CannotOpen):
        opened(ring, sealed, other)


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_ciphertext_with_any_bit_changed_is_not_opened(patient_id: UUID, place: int, bit: int) -> None:
    ring = keys.ring([patient_id])
    bent = bytearray(seal(ring, "a sentence of a person", patient_id))
    bent[place % len(bent)] ^= 1 << bit
    with pytest.raises(CannotOpen):
        opened(ring, bytes(bent), patient_id)


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 5, 14, 15, 30])
def test_a_ciphertext_that_was_cut_off_is_not_opened(patient_id: UUID, cut: int) -> None:
    ring = keys.ring([patient_id])
    with pytest.raises(CannotOpen):
        opened(ring, bytes(seal(ring, "a sentence", patient_id))[:cut], patient_id)


def test_a_destroyed_key_opens_and_seals_nothing_any_more(patient_id: UUID) -> None:
    ring = keys.ring([patient_id])
    sealed = seal(ring, "gone", patient_id)
    keys.destroy(patient_id=patient_id)
    after = keys.ring([patient_id])
    assert patient_id not in after
    with pytest.raises(CannotOpen):
        opened(after, sealed, patient_id)
    with pytest.raises(CannotOpen):
        seal(after, "more", patient_id)
    with pytest.raises(CannotOpen):
        after.digest(b"more", patient_id=patient_id, purpose="signed-words")


def test_destroying_one_key_leaves_the_others(patient_id: UUID) -> None:
    other = uuid4()
    keys.make([other])
    sealed = seal(keys.ring([other]), "kept", other)
    keys.destroy(patient_id=patient_id)
    assert opened(keys.ring([other]), sealed, other) == "kept"


def test_digests_differ_by_person_purpose_and_text_and_stay_the_same_for_the_same(patient_id: UUID) -> None:
    other = uuid4()
    keys.make([other])
    ring = keys.ring([patient_id, other])
    digests = [
        ring.digest(text, patient_id=person, purpose=purpose)
        for person in (patient_id, other)
        for purpose in ("draft", "signed-words")
        for text in (b"one", b"two")
    ]
    assert len(set(digests)) == len(digests)
    again = keys.ring([patient_id]).digest(b"one", patient_id=patient_id, purpose="draft")
    assert again == digests[0]


def test_one_query_opens_the_keys_of_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = [uuid4() for _ in range(50)]
    keys.make(ids)
    with django_assert_num_queries(1, connection=connections["keystore"]):
        ring = keys.ring(ids)
    assert all(each in ring for each in ids)


def test_a_wrapped_key_cannot_be_handed_to_another_patient(patient_id: UUID) -> None:
    other, third = uuid4(), uuid4()
    keys.make([third])
    PatientKey.objects.filter(patient_id=patient_id).update(patient_id=other)
    ring = keys.ring([other, third])
    assert other not in ring
    assert third in ring, "one bent key must not lock the others out"


def test_without_the_key_encryption_key_no_key_is_opened(patient_id: UUID) -> None:
    with override_settings(KEYSTORE_KEK=bytes(32)):
        ring = keys.ring([patient_id])
    assert patient_id not in ring
    with pytest.raises(CannotOpen):
        seal(ring, "text", patient_id)


def test_help_opens_its_alert_without_words_where_the_key_is_bent(cast: Cast) -> None:
    PatientKey.objects.filter(patient_id=cast.patient.pk).update(wrapped=b"bent")
    outcome = check_in(cast.patient, note="I want to kill myself")
    assert outcome.not_kept is NotKept.NO_KEYS
    assert outcome.notice.alert is not None
    assert outcome.notice.alert.words is None


def test_a_key_store_that_is_away_is_said_to_be_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientKey, "objects", _Away())
    with pytest.raises(KeysUnavailable):
        keys.ring([uuid4()])
    with pytest.raises(KeysUnavailable):
        keys.make([uuid4()])


class _Away:
    def __getattr__(self, name: str) -> object:
        raise OperationalError("the server closed the connection")


def test_the_main_database_holds_no_name(cast: Cast) -> None:
    row = Patient.objects.filter(pk=cast.patient.pk).values().get()
    assert "Amara" not in str({name: bytes(v) if isinstance(v, bytes) else v for name, v in row.items()})
    assert cast.patient.unseal(cast.ring, "name") == "Amara Nwosu"
    assert str(cast.patient.name) == repr(cast.patient.name) == "[sealed]"
    assert f"{cast.patient.name}" == "[sealed]"
