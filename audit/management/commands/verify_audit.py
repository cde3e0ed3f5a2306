"""`verify_audit`: is the audit log whole?"""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext, ngettext

from audit import outcomes
from audit.verify import VerifyResult, verify

ROLE = "software"


class Command(BaseCommand):
    """Checks the log, records the check in it, and exits with 1 where something is wrong."""

    help = "Checks that no entry of the audit log was changed, deleted, inserted or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--quiet` speaks only of a broken log; `--json` is for programs."""
        parser.add_argument("--quiet", action="store_true", help="Print nothing when the log is whole.")
        parser.add_argument("--json", action="store_true", help="Print the result as JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, record, say."""
        shows_progress = self.stdout.isatty() and not options["quiet"] and not options["json"]
        result = verify(progress=self._show if shows_progress else None)
        outcomes.keep(result=result, by=None, role=ROLE)
        if options["json"]:
            self.stdout.write(as_json(result))
        elif not (result.whole and options["quiet"]):
            self.stdout.write("\n".join(sentences(result)))
        if not result.whole:
            sys.exit(1)

    def _show(self, checked: int, total: int) -> None:
        end = "\n" if checked == total else ""
        line = gettext("{checked:,} of {total:,} entries").format(checked=checked, total=total)
        self.stdout.write(f"\r{line}", ending=end)


def as_json(result: VerifyResult) -> str:
    """The result as JSON, with `whole` and, for a finding, its `sentence`."""
    document = {"whole": result.whole, **asdict(result)}
    if result.finding:
        document["finding"]["sentence"] = result.finding.sentence
    return json.dumps(document | {"truncation_checked": False}, default=str, indent=2)


def sentences(result: VerifyResult) -> list[str]:
    """What people read: whether the log is whole, what is wrong first, and what cannot be told."""
    return [_verdict(result), *_waiting(result), _limits()]


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


def _limits() -> str:
    return gettext(
        "This check cannot tell whether entries were cut off at the end of the log: "
        "that awaits the ledger, whose checkpoints are kept elsewhere."
    )
