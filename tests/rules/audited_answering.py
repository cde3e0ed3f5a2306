"""What the addresses at which alerts are answered write into the audit log."""

from typing import Any

from tests.rules.acts_at_addresses import Act, opening, sending

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

OF_RISK: dict[str, list[Act] | str] = {
    "appointment-missed": [sending("treating", "appointment_missed")],
    "risk": [
        opening("treating", "safety_person_opened"),
        sending("treating", "risk_assessed", level="2", note=SAID),
    ],
    "risk-raise": [sending("treating", "safety_task_raised", note="Her sister rang us today.")],
}

OF_TASKS: dict[str, list[Act] | str] = {
    "safety-live": "It counts what waits, for an open screen; taking an alert and opening one are recorded.",
    "safety-task-done": [sending("treating", "safety_task_done")],
    "safety-alert": [opening("treating", "safety_alert_opened")],
    "safety-take": [sending("treating", "safety_alert_taken")],
}

OF_FIGURES: dict[str, list[Act] | str] = {
    "manage-safety": [
        opening("administrator", "safety_counts_opened"),
        sending(
            "administrator",
            "safety_settings_changed",
            reassess_high_days="7",
            reassess_moderate_days="14",
            reassess_low_days="30",
        ),
    ],
    "manage-safety-csv": [opening("administrator", "safety_counts_downloaded")],
}

AGREED: dict[str, Any] = {
    "day": "2999-06-03",
    "time": "14:00",
    "minutes": "50",
    "place": "video",
    "held_by": lambda at: at["cast"].treating.user.pk,
}

OF_APPOINTMENTS: dict[str, list[Act] | str] = {
    "appointments": [opening("treating", "record_opened"), sending("treating", "appointment_set", **AGREED)],
    "appointment-change": [sending("treating", "appointment_moved", **AGREED)],
    "appointment-cancel": [sending("treating", "appointment_cancelled")],
}
