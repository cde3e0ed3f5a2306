"""Measure the detector of danger and write its page."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic.safety import evaluation_page
from clinic.safety.classifier import corpus
from clinic.safety.evaluation import HELD_OUT, read_held_out
from clinic.safety.ledger import measured

MISUSED = 2
PAGE = settings.BASE_DIR / "docs" / "safety" / "evaluation.md"
SETS = (corpus.POSTS, corpus.SAFE_PROMPTS, corpus.PROMPTS)


class Command(BaseCommand):
    """Needs no database. Exit codes: 0 written, 2 misused."""

    help = (
        "Measure what the detector of danger notices and misses, on the held-out messages of the project and on the "
        "public sets in DATA_DIR, and write docs/safety/evaluation.md, and beside it what each threshold misses, which "
        "a trial of the ledger shows. Where a set is missing its figures are left out; the page of the project is "
        "replaced by a whole one only, so name another with --out then. Every figure stands with its 95% interval. "
        "Takes a few minutes, because the classifier is trained anew so that no post is judged by what learnt it. "
        f"{corpus.LAYOUT}"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the public sets are, and where the page goes."""
        parser.add_argument("data", metavar="DATA_DIR", type=Path, help="the folder of public sets")
        parser.add_argument(
            "--out", metavar="PAGE.md", type=Path, default=PAGE, help="where the page is written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and write."""
        if not options["data"].is_dir():
            raise CommandError(f"{options['data']} is no folder. Nothing was measured.", returncode=MISUSED)
        missing = corpus.missing(options["data"], *SETS)
        if missing and options["out"] == PAGE:
            raise CommandError(
                f"{', '.join(missing)} not in {options['data']}. The page was kept; --out writes one without.",
                returncode=MISUSED,
            )
        page = evaluation_page.page(options["data"])
        english = read_held_out(HELD_OUT / "en", "en")
        figures = json.dumps(measured.curve(english), sort_keys=True) + "\n"
        try:
            options["out"].parent.mkdir(parents=True, exist_ok=True)
            options["out"].write_text(page, encoding="utf-8")
            options["out"].with_suffix(".json").write_text(figures, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}.", returncode=MISUSED) from None
        self.stdout.write(f"Wrote {options['out']}.")
