"""FHIR R4: the one place that maps between our records and FHIR. `incoming` reads it, `outgoing` writes it."""
