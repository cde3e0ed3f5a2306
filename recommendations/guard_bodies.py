"""What the triggers of `recommendations.guards` do, as SQL."""

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
