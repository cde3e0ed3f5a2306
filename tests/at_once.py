"""Two people at the same moment: callables in threads, each on database connections of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

LONGEST_WAIT = 30.0


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at the same moment; what each returned or raised, in their order."""
    gate = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait(LONGEST_WAIT)
            answers[place] = call()
        except Exception as error:  # noqa: BLE001  handed to the caller
            answers[place] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, call), daemon=True) for place, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    assert not any(thread.is_alive() for thread in threads), "a call still waits: a deadlock or a lost lock"
    return answers


def errors(answers: Sequence[Any]) -> list[BaseException]:
    """Those answers that are exceptions."""
    return [answer for answer in answers if isinstance(answer, BaseException)]
