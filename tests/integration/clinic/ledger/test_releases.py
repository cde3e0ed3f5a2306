"""A change is tried on the past, signed, and in use within seconds; nothing else changes what is in use."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from audit.models import AuditEntry
from clinic import consent
from clinic.models.consent import Purpose, Source
from clinic.models.danger import DangerReading, DangerRelease, DangerReplay
from clinic.models.safety import AlertOutcome
from clinic.oncall.watch import Watch
from clinic.reauth import NotConfirmed, Proof
from clinic.safety import alerts
from clinic.safety.detect import detect
from clinic.safety.ledger import active, releases, replay, reread, scored
from clinic.safety.ledger.releases import ReleaseRefused
from clinic.safety.thresholds import SHIPPED, Thresholds
from tests.answering import closed
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in
from tests.ledger import read_all, scored_alert, signed, tried

pytestmark = ROLLED_BACK

HIGH = Thresholds(0.85, 0.95)
LOW = Thresholds(0.3, 0.6)
HOUR = dt.timedelta(hours=1)


def test_a_clinic_begins_with_the_shipped_thresholds_and_nobody_has_signed_them(cast: Cast) -> None:
    assert active.look() == active.UNSIGNED
    assert not releases.is_signed(active.newest())


def test_trying_changes_nothing_and_a_signature_does(cast: Cast) -> None:
    trial = tried(cast, LOW)
    assert active.look().thresholds == SHIPPED
    release = signed(cast, trial)
    assert active.look() == active.Active(LOW, release.pk, 1)
    entry = AuditEntry.objects.get(action="danger_release_signed")
    assert (entry.facts["concern_per_mille"], entry.facts["urgent_per_mille"]) == (300, 600)
    assert entry.facts["replay"] == trial.digest == release.replay_digest


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from([LOW, HIGH, SHIPPED]), st.booleans()), max_size=6))
def test_only_a_signed_release_changes_the_thresholds(
    cast: Cast, moves: list[tuple[Thresholds, bool]]
) -> None:
    """Whatever is tried and refused meanwhile, in use is what was signed last, or what was shipped."""
    with transaction.atomic():
        in_use = SHIPPED
        for thresholds, signs in moves:
            trial = tried(cast, thresholds)
            if signs:
                signed(cast, trial, knows=True)
                in_use = thresholds
            else:
                with pytest.raises(NotConfirmed):
                    signed(cast, trial, knows=True, proof=Proof(cast.treating.user, at=NOW - HOUR))  # type: ignore[arg-type]
            assert active.look().thresholds == in_use
        transaction.set_rollback(True)


def test_planted_fault_a_process_that_took_a_trial_for_a_release_would_be_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_a_trial(_release: object) -> active.Active:
        newest = DangerReplay.objects.latest("asked_at")
        return active.Active(Thresholds(**newest.thresholds), None)

    tried(cast, LOW)
    monkeypatch.setattr(active, "in_use", of_a_trial)
    assert active.look().thresholds != SHIPPED


def test_asking_costs_no_query_and_a_database_that_fails_leaves_what_was_known(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(cast, tried(cast, LOW))
    known = active.look()
    with django_assert_num_queries(0):
        assert active.current() == known

    def away(_patience: int) -> active.Active:
        raise DatabaseError("away")

    monkeypatch.setattr(active, "_newest", away)
    assert active.look(patience_ms=50) == known
    active.forget()
    assert active.current() == active.UNSIGNED


def test_a_slow_database_is_not_waited_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    monkeypatch.setattr(active, "stored", slow)
    active.forget()
    assert active.current() == active.UNSIGNED
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        assert cursor.fetchone() != ("200ms",)


def test_another_classifier_takes_the_more_sensitive_thresholds_until_somebody_signs(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = signed(cast, tried(cast, HIGH), knows=True)
    monkeypatch.setattr(scored, "installed_classifier", lambda: "another")
    assert active.in_use(release).thresholds == SHIPPED
    assert not releases.is_signed(release)


def test_what_is_read_names_the_release_that_was_in_use(cast: Cast) -> None:
    release = signed(cast, tried(cast, LOW))
    active.look()
    check_in(cast.patient, 6, "A walk.")
    assert DangerReading.objects.get().release == release


def test_stored_scores_say_exactly_what_other_thresholds_would_have_done(cast: Cast) -> None:
    for score, rules in ((0.82, 0), (0.92, 0), (0.2, 2), (0.99, 1)):
        scored_alert(cast, score=score, rules_level=rules)
    counts = tried(cast, HIGH).result["stored"]["all"]
    assert counts["texts"] == 4
    assert (counts["card_before"], counts["card_after"]) == (4, 3)
    assert (counts["alert_before"], counts["alert_after"]) == (3, 2)
    assert (counts["lower"], counts["higher"]) == (2, 0)


def test_an_alert_that_somebody_acted_on_and_that_would_be_lost_is_named_and_must_be_accepted(
    cast: Cast,
) -> None:
    alert = scored_alert(cast, score=0.82, rules_level=0)
    assert alert is not None
    closed(alerts.take(alert=alert, by=cast.treating, at=NOW), cast.treating)
    idle = scored_alert(cast, score=0.82, rules_level=0)
    assert idle is not None
    closed(alerts.take(alert=idle, by=cast.treating, at=NOW), cast.treating, AlertOutcome.NO_DANGER)
    trial = tried(cast, HIGH)
    assert replay.lost(trial) == [alert]
    with pytest.raises(ReleaseRefused, match="lost"):
        signed(cast, trial)
    assert signed(cast, trial, knows=True).lost == 1


def test_past_notes_are_read_again_in_chunks_and_a_chunk_that_runs_twice_counts_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "CHUNK", 1)
    check_in(cast.patient, 2, "I want to kill myself tonight")
    check_in(cast.other_patient, 7, "A walk.")
    trial = tried(cast, SHIPPED, texts=True)
    assert (trial.finished_at, trial.total) == (None, 2)
    replay.read_chunk(replay_id=trial.pk, after="", at=NOW)
    replay.read_chunk(replay_id=trial.pk, after="", at=NOW)
    trial.refresh_from_db()
    assert (trial.done, trial.finished_at) == (1, None)
    trial = read_all(trial)
    assert trial.finished_at
    counts = trial.result["read"]["all"]
    assert (counts["texts"], counts["card_before"], counts["card_after"], counts["lower"]) == (2, 1, 1, 0)


def test_only_notes_of_people_who_agreed_to_both_are_read_again(cast: Cast) -> None:
    for patient in (cast.patient, cast.other_patient):
        check_in(patient, 2, "A walk.")
    purpose = Purpose.AI_READINGS
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=purpose, by=cast.as_patient, at=NOW
    )
    trial = read_all(tried(cast, SHIPPED, texts=True))
    assert trial.result["read"]["all"]["texts"] == 1
    assert trial.result["skipped"] == {"not_agreed": 1, "no_key": 0}


def test_rules_that_were_lost_are_seen_by_reading_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    alert = check_in(cast.patient, 2, "I want to kill myself tonight").notice.alert
    assert alert is not None
    closed(alerts.take(alert=alert, by=cast.treating, at=NOW), cast.treating)
    nothing = detect("", language="en")
    monkeypatch.setattr(reread, "detect", lambda _text, **_more: nothing)
    assert replay.lost(read_all(tried(cast, SHIPPED, texts=True))) == [alert]


@pytest.mark.parametrize("case", ["digest", "old", "rules", "meanwhile", "unfinished"])
def test_what_is_no_longer_what_was_shown_is_not_signed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    trial = tried(cast, LOW, texts=case == "unfinished")
    more: dict[str, Any] = {}
    if case == "digest":
        more = {"seen": "0" * 64}
    elif case == "old":
        more = {"at": NOW + dt.timedelta(days=15)}
    elif case == "rules":
        monkeypatch.setattr(scored, "installed_rule_set", lambda: "another")
    elif case == "meanwhile":
        signed(cast, tried(cast, HIGH), knows=True)
    before = DangerRelease.objects.count()
    with pytest.raises(ReleaseRefused):
        signed(cast, trial, **more)
    assert DangerRelease.objects.count() == before


def test_new_rules_are_signed_only_after_past_texts_were_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(cast, tried(cast, LOW))
    monkeypatch.setattr(scored, "installed_rule_set", lambda: "another")
    with pytest.raises(ReleaseRefused, match="read again"):
        signed(cast, tried(cast, LOW))
    assert signed(cast, read_all(tried(cast, LOW, texts=True))).number == 2


def test_a_finished_trial_and_a_release_stay_as_they_are(cast: Cast) -> None:
    trial = tried(cast, LOW)
    release = signed(cast, trial)
    for statement, row in (
        ("UPDATE clinic_dangerreplay SET result = '{}' WHERE id = %s", trial.pk),
        ("DELETE FROM clinic_dangerreplay WHERE id = %s", trial.pk),
        ("UPDATE clinic_dangerrelease SET lost = 0 WHERE id = %s", release.pk),
        ("DELETE FROM clinic_dangerreading WHERE id <> %s", trial.pk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [row])


def test_the_watch_of_another_program_notices_a_signature_with_its_next_look(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.oncall.watch.close_old_connections", lambda: None)
    release = signed(cast, tried(cast, LOW))
    active.assume(active.UNSIGNED)
    assert active.current() == active.UNSIGNED
    Watch(now=lambda: NOW).round()
    assert active.current().release_id == release.pk
