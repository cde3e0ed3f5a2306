"""Servers of the world outside, on this machine: one that takes mail, one that takes webhooks, each with its moods."""

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from clinic.outside import Mail, Outside

SECRET = "a secret of the tests"


@dataclass
class Received:
    """What arrived, and in which mood the server is: taking, refusing, hanging or elsewhere; of mail also dripping (a
    byte at a time) and parting (no answer to a goodbye)."""

    mood: str = "taking"
    mails: list[tuple[str, Message]] = field(default_factory=list)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    asked: int = 0
    hung: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        """To whom mails came, in order."""
        return [to for to, _mail in self.mails]

    @property
    def told(self) -> list[dict[str, Any]]:
        """What webhooks said."""
        return [json.loads(body) for _headers, body in self.calls]

    def hang(self) -> None:
        """Answer nothing until the test is over."""
        self.hung.wait(60)


class _MailTalk(socketserver.StreamRequestHandler):
    """One sender's talk with the mail server."""

    received: Received

    def handle(self) -> None:
        self.received.asked += 1
        if self.received.mood == "hanging":
            self.received.hang()
            return
        if self.received.mood == "dripping":
            self._drip()
            return
        self._say("220 ready")
        self._listen()

    def _drip(self) -> None:
        """A byte of the greeting at a time, each in time, without an end."""
        with suppress(OSError):
            while not self.received.hung.wait(0.05):
                self.wfile.write(b"2")

    def _listen(self) -> None:
        to = ""
        for line in iter(self.rfile.readline, b""):
            word = line.decode().strip()
            if word.upper().startswith("RCPT TO:"):
                to = word[len("RCPT TO:") :].strip("<> ")
                self._say("550 no" if self.received.mood == "refusing" else "250 ok")
            elif word.upper() == "DATA":
                self._say("354 go on")
                self.received.mails.append((to, message_from_string(self._letter())))
                self._say("250 taken")
            elif word.upper() == "QUIT":
                if self.received.mood == "parting":
                    self.received.hang()
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _letter(self) -> str:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines).decode()

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(mood: str = "taking") -> Iterator[Received]:
    """Takes mail over SMTP without TLS."""
    received = Received(mood)
    talk = type("Talk", (_MailTalk,), {"received": received})
    with _serving(socketserver.ThreadingTCPServer, talk, received):
        yield received


@contextmanager
def webhook_server(mood: str = "taking") -> Iterator[Received]:
    """Takes webhooks over http."""
    received = Received(mood)

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.asked += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if received.mood == "hanging":
                received.hang()
                return
            if received.mood == "taking":
                received.calls.append((dict(self.headers), body))
            status = {"taking": 200, "refusing": 503, "elsewhere": 307}[received.mood]
            self.send_response(status)
            self.send_header("Location", f"http://127.0.0.1:{received.port}/elsewhere")
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            return

    with _serving(ThreadingHTTPServer, Talk, received):
        yield received


@contextmanager
def _serving(kind: Any, talk: Any, received: Received) -> Iterator[None]:
    kind.allow_reuse_address = True
    server = kind(("127.0.0.1", 0), talk)
    server.daemon_threads = True
    received.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        received.hung.set()
        server.shutdown()
        server.server_close()


def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def outside(*, mail: int = 0, secret: str = SECRET, internal: tuple[str, ...] = ("127.0.0.1",)) -> Outside:
    """Settings that lead to these servers."""
    server = Mail("127.0.0.1", mail, "", "", "smtp+plain", "countersign@clinic.example") if mail else Mail()
    return Outside(server, secret, frozenset(internal), "https://countersign.example")


def variables(*, mail: int = 0) -> dict[str, str]:
    """The same as variables of a program's environment."""
    url = f"smtp+plain://127.0.0.1:{mail}?from=countersign@clinic.example" if mail else ""
    named = {"WEBHOOK_SECRET": SECRET, "WEBHOOK_INTERNAL_HOSTS": "127.0.0.1", "EMAIL_URL": url}
    return named | {"PUBLIC_URL": "https://countersign.example"}
