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
    (Source.QUESTIONNAIRE, Purpose.KEEP): (
        gettext_noop("Keep my answers to questionnaires"),
        gettext_noop(
            "Your answers are kept, encrypted, so that you can look back at them. Without this no answer is stored. "
            "Help is shown whatever you choose."
        ),
    ),
    (Source.QUESTIONNAIRE, Purpose.SHARE): (
        gettext_noop("Share my answers with my psychologist"),
        gettext_noop(
            "Your psychologist can read your answers and what they add up to. Without this they stay yours alone. If "
            "an answer suggests danger, the clinic is told that answer, and you are told that it was."
        ),
    ),
    (Source.QUESTIONNAIRE, Purpose.AI_READINGS): (
        gettext_noop("Use my answers for AI readings"),
        gettext_noop(
            "A computer program looks at what your answers add up to when it drafts suggestions. You see none of it "
            "until your psychologist has read and signed it. Turning this off changes nothing about your care."
        ),
    ),
    (Source.DEVICE, Purpose.KEEP): (
        gettext_noop("Keep sleep and activity"),
        gettext_noop(
            "Hours of sleep, steps and other numbers from a device are kept, so that you can look back at them. "
            "Without this none are stored."
        ),
    ),
    (Source.DEVICE, Purpose.SHARE): (
        gettext_noop("Share sleep and activity with my psychologist"),
        gettext_noop("Your psychologist can see these numbers. Without this they stay yours alone."),
    ),
    (Source.DEVICE, Purpose.AI_READINGS): (
        gettext_noop("Use sleep and activity for AI readings"),
        gettext_noop(
            "A computer program looks for changes in these numbers. You see none of it until your psychologist has "
            "read and signed it. Turning this off changes nothing about your care."
        ),
    ),
    (Source.IMPORTED, Purpose.KEEP): (
        gettext_noop("Keep records from elsewhere"),
        gettext_noop(
            "What another hospital or practice sent about you is kept, encrypted, as part of your record here."
        ),
    ),
    (Source.IMPORTED, Purpose.SHARE): (
        gettext_noop("Share records from elsewhere with my psychologist"),
        gettext_noop("Your psychologist can read what another hospital or practice sent about you."),
    ),
    (Source.IMPORTED, Purpose.AI_READINGS): (
        gettext_noop("Use records from elsewhere for AI readings"),
        gettext_noop(
            "A computer program looks at numbers in these records. You see none of it until your psychologist has "
            "read and signed it. Turning this off changes nothing about your care."
        ),
    ),
}
