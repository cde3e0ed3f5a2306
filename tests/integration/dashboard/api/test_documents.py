"""What the documentation says about the API is what the API does."""

import os
import subprocess
import sys
from pathlib import Path

from pytest_django.live_server_helper import LiveServer

from clinic import tokens
from clinic.clock import now
from dashboard.api.about import described
from recommendations.words import draft_words
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import open_drafts

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_the_reference_lists_every_address_with_its_role_and_what_it_does() -> None:
    lines = [
        f"| `{method.upper()} {path}` | {operation['tags'][0]} | {operation['description'].splitlines()[0]} |"
        for path, operations in described()["paths"].items()
        for method, operation in operations.items()
    ]
    page = (DOCS / "reference" / "api.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in page if line.startswith("| `")] == lines


@COMMITTED
def test_the_example_runs_as_it_is_written(cast: Cast, live_server: LiveServer) -> None:
    at = now()
    drafts = open_drafts(cast.patient, cast.treating)
    lasts = tokens.LONGEST
    _token, secret = tokens.make(label="Example", scopes=["read"], lasts=lasts, by=cast.treating, at=at)
    example = [sys.executable, str(DOCS / "examples" / "four_weeks.py"), live_server.url]
    told = subprocess.run(
        [*example, cast.patient.record_number],
        env=os.environ | {"COUNTERSIGN_TOKEN": secret},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.startswith(f"{cast.patient.record_number}, points, days of Europe/London")
    assert draft_words(drafts[0], cast.ring).title in told
    refused = subprocess.run(
        [*example, cast.other_patient.record_number],
        env=os.environ | {"COUNTERSIGN_TOKEN": secret},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.stderr.strip() == "404: There is nothing here for you."
