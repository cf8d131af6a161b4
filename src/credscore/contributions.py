"""Floor 3½: what each feature adds to the log-odds of a text, and the evidence it was taken from."""

from collections.abc import Mapping
from math import log1p
from typing import NamedTuple

from credscore.evidence.evidence import Evidence
from credscore.features.catalogue import BY_NAME
from credscore.features.feature import Measured
from credscore.model import LinearModel, Weight
from credscore.native import record


class Contribution(NamedTuple):
    """What one feature adds to the log-odds of a text, with the evidence it was taken from.

    Positive amounts mean "more like credible reporting".
    """

    feature: str
    family: str
    value: float | None
    amount: float
    evidence: tuple[Evidence, ...]

    @property
    def reason(self) -> str:
        """The finding in a reporter's words."""
        return BY_NAME[self.feature].reason(self.value, len(self.evidence), self.amount)


Sum = tuple[float, tuple[Contribution, ...], list[str]]
"""The log-odds, what each feature adds to them with the largest effect first, and the features beyond the training range."""

_Placed = tuple[float, str, Contribution]
"""A contribution by the size of its effect, and then by the name of its feature."""


class Adder:
    """The weights of a model, laid out to be added up: `LinearModel` says what they mean."""

    def __init__(self, model: LinearModel) -> None:
        self._baseline = model.baseline
        self._weights = [
            (w.feature, BY_NAME[w.feature].family, w.weight, w.scale, w.center, w.low, w.high, w.step, _of_absence(w))
            for w in model.weights
        ]

    def add(self, measured: Mapping[str, Measured], each: bool = True) -> Sum:
        """What the features of a text add up to, and what `each` of them adds."""
        logit = self._baseline
        by_effect: list[_Placed] = []
        outside: list[str] = []
        for feature, family, weight, scale, center, low, high, step, of_absence in self._weights:
            value, found = measured[feature]
            if of_absence is not None and value == 0.0 and not found:
                logit += of_absence[2].amount
                if each:
                    by_effect.append(of_absence)
                continue
            amount = 0.0
            if value is not None:  # `Weight.amount` and `Weight.outside`, with one logarithm for both
                x = log1p(scale * value)
                if not low <= x <= high:
                    outside.append(feature)
                    x = min(max(x, low), high)
                amount = weight * (x - center)
                if step:
                    amount = step * round(amount / step)
                logit += amount
            if each:
                by_effect.append((-abs(amount), feature, record(Contribution, (feature, family, value, amount, tuple(found)))))
        by_effect.sort()
        return logit, tuple([contribution for _, _, contribution in by_effect]), outside


def _of_absence(weight: Weight) -> _Placed | None:
    """What a feature adds to the texts that hold none of it, as most do; `None` where that is outside the training range."""
    if weight.outside(0.0):
        return None
    amount = weight.amount(0.0)
    return -abs(amount), weight.feature, Contribution(weight.feature, BY_NAME[weight.feature].family, 0.0, amount, ())
