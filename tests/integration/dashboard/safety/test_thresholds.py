"""What one signature may do, what a trial says is missed, and which levels no threshold touches."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client, override_settings

from clinic import clock
from clinic.actor import log
from clinic.models.danger import DangerRelease, DangerReplay, ReleaseReason
from clinic.safety import asking
from clinic.safety.detect import RULES, name_of
from clinic.safety.ledger import active, bounds, measured, releases, replay
from clinic.safety.ledger.releases import ReleaseRefused
from clinic.safety.ledger.thresholds import of_facts
from clinic.safety.thresholds import SHIPPED, Thresholds
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import text_of
from tests.ledger import scored_alert, signed, tried

pytestmark = ROLLED_BACK

OFF = Thresholds(0.99, 0.99)
PATH = "/safety/ledger/"


@pytest.mark.parametrize(
    "thresholds", [OFF, Thresholds(0.75, 0.99), Thresholds(0.05, 0.9), Thresholds(0.3, 0.3)]
)
def test_nobody_signs_alone_what_silences_or_floods(cast: Cast, thresholds: Thresholds) -> None:
    with pytest.raises(ReleaseRefused, match="no single signature"):
        signed(cast, tried(cast, thresholds), knows=True)
    assert not DangerRelease.objects.exists()


def test_the_shipped_thresholds_and_both_bounds_may_be_signed(cast: Cast) -> None:
    assert all(map(bounds.may_be_signed, (SHIPPED, bounds.FLOOR, bounds.CEILING)))


def release_of(cast: Cast, thresholds: Thresholds) -> DangerRelease:
    """A release as another version, or a hand in the database, might have stored it."""
    trial = tried(cast, thresholds)
    assert cast.treating.user
    release = DangerRelease(
        number=1,
        rule_set=trial.rule_set,
        classifier=trial.classifier,
        thresholds=trial.thresholds,
        replay=trial,
        replay_digest=trial.digest,
        reason=ReleaseReason.FIRST,
        signed_by=cast.treating.user,
        signed_at=NOW,
    )
    log("danger_release_signed", by=cast.treating, at=NOW, subject=release)
    release.save()
    return release


def test_no_row_notices_less_than_the_ceiling(cast: Cast) -> None:
    release = release_of(cast, OFF)
    assert active.look() == active.Active(bounds.CEILING, release.pk, 1)


def test_planted_fault_without_the_ceiling_such_a_row_would_switch_the_classifier_off(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_of(cast, OFF)
    monkeypatch.setattr(active, "never_above", lambda thresholds: thresholds)
    assert active.look().thresholds.level_of(0.98) == 0


def test_whoever_raises_a_threshold_says_that_they_know_what_is_missed(cast: Cast) -> None:
    with pytest.raises(ReleaseRefused, match="missed"):
        signed(cast, tried(cast, bounds.CEILING))
    assert signed(cast, tried(cast, Thresholds(0.7, 0.9))).lost == 0
    assert releases.notices_less(tried(cast, SHIPPED))


def test_a_trial_says_what_share_of_held_out_messages_would_be_missed(treating: Client, cast: Cast) -> None:
    kept = json.loads(measured.file().read_text(encoding="utf-8"))
    trial = tried(cast, bounds.CEILING, at=clock.now())
    before, after = trial.result["measured"]["no_card"]
    assert (before, after) == (
        measured.at(SHIPPED, kept).no_card,
        measured.at(bounds.CEILING, kept).no_card,
    )
    assert after > before
    page = text_of(treating.get(f"{PATH}{trial.pk}/"))
    assert "More messages that need help would be missed" in page
    assert f"{after} of {kept['messages']};" in page
    form = {"reason": "first", "statement": "on", "seen": trial.digest, "password": PASSWORD}
    assert "Say that you know what would be missed" in text_of(
        treating.post(f"{PATH}{trial.pk}/sign/", form), 422
    )


def test_the_share_that_is_missed_is_signed_with_the_rest(cast: Cast) -> None:
    trial = tried(cast, bounds.CEILING)
    trial.result["measured"]["no_card"] = [0, 0]
    assert replay.digest_of(trial) != trial.digest


@pytest.mark.parametrize("content", [None, "{", "{}", '{"no_card": [1]}'])
def test_what_was_not_measured_is_said_to_be_so(
    treating: Client, cast: Cast, tmp_path: Path, content: str | None
) -> None:
    with override_settings(BASE_DIR=tmp_path):
        if content is not None:
            measured.file().parent.mkdir(parents=True)
            measured.file().write_text(content, encoding="utf-8")
        trial = tried(cast, bounds.CEILING, at=clock.now())
    assert trial.result["measured"] == {}
    assert "Not measured." in text_of(treating.get(f"{PATH}{trial.pk}/"))


def test_figures_of_other_rules_say_so(treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "name_of", lambda _rules: "another")
    trial = tried(cast, SHIPPED, at=clock.now())
    assert "Measured with other rules" in text_of(treating.get(f"{PATH}{trial.pk}/"))


def test_the_shipped_figures_are_those_of_the_page() -> None:
    page = measured.file().with_suffix(".md").read_text(encoding="utf-8")
    kept = json.loads(measured.file().read_text(encoding="utf-8"))
    assert f"`{kept['detector']}`" in page
    assert f"{kept['messages'] - measured.at(SHIPPED, kept).no_card} of {kept['messages']}" in page
    assert len(kept["no_card"]) == len(measured.STEPS)
    assert name_of(RULES)


def test_no_threshold_loses_a_request_for_a_person(cast: Cast) -> None:
    alert = asking.ask(patient=cast.patient, submission=uuid4(), by=cast.as_patient, at=NOW)
    assert alert.level == 2
    for thresholds in (OFF, Thresholds(0.5, 0.6)):
        stored = tried(cast, thresholds).result["stored"]["all"]
        assert (stored["texts"], stored["lower"], stored["alert_after"]) == (1, 0, 1)


def test_planted_fault_a_request_that_was_scored_again_would_be_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking.ask(patient=cast.patient, submission=uuid4(), by=cast.as_patient, at=NOW)
    monkeypatch.setattr(replay, "untouched", lambda _level, rules_level, _rules: rules_level)
    assert tried(cast, SHIPPED).result["stored"]["all"]["lower"] == 1


def test_what_the_classifier_raised_is_lost_above_its_score(cast: Cast) -> None:
    scored_alert(cast, score=0.82, rules_level=0)
    assert tried(cast, bounds.CEILING).result["stored"]["all"]["lower"] == 1


def test_no_reason_is_chosen_beforehand(treating: Client, cast: Cast) -> None:
    signed(cast, tried(cast, SHIPPED))
    trial = tried(cast, Thresholds(0.5, 0.6), at=clock.now())
    page = text_of(treating.get(f"{PATH}{trial.pk}/"))
    assert '<option value="" selected>Choose one</option>' in page
    form = {"reason": "", "statement": "on", "seen": trial.digest, "password": PASSWORD}
    assert "Say why you sign." in text_of(treating.post(f"{PATH}{trial.pk}/sign/", form), 422)
    assert DangerReplay.objects.count() == 2


def test_a_damaged_release_is_named_on_the_page_and_keeps_nobody_from_trying_and_signing(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    low = Thresholds(0.4, 0.7)
    signed(cast, tried(cast, low))
    signed(cast, tried(cast, SHIPPED), knows=True)
    read = of_facts
    monkeypatch.setattr(active, "of_facts", lambda given: read({} if given == SHIPPED.facts else given))
    page = text_of(treating.get(PATH))
    assert "Release 2 cannot be read and is not in use" in page
    assert "Release 1 is in use" in page
    assert "raises a concern from 0.40" in page
    signed(cast, tried(cast, bounds.FLOOR))
    page = text_of(treating.get(PATH))
    assert "cannot be read" not in page
    assert "Release 3 is in use" in page
