"""Every page of the site, with arguments that fit: the table that the walks over all pages take."""

from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clinic.models.user import Role

Arguments = Mapping[str, str]

PAGES: dict[str, set[str]] = {
    "": {"sign-in", "help", "kept", "leave", "join", "join-code", "forgot-password", "new-password"},
    Role.PSYCHOLOGIST: {
        "queue",
        "patients",
        "patient-invite",
        "patient-invitations",
        "import",
        "patient",
        "conversations",
        "messages",
        "safety-plan",
        "profile",
        "risk",
        "appointments",
        "appointment-change",
        "care",
        "care-transfer",
        "care-discharge",
        "patient-check-ins",
        "patient-history",
        "screening",
        "export",
        "questionnaires",
        "questionnaire-response",
        "record-import",
        "author",
        "draft",
        "draft-edit",
        "draft-sign",
        "draft-reject",
        "draft-defer",
        "draft-ask",
        "question",
        "keys",
        "queue-questions",
        "queue-waiting",
        "queue-deferred",
        "queue-signed",
        "catalogue",
        "catalogue-new",
        "catalogue-text",
        "catalogue-edit",
        "catalogue-unsafe",
        "safety",
        "safety-on-call",
        "safety-alert",
        "ledger",
        "ledger-trial",
    },
    Role.PATIENT: {
        "portal-today",
        "portal-plan",
        "portal-step-report",
        "portal-check-in",
        "portal-check-in-correct",
        "portal-messages",
        "portal-mood",
        "portal-questionnaires",
        "portal-questionnaire",
        "portal-answers",
        "portal-answers-correct",
        "portal-about",
        "portal-profile",
        "portal-looked",
        "portal-copy",
        "portal-ask",
        "portal-safety-plan",
        "portal-safety-plan-section",
        "portal-help",
        "tokens",
    },
    Role.ADMINISTRATOR: {
        "manage-people",
        "sessions",
        "manage-sessions",
        "manage-licences",
        "manage-health",
        "manage-safety",
        "manage-invitations",
        "manage-invite-staff",
        "manage-invite-patient",
        "manage-person",
        "manage-teams",
        "manage-unattended",
        "manage-care-transfer",
        "manage-instruments",
        "manage-rota",
        "manage-paging",
        "manage-paging-receiver",
        "manage-paging-person",
        "manage-switch",
        "manage-audit",
    },
}
"""The pages of each role by the names of their addresses; "" is whoever is not signed in."""

ONLY_ACTS = {
    "home",
    "healthz",
    "offline-script",
    "readyz",
    "metrics",
    "token-revoke",
    "api-me",
    "api-schema",
    "api-queue",
    "api-patients",
    "api-patient",
    "api-observations",
    "api-readings",
    "api-publications",
    "api-drafts",
    "api-draft",
    "api-approve",
    "api-reject",
    "api-my-plan",
    "api-my-check-ins",
    "api-my-check-in",
    "api-my-consents",
    "api-audit",
    "api-nowhere",
    "sign-out",
    "switch-role",
    "theme",
    "language",
    "patient-ai",
    "patient-series",
    "questionnaire-end",
    "draft-evidence",
    "draft-back",
    "publication-take-back",
    "publication-withdraw",
    "catalogue-sign",
    "catalogue-withdraw",
    "safety-live",
    "safety-task-done",
    "risk-raise",
    "appointment-missed",
    "ledger-csv",
    "ledger-year",
    "ledger-try",
    "ledger-sign",
    "safety-take",
    "safety-spoke",
    "safety-not-reached",
    "safety-hand-over",
    "safety-close",
    "safety-reopen",
    "manage-role-give",
    "manage-role-end",
    "manage-access-end",
    "manage-access-give",
    "manage-licence",
    "manage-password",
    "manage-password-back",
    "patient-invitation-renew",
    "patient-invitation-revoke",
    "manage-invitation-renew",
    "manage-invitation-revoke",
    "manage-sessions-end",
    "manage-tokens-end",
    "manage-training",
    "manage-health-score",
    "manage-safety-csv",
    "plan-confirm",
    "appointment-cancel",
    "portal-calendar",
    "manage-care-end",
    "manage-access-check",
    "safety-on-call-test",
    "manage-rota-remove",
    "manage-absences",
    "manage-absence-remove",
    "manage-paging-test",
    "manage-paging-test-receiver",
    "manage-switch-stop",
    "manage-switch-ask",
    "manage-switch-start",
    "manage-audit-download",
    "manage-audit-verify",
}
"""Addresses that show no page of their own."""


def names() -> list[str]:
    """The name of every address."""
    return [pattern.name or "" for pattern in _patterns(get_resolver().url_patterns)]


def paths(known: Arguments) -> dict[str, str]:
    """The path of every address by its name, its arguments taken from `known`.

    "question.ref" is taken before "ref" for the address `question`. Raises KeyError for an argument that is not known:
    a new page needs a line in the test that walks over it.
    """
    found = {}
    for pattern in _patterns(get_resolver().url_patterns):
        names = pattern.pattern.converters
        wanted = {each: known.get(f"{pattern.name}.{each}") or known[each] for each in names}
        found[pattern.name or ""] = reverse(pattern.name or "", kwargs=wanted)
    return found


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
