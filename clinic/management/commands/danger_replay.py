"""Read messages for danger as the product does, from a file to a file."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.safety import replay

MISUSED = 2


class Command(BaseCommand):
    """Needs no database and stores nothing. Exit codes: 0 read, 2 misused."""

    help = (
        "Read messages for danger with the rules and the classifier that are installed, and store nothing. Each line "
        'of the file that is read is {"id": …, "lang": "en", "turns": ["text", …]}; "lang" may be left out. Each line '
        'that is written is {"id": …, "turns": [{"card", "level", "score", "categories", "alert", "rules"}, …]}: '
        'card is the help card that the portal shows or null ("help" is the general one, for words surely in a '
        "language that is not read), alert says whether somebody would be paged, score (0 to 1) orders texts "
        "and is no probability. A bad line is named, and then nothing is written."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both files."""
        parser.add_argument("--in", dest="source", metavar="F.jsonl", required=True, help="the messages")
        parser.add_argument(
            "--out", dest="target", metavar="F.jsonl", required=True, help="what is found in them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything; only then does the file appear."""
        source, target = Path(options["source"]), Path(options["target"])
        try:
            with source.open(encoding="utf-8") as stream:
                count = _written(stream, target)
        except replay.BadLine as error:
            raise CommandError(f"{source}: {error}. Nothing was written.", returncode=MISUSED) from None
        except UnicodeDecodeError:
            raise CommandError(
                f"{source} is no UTF-8 text. Nothing was written.", returncode=MISUSED
            ) from None
        except OSError as error:
            raise CommandError(
                f"{error.filename}: {error.strerror}. Nothing was written.", returncode=MISUSED
            ) from None
        self.stdout.write(f"{count} conversations read; {target} says what was found. Nothing was stored.")


def _written(stream: Any, target: Path) -> int:
    """Write beside the target and put it in place when all is read; returns the number of conversations."""
    count = 0
    with NamedTemporaryFile("w", dir=target.parent, encoding="utf-8", delete=False) as beside:
        try:
            for conversation in replay.read(stream):
                count += 1
                beside.write(json.dumps(replay.replayed(conversation), ensure_ascii=False) + "\n")
        except BaseException:
            os.unlink(beside.name)
            raise
    os.chmod(beside.name, 0o644)
    os.replace(beside.name, target)
    return count
