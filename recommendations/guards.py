"""The triggers that guard the way from a draft to a patient, and the views through which the portal reads it."""

from audit.guards import Guard, append_only_guard
from clinic.database.views import View
from clinic.guards import keeps_rows, only_changes

REVIEW_STANDS = """
BEGIN
    IF EXISTS (SELECT FROM public.clinic_patient p
               WHERE p.id = NEW.patient_id AND p.user_id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'a patient cannot review their own record'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.suggestion_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.recommendations_suggestion s
        WHERE s.id = NEW.suggestion_id AND s.patient_id = NEW.patient_id
          AND s.round = NEW.round AND s.state = 'open') THEN
        RAISE EXCEPTION 'the draft is not this patient''s, or is no longer open for a decision'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

SIGNATURE_STANDS = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.recommendations_review r
        WHERE r.id = NEW.review_id AND r.patient_id = NEW.patient_id AND r.decided_by_id = NEW.signed_by_id
          AND r.verdict IN ('approved', 'amended', 'authored')) THEN
        RAISE EXCEPTION 'no approving review of this patient by this person stands behind the signature'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.recommendations_signedwords w
        WHERE w.id = NEW.words_id AND w.patient_id = NEW.patient_id AND w.digest = NEW.digest
          AND w.kind = NEW.kind) THEN
        RAISE EXCEPTION 'the signature does not cover these words of this patient'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

PUBLICATION_IS_SIGNED = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.recommendations_signature s
        JOIN public.recommendations_review r ON r.id = s.review_id AND r.patient_id = s.patient_id
        WHERE s.id = NEW.signature_id AND s.patient_id = NEW.patient_id AND s.words_id = NEW.words_id
          AND s.digest = NEW.digest AND s.kind = NEW.kind AND r.decided_by_id = s.signed_by_id
          AND r.verdict IN ('approved', 'amended', 'authored')) THEN
        RAISE EXCEPTION 'nobody signed these words for this patient'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

TEXT_SIGNATURE_FITS = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.recommendations_intervention i
        WHERE i.id = NEW.intervention_id AND i.digest = NEW.digest) THEN
        RAISE EXCEPTION 'the signature does not cover this text'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.recommendations_textwithdrawal w WHERE w.intervention_id = NEW.intervention_id) THEN
        RAISE EXCEPTION 'a text that was withdrawn is not signed again'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

SUGGESTION_IS_OF_A_SIGNED_TEXT = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.recommendations_textsignature s
        JOIN public.recommendations_intervention i ON i.id = s.intervention_id AND i.digest = s.digest
        WHERE i.id = NEW.intervention_id AND i.code = NEW.code
          AND NOT EXISTS (SELECT FROM public.recommendations_textwithdrawal w WHERE w.intervention_id = i.id)) THEN
        RAISE EXCEPTION 'nobody has signed this text for use in this clinic, or it was withdrawn'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

NOT_OF_AN_UNSAFE_STEP = """
BEGIN
    IF NEW.verdict IN ('approved', 'amended') AND EXISTS (
        SELECT FROM public.recommendations_suggestion s
        JOIN public.recommendations_intervention i ON i.id = s.intervention_id
        JOIN public.recommendations_unsafestep u ON u.code = i.code AND u.recorded_at >= i.recorded_at
        WHERE s.id = NEW.suggestion_id) THEN
        RAISE EXCEPTION 'the clinic holds this step for unsafe'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""


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
