"""Counting wrong passwords without keeping what was typed beside them.

django-axes stores every field of the form: on the page before a signature those are the words of the plan and the
note for the record, and after a session had ended the address of a record.
"""

import datetime as dt
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest, QueryDict


class WordlessHandler(AxesDatabaseHandler):  # type: ignore[misc]  # django-axes has no types
    """The database handler of django-axes, with empty fields in the place of the posted and asked ones."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count the failure. The request has its fields back afterwards: the page shows them again."""
        if request is None:
            super().user_login_failed(sender, credentials, request, **kwargs)
            return
        asked, posted = request.GET, request.POST
        request.GET = request.POST = QueryDict()
        try:
            super().user_login_failed(sender, credentials, request, **kwargs)
        finally:
            request.GET, request.POST = asked, posted


CODES = "(code)"
"""The name under which tried codes are counted; nobody's sign-in name holds brackets."""


def is_guessing(request: HttpRequest) -> bool:
    """Whether so many wrong codes came from this address that more are not looked at closely nor written down.

    Asked of wrong codes only: a code is 99 random bits, and many people may share an address. Somebody who guesses
    must not keep them from joining.
    """
    return not AxesProxyHandler.is_allowed(request, {"username": CODES})


def count_wrong_code(request: HttpRequest) -> None:
    """Count a code that no invitation has. The address holds what was typed, so it is kept without it."""
    AxesProxyHandler.update_request(request)
    counted: Any = request
    counted.axes_path_info = ""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": CODES}, request=request)
    counted.axes_locked_out = False  # the page says it in its own words


def forget(sign_in_name: str) -> None:
    """Forget the wrong passwords of somebody who has just chosen a new one."""
    reset(username=sign_in_name)


def forget_old(*, at: dt.datetime) -> None:
    """Delete whatever names an address and does not slow guessing any more: wrong passwords older than the pause."""
    AccessAttempt.objects.filter(
        attempt_time__lt=at - dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    ).delete()
    for rows in (AccessLog, AccessFailureLog):
        rows.objects.all().delete()
