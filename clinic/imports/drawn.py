"""What is drawn from a resource that is kept: a fact, a number, an answered form, words that the person wrote."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from clinic import consent
from clinic.actor import Actor
from clinic.imports.arrivals import Placed
from clinic.intake import NewNumber, record_observations
from clinic.models.consent import Purpose, Source
from clinic.models.danger import TextSource
from clinic.models.imported import ImportedResource
from clinic.models.observation import Observation
from clinic.models.profile import Origin, ProfileFact, Topic
from clinic.models.questionnaire import Mode, QuestionnaireResponse
from clinic.questionnaires import catalogue
from clinic.questionnaires.record import NewResponse, record_responses
from clinic.safety.alerts import notice_found
from clinic.safety.detect import ITEM_9_IMPORTED, Detection, Level, of_answer
from clinic.safety.ledger.reading import read

BATCH = 1_000
ITEM_9_WORDS = "PHQ-9, question 9: answered with more than “not at all” (record from elsewhere)"


@dataclass(frozen=True, slots=True)
class Fact:
    """A diagnosis, a medication or an allergy in the words in which it came."""

    topic: Topic
    words: str
    code: str
    dated: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A filled form of the instrument `key`. `validated` is None where the instrument's file says it."""

    key: str
    answers: Mapping[str, int | None]
    happened_at: dt.datetime
    language: str
    validated: bool | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a person wrote as an answer, and whether the ninth question of a PHQ-9 was answered above zero."""

    words: tuple[str, ...]
    item_9: bool
    happened_at: dt.datetime | None


def facts(found: Iterable[tuple[Placed, Fact, ImportedResource]], *, by: Actor, at: dt.datetime) -> int:
    """Put facts into the profile, each with the resource that it came in; how many."""
    rows = []
    for who, fact, resource in found:
        row = ProfileFact(
            patient=who.patient,
            topic=fact.topic,
            origin=Origin.IMPORTED,
            code=fact.code,
            dated=fact.dated,
            holds=fact.holds,
            recorded_by=by.user,
            imported_from=resource,
            happened_at=at,
        )
        row.seal(who.ring, words=fact.words)
        rows.append(row)
    ProfileFact.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def numbers(
    found: Iterable[tuple[Placed, NewNumber, ImportedResource]], *, by: Actor, at: dt.datetime
) -> tuple[int, int]:
    """Store numbers of people who agreed that they are kept; how many are new, and how many were left out."""
    by_person: dict[UUID, tuple[Placed, list[NewNumber]]] = {}
    for who, number, resource in found:
        mine = by_person.setdefault(who.patient.pk, (who, []))[1]
        mine.append(replace(number, imported_from=resource))
    new = left_out = 0
    for who, each in by_person.values():
        kept = record_observations(patient=who.patient, numbers=each, source=Source.IMPORTED, by=by, at=at)
        new += kept.new
        left_out += len(each) if kept.not_kept else 0
    return new, left_out


def responses(
    found: Iterable[tuple[Placed, Answered, ImportedResource, bool]], *, by: Actor, at: dt.datetime
) -> tuple[int, int]:
    """Store answered forms of people who agreed; how many are new, and how many were left out.

    The question about wishing to be dead is read in every form that is new here, whatever consent says. One that was
    known is looked at again only where it was left out before and may be stored now.
    """
    given = [(who, answered, row, fresh, uuid5(row.pk, "response")) for who, answered, row, fresh in found]
    if not given:
        return 0, 0
    stored = set(
        QuestionnaireResponse.objects.filter(pk__in=[each[4] for each in given]).values_list("pk", flat=True)
    )
    agreed = consent.patients_who_agreed(
        {each[0].patient.pk for each in given}, source=Source.IMPORTED, purposes=[Purpose.KEEP]
    )
    instruments = catalogue.present()
    entries = [
        NewResponse(
            submission=submission,
            patient=who.patient,
            instrument=instruments[answered.key],
            answers=answered.answers,
            happened_at=answered.happened_at,
            mode=Mode.IMPORTED,
            source=Source.IMPORTED,
            language=answered.language,
            validated=answered.validated,
            imported_from=row,
        )
        for who, answered, row, fresh, submission in given
        if submission not in stored and (fresh or who.patient.pk in agreed)
    ]
    recorded = record_responses(entries=entries, by=by, at=at)
    _count_once([each.response for each in recorded if each.response], at=at)
    return sum(each.is_new for each in recorded), sum(each.not_kept is not None for each in recorded)


def _count_once(made: Sequence[QuestionnaireResponse], *, at: dt.datetime) -> None:
    """Where a total came before its form, as a number of its own, the form takes its place. One query, if none did."""
    earlier = Observation.objects.filter(
        patient__in={each.patient_id for each in made},
        happened_at__in={each.happened_at for each in made},
        source=Source.IMPORTED,
        response=None,
        superseded_at=None,
    )
    forms = {(each.patient_id, each.instrument.key, each.happened_at) for each in made}
    older = [row.pk for row in earlier if (row.patient_id, row.signal, row.happened_at) in forms]
    if older:
        Observation.objects.filter(pk__in=older).update(superseded_at=at)


def danger(who: Placed, said: Said, resource: ImportedResource, *, at: dt.datetime) -> int:
    """Signs of danger in what came become a line in the worklist with its own date; nobody is called for it."""
    when, opened = said.happened_at or at, 0
    if said.item_9:
        found = of_answer(ITEM_9_IMPORTED, Level.CONCERN, words=ITEM_9_WORDS)
        _note(who, found, uuid5(resource.pk, "item-9"), at=when)
        opened += 1
    for text in said.words:
        found = read(text, language=who.patient.language)
        if found.level is not Level.NONE:
            mild = replace(found, level=Level.CONCERN)
            _note(who, mild, uuid5(resource.pk, "words"), at=when)
            opened += 1
    return opened


def _note(who: Placed, found: Detection, submission: UUID, *, at: dt.datetime) -> None:
    source = TextSource.IMPORTED
    notice_found(patient=who.patient, detection=found, submission=submission, source=source, at=at)
