"""Questionnaires: instruments as versioned data, scoring and change as arithmetic, the one writer of responses.

Importers and forms call `record.record_responses`; exporters read a stored version with `catalogue.of_row` and take its
codes from `loinc.coding`.
"""
