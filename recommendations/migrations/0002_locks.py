"""The locks in the database: foreign keys over patient and digest, triggers, and the views of the portal."""

from django.db import migrations

from audit.guards import guard_sql
from recommendations.guards import GUARDS

# The person, the words and the digest travel together: a row that mixes two patients cannot be written.
FOREIGN_KEYS = (
    ("review", "review_of_the_drafts_patient", "suggestion_id, patient_id", "suggestion (id, patient_id)"),
    ("signature", "signature_of_the_reviews_patient", "review_id, patient_id", "review (id, patient_id)"),
    (
        "signature",
        "signature_of_these_words",
        "words_id, patient_id, digest",
        "signedwords (id, patient_id, digest)",
    ),
    (
        "publication",
        "publication_of_this_signature",
        "signature_id, patient_id, words_id, digest",
        "signature (id, patient_id, words_id, digest)",
    ),
)

PUBLICATION_VIEW = """
CREATE VIEW portal_publication WITH (security_barrier) AS
SELECT p.id, p.patient_id, p.words_id, p.kind, w.body, p.digest, s.printed_name, s.title, s.signed_at,
       p.visible_from, p.valid_until
FROM recommendations_publication p
JOIN recommendations_signature s ON s.id = p.signature_id AND s.patient_id = p.patient_id
     AND s.words_id = p.words_id AND s.digest = p.digest
JOIN recommendations_review r ON r.id = s.review_id AND r.patient_id = p.patient_id
     AND r.verdict IN ('approved', 'amended', 'authored')
JOIN recommendations_signedwords w ON w.id = p.words_id AND w.patient_id = p.patient_id AND w.digest = p.digest
WHERE p.visible_from <= statement_timestamp()
  AND (p.valid_until IS NULL OR p.valid_until > statement_timestamp())
  AND NOT EXISTS (SELECT FROM recommendations_publicationstop t WHERE t.publication_id = p.id)
"""

STOP_VIEW = """
CREATE VIEW portal_stop WITH (security_barrier) AS
SELECT p.id, p.patient_id, p.kind, s.printed_name, t.reason, s.signed_at, t.stopped_at
FROM recommendations_publicationstop t
JOIN recommendations_publication p ON p.id = t.publication_id
JOIN recommendations_signature s ON s.id = p.signature_id
WHERE t.stopped_at > p.visible_from
"""


def foreign_key(table: str, name: str, columns: str, target: str) -> migrations.RunSQL:
    """A foreign key over several columns, checked at the end of the transaction like Django's own."""
    return migrations.RunSQL(
        f"ALTER TABLE recommendations_{table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) "
        f"REFERENCES recommendations_{target} DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE recommendations_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial"), ("clinic", "0002_guards")]

    operations = [
        *(foreign_key(*each) for each in FOREIGN_KEYS),
        *(migrations.RunSQL(*guard_sql(guard)) for guard in GUARDS),
        migrations.RunSQL(PUBLICATION_VIEW, "DROP VIEW portal_publication"),
        migrations.RunSQL(STOP_VIEW, "DROP VIEW portal_stop"),
    ]
