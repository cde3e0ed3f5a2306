"""`verify_audit`: is the audit log whole?"""

import json
import re
import sys
from argparse import ArgumentTypeError
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext, ngettext

from audit import outcomes
from audit.verify import VerifyResult, verify

ROLE = "software"
HEAD = re.compile("[0-9a-f]{64}")


class Command(BaseCommand):
    """Checks the log, records the check in it, and exits with 1 where something is wrong."""

    help = "Checks that no entry of the audit log was changed, deleted, inserted or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--quiet` speaks only of a broken log; `--json` is for programs; `--kept` compares with earlier heads."""
        parser.add_argument(
            "--kept",
            action="append",
            default=[],
            type=kept_head,
            metavar="NUMBER:HEAD",
            help="A head that an earlier check printed, kept outside the database; may be given several times.",
        )
        parser.add_argument("--quiet", action="store_true", help="Print nothing when the log is whole.")
        parser.add_argument("--json", action="store_true", help="Print the result as JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, record, say."""
        shows_progress = self.stdout.isatty() and not options["quiet"] and not options["json"]
        kept: list[tuple[int, str]] = options["kept"]
        result = verify(progress=self._show if shows_progress else None, kept=dict(kept))
        outcomes.keep(result=result, by=None, role=ROLE)
        if options["json"]:
            self.stdout.write(as_json(result, kept=len(kept)))
        elif not (result.whole and options["quiet"]):
            self.stdout.write("\n".join(sentences(result, kept=len(kept))))
        if not result.whole:
            sys.exit(1)

    def _show(self, checked: int, total: int) -> None:
        end = "\n" if checked == total else ""
        line = gettext("{checked:,} of {total:,} entries").format(checked=checked, total=total)
        self.stdout.write(f"\r{line}", ending=end)


def kept_head(text: str) -> tuple[int, str]:
    """The number and head of `NUMBER:HEAD`. Raises ArgumentTypeError for anything else."""
    number, _separator, head = text.partition(":")
    if not (number.isdecimal() and int(number) > 0 and HEAD.fullmatch(head.lower())):
        raise ArgumentTypeError(
            gettext("write NUMBER:HEAD as the check printed it: a number and 64 digits 0 to f")
        )
    return int(number), head.lower()


def as_json(result: VerifyResult, *, kept: int = 0) -> str:
    """The result as JSON, with `whole` and, for a finding, its `sentence`."""
    document = {"whole": result.whole, **asdict(result)}
    if result.finding:
        document["finding"]["sentence"] = result.finding.sentence
    return json.dumps(document | {"truncation_checked": kept > 0}, default=str, indent=2)


def sentences(result: VerifyResult, *, kept: int = 0) -> list[str]:
    """What people read: whether the log is whole, what is wrong first, and what cannot be told."""
    return [_verdict(result), *_waiting(result), *_head(result), _limits(kept)]


def _head(result: VerifyResult) -> list[str]:
    if not (result.whole and result.head):
        return []
    sentence = gettext(
        "To find out later whether its end was cut off, keep this outside the database: {head}"
    )
    return [sentence.format(head=f"{result.entries}:{result.head}")]


def _verdict(result: VerifyResult) -> str:
    good = ngettext("{count:,} entry", "{count:,} entries", result.entries).format(count=result.entries)
    if result.finding:
        broken = gettext("The audit log is broken. {sentence} Good before it: {good}.")
        return broken.format(sentence=result.finding.sentence, good=good)
    if not result.entries:
        return gettext("The audit log holds no numbered entry yet, so there was nothing to check.")
    return gettext("The audit log is whole: {good}, none missing, none changed, none out of order.").format(
        good=good
    )


def _waiting(result: VerifyResult) -> list[str]:
    if not result.waiting:
        return []
    sentence = ngettext(
        "{count:,} entry has no number yet; it was recorded at {since}.",
        "{count:,} entries have no number yet; the first was recorded at {since}.",
        result.waiting,
    )
    since = result.waiting_since.isoformat(timespec="seconds") if result.waiting_since else ""
    return [sentence.format(count=result.waiting, since=since)]


def _limits(kept: int) -> str:
    if kept:
        sentence = ngettext(
            "Compared with {count} head kept elsewhere. What came after it and was cut off cannot be told.",
            "Compared with {count} heads kept elsewhere. What came after them and was cut off cannot be told.",
            kept,
        )
        return sentence.format(count=kept)
    return gettext(
        "This check alone cannot tell whether entries were cut off at the end of the log, or cut off and written again "
        "without some: compare with a head kept elsewhere (--kept), until the ledger keeps checkpoints itself."
    )
