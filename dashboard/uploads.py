"""Uploaded files: written to disk as they arrive, up to a limit; a full disk has its own answer."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

LARGEST = 50 * 1024 * 1024
"""Octets of a file; larger ones are taken in by the command."""

TOO_LARGE, NO_ROOM = "too-large", "no-room"


class BoundedUpload(TemporaryFileUploadHandler):
    """Stops reading at the limit and where the disk is full; `fault_of` says which. What was written is deleted."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        self.received = 0
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._stop(NO_ROOM)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
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


def fault_of(request: HttpRequest) -> str:
    """Why a file did not arrive: TOO_LARGE, NO_ROOM or ""."""
    return str(request.META.get("countersign.upload_fault", ""))
