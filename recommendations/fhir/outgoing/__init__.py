"""FHIR R4 out: one module for each kind of resource. They take what was read already and return plain JSON objects.

Nothing here reads a publication: `recommendations.publications` hands on what was signed, to staff and to the patient.
"""
