"""Taking in a table of numbers: all of it in one transaction, or nothing."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit.facts import Fact
from clinic import access, consent, keys
from clinic.actor import Actor
from clinic.database.turns import take_turn
from clinic.imports import consents
from clinic.imports.arrivals import Placed
from clinic.imports.line import Line
from clinic.imports.refused import ImportRefused, Reason
from clinic.imports.table import Table
from clinic.imports.take_in import of_record, score_again, write_entries
from clinic.intake import NewNumber, record_observations
from clinic.models.consent import Purpose, Source
from clinic.models.imported import ImportBatch
from clinic.models.observation import Observation
from clinic.models.patient import Patient

FORMAT = "observations-csv"


@dataclass(frozen=True, slots=True)
class TakenNumbers:
    """What became of a table: for each record how many are new, replaced an older one, and were known.

    `came_as` counts the lines that a person had entered into another installation, by the source that they had there.
    """

    people: tuple[str, ...]
    new: int
    replaced: int
    known: int
    consents: int
    came_as: Mapping[str, int]


@transaction.atomic
def take_in_numbers(
    *,
    table: Table,
    digest: str,
    into: Patient | None,
    consent_record: str,
    by: Actor,
    at: dt.datetime,
    dry_run: bool = False,
) -> TakenNumbers:
    """Store a table, or nothing of it. Raises ImportRefused with every reason.

    Without `consent_record` only numbers of people who agreed already are taken in. A psychologist takes in those of
    their own caseload; with `into` every line must be that person's.
    """
    if table.reasons:
        raise ImportRefused(table.reasons)
    people = _people(table.lines, into=into, by=by, at=at)
    batch = uuid4()
    given = _agreements(table.lines, people, consent_record, batch, by=by, at=at)
    own = own_lines(table.lines, people)
    new, replaced, known = 0, 0, len(own)
    for (number, source), lines in _by_person([line for line in table.lines if line not in own]).items():
        made = record_observations(
            patient=people[number].patient,
            numbers=[NewNumber(each.signal, each.value, each.happened_at, each.day) for each in lines],
            source=source,
            by=by,
            at=at,
        )
        new, replaced, known = new + made.new, replaced + made.replaced, known + made.known
    came_as = Counter(line.came_as.value for line in table.lines if line.came_as and line not in own)
    taken = TakenNumbers(tuple(people), new, replaced, known, consents=given, came_as=came_as)
    _write(taken, people, batch if taken.new or given else None, digest, by=by, at=at)
    transaction.set_rollback(dry_run)
    return taken


def own_lines(lines: Sequence[Line], people: Mapping[str, Placed]) -> set[Line]:
    """The lines of check-ins and forms that stand in this installation itself: a file neither doubles nor changes them.

    One query, and none where the file holds no such line.
    """
    asked = [line for line in lines if line.came_as]
    if not asked:
        return set()
    moments = [line.happened_at for line in asked]
    rows = Observation.objects.filter(
        patient__in={people[line.record_number].patient.pk for line in asked},
        source__in=[Source.CHECK_IN, Source.QUESTIONNAIRE],
        happened_at__range=(min(moments), max(moments)),
    )
    standing = set(rows.values_list("patient__record_number", "signal", "source", "happened_at"))
    return {
        line
        for line in asked
        if (line.record_number, line.signal, line.came_as, line.happened_at) in standing
    }


def _people(lines: Sequence[Line], *, into: Patient | None, by: Actor, at: dt.datetime) -> dict[str, Placed]:
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.record_number, line)
    mine = Patient.objects.all() if by.user is None else access.records(by.user, at=at)
    found = {each.record_number: each for each in mine.filter(record_number__in=first)}
    if into is not None:
        found = {number: each for number, each in found.items() if each.pk == into.pk}
    reasons = [
        Reason(_("line %(number)d") % {"number": line.number}, _missing(into))
        for number, line in first.items()
        if number not in found
    ]
    if reasons:
        raise ImportRefused(reasons)
    for pk in sorted(str(each.pk) for each in found.values()):
        take_turn(f"imports of {pk}")
    return {number: of_record(each) for number, each in found.items()}


def _missing(into: Patient | None) -> str:
    return _("it is not about the person of this record") if into else _("there is no such record")


def _agreements(
    lines: Sequence[Line],
    people: Mapping[str, Placed],
    consent_record: str,
    batch: UUID,
    *,
    by: Actor,
    at: dt.datetime,
) -> int:
    """Write down the consent that came with the table. Raises ImportRefused where somebody has not agreed."""
    given = 0
    for source in sorted({line.source for line in lines}):
        here = [
            people[number]
            for number in sorted({each.record_number for each in lines if each.source == source})
        ]
        consents.check_may_keep(here, source)
        if consent_record:
            given += consents.write_down(here, source, reference=consent_record, batch=batch, by=by, at=at)
        agreed = consent.patients_who_agreed(
            {each.patient.pk for each in here}, source=source, purposes=[Purpose.KEEP]
        )
        words = _("this person has not agreed that such numbers are kept: say where their consent stands")
        missing = [
            Reason(each.patient.record_number, words) for each in here if each.patient.pk not in agreed
        ]
        if missing:
            raise ImportRefused(missing)
    return given


def _by_person(lines: Sequence[Line]) -> dict[tuple[str, Source], list[Line]]:
    found: dict[tuple[str, Source], list[Line]] = defaultdict(list)
    for line in lines:
        found[line.record_number, line.source].append(line)
    return found


def _write(
    taken: TakenNumbers,
    people: Mapping[str, Placed],
    batch: UUID | None,
    digest: str,
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    """The row of the file where anything is new, an audit entry for each person, and a new reading for them."""
    if batch:
        ImportBatch.objects.create(
            pk=batch,
            format=FORMAT,
            content_digest=keys.index(bytes.fromhex(digest), purpose="import-file"),
            counts={"new": taken.new, "known": taken.known, "replaced": taken.replaced}
            | {f"came as {name}": count for name, count in taken.came_as.items()},
            imported_by=by.user,
            happened_at=at,
        )
    facts: dict[str, Fact] = {
        "format": FORMAT,
        "new": taken.new,
        "known": taken.known,
        "consents": taken.consents,
    }
    write_entries(people.values(), batch, facts, by=by, at=at)
    if taken.new:
        score_again([each.patient.pk for each in people.values()])
