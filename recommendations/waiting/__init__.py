"""Drafts that a person put aside: until a day, or until somebody answers. They stay undecided, and come back.

waiting.defer(suggestion=, reason=, until=, by=, at=)                for some working days
waiting.ask(suggestion=, kind=, question=, colleague=, by=, at=)     a colleague, the next session, the next scoring
waiting.answer(pause=, words=, by=, at=)                             in human words; the draft comes back
waiting.bring_back(suggestion=, by=, at=)                            by hand, at any time

A day that has come, or a scoring run that was waited for, brings a draft back without anybody's act: `turn` asks for
it in each query. The move is written down when somebody acts next.
"""

from recommendations.waiting.aside import LONGEST_QUESTION, ask, colleagues, defer
from recommendations.waiting.back import LONGEST_ANSWER, answer, bring_back
from recommendations.waiting.days import return_days

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_QUESTION",
    "answer",
    "ask",
    "bring_back",
    "colleagues",
    "defer",
    "return_days",
]
