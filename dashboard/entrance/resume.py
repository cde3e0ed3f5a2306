"""What somebody typed when their session had ended: it comes back, sealed, in the form after sign-in.

Nothing is stored meanwhile. The words travel as an encrypted form field that only this server opens, only for an
hour, and only for the same person: each form carries a signed token that says whose it is.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict

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


def owner_token(user_id: UUID) -> str:
    """The signed token by which a form says whose it is."""
    return signing.dumps(str(user_id), salt=OWNER_SALT)


def owner_of(request: HttpRequest) -> UUID | None:
    """Whose form was posted, or None for a token that is missing, false or older than a day."""
    try:
        return UUID(signing.loads(request.POST.get(OWNER_FIELD, ""), salt=OWNER_SALT, max_age=OWNER_SECONDS))
    except (signing.BadSignature, ValueError):
        return None


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
