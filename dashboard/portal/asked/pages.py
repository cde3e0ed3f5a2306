"""The list of questionnaires, and the own answers of one that was sent."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from clinic import consent
from clinic.models.consent import Purpose
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires import drafts, due
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.schedule import State
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.portal import loaders
from dashboard.portal.asked.loader import answers_of, may_correct, my_response, my_responses
from dashboard.portal.asked.parts import AnswerLine, AnswersPage, AskedLine, ListPage, SentLine
from dashboard.portal.when import Calendar, calendar_of

PAGE = 20


@allow(PATIENT)
@require_GET
def asked(request: ActingRequest) -> HttpResponse:
    """What is asked for, and what was sent, page by page."""
    patient = loaders.me(request)
    calendar = calendar_of(patient, at=request.at)
    number = int(text) if (text := request.GET.get("page", "")).isascii() and text.isdigit() else 1
    first = PAGE * (max(number, 1) - 1)
    rows = list(my_responses(patient)[first : first + PAGE + 1])
    page = ListPage(
        asked=asked_lines(patient, calendar),
        sent=tuple(_sent(row, calendar) for row in rows[:PAGE]),
        older_url=_page_url(number + 1) if len(rows) > PAGE else "",
        newer_url=_page_url(number - 1) if number > 1 else "",
    )
    return render(request, "portal/asked/list.html", {"page": page})


def _page_url(number: int) -> str:
    return f"{reverse('portal-questionnaires')}?{urlencode({'page': number})}"


def asked_lines(patient: Patient, calendar: Calendar) -> tuple[AskedLine, ...]:
    """Everything that somebody asks for or will ask for, what is due first. One query where there is nothing."""
    found = due.standing(patient, at=calendar.now)
    begun = drafts.begun(patient) if any(each.place.is_open for each in found) else set()
    lines = [
        AskedLine(
            name=each.definition.name,
            title=each.definition.title,
            url=reverse("portal-questionnaire", args=[each.assignment.key]),
            words=_when(each, calendar),
            is_open=each.place.is_open,
            is_late=each.place.state is State.LATE,
            begun=each.assignment.key in begun,
        )
        for each in found
        if each.place.is_open or each.place.next_on
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def _when(each: due.Asked, calendar: Calendar) -> str:
    place = each.place
    if place.due_on is not None:
        by = each.assignment.assigned_by
        name = by.staff.printed_name if hasattr(by, "staff") else ""
        words = _("%(name)s asks you for this, since %(day)s.") if name else _("Asked for since %(day)s.")
        return words % {"name": name, "day": calendar.day(place.due_on)}
    return _("Next on %(day)s.") % {"day": calendar.day(place.next_on)} if place.next_on else ""


def _sent(row: QuestionnaireResponse, calendar: Calendar) -> SentLine:
    return SentLine(
        name=of_row(row.instrument).name,
        when=calendar.listed(row.happened_at),
        words=sum_words(row),
        url=reverse("portal-answers", args=[row.pk]),
    )


def sum_words(row: QuestionnaireResponse) -> str:
    """What the own answers add up to, in plain words and without a judgement."""
    highest = of_row(row.instrument).scoring.highest
    if row.total is None:
        return _("No sum: too much was left out.")
    total = _("They add up to %(total)d of %(highest)d.") % {"total": row.total, "highest": highest}
    if not row.missing:
        return total
    rest = ngettext(
        "%(count)d question was left out and counted as the mean of the others.",
        "%(count)d questions were left out and counted as the mean of the others.",
        row.missing,
    )
    return f"{total} {rest % {'count': row.missing}}"


@allow(PATIENT)
@require_GET
def answers(request: ActingRequest, response: UUID) -> HttpResponse:
    """The own answers of one form."""
    patient = loaders.me(request)
    row = my_response(patient, response)
    definition = of_row(row.instrument)
    opened = answers_of(row, loaders.my_ring(patient))
    page = AnswersPage(
        name=definition.name,
        title=definition.title,
        when=calendar_of(patient, at=request.at).listed(row.happened_at),
        corrected=row.supersedes_id is not None,
        sum_words=sum_words(row),
        readers=_readers(patient, row),
        answers=tuple(
            AnswerLine(question.text, option.text if option else _("Not answered"))
            for question in definition.questions
            for option in [definition.option(opened.get(question.code))]
        )
        if opened is not None
        else (),
        language=definition.language,
        notice=definition.notice,
        correct_url=reverse("portal-answers-correct", args=[row.pk]) if may_correct(row) else "",
        closed="" if opened is not None else _("These answers cannot be opened just now. Nothing is lost."),
    )
    return render(request, "portal/asked/answers.html", {"page": page})


def _readers(patient: Patient, row: QuestionnaireResponse) -> str:
    if patient.discharged_at is not None:
        return _("Your care here has ended, so nobody goes through them with you here.")
    if consent.agreed(patient, source=row.source, purpose=Purpose.SHARE):  # type: ignore[arg-type]
        return _("Your psychologist can read them, and says with you what they mean.")
    return _("Only you can read them. You can share them under About me.")
