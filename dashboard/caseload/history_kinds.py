"""The kinds of things in a record's timeline, as data: what each is called and which actions of the log it holds."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from audit.actions import READING_CODES
from dashboard.caseload.loader import Record

KINDS: dict[str, tuple[StrOrPromise, tuple[str, ...]]] = {
    "": (_("Everything"), ()),
    "drafts": (
        _("Drafts"),
        (
            "suggestion_drafted",
            "suggestion_deferred",
            "suggestion_asked",
            "suggestion_answered",
            "suggestion_returned",
            "suggestion_brought_back",
            "suggestion_withdrawn",
        ),
    ),
    "decisions": (
        _("Decisions"),
        (
            "suggestion_approved",
            "suggestion_amended",
            "suggestion_rejected",
            "plan_authored",
            "signing_refused",
        ),
    ),
    "publications": (
        _("Signed and stopped"),
        (
            "publication_released",
            "estimate_signed",
            "publication_taken_back",
            "publication_withdrawn",
            "digest_mismatch",
        ),
    ),
    "consent": (
        _("Consent and AI"),
        ("consent_given", "consent_withdrawn", "ai_stopped", "ai_restart_asked", "ai_restarted"),
    ),
    "care": (
        _("Care"),
        ("care_started", "care_ended", "screening_fact_recorded"),
    ),
    "safety": (
        _("Safety"),
        ("safety_alert_raised", "safety_alert_taken", "safety_alert_closed"),
    ),
    "openings": (_("Who looked"), READING_CODES),
}

OF_REVIEWERS = ("drafts", "decisions")
"""Only for those who may decide: a second reader must not learn here what the first one decided."""


def kinds_for(record: Record) -> list[str]:
    """The kinds that this person may see of this record."""
    return [name for name in KINDS if name and (record.may_review or name not in OF_REVIEWERS)]


def codes_of(kinds: Iterable[str]) -> list[str]:
    """The actions of these kinds, each once."""
    return list(dict.fromkeys(code for kind in kinds for code in KINDS[kind][1]))
