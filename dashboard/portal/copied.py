"""The parts of one's own copy, read through the clinic: about me, check-ins, questionnaires, numbers, consents."""

import datetime as dt
import json
from collections import defaultdict

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic import people, safety_plan
from clinic.consent_texts import TEXTS
from clinic.intake import FEELINGS
from clinic.keys import CannotOpen, Ring
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires.catalogue import of_row
from clinic.signals import MEANINGS
from dashboard.portal import diary
from dashboard.portal.parts import Column, Term
from dashboard.portal.parts_safety import PlanPart
from dashboard.portal.safety_plan import line_of
from dashboard.portal.sheets import Form, Sheet
from dashboard.portal.when import Calendar


def about(patient: Patient, ring: Ring, calendar: Calendar) -> tuple[Term, ...]:
    """What the clinic knows of me as a person."""
    known = people.identity(patient, ring, at=calendar.now)
    terms = (
        Term(_("Name"), known.name),
        Term(_("Pronouns"), known.pronouns),
        Term(_("Born"), date_format(known.birth_date, "j F Y") if known.birth_date else ""),
        Term(_("Telephone"), known.phone),
        Term(_("Record number"), patient.record_number),
    )
    return tuple(term for term in terms if term.words)


def check_ins(patient: Patient, ring: Ring, calendar: Calendar) -> Sheet:
    """Every own check-in that stands, newest first. Raises CannotOpen."""
    entries = diary.every(patient, ring)
    if not all(entry.opened for entry in entries):
        raise CannotOpen("The words of a check-in do not open.")
    return Sheet(
        columns=(Column(_("When")), Column(_("Mood, 0 to 10")), Column(_("Feelings")), Column(_("Note"))),
        rows=tuple(
            (
                calendar.stamp(entry.happened_at),
                str(entry.mood),
                ", ".join(str(FEELINGS[code]) for code in entry.feelings),
                entry.note,
            )
            for entry in entries
        ),
    )


def forms(patient: Patient, ring: Ring, calendar: Calendar) -> tuple[Form, ...]:
    """Every filled form of one's own that stands, newest first. Raises CannotOpen."""
    rows = QuestionnaireResponse.objects.filter(
        patient=patient, source=Source.QUESTIONNAIRE, superseded_by=None
    )
    return tuple(
        _form(row, ring, calendar)
        for row in rows.select_related("instrument").order_by("-happened_at", "-pk")
    )


def _form(row: QuestionnaireResponse, ring: Ring, calendar: Calendar) -> Form:
    definition = of_row(row.instrument)
    answers = json.loads(row.unseal(ring, "answers"))
    chosen = [(each.text, definition.option(answers.get(each.code))) for each in definition.questions]
    most = {"total": f"{row.total:g}", "most": definition.scoring.highest} if row.total is not None else None
    return Form(
        title=definition.title,
        when=calendar.stamp(row.happened_at),
        total=_("Together: %(total)s of %(most)s") % most if most else _("Too few answers for a total"),
        notice=definition.notice,
        sheet=Sheet(
            columns=(Column(_("Question")), Column(_("Answer"))),
            rows=tuple((text, option.text if option else _("not answered")) for text, option in chosen),
        ),
    )


def plan_for_danger(patient: Patient, ring: Ring, calendar: Calendar) -> tuple[PlanPart, ...]:
    """The sections of the safety plan that hold words. Raises CannotOpen."""
    return tuple(line_of(part, calendar) for part in safety_plan.standing(patient, ring) if part.words)


def numbers(patient: Patient, calendar: Calendar) -> Sheet | None:
    """Sleep, steps and the like: a line for each day, newest first; None where there are none."""
    rows = Observation.objects.filter(patient=patient, source=Source.DEVICE, superseded_at=None)
    days: dict[dt.date, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.order_by("-local_date", "happened_at", "id"):
        days[row.local_date][row.signal].append(f"{row.value:g}")
    signals = [each for each in Signal if any(each in values for values in days.values())]
    if not days:
        return None
    heads = (f"{each.label}, {MEANINGS[each].unit}" for each in signals)
    return Sheet(
        columns=(Column(_("Day")), *(Column(head) for head in heads)),
        rows=tuple(
            (date_format(day, "j M Y"), *(", ".join(values.get(each, [])) or "–" for each in signals))
            for day, values in days.items()
        ),
    )


def consents(patient: Patient, calendar: Calendar) -> Sheet:
    """What I agreed to and what I took back, newest first."""
    grants = ConsentGrant.objects.filter(patient=patient).order_by("-given_at", "source", "purpose")
    return Sheet(
        columns=(Column(_("To what")), Column(_("Since")), Column(_("Until"))),
        rows=tuple(
            (
                _title(grant),
                calendar.stamp(grant.given_at),
                calendar.stamp(grant.withdrawn_at) if grant.withdrawn_at else _("today"),
            )
            for grant in grants
        ),
    )


def _title(grant: ConsentGrant) -> str:
    source, purpose = Source(grant.source), Purpose(grant.purpose)
    title, _text = TEXTS.get((source, purpose), ("", ""))
    return _(title) if title else f"{source.label}: {purpose.label}"
