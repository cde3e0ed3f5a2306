"""A file as an answer: sent piece by piece, kept by nobody, named so that it says nothing about anybody."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse


def download(*, name: str, content_type: str, chunks: Iterable[str]) -> StreamingHttpResponse:
    """The answer that a browser saves under `name`."""
    return StreamingHttpResponse(
        chunks,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
