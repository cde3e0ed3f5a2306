"""Counting wrong passwords without keeping what was typed beside them.

django-axes stores every field of the form: on the page before a signature those are the words of the plan and the
note for the record, and after a session had ended the address of a record.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
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
