"""Where a person said what opened an alert: in a check-in, a message, a plan. For those who may read what was said."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.danger import TextSource
from clinic.models.safety import SafetyAlert
from clinic.safety.asking import ALL_RIGHT, ASKED
from clinic.safety.reported import STOP_SIGNS

SAID: dict[TextSource, StrOrPromise] = {
    TextSource.CHECK_IN: gettext_lazy("Said in a check-in, {when}."),
    TextSource.MESSAGE: gettext_lazy("Said in a message, {when}."),
    TextSource.QUESTIONNAIRE: gettext_lazy("Said in a questionnaire, {when}."),
    TextSource.PROFILE: gettext_lazy("Said in their profile, {when}."),
    TextSource.SAFETY_PLAN: gettext_lazy("Said in their safety plan, {when}."),
    TextSource.EFFECT: gettext_lazy("Said in a report about a step of their plan, {when}."),
    TextSource.ACCOUNT: gettext_lazy("Said while joining or signing in, {when}."),
    TextSource.IMPORTED: gettext_lazy("Said in a record from elsewhere, {when}."),
    TextSource.OTHER: gettext_lazy("Said in a form that was not stored, {when}."),
}

PRESSED: dict[str, StrOrPromise] = {
    ASKED: gettext_lazy("Pressed “Ask a person”, {when}."),
    ALL_RIGHT: gettext_lazy("Pressed “I am all right now”, {when}."),
}


def said_where(alert: SafetyAlert, may_know: bool, *, when: str) -> str:
    """In a sentence where and when; only when, for those who may not know and where what was read was not kept."""
    pressed = next((rule for rule in alert.rules if rule in PRESSED), None)
    if pressed and may_know:
        return str(PRESSED[pressed]).format(when=when)
    source = _source(alert) if may_know else None
    words = SAID[TextSource(source)] if source else _("Raised {when}.")
    return str(words).format(when=when)


def _source(alert: SafetyAlert) -> str | None:
    """Where it was entered; a stop sign is ticked in a report and read by no detector."""
    source: str | None = TextSource.EFFECT if alert.rule_set == STOP_SIGNS else getattr(alert, "source", None)
    return source
