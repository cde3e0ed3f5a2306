"""What the addresses of the alert ledger write into the audit log."""

from tests.cast import PASSWORD
from tests.rules.acts_at_addresses import Act, opening, sending

OF_THE_LEDGER: dict[str, list[Act] | str] = {
    "ledger": [opening("treating", "ledger_opened")],
    "ledger-csv": [opening("treating", "ledger_downloaded")],
    "ledger-year": [opening("treating", "ledger_downloaded")],
    "ledger-try": [sending("treating", "danger_change_tried", concern="0.4", urgent="0.8")],
    "ledger-trial": [opening("treating", "ledger_opened")],
    "ledger-sign": [
        sending(
            "treating",
            "danger_release_signed",
            reason="first",
            statement="on",
            seen=lambda at: at["trial_digest"],
            password=PASSWORD,
        )
    ],
}
