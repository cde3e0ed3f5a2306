"""What a page says: that somebody waits, since when, and where to look. No name, no number, nothing that was said."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.clock import zone_of
from clinic.models.clinic import Clinic
from clinic.models.page import Page, Sought, Step

WHY: dict[str, StrOrPromise] = {
    Step.FIRST: gettext_lazy("It was opened at that time, and you are the first to be told."),
    Step.SECOND: gettext_lazy("Nobody has taken it since."),
    Step.DUTY_LEAD: gettext_lazy("Nobody has taken it since, although two steps have passed."),
    Step.EVERYBODY: gettext_lazy("Nobody has taken it since. Everybody who can act is told now."),
    Step.LEFT: gettext_lazy("Whoever had taken it can no longer act. It needs somebody else."),
    Step.UNANSWERED: gettext_lazy("Somebody has taken it, and no contact has been recorded in time."),
    Step.HANDED_OVER: gettext_lazy("A colleague has handed it over to you."),
    Step.FAILED_CONTACT: gettext_lazy("Whoever has taken it could not reach them, three times in a row."),
    Step.CEILING: gettext_lazy("No answer has been recorded for almost half a day."),
    Step.TEST: gettext_lazy("This is a test. Nobody waits, and nothing needs to be done."),
}
AS: dict[str, StrOrPromise] = {
    Sought.FIRST: gettext_lazy("You are told as the first on call."),
    Sought.SECOND: gettext_lazy("You are told as the second on call."),
    Sought.DUTY_LEAD: gettext_lazy("You are told as the duty lead."),
    Sought.ANYBODY: gettext_lazy("You are told as one of all psychologists."),
    Sought.OWNER: gettext_lazy(
        "You are told as the one who has taken it, or has taken another of the same person."
    ),
    Sought.CLINIC: gettext_lazy("This is the clinic’s own receiver."),
    Sought.TESTER: gettext_lazy("You or an administrator asked for it."),
}


@dataclass(frozen=True, slots=True)
class PageText:
    """One page, or one notice, as every channel carries it."""

    page_id: UUID
    clinic: str
    since: dt.datetime
    step: str
    position: str
    link: str
    subject: str
    text: str
    kind: str = "page"


def worded(page: Page, clinic: Clinic) -> PageText:
    """The message of a page, in the installation's language."""
    with translation.override(settings.LANGUAGE_CODE):
        link = _link(page)
        return PageText(
            page_id=page.pk,
            clinic=clinic.name,
            since=page.alert.begun_at if page.alert else page.due_at,
            step=page.step,
            position=page.position,
            link=link,
            subject=_subject(page, clinic),
            text=_text(page, clinic, link),
        )


def _link(page: Page) -> str:
    place = f"/safety/{page.alert_id}/" if page.alert_id else "/"
    return settings.OUTSIDE.address + place


def _subject(page: Page, clinic: Clinic) -> str:
    if page.step == Step.TEST:
        return _("%(clinic)s: a test page") % {"clinic": clinic.name}
    return _("%(clinic)s: somebody waits in the safety list") % {"clinic": clinic.name}


def _text(page: Page, clinic: Clinic, link: str) -> str:
    parts = [str(WHY[page.step]), str(AS[page.position])]
    if page.alert is not None:
        since = {"clinic": clinic.name, "since": written(page.alert.begun_at, clinic.zone)}
        waits = _("Somebody waits in the safety list of %(clinic)s since %(since)s.") % since
        parts = [waits, *parts, _("Open it, and take it if you can:") + f" {link}"]
    if clinic.is_demonstration:
        parts.append(_("This is a demonstration clinic: everybody in it is fictional."))
    parts.append(_("This message says no more on purpose. Do not answer it: nobody reads what comes back."))
    return "\n\n".join(parts) + "\n"


def written(moment: dt.datetime, zone: str) -> str:
    """ "30 November 2026, 09:00 (Europe/London)"."""
    local = moment.astimezone(zone_of(zone))
    return f"{date_format(local.date(), 'j F Y', use_l10n=False)}, {local:%H:%M} ({zone})"
