"""From which address a request really came, where a proxy stands before the web server.

Wrong passwords and codes are counted by address. Behind a proxy that is not named in TRUSTED_PROXIES everybody would
share the proxy's; and a header that anybody may send must change nothing unless a named proxy passed it on.
"""

import ipaddress
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class TrustedProxiesMiddleware:
    """Puts the address of whoever asked into REMOTE_ADDR, for all that stands below it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read X-Forwarded-For if a named proxy sent it; else leave the peer's address as it is."""
        said, peer = request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", "")
        if said and settings.TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = client_of(peer, said)
        return self.get_response(request)


def client_of(peer: str, said: str) -> str:
    """The address that the nearest named proxy saw: from the right, the first that is none of them.

    What stands left of it was sent by that client and may be invented. What is no address ends the reading.
    """
    found = peer
    for each in (peer, *reversed(said.split(","))):
        address = _address(each)
        if address is None:
            break
        found = str(address)
        if not any(address in network for network in settings.TRUSTED_PROXIES):
            break
    return found


def _address(text: str) -> Address | None:
    """An address as proxies write it: some add a port, and IPv6 in brackets; IPv4 may come as a part of IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@register(Tags.security)
def proxies_are_named(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """A warning where TLS ends at a proxy that nobody has named."""
    if not settings.HTTPS or settings.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "COUNTERSIGN_HTTPS is on and TRUSTED_PROXIES is empty: everybody behind the proxy shares its address.",
            hint="Set TRUSTED_PROXIES to the proxy's address; docs/how-to/deploy.md says how.",
            id="clinic.W001",
        )
    ]
