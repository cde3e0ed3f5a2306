"""Sessions: since when, last seen, in which role and on which kind of device. No address is kept of a sign-in;
that of a wrong password or code for a quarter of an hour, to slow guessing (clinic.guessing).

What is shown of a session stands in the session itself. Its handle is a digest of its key: the key opens the door.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from audit.models import AuditEntry
from clinic.actor import Actor, log
from clinic.models.user import Role, User
from clinic.reauth import BEGAN_KEY, ROLE_KEY

ENDS_KEY, DEVICE_KEY = "ends-at", "device"
LEFT_ALONE = "leaves_session_alone"
DEVICES = (
    ("tablet", r"iPad|Tablet|Android(?!.*Mobile)"),
    ("phone", r"Mobi|iPhone|Android"),
    ("computer", r"Windows|Macintosh|X11|CrOS|Linux"),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One session of a person. `began` is None for one that does not say."""

    handle: str
    role: str
    device: str
    began: dt.datetime | None
    last_seen: dt.datetime
    row: Session


def begin(request: HttpRequest, *, staff_hours: int, at: dt.datetime) -> None:
    """Note in a new session when it began, on what kind of device, and when it ends however busy somebody is."""
    request.session[BEGAN_KEY] = at.timestamp()
    request.session[DEVICE_KEY] = device_of(request.headers.get("User-Agent", ""))
    request.session[ENDS_KEY] = (at + dt.timedelta(hours=staff_hours)).timestamp()


def is_over(request: HttpRequest, *, at: dt.datetime) -> bool:
    """Whether the session of a member of staff has reached its whole length; a patient's ends by idling alone."""
    ends = request.session.get(ENDS_KEY)
    return ends is not None and request.session.get(ROLE_KEY) != Role.PATIENT and at.timestamp() >= ends


def leave_alone(request: HttpRequest) -> None:
    """Let this request not count as something that its person did: an idle session is not kept alive by it."""
    setattr(request, LEFT_ALONE, True)


def is_left_alone(request: HttpRequest) -> bool:
    """Whether this request leaves the session as it is."""
    return getattr(request, LEFT_ALONE, False)


def device_of(user_agent: str) -> str:
    """The rough kind of device: phone, tablet, computer, or "" where it does not say."""
    return next((kind for kind, pattern in DEVICES if re.search(pattern, user_agent)), "")


def open_sessions(user: User, *, at: dt.datetime) -> list[OpenSession]:
    """The sessions of a person that have not ended, last seen first. Reads all that stand: some hundreds."""
    return sorted(_sessions(user, at=at), key=lambda each: each.last_seen, reverse=True)


def _sessions(user: User, *, at: dt.datetime) -> Iterator[OpenSession]:
    for row in Session.objects.filter(expire_date__gt=at):
        held = row.get_decoded()
        ends = held.get(ENDS_KEY)
        role = str(held.get(ROLE_KEY, ""))
        over = ends is not None and role != Role.PATIENT and at.timestamp() >= ends
        if held.get(SESSION_KEY) != str(user.pk) or over:
            continue
        idle = settings.PATIENT_IDLE_SECONDS if role == Role.PATIENT else settings.STAFF_IDLE_SECONDS
        began = held.get(BEGAN_KEY)
        yield OpenSession(
            handle=handle_of(row.session_key),
            role=role,
            device=str(held.get(DEVICE_KEY, "")),
            began=dt.datetime.fromtimestamp(began, dt.UTC) if began else None,
            last_seen=row.expire_date - dt.timedelta(seconds=idle),
            row=row,
        )


def handle_of(key: str) -> str:
    """What stands for a session on a page."""
    return hashlib.sha256(b"countersign/session/1|" + key.encode()).hexdigest()[:16]


def were_ended(user: User, *, after: dt.datetime, but: str) -> bool:
    """Whether sessions of a person were ended from a list later than this, and the one with handle `but` not kept."""
    rows = AuditEntry.objects.filter(action="session_ended", subject_id=str(user.pk), happened_at__gt=after)
    return any(not but or facts.get("kept") != but for facts in rows.values_list("facts", flat=True))


@transaction.atomic
def end(*, user: User, handle: str, by: Actor, at: dt.datetime, keep: str = "") -> int:
    """End the session with this handle, or with "" all of a person's but the one with the key `keep`."""
    ended = 0
    for each in _sessions(user, at=at):
        if (handle in ("", each.handle)) and each.row.session_key != keep:
            each.row.delete()
            ended += 1
    if ended or not handle:
        # Also where none stood: pages of sessions that ran out speak for this person no longer (`resume.speaks_for`).
        kept = {"kept": handle_of(keep)} if keep else {}
        log("session_ended", by=by, at=at, subject=user, facts={"sessions": ended, **kept})
    return ended
