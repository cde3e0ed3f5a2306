"""The address that the web server listens on, and whether it answers there."""

import http.client
import os
import socket

from runner.console import RefusalError
from runner.ports import HIGHEST_TRIED, reserve, reserve_from

USUAL_PORT = 8000
EVERY_ADDRESS = {"0.0.0.0", "::"}
ALWAYS_ALLOWED = "localhost,127.0.0.1,[::1]"


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens on `port`, or on the usual one or the next free one for None. RefusalError."""
    try:
        listening = reserve(host, port) if port is not None else reserve_from(host, USUAL_PORT)
    except (OSError, OverflowError) as problem:
        raise RefusalError(
            f"cannot listen on {host}, port {port or USUAL_PORT}: {problem}. Give another --host or --port."
        ) from problem
    if listening is None and port is not None:
        raise RefusalError(f"port {port} is taken. Give another, or none: then the next free one is used.")
    if listening is None:
        raise RefusalError(
            f"ports {USUAL_PORT} to {USUAL_PORT + HIGHEST_TRIED - 1} are taken. Give a --port."
        )
    return listening


def url_of(host: str, port: int) -> str:
    """Where a browser on this machine finds the server."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/"


def allowed_hosts(host: str) -> dict[str, str]:
    """ALLOWED_HOSTS with the address itself, unless the environment says which names are allowed."""
    if "ALLOWED_HOSTS" in os.environ or host in EVERY_ADDRESS:
        return {}
    return {"ALLOWED_HOSTS": f"{ALWAYS_ALLOWED},{f'[{host}]' if ':' in host else host}"}


def answers(host: str, port: int) -> bool:
    """Whether /healthz is answered there without an error (or sent on to https)."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    named = [name for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name.strip(" *.")]
    connection = http.client.HTTPConnection(reached, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": named[0].strip(" .")} if named else {})
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
