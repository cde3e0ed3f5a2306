"""The clinic's texts in the demonstration: signed by its fictional staff through the real operations."""

import datetime as dt

from clinic.actor import Actor
from clinic.reauth import Proof
from recommendations.catalogue import texts, write

REVISED = "worry_time"
LEFT_UNSIGNED = ("sleep_window", "longer_mindfulness", "brisk_exercise")
"""The three whose rules are strictest: nobody here has signed them yet, so that this can be seen too."""


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
