"""Starting a program so that it never outlives this one, and as another user where that is asked for."""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TypedDict

from runner import trampoline


class UserArguments(TypedDict, total=False):
    """The arguments of subprocess.run that say as whom a program runs."""

    user: int
    group: int
    extra_groups: list[int]


def as_user(name: str | None) -> UserArguments:
    """Run as the user `name`, with no further groups; as this program's own user for None."""
    if name is None:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def bound(
    command: Sequence[str | Path], *, death_signal: int = signal.SIGTERM, user: str | None = None
) -> list[str]:
    """The command line that runs `command` as `user` and ends it when this process is gone (on Linux)."""
    into = [
        sys.executable,
        "-I",
        "-S",
        trampoline.__file__,
        str(os.getpid()),
        str(int(death_signal)),
        user or "",
    ]
    return [*into, *(str(part) for part in command)]


def spawn(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None,
    directory: Path,
    output: IO[bytes] | None,
    user: str | None = None,
    death_signal: int = signal.SIGTERM,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, bound to this process; 127 when it cannot be started.

    `output` None means: straight to the reader.
    """
    return subprocess.Popen(
        bound(command, death_signal=death_signal, user=user),
        env=None if environment is None else dict(environment),
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        pass_fds=tuple(pass_fds),
    )
