"""Everything that is read leaves one row without a word, and a row that cannot be kept never holds help up."""

import ast
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from pytest_django import DjangoAssertNumQueries

from clinic import messages
from clinic.models.danger import DangerReading, TextSource
from clinic.models.safety import SafetyAlert
from clinic.safety import alerts
from clinic.safety.ledger import keep
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in, wrote

pytestmark = ROLLED_BACK

URGENT = "I want to kill myself tonight"
PACKAGES = ("clinic", "dashboard", "recommendations")


def readings() -> list[DangerReading]:
    return list(DangerReading.objects.order_by("recorded_at", "-level"))


def test_a_note_leaves_one_row_with_its_source_its_level_and_its_alert(cast: Cast) -> None:
    alert = check_in(cast.patient, 2, URGENT).notice.alert
    [row] = readings()
    assert alert is not None
    assert (row.source, row.alert, row.patient) == (TextSource.CHECK_IN, alert, cast.patient)
    assert (row.level, row.rules, row.categories) == (alert.level, alert.rules, alert.categories)
    assert row.rules_level <= row.level
    assert 0 < row.score <= 1


def test_what_calls_for_nobody_is_kept_too_and_an_empty_note_is_not(cast: Cast) -> None:
    wrote(cast.patient, "The bus was late and the soup was good.")
    check_in(cast.patient, 6, "")
    [row] = readings()
    assert (row.source, row.level, row.rules, row.alert) == (TextSource.MESSAGE, 0, [], None)


def test_the_same_form_read_again_stays_one_row_and_other_words_in_it_make_another(cast: Cast) -> None:
    form = uuid4()
    for text in (URGENT, URGENT, "The soup was good."):
        alerts.notice(patient=cast.patient, text=text, submission=form, at=NOW)
    assert sorted(row.level > 0 for row in readings()) == [False, True]


def test_no_column_of_a_row_holds_a_word_of_the_text(cast: Cast) -> None:
    check_in(cast.patient, 2, f"{URGENT}, said Zebedee")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(row)::text FROM clinic_dangerreading row")
        [(stored,)] = cursor.fetchall()
    assert "zebedee" not in stored.lower()
    assert "tonight" not in stored.lower()


def test_an_alert_opens_although_its_row_cannot_be_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        with connection.cursor() as broken:
            broken.execute("SELECT 1 / 0")

    monkeypatch.setattr(DangerReading.objects, "bulk_create", refused)
    outcome = check_in(cast.patient, 2, URGENT)
    assert outcome.notice.alert == SafetyAlert.objects.get()
    assert outcome.check_in is not None
    assert readings() == []


def test_planted_fault_without_its_savepoint_such_a_row_would_take_the_alert_with_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsaved(_rows: object) -> None:
        with connection.cursor() as broken:
            broken.execute("SELECT 1 / 0")

    monkeypatch.setattr(alerts, "keep", unsaved)
    with pytest.raises(DatabaseError):
        alerts.notice(patient=cast.patient, text=URGENT, submission=uuid4(), at=NOW)


def test_many_notes_are_kept_with_one_insert(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows: list[DangerReading] = []
    for _number in range(30):
        alerts.notice(
            patient=cast.patient,
            text="A walk.",
            submission=uuid4(),
            source=TextSource.CHECK_IN,
            later=rows,
            at=NOW,
        )
    with django_assert_max_num_queries(3):
        keep.keep(rows)
    assert DangerReading.objects.count() == 30


def test_a_message_is_read_once_however_often_its_form_arrives(cast: Cast) -> None:
    form = uuid4()
    for _time in range(2):
        messages.write(patient=cast.patient, words="A walk.", submission=form, by=cast.as_patient, at=NOW)
    assert len(readings()) == 1


def sources_named(package: str) -> list[str]:
    """Every call of the two readers that stores what was typed and does not say where it came from."""
    missing = []
    for path in sorted(Path(package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _reads(node.func) and not _says(node):
                missing.append(f"{path}:{node.lineno}")
    return missing


def _reads(called: ast.expr) -> bool:
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name == "notice_found" or (name == "notice" and not isinstance(called, ast.Attribute))


def _says(call: ast.Call) -> bool:
    return any(each.arg == "source" for each in call.keywords) or not call.keywords


def test_every_operation_that_stores_words_says_where_they_come_from() -> None:
    found = [each for package in PACKAGES for each in sources_named(package)]
    assert found == []
