"""What stands about danger on the pages before a decision: open alerts, and the safety question of the last forms."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models.questionnaire import QuestionnaireResponse, SafetyState
from clinic.models.safety import AlertLevel
from clinic.questionnaires import corrections
from clinic.questionnaires.catalogue import of_row
from dashboard.caseload.loader import Record
from dashboard.caseload.open_alerts import OpenAlert, gravest
from dashboard.caseload.questionnaires.safety_answer import answer_words, changed_words
from dashboard.times import said, said_date


@dataclass(frozen=True, slots=True)
class SafetyNow:
    """What `review/_safety_now.html` shows. `loud`: an alert is open, or a form reports thoughts of death."""

    title: str
    lines: tuple[str, ...]
    alert_url: str
    loud: bool
    newer: tuple[str, ...]


def safety_now(
    record: Record, alerts: tuple[OpenAlert, ...], *, at: dt.datetime, since: dt.datetime | None = None
) -> SafetyNow:
    """One query, and one more where a form was corrected. Forms whose source is not shared are not read here.

    `newer` says what came after `since`, when a draft was made.
    """
    rows = QuestionnaireResponse.objects.filter(
        patient=record.patient, source__in=record.standing.shared_sources, superseded_by=None
    )
    newest = list(rows.select_related("instrument").order_by("-happened_at", "-pk")[:20])
    last = next((row for row in newest if row.safety_state != SafetyState.NONE), None)
    before = corrections.before([last]).get(last.pk, []) if last else []
    reported = last is not None and (
        last.safety_state == SafetyState.REPORTED or corrections.reported_first(before)
    )
    lines = [*_of_alerts(alerts), *(_of_form(last, before, record, at=at) if last else [])]
    return SafetyNow(
        title=_title(alerts, reported=reported),
        lines=tuple(lines),
        alert_url=alerts[0].url if alerts else "",
        loud=bool(alerts) or reported,
        newer=_newer(newest, alerts, since, at=at, zone=record.zone) if since else (),
    )


def _title(alerts: tuple[OpenAlert, ...], *, reported: bool) -> str:
    if gravest(alerts) >= AlertLevel.URGENT:
        return _("This person may be in danger. Answer that first.")
    if alerts or reported:
        return _("Something was said about danger. Read it before you decide.")
    return ""


def _of_alerts(alerts: tuple[OpenAlert, ...]) -> list[str]:
    if not alerts:
        return []
    words = ngettext(
        "%(count)d safety alert is open: %(level)s, %(when)s.",
        "%(count)d safety alerts are open. The gravest: %(level)s, %(when)s.",
        len(alerts),
    )
    found = [words % {"count": len(alerts), "level": alerts[0].level, "when": alerts[0].when}]
    if gravest(alerts) >= AlertLevel.URGENT:
        found.append(_("It counts as an acute crisis: a step whose rules name that cannot be signed."))
    return found


def _of_form(
    row: QuestionnaireResponse, before: list[QuestionnaireResponse], record: Record, *, at: dt.datetime
) -> list[str]:
    today = at.date()
    words = _("Safety question of the last %(form)s, %(day)s: %(answer)s. %(state)s.")
    told = words % {
        "form": of_row(row.instrument).name,
        "day": said_date(row.local_date, today=today),
        "answer": answer_words(row, record.ring),
        "state": SafetyState(row.safety_state).label,
    }
    changed = changed_words(row, before, record.ring, at=at, zone=record.zone)
    return [told, *([changed] if changed else [])]


def _newer(
    forms: list[QuestionnaireResponse],
    alerts: tuple[OpenAlert, ...],
    since: dt.datetime,
    *,
    at: dt.datetime,
    zone: str,
) -> tuple[str, ...]:
    """Forms and alerts that came after a draft was made, in sentences."""
    answered = sum(row.recorded_at > since for row in forms)
    opened = sum(alert.recorded_at > since for alert in alerts)
    filled = ngettext(
        "%(count)d questionnaire is newer than this draft.",
        "%(count)d questionnaires are newer than this draft.",
        answered,
    )
    raised = ngettext(
        "%(count)d open safety alert is newer than this draft, which was made %(when)s.",
        "%(count)d open safety alerts are newer than this draft, which was made %(when)s.",
        opened,
    )
    when = said(since, at=at, zone=zone)
    told = [(filled, answered), (raised, opened)]
    return tuple(words % {"count": count, "when": when} for words, count in told if count)
