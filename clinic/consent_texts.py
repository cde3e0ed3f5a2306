"""The words to which a patient agrees. Change them only together with TEXT_VERSION."""

from django.utils.translation import gettext_noop

from clinic.models.consent import Purpose, Source

TEXT_VERSION = "2026-11"

TEXTS: dict[tuple[Source, Purpose], tuple[str, str]] = {
    (Source.CHECK_IN, Purpose.KEEP): (
        gettext_noop("Keep my check-ins"),
        gettext_noop(
            "Your check-ins are kept, encrypted, so that you can look back at them. "
            "Without this nothing you enter is stored. Help is shown whatever you choose."
        ),
    ),
    (Source.CHECK_IN, Purpose.SHARE): (
        gettext_noop("Share my check-ins with my psychologist"),
        gettext_noop(
            "Your psychologist can read your check-ins. Without this they stay yours alone. If words suggest danger, "
            "the clinic is told those words, and you are told that it was."
        ),
    ),
    (Source.CHECK_IN, Purpose.AI_READINGS): (
        gettext_noop("Use my check-ins for AI readings"),
        gettext_noop(
            "A computer program looks for changes in the numbers and drafts suggestions. You see none of it until your "
            "psychologist has read and signed it. Turning this off changes nothing about your care."
        ),
    ),
}
