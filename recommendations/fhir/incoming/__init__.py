"""FHIR R4 on its way in: read a file as a stream, judge every resource, see whose it is and what it says, store it."""
