"""What stands beside a form before anything is typed: that nobody watches, and what words of danger set off (SR-30)."""

import datetime as dt

from django.utils.translation import gettext as _

from clinic.oncall.expectation import Expectation, expected


def danger_sentence(*, at: dt.datetime) -> str:
    """By the rota as it stands now: six queries."""
    return said(expected(at=at))


def said(stands: Expectation) -> str:
    """The sentence of one state of the rota. It promises no time: only that somebody is told, or that nobody is."""
    if stands.is_staffed:
        return _(
            "Nobody watches this page live, and it is not an emergency service. If your words suggest danger, you are "
            "shown where to get help, and the psychologist on call is told those words."
        )
    if stands.reaches_anybody:
        return _(
            "Nobody watches this page live, and it is not an emergency service. Nobody is on call just now: if your "
            "words suggest danger, you are shown where to get help, and the clinic’s psychologists are told. It can be "
            "hours until one of them reads it."
        )
    return _(
        "Nobody watches this page live, and it is not an emergency service. Nobody is on call just now: if your "
        "words suggest danger, you are shown where to get help, and the clinic sees those words when somebody is next "
        "at work."
    )


def who_is_told(*, at: dt.datetime) -> str:
    """What happens when somebody asks for a person now: six queries."""
    stands = expected(at=at)
    if stands.is_staffed:
        return _("The psychologist on call is told at once that you ask for a person, and nothing else.")
    if stands.reaches_anybody:
        return _(
            "Nobody is on call just now. The clinic’s psychologists are told that you ask for a person; it can be "
            "hours until one of them reads it."
        )
    return _(
        "Nobody is on call just now. The clinic sees that you ask for a person when somebody is next at work."
    )
