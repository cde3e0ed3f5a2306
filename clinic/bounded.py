"""Asking something that cannot be cut off, and not waiting for it longer than one may."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_Result = TypeVar("_Result")


def asked(work: Callable[[], _Result], *, seconds: float, places: threading.BoundedSemaphore) -> _Result:
    """What `work` returns or raises within these seconds.

    Raises TimeoutError where it takes longer, and at once where all `places` hold work that is not finished. Work that
    is given up is left behind in a thread that keeps no program from ending, and holds its place until it is done.
    """
    if not places.acquire(blocking=False):
        raise TimeoutError
    answer: Future[_Result] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001  it is raised where somebody waits for it
            answer.set_exception(error)
        finally:
            places.release()

    threading.Thread(target=run, name="asked", daemon=True).start()
    return answer.result(timeout=seconds)
