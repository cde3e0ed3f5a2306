"""Signing a model release of danger detection: thresholds for the installed rules and classifier, after a replay.

Only a signed release changes the thresholds in use. Rules act as they are installed: help waits for no signature.
"""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.danger import DangerRelease, DangerReplay, ReleaseReason
from clinic.reauth import Proof
from clinic.safety.ledger import active, bounds, replay, scored
from clinic.safety.ledger.thresholds import of_facts, per_mille

GOOD_FOR: Final = dt.timedelta(days=14)
"""How long a replay speaks for the present."""


class ReleaseRefused(Exception):
    """The release was not signed; the message says why and what to do."""


def reasons_against(tried: DangerReplay, *, at: dt.datetime) -> str:
    """Why this trial cannot be signed now; "" where it can."""
    newest = active.newest()
    as_installed = (tried.rule_set, tried.classifier) == (
        scored.installed_rule_set(),
        scored.installed_classifier(),
    )
    same_rules = newest is None or newest.rule_set == tried.rule_set
    cases = (
        (not bounds.may_be_signed(of_facts(tried.thresholds)), _beyond()),
        (tried.finished_at is None, _("Past texts are still being read. Wait until that has ended.")),
        (DangerRelease.objects.filter(replay=tried).exists(), _("This trial is signed already.")),
        (at - tried.asked_at > GOOD_FOR, _("This trial is older than 14 days. Try the change again.")),
        (
            not as_installed,
            _("Other rules or another classifier were installed since. Try the change again."),
        ),
        (
            tried.compared_with["release"] != (newest.number if newest else 0),
            _("Another release was signed since. Try the change again."),
        ),
        (
            not same_rules and "read" not in tried.result,
            _(
                "The installed rules are not the signed ones, so past texts must be read again. Try it with them."
            ),
        ),
    )
    return next((words for holds, words in cases if holds), "")


def _beyond() -> str:
    floor, ceiling = bounds.FLOOR, bounds.CEILING
    return _(
        "One person signs a concern from {least} to {most} and an alert from {least_alert} to {most_alert}. Beyond "
        "that so much is missed, or so much is noticed in vain, that no single signature decides it."
    ).format(
        least=f"{floor.concern:.2f}",
        most=f"{ceiling.concern:.2f}",
        least_alert=f"{floor.urgent:.2f}",
        most_alert=f"{ceiling.urgent:.2f}",
    )


def notices_less(tried: DangerReplay) -> bool:
    """Whether either threshold lies above the one in use: then messages are missed that are noticed now."""
    return any(tried.thresholds[name] > tried.compared_with[name] for name in ("concern", "urgent"))


@transaction.atomic
def sign(
    *,
    tried: DangerReplay,
    seen: str,
    reason: ReleaseReason,
    knows_what_is_lost: bool,
    proof: Proof,
    by: Actor,
    at: dt.datetime,
) -> DangerRelease:
    """Sign what was tried. `seen` is the digest of the result that the signer was shown.

    Raises ReleaseRefused, and NotConfirmed without a fresh proof.
    """
    take_turn("danger release")
    tried = DangerReplay.objects.get(pk=tried.pk)
    lost = _checked(tried, seen, knows_what_is_lost=knows_what_is_lost, at=at)
    proof.use(by=by.user, at=at)
    assert by.user is not None  # noqa: S101  a proof is a person's
    newest = active.newest()
    release = DangerRelease(
        number=newest.number + 1 if newest else 1,
        rule_set=tried.rule_set,
        classifier=tried.classifier,
        thresholds=tried.thresholds,
        replay=tried,
        replay_digest=tried.digest,
        reason=reason,
        lost=lost,
        signed_by=by.user,
        signed_at=at,
    )
    facts = {"number": release.number, "replay": tried.digest, "lost": lost, **per_mille(release.thresholds)}
    log("danger_release_signed", by=by, at=at, subject=release, reason=reason, facts=facts)
    release.save()
    transaction.on_commit(active.forget)
    return release


def _checked(tried: DangerReplay, seen: str, *, knows_what_is_lost: bool, at: dt.datetime) -> int:
    """How many alerts would be lost, of a trial that may be signed by whoever was shown `seen`."""
    if refusal := reasons_against(tried, at=at):
        raise ReleaseRefused(refusal)
    if not seen or seen != tried.digest or tried.digest != replay.digest_of(tried):
        raise ReleaseRefused(_("What you were shown is not what would be signed. Open the trial again."))
    lost = len(replay.lost(tried))
    if knows_what_is_lost:
        return lost
    if lost:
        raise ReleaseRefused(_("Say that you know which alerts would have been lost."))
    if notices_less(tried):
        raise ReleaseRefused(_("Say that you know what would be missed."))
    return lost


def history() -> list[DangerRelease]:
    """Every release, the newest first: one query."""
    return list(DangerRelease.objects.select_related("signed_by__staff").order_by("-number"))


def is_signed(release: DangerRelease | None) -> bool:
    """Whether the installed rules and classifier are those that were signed last."""
    return release is not None and (release.rule_set, release.classifier) == (
        scored.installed_rule_set(),
        scored.installed_classifier(),
    )
