"""The alert ledger at a state: alerts with a score, trials, and signed releases, through the real operations."""

import datetime as dt
from uuid import uuid4

from clinic.models.danger import DangerReading, DangerRelease, DangerReplay, ReleaseReason, TextSource
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.reauth import Proof
from clinic.safety.ledger import releases, replay
from clinic.safety.raising import CLASSIFIER
from clinic.safety.thresholds import SHIPPED, Thresholds
from tests.cast import NOW, Cast


def scored_alert(
    cast: Cast, *, score: float, rules_level: int, at: dt.datetime = NOW, patient: Patient | None = None
) -> SafetyAlert | None:
    """A text that the classifier gave this score, with the alert that it opened under the shipped thresholds."""
    level, form, alert = int(SHIPPED.joined(rules_level, score)), uuid4(), None
    if level:
        alert = SafetyAlert.objects.create(
            patient=patient or cast.patient,
            level=level,
            categories=["distress"],
            rules=["distress.test"],
            rule_set="test",
            card="gentle",
            submission=form,
            happened_at=at,
        )
    DangerReading.objects.create(
        patient=patient or cast.patient,
        source=TextSource.MESSAGE,
        submission=form,
        language="en",
        level=level,
        rules_level=rules_level,
        score=score,
        classifier=score,
        categories=["distress"],
        rules=["distress.test", CLASSIFIER] if level > rules_level else ["distress.test"],
        rule_set="test",
        alert=alert,
        happened_at=at,
    )
    return alert


def tried(cast: Cast, thresholds: Thresholds, *, texts: bool = False, at: dt.datetime = NOW) -> DangerReplay:
    """A trial of these thresholds by the treating psychologist."""
    return replay.start(thresholds=thresholds, read_texts=texts, by=cast.treating, at=at)


def read_all(trial: DangerReplay, *, at: dt.datetime = NOW) -> DangerReplay:
    """The trial after a worker has read every chunk."""
    while trial.finished_at is None:
        replay.read_chunk(replay_id=trial.pk, after=str(trial.last) if trial.last else "", at=at)
        trial.refresh_from_db()
    return trial


def signed(
    cast: Cast,
    trial: DangerReplay,
    *,
    seen: str | None = None,
    knows: bool = False,
    proof: Proof | None = None,
    at: dt.datetime = NOW,
) -> DangerRelease:
    """The trial signed by the treating psychologist."""
    assert cast.treating.user is not None
    return releases.sign(
        tried=trial,
        seen=trial.digest if seen is None else seen,
        reason=ReleaseReason.REVIEW,
        knows_what_is_lost=knows,
        proof=proof or Proof(cast.treating.user, at=at),
        by=cast.treating,
        at=at,
    )
