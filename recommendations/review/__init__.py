"""Deciding about drafts: the only writer of reviews, signatures and publications.

review.approve(suggestion=, seen=, choice=, proof=, by=, at=)      the draft's own words
review.amend(suggestion=, words=, seen=, choice=, proof=, by=, at=)  with changes
review.author(patient=, words=, seen=, choice=, proof=, by=, at=)  without a draft
review.reject(suggestion=, reasons=, note=, by=, at=)              needs no signing in again
review.take_back(publication_id=, by=, at=)                        before the patient can read it
review.withdraw(publication_id=, reason=, by=, at=)                afterwards, with a sentence to the patient
review.stop_reported(publication_id=, by=, at=)                    the patient reported that something bad happened
review.stop_contraindicated(patient=, changed=, by=, at=)          a new screening fact speaks against it
review.stop_of_step(code=, by=, at=)                               the clinic holds the step for unsafe
"""

from recommendations.review.decide import amend, approve, author, reject
from recommendations.review.rules import AlreadyDecided, Choice, ReviewRefused
from recommendations.review.stop import (
    standing_of_step,
    stop_choices,
    stop_contraindicated,
    stop_of_step,
    stop_reported,
    take_back,
    withdraw,
)

__all__ = [
    "AlreadyDecided",
    "Choice",
    "ReviewRefused",
    "amend",
    "approve",
    "author",
    "reject",
    "standing_of_step",
    "stop_choices",
    "stop_contraindicated",
    "stop_of_step",
    "stop_reported",
    "take_back",
    "withdraw",
]
