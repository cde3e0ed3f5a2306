"""The demonstration clinic: fictional people with synthetic check-ins, made by the real operations.

Every person, number and word is invented; every page says so. Check-ins come from a seeded generator (`stories`);
readings, drafts, signatures, alerts and audit entries come out of intake, scoring, suggestion and review themselves.
"""

from recommendations.demo.people import PASSWORD, SHOWN
from recommendations.demo.people import SignIn as SignIn


def sign_ins() -> tuple[SignIn, ...]:
    """One sign-in per role, for the terminal and for the sign-in page of the demonstration."""
    return SHOWN


__all__ = ["PASSWORD", "SignIn", "sign_ins"]
