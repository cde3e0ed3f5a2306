"""A model release: every number that the arithmetic uses, with the argument for it, under one digest."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class SignalParameters:
    """Numbers for one signal. Values and bounds are in points of the signal's own scale.

    `drift` is the daily variance of the level, as a share of the variance of one day's value around it.
    `noise_variance` (points squared) and `noise_days` are what is assumed about that day-to-day variance
    until the person's own surprises outweigh it: it counts as much as `noise_days` of their days.
    `width_start`, `width_step` and `width_floor` steer the width of the ranges, in standard deviations: a
    day outside the range widens the next ones by `width_step * coverage`, a day inside narrows them by
    `width_step * (1 - coverage)`, so that in the long run `coverage` of the person's own days fall inside,
    whatever the shape of their variation (adaptive conformal inference, Gibbs and Candès 2021).
    `least_noise` is the least noise variance (points squared) that is ever assumed. `least_half_range` is
    the least distance of the usual range's edges from its middle.
    """

    name: str
    scale_low: float
    scale_high: float
    higher_is_better: bool
    drift: float
    noise_variance: float
    noise_days: float
    width_start: float
    width_step: float
    width_floor: float
    least_noise: float
    coverage: float
    least_half_range: float


@dataclass(frozen=True, kw_only=True)
class DayRules:
    """How many days of data each statement needs; all in local calendar days.

    A level is shown from `minimum_days` with data among the last `recent_days`, and marked "little data"
    until `usual_days` with data lie in the window of `recent_days + reference_days`. After more than
    `gap_days` without data nothing is shown: silence is not calm. `facts_days` is the window for gaps in
    the facts. `swing_pairs` is the least number of neighbouring days for a statement about swings.
    """

    recent_days: int = 14
    reference_days: int = 90
    minimum_days: int = 5
    usual_days: int = 14
    gap_days: int = 3
    facts_days: int = 28
    swing_pairs: int = 5

    @property
    def window_days(self) -> int:
        """The days that count as a person's history: the recent ones and the reference before them."""
        return self.recent_days + self.reference_days


@dataclass(frozen=True, kw_only=True)
class Release:
    """One version of the model. Equal releases have equal digests; any changed number changes the digest."""

    name: str
    version: str
    signals: tuple[SignalParameters, ...]
    rules: DayRules

    @property
    def parameters(self) -> dict[str, object]:
        """Every number of the release as plain JSON types, for the register of model releases."""
        return {"signals": [asdict(signal) for signal in self.signals], "rules": asdict(self.rules)}

    @property
    def digest(self) -> bytes:
        """SHA-256 over the name, the version and all parameters as JSON with sorted keys (32 bytes)."""
        content = {"name": self.name, "version": self.version, "parameters": self.parameters}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).digest()
