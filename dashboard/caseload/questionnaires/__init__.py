"""The questionnaires of one record: what is assigned, how each course runs, one form with its answers."""
