"""The triggers that guard the way from a draft to a patient, and the views through which the portal reads it."""

from audit.guards import Guard, append_only_guard
from clinic.guard_makers import keeps_rows, only_changes
from recommendations import portal_views
from recommendations.guard_bodies import (
    NOT_OF_AN_UNSAFE_STEP,
    PUBLICATION_IS_SIGNED,
    REVIEW_STANDS,
    SIGNATURE_STANDS,
    SUGGESTION_IS_OF_A_SIGNED_TEXT,
    TEXT_SIGNATURE_FITS,
)

VIEWS = portal_views.VIEWS
"""The views of the portal, which the check of the database asks for beside the guards."""


def _insert_guard(table: str, name: str, body: str) -> Guard:
    return Guard(table=table, trigger=name, function=name, body=body, events="INSERT", each="ROW")


INITIAL: tuple[Guard, ...] = (
    append_only_guard("recommendations_modelrelease"),
    append_only_guard("recommendations_intervention"),
    append_only_guard("recommendations_moodreading"),
    only_changes("recommendations_suggestion", "state", "round"),
    keeps_rows("recommendations_suggestion"),
    append_only_guard("recommendations_review"),
    append_only_guard("recommendations_signedwords"),
    append_only_guard("recommendations_signature"),
    append_only_guard("recommendations_publication"),
    append_only_guard("recommendations_publicationstop"),
    _insert_guard("recommendations_review", "recommendations_review_stands", REVIEW_STANDS),
    _insert_guard("recommendations_signature", "recommendations_signature_stands", SIGNATURE_STANDS),
    _insert_guard(
        "recommendations_publication", "recommendations_publication_is_signed", PUBLICATION_IS_SIGNED
    ),
)

CATALOGUE: tuple[Guard, ...] = (
    append_only_guard("recommendations_textsignature"),
    append_only_guard("recommendations_textwithdrawal"),
    append_only_guard("recommendations_effectreport"),
    _insert_guard("recommendations_textsignature", "recommendations_textsignature_fits", TEXT_SIGNATURE_FITS),
    _insert_guard(
        "recommendations_suggestion",
        "recommendations_suggestion_is_of_a_signed_text",
        SUGGESTION_IS_OF_A_SIGNED_TEXT,
    ),
)

WAITING: tuple[Guard, ...] = (
    append_only_guard("recommendations_pause"),
    append_only_guard("recommendations_answer"),
)

UNSAFE: tuple[Guard, ...] = (
    append_only_guard("recommendations_unsafestep"),
    _insert_guard(
        "recommendations_review", "recommendations_review_not_of_an_unsafe_step", NOT_OF_AN_UNSAFE_STEP
    ),
)

GUARDS: tuple[Guard, ...] = (*INITIAL, *CATALOGUE, *WAITING, *UNSAFE)
"""Every guard. Each group is made by one migration: a new table brings a group and a migration of its own."""
