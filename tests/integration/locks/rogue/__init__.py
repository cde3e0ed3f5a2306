"""Code as somebody might write it one day: each module breaks the promise where no lock stops it."""
