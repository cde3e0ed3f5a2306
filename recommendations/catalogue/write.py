"""Writing a version of a text, signing it for use in this clinic, and ending its use. What is unsafe: see `unsafe`.

Any psychologist of the clinic may: the text is the clinic's, not one patient's. Signing takes the password each time
and a valid licence, as every signature does, and refuses where the text is not the one that the signer was shown.
"""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.user import Role, StaffProfile, User
from clinic.reauth import Proof
from recommendations import catalogue
from recommendations.catalogue import CatalogueEntry, lint, texts
from recommendations.catalogue.activities import activities_of
from recommendations.catalogue.texts import Text, TextState
from recommendations.models.intervention import (
    Intervention,
    TextMeaning,
    TextSignature,
    TextWithdrawal,
    WithdrawalReason,
)
from recommendations.review import rules

CODE = re.compile(r"[a-z][a-z_]{2,39}")


class TextRefused(Exception):
    """Nothing was written; `findings` say why, one sentence each."""

    def __init__(self, *findings: str) -> None:
        super().__init__(" ".join(findings))
        self.findings = findings


@transaction.atomic
def write_version(*, body: dict[str, Any], based_on: str, by: Actor, at: dt.datetime) -> Intervention:
    """Store a new version as an unsigned draft; nothing is suggested from it until somebody signs it.

    `based_on` is the digest of the version that the editor opened. Raises TextRefused where a newer one was written
    meanwhile, where nothing was changed, and for what a patient should not read (see `lint`).
    """
    person = psychologist(by)
    take_turn(f"catalogue {body['code']}")
    if not CODE.fullmatch(body["code"]):
        raise TextRefused(_("A code has 3 to 40 small letters and underscores."))
    before = texts.of_code(body["code"])
    newest = before[0].entry.digest if before else ""
    if newest != based_on:
        raise TextRefused(_("Somebody wrote another version meanwhile. Read it first; your words are below."))
    if before and _told(body) == _told(before[0].entry.body):
        raise TextRefused(_("Nothing is different from the version before."))
    entry = catalogue.of_body(body | {"version": next_version(before)})
    if found := lint.findings(entry):
        raise TextRefused(*found)
    if before and before[0].row is None:
        stored(before[0])
    row = Intervention.objects.create(
        code=entry.code,
        version=entry.version,
        digest=entry.digest,
        body=entry.body,
        written_by=person,
        written_at=at,
    )
    log("text_written", by=by, at=at, subject=row, facts={"code": row.code, "digest": row.digest})
    return row


def next_version(before: list[Text]) -> str:
    """The number of the version after these: 1.1.0 is followed by 1.2.0."""
    numbers = [tuple(int(part) for part in text.entry.version.split(".")) for text in before]
    first, second, *_rest = max(numbers, default=(0, 0, 0))
    return f"{first}.{second + 1}.0" if numbers else "1.0.0"


def _told(body: dict[str, Any]) -> CatalogueEntry:
    """What a text says, whichever version and in whatever order its rules stand; its activities too where they were
    known from its code alone."""
    entry = catalogue.of_body(body)
    return replace(
        entry,
        version="",
        digest="",
        body={},
        contraindications=tuple(sorted(entry.contraindications, key=lambda each: each.condition)),
        cautions=tuple(sorted(entry.cautions)),
        activities=tuple(sorted(activities_of(entry))),
    )


def propose(*, body: dict[str, Any], by: Actor, at: dt.datetime) -> Intervention:
    """Store the first version of a step that the catalogue does not have, as an unsigned draft like any other.

    Raises TextRefused for a code that there is already, and for all that `write_version` refuses.
    """
    if texts.of_code(body["code"]):
        raise TextRefused(
            _("There is a step with this code already. Write a new version of it, or choose another.")
        )
    return write_version(body=body, based_on="", by=by, at=at)


@transaction.atomic
def sign_text(*, text: Text, seen: str, proof: Proof, by: Actor, at: dt.datetime) -> TextSignature:
    """Approve exactly this version for use in this clinic. A newer signed version supersedes the older one.

    `seen` is the digest that the signer was shown. Raises TextRefused, ReviewRefused or NotConfirmed; then nothing
    was written.
    """
    person = psychologist(by)
    rules.check_log_whole()
    profile = StaffProfile.objects.filter(user=person).select_related("user").first()
    signer = rules.check_licence(profile, today=rules.clinic_day(at))
    take_turn(f"catalogue {text.entry.code}")
    if seen != text.entry.digest:
        raise TextRefused(_("The text is not the one that you were shown. Read it again before you sign."))
    row = stored(text)
    if texts.state_of(row) is not TextState.UNSIGNED:
        raise TextRefused(
            _("This version was signed or withdrawn already. Signing another takes a new version.")
        )
    proof.use(by=by.user, at=at)
    signature = TextSignature.objects.create(
        intervention=row,
        digest=text.entry.digest,
        signed_by=person,
        printed_name=signer.printed_name,
        title=signer.title,
        meaning=TextMeaning.FOR_USE,
        signed_at=at,
    )
    log("text_signed", by=by, at=at, subject=row, facts={"code": row.code, "digest": row.digest})
    return signature


def stored(text: Text) -> Intervention:
    """The row of a text; that of the program's own is made when somebody first acts on it."""
    entry = text.entry
    row, _made = Intervention.objects.get_or_create(
        code=entry.code, version=entry.version, defaults={"digest": entry.digest, "body": entry.body}
    )
    if row.digest != entry.digest:
        raise TextRefused(_("This version stands here already with other words. It needs a new version."))
    return row


@transaction.atomic
def end_use(*, row: Intervention, by: Actor, at: dt.datetime) -> None:
    """End the use of a version that is merely not used any more: drafts and signed steps stay as they are."""
    person = psychologist(by)
    take_turn(f"catalogue {row.code}")
    if texts.state_of(row) in {TextState.NOT_USED, TextState.UNSAFE}:
        raise TextRefused(_("It was withdrawn already."))
    TextWithdrawal.objects.create(
        intervention=row, reason=WithdrawalReason.NOT_USED, withdrawn_by=person, withdrawn_at=at
    )
    facts = {"code": row.code, "digest": row.digest}
    log("text_withdrawn", by=by, at=at, subject=row, reason=WithdrawalReason.NOT_USED, facts=facts)


def psychologist(by: Actor) -> User:
    """The person who acts. Raises TextRefused for anybody but a psychologist of the clinic."""
    if by.user is None or by.role != Role.PSYCHOLOGIST:
        raise TextRefused(_("Only a psychologist of this clinic can do this."))
    return by.user
