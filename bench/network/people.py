"""Staff, patients with sealed names, their keys, care and consent: written by COPY, as fast as PostgreSQL takes it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import psycopg

from bench.network.scale import Scale
from clinic import keys
from clinic.actor import Actor
from clinic.keys import Ring
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from recommendations.demo import texts

SPACE = uuid.UUID("6b1c9a52-7c1e-4a53-9a6a-5f6a3d2b7c11")


def person(kind: str, number: int) -> uuid.UUID:
    """The same id for the same person in every run."""
    return uuid.uuid5(SPACE, f"{kind} {number}")


def copy(cursor: psycopg.Cursor, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows with COPY."""
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


def staff(cursor: psycopg.Cursor, scale: Scale, *, at: dt.datetime) -> None:
    """The clinic and its psychologists, each with role and licence."""
    cursor.execute(
        "INSERT INTO clinic_clinic (id, name, country, zone, is_demonstration, publication_delay, waiting_aim_hours)"
        " VALUES (1, 'Benchmark', 'GB', 'Europe/London', true, '10 min', 72)"
    )
    everybody = range(scale.psychologists)
    copy(
        cursor,
        "clinic_user",
        "id, password, is_superuser, sign_in_name, is_active",
        ((person("staff", n), "!", False, f"psychologist-{n}", True) for n in everybody),
    )
    copy(
        cursor,
        "clinic_staffprofile",
        "user_id, printed_name, title, licence_number, licence_valid_until",
        ((person("staff", n), f"Dr Number {n}", "Psychologist", "", dt.date(2999, 1, 1)) for n in everybody),
    )
    copy(
        cursor,
        "clinic_rolegrant",
        "id, user_id, role, starts_at",
        ((person("role", n), person("staff", n), "psychologist", at) for n in everybody),
    )


def sign_texts(*, at: dt.datetime) -> None:
    """The clinic's texts, signed by two of its psychologists: nothing is drafted from others."""
    users = [User.objects.get(pk=person("staff", number)) for number in (0, 1)]
    texts.sign_texts(*(Actor(user, Role.PSYCHOLOGIST) for user in users), at=at)


def patients(cursor: psycopg.Cursor, scale: Scale, *, at: dt.datetime) -> Ring:
    """Everybody in care, with a key and sealed names; returns the ring that opens them all."""
    ids = [person("patient", n) for n in range(scale.patients)]
    ring = keys.make(ids)
    copy(
        cursor,
        "clinic_patient",
        "id, record_number, zone, language, name, pronouns, birth_date, phone, discharge_reason, turn_to",
        (_patient(n, patient_id, ring) for n, patient_id in enumerate(ids)),
    )
    copy(
        cursor,
        "clinic_carerelationship",
        "id, patient_id, user_id, kind, starts_at",
        (
            (person("care", n), patient_id, person("staff", n % scale.psychologists), "treating", at)
            for n, patient_id in enumerate(ids)
        ),
    )
    copy(
        cursor,
        "clinic_consentgrant",
        "id, patient_id, source, purpose, text_version, text_language, text_digest, given_at",
        (
            (uuid.uuid4(), patient_id, source, purpose, "1", "en", "0" * 64, at)
            for patient_id in ids
            for source, purpose in product((Source.CHECK_IN, Source.DEVICE, Source.QUESTIONNAIRE), Purpose)
        ),
    )
    return ring


def _patient(number: int, patient_id: uuid.UUID, ring: Ring) -> Sequence[Any]:
    row = Patient(pk=patient_id, record_number=f"CS-{number:06d}", zone="Europe/London", language="en")
    row.seal(ring, name=f"Person Number {number}", birth_date="1990-05-17", phone="+44 1632 960000")
    return (
        *(row.pk, row.record_number, row.zone, row.language),
        *(bytes(row.name), None, bytes(row.birth_date or b""), bytes(row.phone or b""), "", ""),
    )


def mirror(cursor: psycopg.Cursor) -> None:
    """django-guardian's copy of the care relationships, for the anchors that ask it: in the project's table with a
    direct foreign key, and in the generic table with which guardian comes."""
    cursor.execute(
        "INSERT INTO clinic_recordpermission (user_id, content_object_id, permission_id)"
        " SELECT c.user_id, c.patient_id, p.id FROM clinic_carerelationship c, auth_permission p"
        " WHERE p.codename IN ('view_record', 'review_drafts', 'answer_alerts')"
    )
    cursor.execute(
        "INSERT INTO guardian_userobjectpermission (user_id, object_pk, content_type_id, permission_id)"
        " SELECT r.user_id, r.content_object_id::text, p.content_type_id, p.id"
        " FROM clinic_recordpermission r JOIN auth_permission p ON p.id = r.permission_id"
    )
