"""What can stand in the audit log about danger: code, words, and whether somebody read one person's record by it."""

from typing import Final

from django.utils.translation import gettext_noop as _

SAFETY: Final = (
    ("safety_alert_raised", _("A safety alert was opened"), False),
    ("person_asked_for", _("Asked for a person of the clinic"), False),
    ("all_right_said", _("Said that they are all right now"), False),
    ("safety_alert_opened", _("Opened a safety alert"), True),
    ("safety_alert_taken", _("Took a safety alert"), True),
    ("safety_alert_handed_over", _("Handed a safety alert to a colleague"), False),
    ("safety_alert_put_back", _("A safety alert went back: whoever had it can no longer act"), False),
    ("safety_alert_acted", _("Recorded what was done about a safety alert"), False),
    ("safety_alert_closed", _("Closed a safety alert"), False),
    ("safety_alert_reopened", _("Opened a safety alert again"), False),
    ("safety_person_opened", _("Opened the safety page of a record"), True),
    ("risk_assessed", _("Recorded how great a risk is"), False),
    ("safety_task_raised", _("A safety task was raised"), False),
    ("safety_task_done", _("Did a safety task"), False),
    ("safety_counts_opened", _("Opened the figures of the safety alerts"), False),
    ("safety_counts_downloaded", _("Downloaded the figures of the safety alerts"), False),
    ("safety_settings_changed", _("Changed the settings of safety"), False),
)
