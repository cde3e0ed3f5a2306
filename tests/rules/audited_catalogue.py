"""What the addresses of the catalogue, and of a report about a step, write into the audit log."""

from tests.cast import PASSWORD
from tests.proposing import NEW_STEP
from tests.rules.acts_at_addresses import Act, opening, sending

OF_THE_CATALOGUE: dict[str, list[Act] | str] = {
    "catalogue": [opening("treating", "catalogue_opened")],
    "catalogue-new": [
        opening("treating", "catalogue_opened"),
        Act("treating", "text_written", pressed=(NEW_STEP,)),
    ],
    "catalogue-text": [opening("treating", "catalogue_opened")],
    "catalogue-edit": [
        opening("treating", "catalogue_opened"),
        Act("treating", "text_written", pressed=({"title": "A short walk"},)),
    ],
    "catalogue-sign": [
        sending(
            "treating",
            "text_signed",
            version=lambda at: at["version"],
            seen=lambda at: at["seen"],
            statement="on",
            password=PASSWORD,
        ),
    ],
    "catalogue-withdraw": [sending("treating", "text_withdrawn", version="1.2.0")],
    "catalogue-unsafe": [
        opening("treating", "catalogue_opened"),
        sending("treating", "step_held_unsafe", ground="harm"),
    ],
}

OF_A_REPORT: list[Act] | str = [
    opening("patient", "publication_read"),
    sending(
        "patient",
        "effect_reported",
        signs=["worse"],
        answer="yes",
        note="",
        submission=lambda at: at["submission"],
    ),
    sending(
        "patient",
        "publication_stopped_by_report",
        signs=["other"],
        note="",
        submission=lambda at: at["submission"],
    ),
]
