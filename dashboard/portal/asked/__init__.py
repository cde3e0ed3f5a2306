"""Questionnaires in the portal: what is due, the form, what became of it, the own answers."""
