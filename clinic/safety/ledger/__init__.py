"""The alert ledger: what was read, what came of it, and what a change would have done before somebody signs it."""
