"""The texts of this clinic: every version with who signed it and what ended it, and the one of each code that stands.

A text stands when it is the newest signed version of its code and was not withdrawn. Signing a newer version
supersedes the older one; withdrawing the newest leaves the code without a text: nothing older comes back by itself.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from recommendations import catalogue
from recommendations.catalogue import CatalogueEntry
from recommendations.models.intervention import (
    Intervention,
    TextSignature,
    TextWithdrawal,
    UnsafeStep,
    WithdrawalReason,
)

logger = logging.getLogger(__name__)


class TextState(StrEnum):
    """Where a version stands in this clinic."""

    UNSIGNED = "unsigned"
    STANDS = "stands"
    SUPERSEDED = "superseded"
    NOT_USED = "not_used"
    UNSAFE = "unsafe"


STATES: dict[TextState, StrOrPromise] = {
    TextState.UNSIGNED: _("Not signed"),
    TextState.STANDS: _("Signed, in use"),
    TextState.SUPERSEDED: _("Replaced by a newer version"),
    TextState.NOT_USED: WithdrawalReason.NOT_USED.label,
    TextState.UNSAFE: WithdrawalReason.UNSAFE.label,
}


@dataclass(frozen=True, slots=True)
class Text:
    """One version: its entry, its row where it was stored already, its signature and its end where there are any.

    `unsafe` is the act by which the clinic held the step for unsafe when this version was there already.
    """

    entry: CatalogueEntry
    row: Intervention | None
    signature: TextSignature | None
    withdrawal: TextWithdrawal | None
    state: TextState
    unsafe: UnsafeStep | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The text of a code that may be used now, with the row that a draft names."""

    entry: CatalogueEntry
    row: Intervention


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended versions: withdrawals by version, and the acts that held a step for unsafe, oldest first."""

    withdrawals: dict[UUID, TextWithdrawal]
    unsafe: list[UnsafeStep]

    def unsafe_of(self, row: Intervention) -> UnsafeStep | None:
        """The first act that held the step for unsafe when this version was there already."""
        acts = (each for each in self.unsafe if each.code == row.code)
        return next((each for each in acts if each.recorded_at >= row.recorded_at), None)


def standing() -> dict[str, Standing]:
    """Every text that stands, by code, gentlest first: one query for any number of patients.

    A text whose words are not those that were signed is left out, and the program's log says so.
    """
    found: dict[str, Standing] = {}
    for signature in _newest_signed().select_related("intervention"):
        row = signature.intervention
        if catalogue.digest_of(row.body) != signature.digest:
            words = "Catalogue text %s %s does not fit its signature and is not used."
            logger.error(words, row.code, row.version)
            continue
        found[row.code] = Standing(catalogue.of_body(row.body), row)
    return dict(sorted(found.items(), key=lambda each: (each[1].entry.rank, each[0])))


def _newest_signed() -> QuerySet[TextSignature]:
    """The newest signature of each code, unless its text was withdrawn."""
    newest = TextSignature.objects.order_by("intervention__code", "-signed_at", "-recorded_at", "-id")
    newest = newest.distinct("intervention__code")
    withdrawn = TextWithdrawal.objects.values("pk")
    return TextSignature.objects.filter(pk__in=newest.values("pk")).exclude(intervention__in=withdrawn)


def is_unsafe(row: Intervention) -> bool:
    """Whether the clinic held this step for unsafe since this version was stored: one query.

    Asked of the step, not of the version: what harms in one version is in the older ones too.
    """
    return UnsafeStep.objects.filter(code=row.code, recorded_at__gte=row.recorded_at).exists()


def state_of(row: Intervention) -> TextState:
    """Where one stored version stands: four queries at most."""
    return next(text.state for text in of_code(row.code) if text.row == row)


def of_code(code: str) -> list[Text]:
    """Every version of one intervention, newest first; empty for a code that there is not."""
    return everything([code]).get(code, [])


def everything(codes: Iterable[str] | None = None) -> dict[str, list[Text]]:
    """Every version of every intervention by code, newest first: four queries, and what the program brings."""
    wanted = None if codes is None else list(codes)
    rows = Intervention.objects.select_related("written_by__staff").order_by("-recorded_at", "-version")
    signatures = TextSignature.objects.select_related("signed_by__staff")
    withdrawals = TextWithdrawal.objects.select_related("withdrawn_by__staff")
    unsafe = UnsafeStep.objects.select_related("withdrawn_by__staff").order_by("recorded_at")
    if wanted is not None:
        unsafe = unsafe.filter(code__in=wanted)
        rows = rows.filter(code__in=wanted)
        signatures = signatures.filter(intervention__code__in=wanted)
        withdrawals = withdrawals.filter(intervention__code__in=wanted)
    signed = {each.intervention_id: each for each in signatures}
    ended = Ended({each.pk: each for each in withdrawals}, list(unsafe))
    by_code: dict[str, list[Intervention]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    shipped = catalogue.entries()
    known = [code for code in {**shipped, **by_code} if wanted is None or code in wanted]
    return {code: _texts(shipped.get(code), by_code[code], signed, ended) for code in sorted(known)}


def _texts(
    shipped: CatalogueEntry | None,
    rows: list[Intervention],
    signed: dict[UUID, TextSignature],
    ended: Ended,
) -> list[Text]:
    newest = max(
        (signed[row.pk] for row in rows if row.pk in signed),
        key=lambda each: (each.signed_at, each.recorded_at),
        default=None,
    )
    found = [_text(row, signed.get(row.pk), ended, newest) for row in rows]
    if shipped and shipped.version not in {text.entry.version for text in found}:
        found.insert(0, Text(shipped, None, None, None, TextState.UNSIGNED))
    return found


def _text(
    row: Intervention,
    signature: TextSignature | None,
    ended: Ended,
    newest: TextSignature | None,
) -> Text:
    withdrawal, unsafe = ended.withdrawals.get(row.pk), ended.unsafe_of(row)
    if unsafe:
        state = TextState.UNSAFE
    elif withdrawal:
        state = TextState(withdrawal.reason)
    elif signature is None:
        state = TextState.UNSIGNED
    else:
        state = TextState.STANDS if signature == newest else TextState.SUPERSEDED
    return Text(catalogue.of_body(row.body), row, signature, withdrawal, state, unsafe)
