"""What taking records out of the clinic writes into the audit log; for `tests.rules.audited`."""

from tests.rules.acts_at_addresses import opening, sending

EXPORTING = [
    opening("treating", "record_opened"),
    sending("treating", "record_exported", format="fhir"),
    sending("treating", "record_exported", format="csv"),
]

COPYING = [opening("patient", "own_copy_taken"), sending("patient", "own_copy_taken")]
