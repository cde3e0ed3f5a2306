"""The triggers that guard the way from a draft to a patient: the second of the five locks."""

from audit.guards import Guard, append_only_guard
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


def _insert_guard(table: str, name: str, body: str) -> Guard:
    return Guard(table=table, trigger=name, function=name, body=body, events="INSERT", each="ROW")


GUARDS: tuple[Guard, ...] = (
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
