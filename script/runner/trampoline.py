"""Run by `runner.spawn` as a program of its own, which then becomes the one that was asked for.

Arguments: the process id of who started it, a signal, a user (or nothing), then the command. It changes to
the user, asks Linux for the signal when its parent is gone (even by kill -9), and is replaced by the command.
"""

import ctypes
import os
import pwd
import sys

PR_SET_PDEATHSIG = 1
CANNOT_START = 127
"""The exit status of a shell for a command that cannot be started."""


def main(parent: int, death_signal: int, user: str, command: list[str]) -> None:
    """Become `command`; ends with a status instead when the parent is gone or the command is missing."""
    if user:
        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
    if sys.platform == "linux":  # after the change of user, which would clear it
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        sys.exit(CANNOT_START)
    try:
        os.execvp(command[0], command)
    except OSError as problem:
        print(f"{command[0]}: {problem}", file=sys.stderr)
        sys.exit(CANNOT_START)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
