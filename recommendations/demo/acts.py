"""What the fictional staff and patients did: signed, rejected, took an alert, withdrew a consent.

Each act goes through the operation that the pages use, at the moment at which it is said to have happened.
"""

import datetime as dt
from uuid import NAMESPACE_OID, uuid5

from clinic import intake, keys
from clinic.actor import Actor
from clinic.clock import local_date, zone_of
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.user import Role, StaffProfile
from clinic.reauth import Proof
from clinic.safety import alerts
from recommendations import permissions, pipeline, review, situation
from recommendations.demo.people import Person
from recommendations.models.review import Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review import Choice
from recommendations.review.sign import prepare_estimate, prepare_plan
from recommendations.words import PlanWords, draft_words
from recommendations.workflow import State

PLAN_DAYS = 84
ALERT_NOTE = "I keep thinking that I do not want to be here any more."
SIGNED_DAYS_AGO = {"slow_fall_with_gap": 7, "recovery": 45}

AMARAS_WORDS = PlanWords(
    language="en",
    title="One small thing, three times this week",
    words=(
        "Pick one small thing that used to matter to you, ten minutes or less. Singing along to one song counts. "
        "Choose three days and a time for each. If a day goes badly, leave it. Nothing is lost."
    ),
    dose="Three times this week.",
    stop_rule="If you sleep much less than usual, or feel driven and cannot stop, leave it and tell Dr Okonkwo.",
)


def past(by: Actor, person: Person, patient: Patient, *, now: dt.datetime) -> None:
    """What happened before today: signatures of some days ago, and the scoring run from which today's drafts wait."""
    if days_ago := SIGNED_DAYS_AGO.get(person.story):
        _sign_in_the_past(by, person, patient, at=now - dt.timedelta(days=days_ago))
    pipeline.score([patient.pk], at=now - dt.timedelta(hours=person.waiting_hours), history=True)


def present(by: Actor, person: Person, patient: Patient, *, now: dt.datetime) -> None:
    """What happened today or lately, after every reading was made."""
    act = PRESENT.get(person.story)
    if act:
        act(by, person, patient, now)


def _sign_in_the_past(by: Actor, person: Person, patient: Patient, *, at: dt.datetime) -> None:
    pipeline.score([patient.pk], at=_earlier_that_day(at, person.zone), history=True)
    drafts = Suggestion.objects.filter(patient=patient, state=State.OPEN)
    for draft in drafts.select_related("patient", "reading__release", "release", "intervention"):
        if draft.code != "behavioural_activation":
            _reject(draft, "already_in_place", by=by, at=at)
        elif person.story == "slow_fall_with_gap":
            reasons = ("smaller_step", "fits_this_life")
            _sign(draft, AMARAS_WORDS, Verdict.AMENDED, by=by, at=at, reasons=reasons)
        else:
            words = draft_words(draft, keys.ring([patient.pk]))
            _sign(draft, words, Verdict.APPROVED, by=by, at=at, with_estimate=True)


def _earlier_that_day(at: dt.datetime, zone: str) -> dt.datetime:
    """Three hours before `at`, and never on the day before: shortly after midnight the story is the same as at noon."""
    midnight = dt.datetime.combine(local_date(at=at, zone=zone), dt.time(), zone_of(zone))
    return max(at - dt.timedelta(hours=3), midnight)


def _sign(
    draft: Suggestion,
    words: PlanWords,
    verdict: Verdict,
    *,
    by: Actor,
    at: dt.datetime,
    reasons: tuple[str, ...] = (),
    with_estimate: bool = False,
) -> None:
    assert by.user is not None  # noqa: S101  staff are people
    patient, ring = draft.patient, keys.ring([draft.patient_id])
    signer = StaffProfile.objects.get(user=by.user)
    until = at.date() + dt.timedelta(days=PLAN_DAYS)
    prepared = [
        prepare_plan(
            words, verdict=verdict, draft=draft, valid_until=until, signer=signer, patient=patient, ring=ring
        )
    ]
    if with_estimate:
        prepared.append(
            prepare_estimate(
                draft.reading, verdict=verdict, draft=draft, signer=signer, patient=patient, ring=ring
            )
        )
    choice = Choice(
        valid_until=until,
        supporting=(draft.facts[0]["key"],),
        reasons=reasons,
        with_estimate=with_estimate,
        expected={each.kind.value: each.digest for each in prepared},
    )
    seen = situation.of_draft(draft, patient, ring).token
    proof = Proof(user=by.user, at=at)
    if verdict is Verdict.AMENDED:
        review.amend(suggestion=draft, words=words, seen=seen, choice=choice, proof=proof, by=by, at=at)
    else:
        review.approve(suggestion=draft, seen=seen, choice=choice, proof=proof, by=by, at=at)


def _reject(draft: Suggestion, reason: str, *, by: Actor, at: dt.datetime) -> None:
    review.reject(suggestion=draft, reasons=[reason], note="", by=by, at=at)


def _raise_alert(by: Actor, person: Person, patient: Patient, now: dt.datetime) -> None:
    """The person's own check-in of this morning trips the safety rules."""
    at = now - dt.timedelta(minutes=34)
    entry = intake.NewCheckIn(
        submission=uuid5(NAMESPACE_OID, f"{person.record_number} alert"),
        mood=2,
        feelings=("numb",),
        note=ALERT_NOTE,
        happened_at=at.astimezone(zone_of(person.zone)),
    )
    intake.record_check_in(patient=patient, entry=entry, by=Actor(patient.user, Role.PATIENT), at=at)


def _raise_and_take(by: Actor, person: Person, patient: Patient, now: dt.datetime) -> None:
    _raise_alert(by, person, patient, now)
    for alert in alerts.open_alerts().filter(patient=patient):
        alerts.take(alert=alert, by=by, at=now - dt.timedelta(minutes=23))


def _withdraw_ai(by: Actor, person: Person, patient: Patient, now: dt.datetime) -> None:
    permissions.withdraw_consent(
        patient=patient,
        source=Source.CHECK_IN,
        purpose=Purpose.AI_READINGS,
        by=Actor(patient.user, Role.PATIENT),
        at=now - dt.timedelta(days=1),
    )


def _stop_ai(by: Actor, person: Person, patient: Patient, now: dt.datetime) -> None:
    permissions.stop_ai(patient=patient, by=by, at=now - dt.timedelta(hours=5))


def _reject_one(by: Actor, person: Person, patient: Patient, now: dt.datetime) -> None:
    draft = Suggestion.objects.filter(patient=patient, state=State.OPEN).select_related("patient").first()
    if draft:
        _reject(draft, "better_alternative", by=by, at=now - dt.timedelta(hours=2))


PRESENT = {
    "alert_open": _raise_alert,
    "alert_taken": _raise_and_take,
    "ai_withdrawn": _withdraw_ai,
    "ai_stopped": _stop_ai,
    "rejected": _reject_one,
}
