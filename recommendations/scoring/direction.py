"""One word per reading: is the level, with its uncertainty, away from what is usual for this person?

* Likely worse: the level's whole range lies below 5 in 6 of the person's usual days (above, where higher is
  worse). Likely better: the mirror image.
* No change: the whole range lies inside the usual range. Unsure: anything between.
* Not scored: the level is held back, or there is no usual range yet.

The sixth is the outcome of a trade that `python -m bench.evaluate_direction` prints. Among people who are
stable by construction, "likely worse" appears at least once in 90 days for 2% (1 to 4; noise without
memory), 9% (6 to 12; days that cling to the day before by .3), 4% (2 to 6; a week of fisher2017 at a time)
and 21% (18 to 25; a week of rowland2020 at a time, which keeps its real ups and downs), in .03 to .38
spells per person and 90 days. A lasting fall of 2 of the person's own standard deviations is seen within 28
days in 96 to 99%, of 1.5 in 70 to 89%, of 1 in 29 to 56%: a small change is often missed, and the word says
"likely".
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from recommendations.scoring.release import Release
from recommendations.scoring.series import FloatArray
from recommendations.scoring.usual import UsualRange


class Direction(IntEnum):
    """Said of the person's level against their own usual range, never of the person."""

    NOT_SCORED = 0
    NO_CHANGE = 1
    UNSURE = 2
    LIKELY_WORSE = 3
    LIKELY_BETTER = 4


def direction(
    *, level: FloatArray, low: FloatArray, high: FloatArray, usual: UsualRange, release: Release
) -> NDArray[np.int8]:
    """Compare the level's range with the usual range; all arrays are patients x signals, in points."""
    better = np.array([signal.higher_is_better for signal in release.signals])
    under = high < usual.lower_sixth
    over = low > usual.upper_sixth
    inside = (low >= usual.low) & (high <= usual.high)
    code = np.full(level.shape, Direction.UNSURE, dtype=np.int8)
    code[inside] = Direction.NO_CHANGE
    code[np.where(better, under, over)] = Direction.LIKELY_WORSE
    code[np.where(better, over, under)] = Direction.LIKELY_BETTER
    code[np.isnan(level) | np.isnan(usual.middle)] = Direction.NOT_SCORED
    return code
