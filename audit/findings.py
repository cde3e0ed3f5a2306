"""What a check of the log can find wrong, each with the sentence that says it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Fault(StrEnum):
    """The kinds of tampering that a check tells apart."""

    MISSING = "missing"
    DELETED = "deleted"
    EDITED = "edited"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CHAIN_BROKEN = "chain_broken"
    RESEALED = "resealed"
    COPIED = "copied"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"


_SENTENCES = {
    Fault.MISSING: _("A number is missing: entry {number} should stand here and does not."),
    Fault.DELETED: _("Entry {number} was deleted: its place in the log is there, the entry is not."),
    Fault.EDITED: _("Entry {number} was changed after it was written."),
    Fault.INSERTED: _("Entry {number} was not written by Countersign: it does not carry the log's seal."),
    Fault.REORDERED: _("Entry {number} stands in the place of another: entries were reordered."),
    Fault.CHAIN_BROKEN: _(
        "Entry {number} does not follow from those before it: an entry was removed, put in or moved here."
    ),
    Fault.RESEALED: _("From entry {number} on, the log was numbered anew without its key."),
    Fault.COPIED: _("Entry {number} occurs twice: one of the two is a copy."),
    Fault.CUT_OFF: _(
        "The log reached entry {number} when its head was kept, and ends before it now: its end was cut off."
    ),
    Fault.REWRITTEN: _(
        "Up to entry {number} the log is not the one whose head was kept: it was cut off and written anew."
    ),
}
_UNPLACED_SENTENCES = {
    Fault.INSERTED: _(
        "The entry with id {entry_id}, not numbered yet, was not written by Countersign or was changed: "
        "it does not carry the log's seal."
    ),
    Fault.COPIED: _("The entry with id {entry_id}, not numbered yet, is a copy of another."),
}


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong: which kind, at which number of the log and which row.

    `number` is None for an entry that has no place yet; `entry_id` is None where the row itself is gone.
    """

    fault: Fault
    number: int | None
    entry_id: int | None

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        sentences = _SENTENCES if self.number is not None else _UNPLACED_SENTENCES
        return gettext(sentences[self.fault]).format(number=self.number, entry_id=self.entry_id)
