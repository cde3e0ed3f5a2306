"""Trying a change on the past, before anybody signs it.

The stored scores answer exactly what other thresholds would have done. New rules or a new classifier are tried by
reading again the notes of check-ins whose people agreed that they are shared and used for AI readings, where their key
opens; a worker does it in chunks. No text is shown or stored: the result holds counts, codes and ids of alerts.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid4

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import SOFTWARE, Actor, log
from clinic.database.turns import take_turn
from clinic.models.danger import DangerReading, DangerReplay
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.outbox import enqueue
from clinic.safety.ledger import active, measured, scored
from clinic.safety.ledger.changes import Text, effect_of
from clinic.safety.ledger.outcomes import Judged, judged, with_acts
from clinic.safety.ledger.reread import Skipped, texts_of
from clinic.safety.ledger.thresholds import of_facts, per_mille
from clinic.safety.raising import CLASSIFIER
from clinic.safety.thresholds import Thresholds

MOST_READINGS: Final = 100_000
CHUNK: Final = 20
"""Patients whose texts one task reads again."""

ONE_FOR: Final = dt.timedelta(hours=1)
"""So long a reading of past texts keeps another from beginning; one that got stuck keeps nobody longer."""

TASK: Final = "clinic.tasks.replay_danger"


class ReadAlready(Exception):
    """Past texts are being read for another trial; the message says so."""


@transaction.atomic
def start(*, thresholds: Thresholds, read_texts: bool, by: Actor, at: dt.datetime) -> DangerReplay:
    """Try these thresholds with the rules and the classifier that are installed.

    What the stored scores say is known at once; texts are read again by a worker, for one trial at a time: they are
    many, and the worker has others to serve. Raises ReadAlready.
    """
    if read_texts:
        _alone(at=at)
    assert by.user is not None  # noqa: S101  a person asks
    newest = active.newest()
    now = active.stored().active.thresholds
    replay = DangerReplay(
        pk=uuid4(),
        thresholds=thresholds.facts,
        compared_with={"release": newest.number if newest else 0, **now.facts},
        rule_set=scored.installed_rule_set(),
        classifier=scored.installed_classifier(),
        total=Patient.objects.count() if read_texts else 0,
        result={
            "stored": effect_of(_stored(thresholds)).facts,
            "measured": measured.facts(now, thresholds),
        },
        asked_by=by.user,
        asked_at=at,
    )
    if read_texts:
        replay.result |= {"read": effect_of([]).facts, "skipped": {"not_agreed": 0, "no_key": 0}}
    else:
        _finish(replay, at=at)
    replay.save(force_insert=True)
    if read_texts:
        enqueue(TASK, replay_id=str(replay.pk), after="")
    facts = {"texts": read_texts, **per_mille(thresholds.facts)}
    log("danger_change_tried", by=by, at=at, subject=replay, facts=facts)
    return replay


def _alone(*, at: dt.datetime) -> None:
    take_turn("danger replay")
    if DangerReplay.objects.filter(finished_at=None, asked_at__gt=at - ONE_FOR).exists():
        raise ReadAlready(
            _("Past texts are being read for another trial. Wait until that has ended, or leave this out.")
        )


def _stored(thresholds: Thresholds) -> list[Text]:
    """Every stored reading, the newest first, with its level then and with these thresholds: two or three queries."""
    columns = (
        "level",
        "rules_level",
        "classifier",
        "rules",
        "categories",
        "alert_id",
        "alert__outcome",
        "patient_id",
    )
    rows = list(DangerReading.objects.order_by("-happened_at", "id").values_list(*columns)[:MOST_READINGS])
    acted = with_acts(row[5] for row in rows if row[5])
    return [
        Text(
            before=level,
            after=int(thresholds.joined(untouched(level, rules_level, rules), score)),
            category=categories[0] if categories else "",
            acted_on=str(alert) if alert and _was_acted(outcome, alert in acted) else "",
            person=person,
        )
        for level, rules_level, score, rules, categories, alert, outcome, person in rows
    ]


def untouched(level: int, rules_level: int, rules: Sequence[str]) -> int:
    """The part of a level that no threshold touches: all of it, unless the classifier raised it.

    Who presses "Ask a person" or answers an item has a level from neither rules of words nor a score.
    """
    return rules_level if CLASSIFIER in rules else level


def _was_acted(outcome: str, was_acted: bool) -> bool:
    return judged(outcome, was_acted=was_acted) is Judged.ACTED


@transaction.atomic
def read_chunk(*, replay_id: UUID, after: str, at: dt.datetime) -> None:
    """Read the texts of the next patients again, and ask for the chunk after it; one that runs twice counts once."""
    replay = DangerReplay.objects.select_for_update().get(pk=replay_id)
    if replay.finished_at or (str(replay.last) if replay.last else "") != after:
        return
    patients = Patient.objects.order_by("pk")
    following = patients.filter(pk__gt=replay.last) if replay.last else patients
    chunk = list(following[:CHUNK])
    _count(replay, chunk)
    if len(chunk) < CHUNK:
        _finish(replay, at=at)
        log("danger_change_replayed", by=SOFTWARE, at=at, subject=replay, facts={"digest": replay.digest})
    else:
        enqueue(TASK, replay_id=str(replay.pk), after=str(replay.last))
    replay.save(update_fields=["done", "last", "result", "digest", "finished_at"])


def _count(replay: DangerReplay, patients: list[Patient]) -> None:
    skipped = Skipped(**replay.result["skipped"])
    texts = texts_of(patients, of_facts(replay.thresholds), skipped)
    read = effect_of(texts, so_far=replay.result["read"]).facts
    replay.result = {**replay.result, "read": read, "skipped": skipped.facts}
    replay.done += len(patients)
    if patients:
        replay.last = patients[-1].pk


def _finish(replay: DangerReplay, *, at: dt.datetime) -> None:
    replay.finished_at, replay.digest = max(at, replay.asked_at), digest_of(replay)


def digest_of(replay: DangerReplay) -> str:
    """SHA-256 over all that a signer is shown, in canonical form. It holds no words of anybody."""
    content: dict[str, Any] = {
        "thresholds": replay.thresholds,
        "compared_with": replay.compared_with,
        "rule_set": replay.rule_set,
        "classifier": replay.classifier,
        "result": replay.result,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def lost(replay: DangerReplay) -> list[SafetyAlert]:
    """The alerts that somebody acted on and that would have been lost, the newest first."""
    named = {each for part in ("stored", "read") for each in replay.result.get(part, {}).get("lost", ())}
    rows = SafetyAlert.objects.filter(pk__in=named).select_related("patient")
    return list(rows.order_by("-happened_at"))


def latest(limit: int) -> list[DangerReplay]:
    """The trials that were asked for last."""
    return list(DangerReplay.objects.select_related("asked_by__staff").order_by("-asked_at")[:limit])
