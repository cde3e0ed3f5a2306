"""Looking into the broker: which messages wait in Redis, and everything that it holds."""

import base64
import json
from dataclasses import dataclass
from typing import Any

import redis

from clinic.models.outbox import OutboxMessage

QUEUE = "celery"
UNACKED = "unacked"


@dataclass(frozen=True, slots=True)
class Message:
    """One task as it lies in Redis."""

    headers: dict[str, Any]
    arguments: list[Any]
    named: dict[str, Any]
    embedded: dict[str, Any]


def messages(url: str) -> list[Message]:
    """The tasks that wait in the queue, oldest first."""
    with redis.Redis.from_url(url) as client:
        raw = client.lrange(QUEUE, 0, -1)
    return [_message(each) for each in reversed(list(raw))]


def in_work(url: str) -> int:
    """How many tasks a worker has taken and the broker still holds."""
    with redis.Redis.from_url(url) as client:
        return int(client.hlen(UNACKED))


def at_rest(url: str) -> bool:
    """Whether nothing waits in the outbox or in the queue, and no worker is at work."""
    with redis.Redis.from_url(url) as client:
        return not (OutboxMessage.objects.exists() or client.llen(QUEUE) or client.hlen(UNACKED))


def everything(url: str) -> bytes:
    """All that Redis holds, keys and values; the body of each message as it was before base64."""
    with redis.Redis.from_url(url) as client:
        held = [part for key in client.keys("*") for part in (bytes(key), _contents(client, bytes(key)))]
    return b"\n".join([*held, *(json.dumps(message.named).encode() for message in messages(url))])


def _contents(client: Any, key: bytes) -> bytes:
    """What one key holds. (The types of the client's answers leave open whether it decodes them.)"""
    kind = client.type(key)
    if kind == b"list":
        return b"\n".join(client.lrange(key, 0, -1))
    if kind == b"hash":
        return b"\n".join(part for pair in client.hgetall(key).items() for part in pair)
    if kind == b"set":
        return b"\n".join(client.smembers(key))
    if kind == b"zset":
        return b"\n".join(client.zrange(key, 0, -1))
    return bytes(client.get(key))


def _message(raw: bytes) -> Message:
    envelope = json.loads(raw)
    body = envelope["body"]
    if envelope["properties"].get("body_encoding") == "base64":
        body = base64.b64decode(body)
    arguments, named, embedded = json.loads(body)
    return Message(envelope["headers"], arguments, named, embedded)
