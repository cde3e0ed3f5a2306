"""Uploaded files: kept only where an address takes one and whoever sends it may, one a request, up to a limit.

The fields of a form are read before anybody is asked who they are, at any address. So the question stands here, before
the first octet of a file is written: a file that nobody asked for is read past and never lies on the disk.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from clinic.models.user import Role
from dashboard.access import signed_in

LARGEST = 50 * 1024 * 1024
"""Octets of a file; larger ones are taken in by the command."""

AROUND = 1024 * 1024
"""Octets that the other fields of such a form may take."""

View = TypeVar("View", bound=Callable[..., Any])

TOO_LARGE, NO_ROOM = "too-large", "no-room"


def takes_a_file(view: View) -> View:
    """Mark a view as one whose form holds a file of a psychologist."""
    cast(Any, view).takes_a_file = True
    return view


class BoundedUpload(TemporaryFileUploadHandler):
    """Stops reading at the limit and where the disk is full; `fault_of` says which. What was written is deleted."""

    expected, received, announced = False, 0, 0

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        """A request with parts begins. Raises RequestDataTooBig for a long one where no file is expected."""
        self.expected, self.received, self.announced = _expected(self.request), 0, content_length
        if not self.expected and content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("No file is taken here, and the fields are too long.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        if not self.expected:
            raise SkipFile
        if self.announced > LARGEST + AROUND:
            self._stop(TOO_LARGE)
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._stop(NO_ROOM)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece. What is counted is all that this request has brought."""
        self.received += len(raw_data)
        if self.received > LARGEST:
            self._stop(TOO_LARGE)
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._stop(NO_ROOM)

    def _stop(self, fault: str) -> None:
        if self.request is not None:
            self.request.META["countersign.upload_fault"] = fault
        if getattr(self, "file", None) is not None:
            self.file.close()
        raise StopUpload(connection_reset=False)


def _expected(request: HttpRequest | None) -> bool:
    """Whether this address takes a file and a psychologist is signed in."""
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or not getattr(match.func, "takes_a_file", False):
        return False
    acting = signed_in(request)
    return acting is not None and acting.actor.role == Role.PSYCHOLOGIST


def fault_of(request: HttpRequest) -> str:
    """Why a file did not arrive: TOO_LARGE, NO_ROOM or ""."""
    return str(request.META.get("countersign.upload_fault", ""))
