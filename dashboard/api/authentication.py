"""Who asks: a program with a token, or the page's own session. Both lead to one person in one role."""

from typing import Any

from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from clinic import clock, tokens
from clinic.actor import Actor
from clinic.models.token import ApiToken
from clinic.models.user import User
from dashboard.access import ActingRequest, signed_in

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer cst_…`, in the role for which the token was made."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's person; None where no token was sent. Raises AuthenticationFailed for one that does not hold."""
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME.lower().encode():
            return None
        at = clock.now()
        token = tokens.find(secret.decode("latin-1").strip(), at=at)
        if token is None:
            raise AuthenticationFailed("The token is wrong, has ended or was revoked.")
        acting: ActingRequest = request._request  # type: ignore[assignment]
        acting.at, acting.person, acting.actor = at, token.user, Actor(token.user, token.role)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What to ask for: with it, an answer without a person is 401."""
        return SCHEME


class RoleSessionAuthentication(SessionAuthentication):
    """The session of the pages, in its acting role; a request that changes something needs the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """The signed-in person, or None."""
        acting = signed_in(request._request)
        if acting is None:
            return None
        # Django's own request: DRF's would read the body for a token, before the view can say what is wrong with it.
        self.enforce_csrf(request._request)  # type: ignore[arg-type]  # any request does
        return acting.person, None
