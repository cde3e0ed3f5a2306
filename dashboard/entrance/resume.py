"""What somebody typed when their session had ended: it comes back, sealed, in the form after sign-in.

Nothing is stored meanwhile. The words travel as an encrypted form field that only this server opens, only for an
hour, and only for the same person: each form carries a signed token that says whose it is. Without a session it
speaks for its person only until they choose another password or end sessions elsewhere (`speaks_for`, ADR 32).
"""

import base64
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from clinic import clock, sessions
from clinic.models.user import User
from dashboard.access import ActingRequest

LONGEST_SECONDS = 60 * 60
OWNER_FIELD = "form_owner"
OWNER_SALT = "countersign.form-owner"
OWNER_SECONDS = 24 * 60 * 60
SESSION_KEY = "resume"
NEVER_KEPT = {"csrfmiddlewaretoken", "password", OWNER_FIELD}


@dataclass(frozen=True, slots=True)
class Resumed:
    """What had been typed, for the form at `path`."""

    path: str
    fields: QueryDict


def owner_token(user: User, *, session_key: str = "") -> str:
    """The signed token by which a form says whose it is, since when, under which password and in which session."""
    session = sessions.handle_of(session_key) if session_key else ""
    return signing.dumps([str(user.pk), _mark(user), clock.now().timestamp(), session], salt=OWNER_SALT)


def owner_of(request: HttpRequest) -> UUID | None:
    """Whose form was posted, or None for a token that is missing, false or older than a day."""
    content = _said(request)
    return content.user_id if content else None


def speaks_for(request: HttpRequest, user: User) -> bool:
    """Whether the form's token still speaks for its person although no session stands behind it.

    It does after a session that ran out or was left in another tab: they may be writing in a page that stayed open.
    It does not once they have chosen another password or ended sessions elsewhere: by that they have said that what
    was open before is no longer them.
    """
    content = _said(request)
    if content is None or content.user_id != user.pk or not constant_time_compare(content.mark, _mark(user)):
        return False
    return not sessions.were_ended(user, after=content.since, but=content.session)


@dataclass(frozen=True, slots=True)
class _Said:
    user_id: UUID
    mark: str
    since: dt.datetime
    session: str


def _said(request: HttpRequest) -> _Said | None:
    try:
        given = signing.loads(request.POST.get(OWNER_FIELD, ""), salt=OWNER_SALT, max_age=OWNER_SECONDS)
        user_id, mark, since, session = given
        return _Said(UUID(user_id), mark, dt.datetime.fromtimestamp(since, dt.UTC), session)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _mark(user: User) -> str:
    return salted_hmac(OWNER_SALT, user.password).hexdigest()[:16]


def seal(request: HttpRequest) -> str:
    """The posted words as a sealed field of the sign-in form; "" when the form says not whose it is."""
    owner = owner_of(request)
    if owner is None:
        return ""
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NEVER_KEPT}
    content = {"owner": str(owner), "path": request.path, "fields": fields}
    return _fernet().encrypt(json.dumps(content).encode()).decode()


def keep(request: HttpRequest, sealed: str) -> str:
    """After sign-in: keep the sealed words in the session and return the path of their form, or "".

    Words of another person are dropped.
    """
    content = _opened(sealed)
    if content is None or content["owner"] != str(request.user.pk):
        return ""
    request.session[SESSION_KEY] = sealed
    return str(content["path"])


def take(request: ActingRequest) -> Resumed | None:
    """What had been typed into the form at this address, once."""
    content = _opened(request.session.get(SESSION_KEY, ""))
    if content is None or content["path"] != request.path or content["owner"] != str(request.person.pk):
        return None
    del request.session[SESSION_KEY]
    fields = QueryDict(mutable=True)
    for name, values in content["fields"].items():
        fields.setlist(name, values)
    return Resumed(request.path, fields)


def _opened(sealed: str) -> dict[str, Any] | None:
    if not sealed:
        return None
    try:
        opened: dict[str, Any] = json.loads(_fernet().decrypt(sealed.encode(), ttl=LONGEST_SECONDS))
    except (InvalidToken, ValueError):
        return None
    return opened


def _fernet() -> Fernet:
    key = hashlib.sha256(b"countersign/resume/1|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
