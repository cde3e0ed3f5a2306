"""What can stand in the audit log about safety plans: code and words."""

from typing import Final

from django.utils.translation import gettext_noop as _

SAFETY_PLANS: Final = (
    ("safety_plan_written", _("Wrote in a safety plan")),
    ("safety_plan_reviewed", _("Looked at a safety plan with the patient")),
)
