"""forecast-1: every number of the forecast under one digest, and where the numbers come from.

Chosen on the people of bringmann2013 and fried2021, whose licences allow that; judged on all people of fisher2017,
rowland2020 and kossakowski2017, none of whom was looked at while choosing. All figures are printed by
`python -m bench.evaluate_forecast`.

* `drift` .05, `memory` .7, `sway` 1: the least mean absolute error over seven days on a grid of 6 x 5 x 5; the ten best
  lie within .2% of each other.
* `widths` 1.1 and 1.5 with `width_step` .1: from the fourth day on, they held 81% and 90% of the days of the people
  on whom they were chosen.
* `noise_variance`, `noise_days`, `least_noise` and `width_floor` are those of mood-1.
* `window_days` 56: eight weeks; an older day would weigh less than one part in a thousand.
"""

import hashlib
import json
from dataclasses import asdict, dataclass

from recommendations.scoring.release import DayRules


@dataclass(frozen=True, kw_only=True)
class ForecastRelease:
    """One version of the forecast: every number that it uses, under one digest.

    In shares of the noise's variance: `drift` is the level's daily variance, `sway` that of the passing mood. `memory`
    is what the passing mood keeps of itself from one day to the next. `noise_variance` counted as `noise_days` days is
    what is assumed until the person's own surprises outweigh it. The widths (8 and 9 times in 10, in standard
    deviations) start at `widths` and move by `width_step` with the person's misses of the next day.
    """

    name: str
    version: str
    scale_low: float
    scale_high: float
    drift: float
    memory: float
    sway: float
    noise_variance: float
    noise_days: float
    least_noise: float
    coverages: tuple[float, float]
    widths: tuple[float, float]
    width_step: float
    width_floor: float
    days_ahead: int
    window_days: int
    rules: DayRules

    @property
    def parameters(self) -> dict[str, object]:
        """Every number as plain JSON types, for the register of model releases."""
        content = asdict(self)
        del content["name"], content["version"]
        return content | {"coverages": list(self.coverages), "widths": list(self.widths)}

    @property
    def digest(self) -> bytes:
        """SHA-256 over the name, the version and all parameters as JSON with sorted keys."""
        content = {"name": self.name, "version": self.version, "parameters": self.parameters}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).digest()


FORECAST_1 = ForecastRelease(
    name="forecast-1",
    version="1.0.0",
    scale_low=0.0,
    scale_high=10.0,
    drift=0.05,
    memory=0.7,
    sway=1.0,
    noise_variance=0.5,
    noise_days=4.0,
    least_noise=1 / 12,
    coverages=(0.8, 0.9),
    widths=(1.1, 1.5),
    width_step=0.1,
    width_floor=0.8,
    days_ahead=7,
    window_days=56,
    rules=DayRules(),
)
