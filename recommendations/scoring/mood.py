"""mood-1: the release for one daily mood value from 0 to 10, and where its numbers come from.

Chosen on two sets of daily means from experience sampling (bringmann2013, 71 people; fried2021, 46 people),
judged on three others (fisher2017, 25 people; rowland2020, 73; kossakowski2017, 1 person over 239 days).
All figures are printed by `python -m bench.evaluate_readings`; 95% intervals come from drawing people anew.

* `drift` 0.1: between what fits bringmann2013 best (.02) and fried2021 (.15). Below .1 the level's own
  range is too narrow for what the next 7 days turn out to be on average in fried2021. At .1 the range for
  that average holds 73% (62 to 83) in fried2021 and, judged, 72% (63 to 79) in fisher2017, 81% (78 to 84)
  in rowland2020, 81% in kossakowski2017.
* `noise_variance` 0.5 counted as `noise_days` 4: the likelihood's best on a grid of 6 x 8.
* `width_start` 1.2, `width_step` 0.1: real days have heavier tails than the normal distribution, for
  which it would be 1.28. The range for the next day holds 78% (70 to 86) and 81% (77 to 86) of the days
  it was chosen on and, judged, 78% (76 to 81) in fisher2017, 83% (81 to 84) in rowland2020, 79% in
  kossakowski2017. The stated coverage is 8 in 10, give or take 3 in 100.
* `width_floor` 0.8 and `least_noise` 1/12, the variance of rounding to whole points: they change nothing
  on those sets, and keep the range of someone who always answers alike from shrinking to nothing.

That the width adapts to the person at all was settled with all five sets in view: fixed widths held 71 to
86%.

What it is worth, judged: the level misses the next day by .945 (.89 to 1.01) of what the last value misses
in fisher2017, .881 (.85 to .92) in rowland2020 and .85 in kossakowski2017; by .886 (.84 to .93), .936 (.91
to .96) and 1.00 of what the mean of 14 days misses. That is calibrated uncertainty, not foresight.
"""

from recommendations.scoring.release import DayRules, Release, SignalParameters

MOOD = SignalParameters(
    name="mood",
    scale_low=0.0,
    scale_high=10.0,
    higher_is_better=True,
    drift=0.1,
    noise_variance=0.5,
    noise_days=4.0,
    width_start=1.2,
    width_step=0.1,
    width_floor=0.8,
    least_noise=1 / 12,
    coverage=0.8,
    least_half_range=0.5,
)

MOOD_1 = Release(name="mood-1", version="1.0.0", signals=(MOOD,), rules=DayRules())
