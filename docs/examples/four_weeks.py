"""Print four weeks of one patient's mood, day by day, and what waits for you: Python's standard library alone.

COUNTERSIGN_TOKEN=cst_… python four_weeks.py http://127.0.0.1:8000 CS-20418
"""

import datetime as dt
import json
import os
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any


def asked(server: str, path: str, **parameters: object) -> Any:
    """The answer to one question, or the program's end with what the server says is wrong."""
    query = urllib.parse.urlencode({name: value for name, value in parameters.items() if value})
    request = urllib.request.Request(f"{server}/api/v1/{path}?{query}")
    request.add_header("Authorization", f"Bearer {os.environ['COUNTERSIGN_TOKEN']}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise SystemExit(f"{refused.code}: {json.load(refused)['detail']}") from refused


def every(server: str, path: str) -> Iterator[Any]:
    """All rows of a list, page by page."""
    cursor = ""
    while cursor is not None:
        page = asked(server, path, cursor=cursor, limit=100)
        yield from page["results"]
        cursor = page["next"]


def main(server: str, record_number: str) -> None:
    """Ask for the numbers and the queue, and print both."""
    until = dt.date.today()
    found = asked(
        server,
        f"patients/{record_number}/observations/",
        signal="mood",
        since=until - dt.timedelta(days=27),
        until=until,
    )
    print(f"{record_number}, {found['unit']}, days of {found['zone']}, as of {found['as_of']}")
    for day in found["days"]:
        print(f"{day['day']}  {day['value']:g}")
    for draft in every(server, "queue/"):
        print(f"Waiting since {draft['waiting_since'][:10]}: {draft['record_number']}, {draft['title']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
