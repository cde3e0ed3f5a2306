"""What a patient is shown when words suggest danger: the clinic's fixed card, and honestly what was passed on."""

import datetime as dt
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic import keys
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety.alerts import Notice, is_paged
from clinic.safety.detect import Detection
from clinic.safety.help import HelpCard, card_for
from clinic.safety.protocols import GENERAL, HELP, card_of
from clinic.safety.read_languages import note_of
from dashboard.portal.followed import lines_of
from dashboard.portal.parts import Danger

CALM = "gentle"
"""How a card looks that answers no danger."""

TOLD_AND_QUOTED: dict[bool, StrOrPromise] = {
    True: gettext_lazy("The clinic was told these words:"),
    False: gettext_lazy("Your psychologist will see a note about these words:"),
}
TOLD: dict[bool, StrOrPromise] = {
    True: gettext_lazy("The clinic was told the sentences that suggest danger, and no others."),
    False: gettext_lazy(
        "Your psychologist will see a note about the sentences that may need care, and no others."
    ),
}
TOLD_WITHOUT_WORDS: dict[bool, StrOrPromise] = {
    True: gettext_lazy("The clinic was told that you may be in danger. Your words were not passed on."),
    False: gettext_lazy(
        "Your psychologist will see a note that something you wrote may need care, without your words."
    ),
}
"""Whether an alert opened or a note, to what the patient is told about it."""


WITHIN = dt.timedelta(hours=1)
"""A card of the same protocol within this time is a shorter one (SR-27)."""


def card(protocol: str, *, language: str, at: dt.datetime, repeated: int = 0) -> HelpCard:
    """The clinic's help card of a protocol; `repeated` says how many of it came shortly before."""
    clinic = Clinic.objects.first()
    return card_for(
        protocol,
        country=clinic.country if clinic else "",
        language=language,
        demonstration=bool(clinic and clinic.is_demonstration),
        today=local_date(at=at, zone=clinic.zone if clinic else "UTC"),
        repeated=repeated,
    )


def of_alert(alert: SafetyAlert, *, patient: Patient, at: dt.datetime) -> tuple[HelpCard, tuple[str, ...]]:
    """The card that this alert calls for now, and what follows from it, both in the card's language."""
    shown = card(alert.card or GENERAL, language=patient.language, at=at, repeated=repeated(alert, at=at))
    with translation.override(shown.language):
        return shown, lines_of(alert, patient=patient, at=at)


def repeated(alert: SafetyAlert, *, at: dt.datetime) -> int:
    """How many cards of the same protocol this patient was shown within the hour before: one query."""
    same = SafetyAlert.objects.filter(patient=alert.patient_id, card=alert.card, happened_at__gt=at - WITHIN)
    return same.exclude(pk=alert.pk).exclude(happened_at__gt=alert.happened_at).count()


def of_notice(
    found: Notice, *, patient: Patient, at: dt.datetime, after: str = "", quoting: bool = True
) -> Danger | None:
    """What to show for what was noticed in a patient's words, or None; `after` says what became of the form.

    Quoted are the words that stand in the alert, which may be those of an earlier try of the same form. Where nobody
    is signed in the page repeats no words: `quoting` is False.
    """
    if found.alert is None:
        return not_read(found, patient=patient, at=at, after=after)
    words = quoted(found.alert) if quoting else ()
    shown, follows = of_alert(found.alert, patient=patient, at=at)
    told = _told(found.alert, patient, quoted=bool(words))
    return Danger(_with_note(shown, found), told, words, after, follows)


def not_read(found: Notice, *, patient: Patient, at: dt.datetime, after: str = "") -> Danger | None:
    """Where nothing was noticed because the words are in a language that is not read: the general card, calmly, with
    that sentence in the language of the words and in English. It says nothing about the person."""
    if found.other_language is None:
        return None
    shown = replace(card(HELP, language=patient.language, at=at), protocol=CALM)
    with translation.override(shown.language):
        told = _(
            "Nobody is called because of these words: the program does not know their language, so it could not look "
            "for danger in them."
        )
    return Danger(_with_note(shown, found), told, (), after)


def _with_note(shown: HelpCard, found: Notice) -> HelpCard:
    """The card with what is said of the language of the words, where that is not one that is read."""
    return replace(shown, reading=note_of(found.other_language)) if found.other_language else shown


def of_words_that_were_not_added(alert: SafetyAlert, *, patient: Patient, at: dt.datetime) -> Danger:
    """The card of an alert that stands, for words that opened no further one: it says so."""
    shown, follows = of_alert(alert, patient=patient, at=at)
    with translation.override(shown.language):
        told = _(
            "The clinic was told several times within this hour that you may be in danger. These words were not added: "
            "sign in to send them."
        )
    return Danger(shown, told, (), "", follows)


def quoted(alert: SafetyAlert) -> tuple[str, ...]:
    """The words that were passed on, one by one; none where the key store is away."""
    try:
        words = alert.unseal(keys.ring([alert.patient_id]), "words")
    except (keys.KeysUnavailable, keys.CannotOpen):
        return ()
    return tuple(words.split("\n")) if words else ()


def of_detection(detection: Detection, *, language: str, at: dt.datetime) -> Danger | None:
    """What to show for words of which it is not known whose they are: nobody can be told."""
    if not detection.level:
        return None
    told = gettext_lazy("Nobody was told, because this page cannot know whose words these are.")
    return Danger(card(card_of(detection) or GENERAL, language=language, at=at), told, (), "")


def of_nobody_known(*, language: str, at: dt.datetime) -> Danger:
    """What to show whoever asks for a person on a page that cannot know who asks."""
    told = gettext_lazy(
        "Nobody was told, because this page cannot know who you are. Sign in and ask again, or ring a number below."
    )
    return Danger(card(GENERAL, language=language, at=at), told, (), "")


def unread(*, language: str, at: dt.datetime) -> Danger:
    """What to show for words that were not read: the general card, for they may need it."""
    told = gettext_lazy("These words were not read, because many came from the same place. Nobody was told.")
    return Danger(card(GENERAL, language=language, at=at), told, (), "")


def _told(alert: SafetyAlert, patient: Patient, *, quoted: bool) -> StrOrPromise:
    """To whom what was passed on. Whoever is in nobody's care has no psychologist: the clinic's safety list has it."""
    paged = is_paged(alert) or patient.discharged_at is not None
    if alert.words is None:
        return TOLD_WITHOUT_WORDS[paged]
    return TOLD_AND_QUOTED[paged] if quoted else TOLD[paged]
