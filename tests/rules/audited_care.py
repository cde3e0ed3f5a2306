"""What the pages of care teams write into the audit log."""

from tests.rules.acts_at_addresses import Act, opening, sending

OF_CARE_TEAMS: dict[str, list[Act] | str] = {
    "manage-teams": [opening("administrator", "teams_page_opened")],
    "manage-access-check": [sending("administrator", "access_checked", care=lambda at: [str(at["care_id"])])],
    "manage-unattended": [opening("administrator", "teams_page_opened")],
    "manage-care-transfer": [
        sending(
            "administrator",
            "care_handed_over",
            step="confirm",
            appointments="keep",
            receiver=lambda at: at["user_id"],
        ),
    ],
    "manage-care-end": [sending("administrator", "care_ended")],
}
