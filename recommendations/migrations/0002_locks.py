"""The locks in the database: foreign keys over patient and digest, triggers, and the views of the portal."""

from django.db import migrations

from audit.guards import guard_sql
from clinic.database.views import view_sql
from recommendations.guards import INITIAL, VIEWS

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
        *(migrations.RunSQL(*guard_sql(guard)) for guard in INITIAL),
        *(migrations.RunSQL(*view_sql(view)) for view in VIEWS),
    ]
