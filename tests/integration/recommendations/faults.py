"""Faults of signing that more than one test plants."""

from typing import Any

from recommendations.review.sign import Prepared, prepare_plan


def careless_prepare(
    words: Any, verdict: Any, draft: Any, choice: Any, signer: Any, patient: Any, ring: Any, **_more: Any
) -> list[Prepared]:
    """The same body, never compared with what the signer was shown."""
    return [
        prepare_plan(
            words,
            verdict=verdict,
            draft=draft,
            valid_until=choice.valid_until,
            signer=signer,
            patient=patient,
            ring=ring,
        )
    ]
