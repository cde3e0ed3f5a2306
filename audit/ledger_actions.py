"""What can stand in the audit log about the alert ledger: code and words."""

from typing import Final

from django.utils.translation import gettext_noop as _

LEDGER: Final = (
    ("ledger_opened", _("Opened the alert ledger")),
    ("ledger_downloaded", _("Downloaded counts of the alert ledger")),
    ("danger_change_tried", _("Tried a change of danger detection on the past")),
    ("danger_change_replayed", _("Past notes were read again for a trial")),
    ("danger_release_signed", _("Signed a release of danger detection")),
)
