"""The form of answers as it is drawn, blank, begun or as it was typed."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext

from clinic import consent
from clinic.consent import Choice as Consent
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.definition import Definition
from dashboard.portal.asked.parts import Agreement, Asking, Choice, Form
from dashboard.portal.asked.posted import KEEP_FIELD, SHARE_FIELD, Posted, field_of

_ = gettext

FIELDS = {Purpose.KEEP: KEEP_FIELD, Purpose.SHARE: SHARE_FIELD}
"""The consents that a form asks for first, where they do not stand, and their boxes."""


def form(
    patient: Patient,
    instrument: Instrument,
    *,
    action: str,
    submission: UUID,
    answers: Mapping[str, int | None],
    typed: Posted | None = None,
    error: str = "",
    saved: str = "",
    can_wait: bool = True,
) -> Form:
    """A form with these answers; with `typed`, what was typed into it and what does not fit."""
    definition = of_row(instrument)
    choices = [each for each in consent.choices(patient) if each.source == Source.QUESTIONNAIRE]
    return Form(
        action=action,
        submission=submission,
        instrument=instrument.pk,
        name=definition.name,
        title=definition.title,
        stem=definition.stem,
        notice=definition.notice,
        language=definition.language,
        other_language=patient.language.split("-")[0] != definition.language,
        questions=_questions(definition, answers, typed.wrong if typed else frozenset()),
        agreements=_agreements(choices, typed),
        readers=_readers(definition, choices, patient),
        answered=sum(value is not None for value in answers.values()),
        saved=saved,
        error=error,
        can_wait=can_wait,
    )


def _questions(
    definition: Definition, answers: Mapping[str, int | None], wrong: frozenset[str]
) -> tuple[Asking, ...]:
    return tuple(
        Asking(
            name=field_of(question.code),
            number=number,
            text=question.text,
            choices=tuple(
                Choice(option.value, option.text, answers.get(question.code) == option.value)
                for option in definition.options
            ),
            error=_("Choose one of these answers, or none.") if question.code in wrong else "",
        )
        for number, question in enumerate(definition.questions, start=1)
    )


def _agreements(choices: list[Consent], typed: Posted | None) -> tuple[Agreement, ...]:
    """The consents that do not stand yet. None is ticked for anybody."""
    given = typed.agreed if typed else frozenset()
    missing = [each for each in choices if not each.given and each.purpose in FIELDS]
    return tuple(
        Agreement(
            name=FIELDS[each.purpose],
            title=each.title,
            text=each.text,
            checked=FIELDS[each.purpose] in given,
            error=_keep_error(each, typed),
        )
        for each in missing
    )


def _keep_error(choice: Consent, typed: Posted | None) -> str:
    """Said only where somebody sent the form and nothing may be kept."""
    if typed is None or choice.purpose != Purpose.KEEP or KEEP_FIELD in typed.agreed:
        return ""
    return _("Nothing was stored. Tick this box to have your answers kept; they are all still here.")


def _readers(definition: Definition, choices: list[Consent], patient: Patient) -> tuple[str, ...]:
    """Who will read the answers, said before anything is answered."""
    given = {each.purpose for each in choices if each.given}
    in_care = patient.discharged_at is None
    if not in_care:
        who = _(
            "Your care here has ended, so nobody at the clinic reads your answers. They are kept for you."
        )
    elif {Purpose.KEEP, Purpose.SHARE} <= given:
        who = _("Your psychologist can read your answers, but not at once: when they are next at work.")
    else:
        who = _("Only you can read your answers, unless you agree to share them.")
    if definition.safety is None:
        return (who, _("Nobody watches this page live, and it is not an emergency service."))
    codes = [question.code for question in definition.questions]
    danger = _(
        "Nobody watches this page live, and it is not an emergency service. If your answer to question %(number)d "
        "suggests danger, you are shown where to get help, and the clinic is told that answer at once, even before you "
        "send the form and whatever you share. If you send the form without it, your psychologist sees that it is "
        "missing."
    ) % {"number": codes.index(definition.safety.question) + 1}
    return who, danger
