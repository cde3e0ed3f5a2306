"""The pages of the alert ledger: counts, trials of a change, and the signature under a release."""
