"""The acts of the audit table that send a file, with their files."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.integration.imports import bundles
from tests.rules.acts_at_addresses import Act, Values, opening, sending


def records_of_somebody_new(values: Values) -> SimpleUploadedFile:
    """A file with one Patient."""
    return SimpleUploadedFile("a.json", bundles.bundle(bundles.person()).encode())


def records_of_nobody_named(values: Values) -> SimpleUploadedFile:
    """A file with one number, and no Patient."""
    return SimpleUploadedFile("a.json", bundles.bundle(bundles.phq9_total(12)).encode())


def not_fhir(values: Values) -> SimpleUploadedFile:
    """A file that is cut off."""
    return SimpleUploadedFile("a.json", b'{"resourceType": "Bundle", "entry": [')


BRINGING_IN: list[Act] = [sending("treating", "records_imported", file=records_of_somebody_new)]
BRINGING_INTO: list[Act] = [
    opening("treating", "record_opened"),
    sending("treating", "records_imported", file=records_of_nobody_named),
    sending("treating", "import_refused", file=not_fhir),
]
