"""Objects built at a state, through the real operations: check-ins, drafts, signed plans."""

import datetime as dt
from collections.abc import Sequence
from uuid import uuid4

from clinic import intake, invitations, keys, messages, screening
from clinic.actor import Actor
from clinic.clock import now
from clinic.invitations import Invited
from clinic.models.appointment import Appointment
from clinic.models.handover import HandedPlan, Handover
from clinic.models.invitation import Invitation
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningSource, ScreeningState
from clinic.models.user import Role, StaffProfile
from clinic.reauth import Proof
from clinic.slots import Slot
from recommendations import correspondence, pipeline, publications, review, situation
from recommendations.models.publication import Publication
from recommendations.models.review import Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review import Choice
from recommendations.review.sign import prepare_plan
from recommendations.words import PlanWords, draft_words
from tests.cast import NOW, Cast

FALLING = (
    6,
    7,
    6,
    6,
    7,
    6,
    5,
    6,
    7,
    6,
    6,
    7,
    6,
    6,
    7,
    6,
    6,
    5,
    7,
    6,
    6,
    7,
    6,
    6,
    6,
    7,
    6,
    6,
    3,
    3,
    2,
    3,
    2,
    2,
    3,
    2,
)
"""Four weeks about 6, then eight days about 3: every rule that looks for a fall is met."""


def check_in(
    patient: Patient, mood: int = 6, note: str = "", *, at: dt.datetime = NOW, feelings: tuple[str, ...] = ()
) -> intake.Outcome:
    """One check-in by the patient at `at`."""
    entry = intake.NewCheckIn(uuid4(), mood=mood, feelings=feelings, note=note, happened_at=at)
    return intake.record_check_in(patient=patient, entry=entry, by=Actor(patient.user, "patient"), at=at)


def wrote(patient: Patient, words: str = "Thank you.", *, at: dt.datetime = NOW) -> messages.Outcome:
    """A message by the patient."""
    by = Actor(patient.user, "patient")
    return messages.write(patient=patient, words=words, submission=uuid4(), by=by, at=at)


def written(patient: Patient, by: Actor, words: str = "See you soon.", *, at: dt.datetime = NOW) -> Message:
    """A message by a member of staff."""
    return correspondence.send(patient=patient, words=words, submission=uuid4(), by=by, at=at)[0]


def check_ins(patient: Patient, moods: Sequence[int] = FALLING, *, last: dt.datetime = NOW) -> None:
    """One check-in a day with these moods, the last one at `last`."""
    first = last - dt.timedelta(days=len(moods) - 1)
    entries = [
        intake.NewCheckIn(
            uuid4(), mood=mood, feelings=(), note="", happened_at=first + dt.timedelta(days=number)
        )
        for number, mood in enumerate(moods)
    ]
    intake.record_check_ins(patient=patient, entries=entries, by=Actor(patient.user, "patient"), at=last)


def screened(
    patient: Patient,
    by: Actor,
    *,
    at: dt.datetime = NOW,
    state: ScreeningState = ScreeningState.ABSENT,
    **states: ScreeningState,
) -> None:
    """Every condition recorded as `state`, but for those named."""
    answers = dict.fromkeys(screening.CONDITIONS, state) | states
    screening.record_facts(patient=patient, answers=answers, source=ScreeningSource.INTERVIEW, by=by, at=at)


def open_drafts(patient: Patient, by: Actor, *, at: dt.datetime = NOW) -> list[Suggestion]:
    """The drafts of a patient whose mood fell and who was screened; at least two, scored by the real pipeline."""
    check_ins(patient, last=at)
    screened(patient, by, at=at)
    pipeline.score([patient.pk], at=at, history=True)
    return list(Suggestion.objects.filter(patient=patient, state="open").order_by("code"))


def proof(by: Actor, *, at: dt.datetime = NOW) -> Proof:
    """That this person has just given their password."""
    assert by.user is not None
    return Proof(user=by.user, at=at)


def choice_for(
    suggestion: Suggestion,
    words: PlanWords,
    by: Actor,
    *,
    verdict: Verdict = Verdict.APPROVED,
    at: dt.datetime = NOW,
    reasons: tuple[str, ...] = (),
) -> Choice:
    """What a signer who was shown exactly these words sends with the signature."""
    patient, until = suggestion.patient, at.date() + dt.timedelta(days=28)
    prepared = prepare_plan(
        words,
        verdict=verdict,
        draft=suggestion,
        valid_until=until,
        signer=StaffProfile.objects.get(user=by.user),
        patient=patient,
        ring=keys.ring([patient.pk]),
    )
    return Choice(
        valid_until=until,
        supporting=("below_usual",),
        reasons=reasons,
        expected={prepared.kind.value: prepared.digest},
    )


def invited(
    by: Actor, role: Role = Role.ADMINISTRATOR, *, at: dt.datetime | None = None
) -> tuple[Invitation, str]:
    """An open invitation with its code; a patient's is into the care of nobody yet."""
    person = (
        Invited(role=role, zone="Europe/London", language="en")
        if role == Role.PATIENT
        else Invited(role=role, printed_name="Dr Ada Lind", title="Psychologist")
    )
    return invitations.invite(person=person, by=by, at=at or now())


def seen(suggestion: Suggestion) -> str:
    """The token of a page that was read just now."""
    return situation.of_draft(suggestion, suggestion.patient, keys.ring([suggestion.patient_id])).token


def approved(suggestion: Suggestion, by: Actor, *, at: dt.datetime = NOW) -> Publication:
    """The draft approved and signed in its own words."""
    words = draft_words(suggestion, keys.ring([suggestion.patient_id]))
    choice = choice_for(suggestion, words, by, at=at)
    made = review.approve(
        suggestion=suggestion, seen=seen(suggestion), choice=choice, proof=proof(by, at=at), by=by, at=at
    )
    return made[0]


def handed_plan(cast: Cast) -> HandedPlan:
    """A standing plan of the cast's patient that waits to be confirmed, as after a handover to who treats them."""
    publication = publications.standing(at=NOW).filter(patient=cast.patient).first()
    assert publication is not None
    assert cast.treating.user
    assert cast.other_psychologist.user
    handover = Handover.objects.create(
        patient=cast.patient,
        given_by=cast.other_psychologist.user,
        received_by=cast.treating.user,
        handed_by=cast.other_psychologist.user,
        handed_at=NOW,
    )
    return HandedPlan.objects.create(handover=handover, patient=cast.patient, publication=publication.pk)


def agreed(
    patient: Patient, by: Actor, *, day: dt.date = dt.date(2999, 6, 1), at: dt.datetime = NOW
) -> Appointment:
    """An appointment with `by`, far enough ahead for the views' own clock."""
    assert by.user is not None
    slot = Slot(day, dt.time(14), "Europe/London", 50, by.user, "video", "I ring you.")
    return correspondence.agree(patient=patient, slot=slot, by=by, at=at)
