"""Ports on this machine: a free one, or the one that was asked for."""

import errno
import socket

HIGHEST_TRIED = 20
"""How many ports above the usual one are tried before giving up."""


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def reserve(host: str, port: int) -> socket.socket | None:
    """Listen on `port` for the web server that will be handed the socket; None when it is taken.

    Whoever calls while the server still starts waits instead of being turned away.

    Raises OSError or OverflowError where there is no such address or port, or it may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    holder = socket.socket(family, socket.SOCK_STREAM)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        holder.bind((host, port))
        holder.listen(128)
    except (OSError, OverflowError) as problem:
        holder.close()
        if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
            return None
        raise
    return holder


def reserve_from(host: str, port: int) -> socket.socket | None:
    """Listen on `port` or the next free one above it; None when all that were tried are taken."""
    held = (reserve(host, candidate) for candidate in range(port, port + HIGHEST_TRIED))
    return next((holder for holder in held if holder), None)


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts a connection there within a second."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
