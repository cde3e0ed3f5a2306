"""The two views through which the portal's role reads what was signed, declared as data (see ADR 4)."""

from clinic.database.views import View

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

# What the person could read stays theirs: the signed words come with the stop, with a digest that fits nothing where
# the three differ. What was taken back before anybody could read it stands in no view.
STOP_VIEW = """
SELECT p.id, p.patient_id, p.words_id, p.kind, w.body,
       CASE WHEN s.digest = p.digest AND w.digest = p.digest THEN p.digest ELSE '' END AS digest,
       s.printed_name, s.title, t.reason, s.signed_at, p.visible_from, t.stopped_at
FROM public.recommendations_publicationstop t
JOIN public.recommendations_publication p ON p.id = t.publication_id
JOIN public.recommendations_signature s
     ON s.id = p.signature_id AND s.patient_id = p.patient_id AND s.words_id = p.words_id
JOIN public.recommendations_review r
     ON r.id = s.review_id AND r.patient_id = p.patient_id AND r.verdict IN ('approved', 'amended', 'authored')
JOIN public.recommendations_signedwords w ON w.id = p.words_id AND w.patient_id = p.patient_id
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
        shows=(
            *("id", "patient_id", "words_id", "kind", "body", "digest"),
            *("printed_name", "title", "reason", "signed_at", "visible_from", "stopped_at"),
        ),
        reads={
            "recommendations_publicationstop": ("publication_id", "reason", "stopped_at"),
            "recommendations_publication": (
                *("id", "patient_id", "words_id", "signature_id", "kind", "digest", "visible_from"),
            ),
            "recommendations_signature": (
                *("id", "patient_id", "words_id", "review_id", "digest"),
                *("printed_name", "title", "signed_at"),
            ),
            "recommendations_review": ("id", "patient_id", "verdict"),
            "recommendations_signedwords": ("id", "patient_id", "body", "digest"),
        },
    ),
)
