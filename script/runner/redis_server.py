"""A Redis server of our own: on a free port of this machine, behind a random password, ended with us."""

import signal
import socket
from pathlib import Path

from runner.child import Child
from runner.installation import find_redis
from runner.ports import free_port

READY_SECONDS = 10.0


def url_of(port: int, password: str) -> str:
    """REDIS_URL for a server of ours."""
    return f"redis://:{password}@127.0.0.1:{port}/0"


class RedisServer:
    """A Redis that only this machine reaches. The port stays the same from one start to the next.

    `durable` keeps what is queued over a restart.
    """

    def __init__(self, *, directory: Path, password: str, log: Path, durable: bool = False) -> None:
        self.directory, self.password, self.log, self.durable = directory, password, log, durable
        self.port = 0
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """REDIS_URL for it; valid after the first start."""
        return url_of(self.port, self.password)

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = self.port or free_port()
        configuration = self.directory / "redis.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(self._configuration(), encoding="utf-8")
        self.child = Child(
            name="Redis",
            command=[find_redis(), configuration],
            environment={"LC_ALL": "C"},
            log=self.log,
            directory=self.directory,
            stop_signal=signal.SIGTERM,
        )
        self.child.start()
        self.child.wait_until(self._ready, seconds=READY_SECONDS)

    def stop(self) -> None:
        """End it in order; nothing happens when it does not run."""
        if self.child is not None:
            self.child.stop()

    def kill(self) -> None:
        """kill -9."""
        if self.child is not None:
            self.child.kill()

    def pause(self) -> None:
        """Let it hang: it accepts connections and answers nothing."""
        if self.child is not None:
            self.child.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after `pause`."""
        if self.child is not None:
            self.child.signal(signal.SIGCONT)

    def _configuration(self) -> str:
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            "dir .",
            'save ""',
            f"appendonly {'yes' if self.durable else 'no'}",
            "daemonize no",
            "maxmemory-policy noeviction",
        ]
        return "\n".join(lines) + "\n"

    def _ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                said = b""
                while said.count(b"\r\n") < 2 and (part := connection.recv(256)):
                    said += part
        except OSError:
            return False
        return b"+PONG" in said
