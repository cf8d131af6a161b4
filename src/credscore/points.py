"""Floor 1: the points card, a linear model of at most 25 features in whole points that can be added up on paper.

It is made from a model by three steps, without any data. Every step is exact, so the same model gives the same card. What only
texts can tell, its base and how far its interval reaches, was measured when the model was fitted and stands in its file.

1. Keep the features whose part of the log-odds can vary most: |weight|·√((high − center)(center − low)) bounds its standard
   deviation by its range and mean (Bhatia & Davis 2000), which passes over weights that only the rarest texts would feel.
2. Round what each adds, and the base, to whole points. Five points double the odds, as in the scorecards of credit lenders
   (Siddiqi 2006). A feature at its training mean has no points, and so has one that could not be measured.
3. The clamps to the training range become the least and the most points of a feature.
"""

import math
from dataclasses import replace
from typing import NamedTuple

from credscore.errors import ModelError
from credscore.model import LinearModel, PointsCard, Weight

SUFFIX = "-card"
MOST_FEATURES = 25
DOUBLING = 5
"""Points that double the odds. Ten are harder to add and gain nothing; four and fewer lose AUC on left-out corpora."""

POINT = math.log(2.0) / DOUBLING
"""One point in log-odds."""


class Band(NamedTuple):
    """From `start` on (in the feature's unit; None for the lowest), a value has these points."""

    start: float | None
    points: int


class Line(NamedTuple):
    """A feature on the card: its bands from the lowest value up."""

    feature: str
    bands: tuple[Band, ...]


def card_of(model: LinearModel) -> LinearModel:
    """The points card of a model, a model of its own, without percentiles: they would need its training texts again.

    Base and interval are those that were measured for cards when the model was fitted; a model that knows none gives its own.
    Raises `ModelError` for a model that is a card already.
    """
    if any(weight.step for weight in model.weights):
        raise ModelError(f"{model.name} is a points card already.")
    measured = model.points_card or PointsCard(model.baseline, model.half_width)
    strongest = sorted(model.weights, key=lambda weight: (-_reach(weight), weight.feature))[:MOST_FEATURES]
    kept = {weight.feature for weight in strongest}
    return replace(
        model,
        name=model.name + SUFFIX,
        baseline=POINT * round(measured.baseline / POINT),
        weights=tuple(replace(weight, step=POINT) for weight in model.weights if weight.feature in kept and _most(weight)),
        half_width=measured.half_width,
        points_card=None,
        populations={},
        card={"made_from": {"model": model.name, "digest": model.to_dict()["digest"]}, "doubling": DOUBLING},
    )


def base_of(card: LinearModel) -> int:
    """The points that a text has before anything is found in it."""
    return round(card.baseline / POINT)


def lines_of(card: LinearModel) -> tuple[Line, ...]:
    """The features of a card with their bands, those that can move a score furthest first."""
    lines = [Line(weight.feature, _bands(weight)) for weight in card.weights]
    return tuple(sorted(lines, key=lambda line: (-max(abs(band.points) for band in line.bands), line.feature)))


def _reach(weight: Weight) -> float:
    return abs(weight.weight) * math.sqrt(max(0.0, (weight.high - weight.center) * (weight.center - weight.low)))


def _most(weight: Weight) -> int:
    """The most points, of either sign, that a weight can give."""
    return round(max(abs(weight.weight * (end - weight.center)) for end in (weight.low, weight.high)) / POINT)


def _bands(weight: Weight) -> tuple[Band, ...]:
    """The values from which on the points change: half a point past each whole one."""
    first, last = (round(weight.weight * (end - weight.center) / POINT) for end in (weight.low, weight.high))
    rise = 1 if last > first else -1
    bands = [Band(None, first)]
    for points in range(first + rise, last + rise, rise) if last != first else ():
        x = weight.center + (points - rise / 2) * POINT / weight.weight
        bands.append(Band(math.expm1(x) / weight.scale, points))
    return tuple(bands)
