"""Which addresses on the Internet may be called: those that anybody's server may have, and no way round to another."""

import ipaddress
import socket

GLOBAL = ipaddress.ip_network("2000::/3")
"""All that is handed out in IPv6. What lies outside is local, reserved, or a way to an address of IPv4."""

NOT_SERVERS = tuple(
    map(
        ipaddress.ip_network,
        (
            *("192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24"),
            *("198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
            *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
        ),
    )
)
"""Kept for protocols, measurements, books and relays: nobody's server, and some lead to an address within."""


def is_public(ip: str) -> bool:
    """Whether any server of the Internet may stand behind this address."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if address.version == 6 and address not in GLOBAL:
        return False
    kept = any(address.version == net.version and address in net for net in NOT_SERVERS)
    return address.is_global and not address.is_multicast and not kept


def is_inner(host: str) -> bool:
    """Whether a host that names no name but an address, in any way of writing it, or this machine, lies within."""
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    literal = _literal(name)
    return literal is not None and not is_public(literal)


def _literal(host: str) -> str | None:
    """The address that `host` is: also 127.1, 0x7f000001 and 2130706433, which are resolved like 127.0.0.1."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
