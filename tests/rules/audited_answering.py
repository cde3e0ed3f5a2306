"""What the addresses at which alerts are answered write into the audit log."""

from tests.rules.acts_at_addresses import Act, sending

SAID = "We spoke on the telephone."

OF_ANSWERING: dict[str, list[Act] | str] = {
    "safety-spoke": [sending("treating", "safety_alert_acted", note=SAID)],
    "safety-not-reached": [sending("treating", "safety_alert_acted", then="15", note="")],
    "safety-hand-over": [
        sending("treating", "safety_alert_acted", to="crisis_team", note=SAID),
        sending(
            "treating",
            "safety_alert_handed_over",
            to=lambda at: at["cast"].other_psychologist.user.pk,
            note=SAID,
        ),
    ],
    "safety-close": [
        sending("treating", "safety_alert_closed", outcome="spoke", level="2", note=SAID),
        sending("treating", "risk_assessed", outcome="spoke", level="2", note=SAID),
    ],
    "safety-reopen": [sending("treating", "safety_alert_reopened", note="It was the wrong alert to close.")],
}
