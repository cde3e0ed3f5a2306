"""What is said around a safety plan: what each section is for, who reads it, and what became of a form."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.patient import Patient
from clinic.models.safety_plan import SafetyPlanEntry, Section
from clinic.safety_plan import NotKept
from dashboard.portal.before import danger_sentence
from dashboard.portal.letters import name_of
from dashboard.portal.parts import Notice
from dashboard.portal.when import Calendar

QUESTIONS: dict[Section, StrOrPromise] = {
    Section.WARNING_SIGNS: gettext_lazy("Thoughts, feelings, my body, what I do: how does it begin?"),
    Section.COPING: gettext_lazy("What can I do by myself, at once, that has helped before?"),
    Section.DISTRACTION: gettext_lazy("Where, or with whom, do my thoughts turn to something else?"),
    Section.SUPPORT: gettext_lazy("Whom can I tell that it is hard? Write the number beside the name."),
    Section.PROFESSIONALS: gettext_lazy(
        "Whose work is it to help me? The clinic’s numbers stand below this."
    ),
    Section.SURROUNDINGS: gettext_lazy("What do I keep away from myself, and who helps me with that?"),
    Section.REASONS: gettext_lazy("What, or who, makes me want to stay?"),
}


def written(entry: SafetyPlanEntry, calendar: Calendar) -> str:
    """Who wrote the words that stand, and when."""
    if entry.by_patient:
        return _("You wrote this %(when)s.") % {"when": calendar.said(entry.written_at)}
    facts = {"name": name_of(entry.written_by), "when": calendar.said(entry.written_at)}
    return _("Written with you by %(name)s %(when)s.") % facts


def readers_of(patient: Patient, *, at: dt.datetime) -> tuple[str, ...]:
    """Who reads a plan and what follows from words of danger, said before anything is typed (SR-30): six queries."""
    if patient.discharged_at is not None:
        who = _("Your care here has ended, so nobody at the clinic reads this. It is kept for you.")
    else:
        who = _(
            "Your psychologist can read this and write in it with you, and so can whoever answers when you may be in "
            "danger. Nobody reads it at once."
        )
    return who, danger_sentence(at=at)


def closed() -> str:
    """Why the plan cannot be shown."""
    return _(
        "Your safety plan cannot be opened just now. Nothing is lost. Please come back in a few minutes."
    )


def not_kept(reason: NotKept) -> Notice:
    """Why words were not stored."""
    if reason is NotKept.CHANGED:
        text = _(
            "What stands now is shown first, and your words are below it. Press Save to put yours there."
        )
        return Notice("info", _("Not saved yet: this was changed since you opened it"), text)
    if reason is NotKept.TOO_MANY:
        text = _(
            "You have saved very many times within the hour. Your words are still here: save them later."
        )
        return Notice("warning", _("Not saved: please wait a little"), text)
    text = _(
        "Your words are still here, and nothing of them was stored. Please press Save again in a few minutes."
    )
    return Notice("warning", _("Not saved: the clinic’s key store does not answer"), text)


def after(is_kept: bool) -> str:
    """What became of words that needed help."""
    if is_kept:
        return _("Your words were saved. You can keep writing.")
    return _("Your words were not saved. They are below.")
