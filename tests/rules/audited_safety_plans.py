"""What the pages of safety plans, and asking for a person, write into the audit log."""

from tests.rules.acts_at_addresses import Act, opening, sending

OF_SAFETY_PLANS: dict[str, list[Act] | str] = {
    "safety-plan": [
        opening("treating", "record_opened"),
        sending("treating", "safety_plan_written", section="coping", words="Sing one song", seen="0"),
        sending("treating", "safety_plan_reviewed", act="looked"),
    ],
}

OF_OWN_SAFETY_PLANS: dict[str, list[Act] | str] = {
    "portal-safety-plan": "The patient's own plan; nobody's look at what is their own is recorded.",
    "portal-safety-plan-section": [
        sending("patient", "safety_plan_written", note="Sing one song", seen="0"),
        sending("patient", "safety_alert_raised", note="I want to kill myself", seen="0"),
    ],
    "portal-ask": [
        sending("patient", "person_asked_for", submission=lambda at: at["submission"]),
        Act("patient", "all_right_said", pressed=({}, {"act": "all_right"})),
    ],
}

OF_KEPT_PLANS: dict[str, list[Act] | str] = {
    "kept": "A page that holds nothing of anybody; the browser opens what it kept by itself.",
    "offline-script": "A program for the browser that everybody gets.",
}
