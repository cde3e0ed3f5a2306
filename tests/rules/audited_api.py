"""What every address of the API writes into the audit log, or why it writes nothing. One line each."""

from tests.rules.acts_at_addresses import Act, ApiSigning, opening, sending_json

OF_PROGRAMS: dict[str, list[Act] | str] = {
    "api-me": "It says who asks, and nothing about anybody else.",
    "api-schema": "It describes the addresses and holds nothing about anybody.",
    "api-queue": [opening("treating", "queue_opened")],
    "api-patients": [opening("treating", "caseload_opened")],
    "api-patient": [opening("treating", "record_opened")],
    "api-observations": [opening("treating", "record_opened")],
    "api-readings": [opening("treating", "record_opened")],
    "api-publications": [opening("treating", "record_opened")],
    "api-drafts": [opening("treating", "record_opened")],
    "api-draft": [opening("treating", "draft_opened")],
    "api-approve": [ApiSigning("treating", "suggestion_approved")],
    "api-reject": [
        sending_json("treating", "suggestion_rejected", lambda at: {"reasons": ["wrong_time"]}),
    ],
    "api-my-plan": [opening("patient", "publication_read")],
    "api-my-check-ins": "A patient's look at their own words is nobody else's business.",
    "api-my-check-in": [
        sending_json("patient", "check_in_saved", lambda at: {"submission": at["submission"], "mood": 4}),
    ],
    "api-my-consents": "A patient's look at their own switches is nobody else's business.",
    "api-audit": [opening("administrator", "audit_page_opened")],
    "api-nowhere": "There is nothing at such an address.",
}
