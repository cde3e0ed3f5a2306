"""The triggers that guard the way from a draft to a patient, and the views through which the portal reads it."""

from audit.guards import Guard, append_only_guard
from clinic.database.views import View
from clinic.guards import keeps_rows, only_changes
from recommendations.guard_bodies import (
    NOT_OF_AN_UNSAFE_STEP,
    PUBLICATION_IS_SIGNED,
    REVIEW_STANDS,
    SIGNATURE_STANDS,
    SUGGESTION_IS_OF_A_SIGNED_TEXT,
    TEXT_SIGNATURE_FITS,
)


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

# Where the three digests differ the row is still found, with a digest that fits nothing: the reader raises an alarm.
PUBLICATION_VIEW = """
SELECT p.id, p.patient_id, p.words_id, p.kind, w.body,
       CASE WHEN s.digest = p.digest AND w.digest = p.digest THEN p.digest ELSE '' END AS digest,
       s.printed_name, s.title, s.signed_at, p.visible_from, p.valid_until
FROM public.recommendations_publication p
JOIN public.recommendations_signature s
     ON s.id = p.signature_id AND s.patient_id = p.patient_id AND s.words_id = p.words_id
JOIN public.recommendations_review r
     ON r.id = s.review_id AND r.patient_id = p.patient_id AND r.verdict IN ('approved', 'amended', 'authored')
JOIN public.recommendations_signedwords w ON w.id = p.words_id AND w.patient_id = p.patient_id
WHERE p.visible_from <= statement_timestamp()
  AND (p.valid_until IS NULL OR p.valid_until > statement_timestamp())
  AND NOT EXISTS (SELECT FROM public.recommendations_publicationstop t WHERE t.publication_id = p.id)
"""

STOP_VIEW = """
SELECT p.id, p.patient_id, p.kind, s.printed_name, t.reason, s.signed_at, t.stopped_at
FROM public.recommendations_publicationstop t
JOIN public.recommendations_publication p ON p.id = t.publication_id
JOIN public.recommendations_signature s ON s.id = p.signature_id
WHERE t.stopped_at > p.visible_from
"""

VIEWS: tuple[View, ...] = (
    View(
        name="portal_publication",
        body=PUBLICATION_VIEW,
        shows=(
            *("id", "patient_id", "words_id", "kind", "body", "digest"),
            *("printed_name", "title", "signed_at", "visible_from", "valid_until"),
        ),
        reads={
            "recommendations_publication": (
                *("id", "patient_id", "words_id", "signature_id", "kind", "digest"),
                *("visible_from", "valid_until"),
            ),
            "recommendations_signature": (
                *("id", "patient_id", "words_id", "review_id", "digest"),
                *("printed_name", "title", "signed_at"),
            ),
            "recommendations_review": ("id", "patient_id", "verdict"),
            "recommendations_signedwords": ("id", "patient_id", "body", "digest"),
            "recommendations_publicationstop": ("publication_id",),
        },
    ),
    View(
        name="portal_stop",
        body=STOP_VIEW,
        shows=("id", "patient_id", "kind", "printed_name", "reason", "signed_at", "stopped_at"),
        reads={
            "recommendations_publicationstop": ("publication_id", "reason", "stopped_at"),
            "recommendations_publication": ("id", "patient_id", "signature_id", "kind", "visible_from"),
            "recommendations_signature": ("id", "printed_name", "signed_at"),
        },
    ),
)
