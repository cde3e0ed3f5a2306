"""The clinic's texts in the demonstration: signed by its fictional staff through the real operations."""

import datetime as dt

from clinic.actor import Actor
from clinic.reauth import Proof
from recommendations.catalogue import texts, write

REVISED = "worry_time"
LEFT_UNSIGNED = ("sleep_window", "longer_mindfulness", "brisk_exercise")
"""The three whose rules are strictest: nobody here has signed them yet, so that this can be seen too."""


PROPOSED = {
    "code": "time_outdoors",
    "version": "",
    "language": "en",
    "kind": "Activity",
    "title": "Ten minutes outdoors, once a day",
    "words": (
        "Go outside once a day for ten minutes. A bench or a doorstep counts. Look for one thing that grows. You need "
        "not walk far, and you need not enjoy it."
    ),
    "dose": "Ten minutes, once a day, for two weeks.",
    "stop_rule": "If you feel unsafe out there, go in and leave it. Tell your psychologist.",
    "indication": "level_below_usual",
    "contraindications": [{"condition": "unsafe_setting", "must_be_known": True}],
    "cautions": ["fall_risk"],
    "caution": "Choose the place together. Not a walk: for those who cannot walk far.",
    "sources": [
        "Barton and Pretty 2010, Environmental Science and Technology 44: 3947-3955 (time in green places)"
    ],
    "stop_signs": [{"code": "unsafe", "words": "I felt unsafe outside", "level": "urgent", "card": "abuse"}],
    "ask_after_use": False,
    "rank": 2,
    "outcome": "Mood of the day",
    "licence": "Written by the clinic",
    "activities": [],
}
"""A step of the clinic's own, which waits for a signature."""


def sign_texts(first: Actor, second: Actor, *, at: dt.datetime) -> None:
    """Two psychologists share the reading; one text was changed first, and the changed version is the signed one."""
    for number, (code, versions) in enumerate(texts.everything().items()):
        if code in LEFT_UNSIGNED:
            continue
        by = first if number % 2 == 0 else second
        if code == REVISED:
            body = versions[0].entry.body | {
                "title": "A quarter of an hour a day for worry",
                "dose": "Fifteen minutes a day, for two weeks. Miss a day if you like.",
            }
            write.write_version(
                body=body, based_on=versions[0].entry.digest, by=second, at=at - dt.timedelta(days=2)
            )
        text = texts.of_code(code)[0]
        assert by.user is not None  # noqa: S101  staff are people
        proof = Proof(user=by.user, at=at)
        write.sign_text(text=text, seen=text.entry.digest, proof=proof, by=by, at=at)
    write.propose(body=PROPOSED, by=second, at=at)
