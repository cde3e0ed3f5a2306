"""The consents on About me, by their source: each with its switch, and in a line what stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic import consent
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from dashboard.portal.parts import Switch
from dashboard.portal.when import Calendar


@dataclass(frozen=True, slots=True)
class SourceSwitches:
    """The switches of one source, and in a sentence what stands; `is_open` shows them at once."""

    source: str
    title: StrOrPromise
    words: str
    switches: tuple[Switch, ...]
    is_open: bool


USES: dict[Purpose, StrOrPromise] = {
    Purpose.KEEP: gettext_lazy("kept"),
    Purpose.SHARE: gettext_lazy("shared with your psychologist"),
    Purpose.AI_READINGS: gettext_lazy("used for AI readings"),
}


def sources(patient: Patient, calendar: Calendar, *, shown: str) -> tuple[SourceSwitches, ...]:
    """The switches by source, in a fixed order; those of `shown` stand open, for a beginner those of check-ins."""
    every = consent.choices(patient)
    shown = shown or ("" if any(choice.given for choice in every) else Source.CHECK_IN)
    return tuple(
        SourceSwitches(
            source=source.value,
            title=source.label,
            words=_uses([choice for choice in every if choice.source == source]),
            switches=tuple(_switch(choice, calendar) for choice in every if choice.source == source),
            is_open=shown == source,
        )
        for source in Source
    )


def _uses(choices: Sequence[consent.Choice]) -> str:
    """What stands, in one line: "Kept. Shared with your psychologist. Not used for AI readings." """
    if not any(choice.given for choice in choices):
        return _("Nothing agreed.")
    words = [
        str(USES[choice.purpose]) if choice.given else _("not %(use)s") % {"use": USES[choice.purpose]}
        for choice in choices
    ]
    return " ".join(f"{each[:1].upper()}{each[1:]}." for each in words)


def _switch(choice: consent.Choice, calendar: Calendar) -> Switch:
    since = calendar.day(calendar.date_of(choice.grant.given_at)) if choice.grant else ""
    return Switch(
        source=choice.source,
        purpose=choice.purpose,
        title=choice.title,
        text=choice.text,
        given=choice.given,
        since=since,
    )
