"""What a patient reports about a step: whether anything bad happened, and what follows from it at once (SR-84).

The one seam beside `publications` and `permissions` through which the portal reaches us: an act of the patient's own.
It hands out fixed words and codes; no draft and no word of one comes through here.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import keys
from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety import alerts, reported
from clinic.safety.alerts import Notice
from recommendations import publications, review, suggest
from recommendations.catalogue import StopSign
from recommendations.models.report import EffectReport
from recommendations.publications import Step

LEVELS = {"concern": AlertLevel.CONCERN, "urgent": AlertLevel.URGENT}
OTHER = "other"
LONGEST_WORDS = 4_000


class UnknownStep(LookupError):
    """There is no such step of this patient."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a patient entered about a step. `submission` is chosen by the form and becomes the report's id."""

    publication_id: UUID
    signs: tuple[str, ...]
    text: str
    submission: UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report: what was noticed in its words, the alert that its signs opened, and the stop.

    `is_new` is False for a form that arrived before; then nothing was written again.
    """

    report: EffectReport
    notice: Notice
    alert: SafetyAlert | None
    stopped: bool
    is_new: bool


def asked_about(signs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the person is asked: the step's own signs as they were signed, and fixed words for anything else.

    Without signs of its own, or while they cannot be opened, the fixed words name the medical ones too.
    """
    fixed = [(sign.code, sign.words) for sign in _fixed()]
    return [*signs, fixed[-1]] if signs else fixed


def accepted(step: Step) -> list[tuple[str, str]]:
    """Everything that a report about this step may name: its own signs and all of the fixed ones."""
    return [(sign.code, sign.words) for sign in _known(step).values()]


def fixed_words() -> dict[str, str]:
    """The words of the signs that every step has, by code."""
    return {sign.code: sign.words for sign in _fixed()}


def _fixed() -> list[StopSign]:
    """Words that no text needs to bring; the last stands under every list of signs."""
    medical = _("My chest hurt, or I fainted or nearly did")
    return [
        StopSign("medical", medical, "urgent", "medical_emergency"),
        StopSign("worse", _("I feel worse since I do this")),
        StopSign(OTHER, _("Something else felt bad or wrong")),
    ]


def _known(step: Step) -> dict[str, StopSign]:
    own = {sign.code: sign for sign in step.signs}
    return own | {sign.code: sign for sign in _fixed() if sign.code not in own}


@transaction.atomic
def report(*, patient: Patient, entry: NewReport, by: Actor, at: dt.datetime) -> Outcome:
    """Record what the person says about a step. Any sign takes the step out of the plan in this transaction.

    The words are read for danger first. No sign means that nothing bad happened: then nothing is stopped. Needs
    PostgreSQL alone: without the key store the step is stopped all the same, and the words are not kept. Raises
    UnknownStep for a step or a sign that is not this patient's to report.
    """
    source = TextSource.EFFECT
    notice = alerts.notice(
        patient=patient, text=entry.text, submission=entry.submission, source=source, at=at
    )
    step, signs = _step_and_signs(patient, entry)
    take_turn(f"report {entry.submission}")
    before = EffectReport.objects.filter(pk=entry.submission).first()
    if before and before.patient_id == patient.pk:
        return Outcome(before, notice, _alert_of(before), stopped=bool(before.signs), is_new=False)
    row = _store(patient, entry, step, pk=uuid4() if before else entry.submission, by=by, at=at)
    if not signs:
        return Outcome(row, notice, None, stopped=False, is_new=True)
    review.stop_reported(publication_id=entry.publication_id, by=by, at=at)
    if step.code:
        suggest.withdraw_open(patient=patient, reason="stop_rule", by=by, at=at, codes=[step.code])
    alert = _raise(patient, step.title, signs, submission=row.pk, at=at)
    return Outcome(row, notice, alert, stopped=True, is_new=True)


def _step_and_signs(patient: Patient, entry: NewReport) -> tuple[Step, list[StopSign]]:
    step = publications.step_of(entry.publication_id, patient)
    if step is None:
        raise UnknownStep(entry.publication_id)
    known = _known(step)
    if not set(entry.signs) <= set(known):
        raise UnknownStep(entry.publication_id)
    return step, [known[code] for code in entry.signs]


def _store(
    patient: Patient, entry: NewReport, step: Step, *, pk: UUID, by: Actor, at: dt.datetime
) -> EffectReport:
    row = EffectReport(
        pk=pk,
        patient=patient,
        publication_id=entry.publication_id,
        code=step.code,
        signs=list(entry.signs),
        happened_at=at,
    )
    _seal_words(row, entry.text)
    row.save()
    log("effect_reported", by=by, at=at, patient=patient, subject=row, facts={"signs": len(row.signs)})
    return row


def _raise(
    patient: Patient, title: str, signs: Sequence[StopSign], *, submission: UUID, at: dt.datetime
) -> SafetyAlert:
    """A line for the psychologist, or a call where a sign is medical; it says the signs in their fixed words."""
    gravest = max(signs, key=lambda sign: (LEVELS[sign.level], bool(sign.card)))
    said = _("Reported about the step “%(step)s”: %(signs)s") % {
        "step": title,
        "signs": "; ".join(sign.words for sign in signs),
    }
    return reported.raise_reported(
        patient=patient,
        level=LEVELS[gravest.level],
        signs=[sign.code for sign in signs],
        words=[said],
        card=gravest.card,
        submission=submission,
        at=at,
    )


def _alert_of(report: EffectReport) -> SafetyAlert | None:
    rows = SafetyAlert.objects.filter(patient=report.patient_id, submission=report.pk)
    return rows.filter(categories__contains=[reported.REPORTED]).first()


def _seal_words(row: EffectReport, text: str) -> None:
    """Keep the words where they can be sealed; a report without them still stops the step."""
    if not text.strip():
        return
    try:
        row.seal(keys.ring([row.patient_id]), words=text)
    except (keys.KeysUnavailable, keys.CannotOpen):
        row.words = None


def of_patient(patient: Patient) -> list[EffectReport]:
    """What this person reported, newest first: one query."""
    return list(EffectReport.objects.filter(patient=patient).order_by("-happened_at", "-id"))
