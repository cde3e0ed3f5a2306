"""What the pages of care teams and of new passwords write into the audit log."""

from tests.cast import PASSWORD
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

CHOSEN = {"password": PASSWORD, "repeated": PASSWORD}

OF_NEW_PASSWORDS: dict[str, list[Act] | str] = {
    "forgot-password": [sending("nobody", "join_failed", code="wrong-wrong-wrong-wrong")],
    "new-password": [
        sending("nobody", "password_link_used", birth_date="1992-03-12", **CHOSEN),
        sending("nobody", "password_link_refused", birth_date="1992-03-13", **CHOSEN),
    ],
}

OF_PASSWORDS: dict[str, list[Act] | str] = {
    "manage-password": [sending("administrator", "password_link_made")],
    "manage-password-back": [sending("administrator", "password_link_revoked")],
}

OF_OWN_INVITATIONS: dict[str, list[Act] | str] = {
    "patient-invitations": [opening("treating", "invitations_opened")],
    "patient-invitation-renew": [sending("treating", "person_invited")],
    "patient-invitation-revoke": [sending("treating", "invitation_revoked")],
}
