"""From the baseline to the score, one step a reason: where each step begins and ends, and where that stands on an axis."""

import math
from itertools import accumulate
from typing import NamedTuple

from credscore.score import Contribution, Score

_TICKS = (1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99)
_FINE_TICKS = (1, 2, *range(5, 100, 5), 98, 99)
_FEWEST_TICKS = 4
_MARGIN = 0.06
_NARROWEST = 1.0
_MOST = 12
_LEAST = 0.005
"""An amount below this is shown as ±0.00, so it goes with the smaller reasons."""


class Step(NamedTuple):
    """One reason: its contribution and the log-odds before and after it."""

    contribution: Contribution
    start: float
    end: float


class Tick(NamedTuple):
    """A round score and its log-odds."""

    value: int
    logit: float


class Axis(NamedTuple):
    """A stretch of log-odds from `low` to `high`."""

    low: float
    high: float

    def place(self, logit: float) -> float:
        """Where log-odds stand on the axis, in percent of its length.

        >>> Axis(-1.0, 3.0).place(0.0)
        25.0
        """
        return 100.0 * (logit - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[Tick]:
        """Round scores on the axis: equal steps of log-odds are unequal steps of the score."""
        coarse, fine = (
            [tick for tick in (Tick(value, math.log(value / (100 - value))) for value in values) if self.low < tick.logit < self.high]
            for values in (_TICKS, _FINE_TICKS)
        )
        return coarse if len(coarse) >= _FEWEST_TICKS else fine


class Waterfall(NamedTuple):
    """The steps of a score, largest first: those worth a line, and the smaller ones.

    The smaller ones begin at the log-odds `turn` and add `rest` together.
    """

    axis: Axis
    large: tuple[Step, ...]
    small: tuple[Step, ...]
    turn: float
    rest: float


def waterfall(score: Score) -> Waterfall:
    """The steps of a score in the order of its contributions; `baseline` plus all amounts is `logit`, exactly."""
    reached = [*accumulate((item.amount for item in score.contributions), initial=score.baseline)]
    steps = [Step(item, start, end) for item, start, end in zip(score.contributions, reached, reached[1:], strict=False)]
    large = sum(1 for step in steps[:_MOST] if abs(step.contribution.amount) >= _LEAST)
    low, high = min(reached), max(reached)
    middle, half = (low + high) / 2, max(high - low, _NARROWEST) * (0.5 + _MARGIN)
    return Waterfall(
        Axis(middle - half, middle + half), tuple(steps[:large]), tuple(steps[large:]), reached[large], reached[-1] - reached[large]
    )
