"""What the page of one text shows: the words, its rules, what was changed, who signed it, and the other versions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from dashboard.catalogue.changes import TextChange, activities_in_words, changes_of, rules_of
from dashboard.safety.context import printed_name
from dashboard.times import said
from recommendations.catalogue import KINDS, LEVELS, CatalogueEntry, unsafe
from recommendations.catalogue.texts import STATES, Text, TextState
from recommendations.models.intervention import WithdrawalReason
from recommendations.rule_wording import INDICATIONS
from recommendations.words import fingerprint

TAGS: dict[TextState, str] = {
    TextState.UNSIGNED: "warn",
    TextState.STANDS: "new",
    TextState.SUPERSEDED: "",
    TextState.NOT_USED: "",
    TextState.UNSAFE: "warn",
}


@dataclass(frozen=True, slots=True)
class SignLine:
    """One stop sign as the person reads it, and what reporting it opens."""

    words: str
    opens: StrOrPromise


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the history."""

    version: str
    url: str
    state: StrOrPromise
    tag: str
    facts: tuple[str, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class TextPage:
    """What `catalogue/text.html` shows."""

    entry: CatalogueEntry
    kind: StrOrPromise
    indicated: StrOrPromise
    state: StrOrPromise
    tag: str
    signed: str
    facts: tuple[str, ...]
    fingerprint: str
    signs: tuple[SignLine, ...]
    rules: tuple[str, ...]
    activities: str
    changes: tuple[TextChange, ...]
    before: str
    history: tuple[VersionLine, ...]
    may_sign: bool
    may_withdraw: bool
    may_hold_unsafe: bool
    is_newest: bool


def text_page(text: Text, versions: Sequence[Text], *, at: dt.datetime, zone: str) -> TextPage:
    """The page of one version among all of them, newest first."""
    entry, place = text.entry, list(versions).index(text)
    before = versions[place + 1] if place + 1 < len(versions) else None
    return TextPage(
        entry=entry,
        kind=KINDS.get(entry.kind, entry.kind),
        indicated=INDICATIONS[entry.indication],
        state=STATES[text.state],
        tag=TAGS[text.state],
        signed=text.signature.printed_name if text.signature else "",
        facts=_facts(text, at=at, zone=zone),
        fingerprint=fingerprint(entry.digest),
        signs=tuple(SignLine(sign.words, LEVELS[sign.level]) for sign in entry.stop_signs),
        rules=tuple(rules_of(entry)),
        activities=activities_in_words(entry),
        changes=changes_of(before.entry, entry) if before else (),
        before=before.entry.version if before else "",
        history=tuple(_version(each, here=text, at=at, zone=zone) for each in versions),
        may_sign=text.state is TextState.UNSIGNED and place == 0,
        may_withdraw=text.state in {TextState.STANDS, TextState.SUPERSEDED},
        may_hold_unsafe=unsafe.may_hold(list(versions)),
        is_newest=place == 0,
    )


def _facts(text: Text, *, at: dt.datetime, zone: str) -> tuple[str, ...]:
    """Who wrote, signed and withdrew it, and when."""
    found = []
    if text.row and text.row.written_by and text.row.written_at:
        when = said(text.row.written_at, at=at, zone=zone)
        found.append(
            _("Written by %(name)s, %(when)s") % {"name": printed_name(text.row.written_by), "when": when}
        )
    else:
        found.append(_("Came with the program"))
    if text.signature:
        when = said(text.signature.signed_at, at=at, zone=zone)
        words = _("Signed for use here by %(name)s, %(when)s")
        found.append(words % {"name": text.signature.printed_name, "when": when})
    ends = _("%(reason)s · %(name)s, %(when)s")
    if text.withdrawal and text.withdrawal.reason == WithdrawalReason.NOT_USED:
        when = said(text.withdrawal.withdrawn_at, at=at, zone=zone)
        name, reason = printed_name(text.withdrawal.withdrawn_by), text.withdrawal.get_reason_display()
        found.append(ends % {"reason": reason, "name": name, "when": when})
    if text.unsafe:
        when = said(text.unsafe.withdrawn_at, at=at, zone=zone)
        reason = f"{STATES[TextState.UNSAFE]}: {text.unsafe.get_ground_display()}"
        found.append(ends % {"reason": reason, "name": printed_name(text.unsafe.withdrawn_by), "when": when})
    return tuple(found)


def _version(text: Text, *, here: Text, at: dt.datetime, zone: str) -> VersionLine:
    path = reverse("catalogue-text", args=[text.entry.code])
    return VersionLine(
        version=text.entry.version,
        url=f"{path}?version={text.entry.version}",
        state=STATES[text.state],
        tag=TAGS[text.state],
        facts=_facts(text, at=at, zone=zone),
        current=text == here,
    )
