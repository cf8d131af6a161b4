"""The recipe: log rates, ridge logistic regression under sign constraints, classes and corpora balanced, calibration folded in.

Why each step is so is in docs/MODEL.md, what every variant gave on unseen corpora in docs/TRIED.md. Every number is rounded before it is
saved, so that the same data give the same bytes on every machine.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import expit, logit
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from credscore.features.catalogue import BY_NAME, FEATURES
from credscore.features.feature import Direction
from credscore.model import LinearModel, PointsCard, Weight
from credscore.points import POINT, card_of
from credscore.reading import Reader
from credscore.text.document import Document
from credscore.training.data import Example
from credscore.training.measures import Floats, figures

PENALTIES = (0.003, 0.01, 0.03, 0.1)
"""Inverse ridge penalties whose fits are averaged, strongest first: what to choose one of them by is mostly chance, and costs."""

LEVEL = 0.9
LIMITS = (
    "Scores sourcing and wording, never whether a text is right. English news reports of 150 words or more. Most labels are those of "
    "publishers, not of articles. Not for automatic removal; one document's score says nothing about its publisher."
)

_CLAMP = (0.5, 99.5)
_NOTHING = 1e-9
_FAR = 50.0
"""Log-odds beyond any that points add up to."""

_LEAST_WEIGHT = 0.001
"""Weights nearer to nothing than this are left out: no finding could move a score by a tenth of a point."""

_FOLDS = (5, 7, 10)
"""Partitions of the groups for calibration and interval: which publishers fall together is chance, so three of them count."""

_DRAWS = 40
_DIGITS = 6
_SCALES = (
    ("per 100 sentences", 0.2),
    ("per 1,000 running words", 0.3),
    ("words per 1,000 running words", 0.1),
    ("share", 3.0),
    ("yes", 1.0),
    ("findings", 1.0),
    ("running words a sentence", 1.0),
)


def scale_of(name: str) -> float:
    """The scale inside ln(1 + scale·v), by the feature's unit: about one for a common finding."""
    return next(scale for start, scale in _SCALES if BY_NAME[name].unit.startswith(start))


def measure(examples: Sequence[Example], reader: Reader | None = None) -> Floats:
    """Every feature of every example, NaN where it could not be measured: shape (examples, features)."""
    reader = reader or Reader()
    table = np.full((len(examples), len(FEATURES)), np.nan)
    for row, example in enumerate(examples):
        measured = reader.read(Document(example.text, title=example.title)).measured
        for column, feature in enumerate(FEATURES):
            value = measured[feature.name].value
            if value is not None:
                table[row, column] = value
    return table


def transform(values: Floats) -> Floats:
    """ln(1 + scale·v) of every feature."""
    scales = np.array([scale_of(feature.name) for feature in FEATURES])
    logs: Floats = np.log1p(values * scales)
    return logs


def balanced(labels: NDArray[np.int64], corpora: Sequence[str], groups: Sequence[str] | None = None) -> Floats:
    """Weights that let a corpus count by the square root of its size and both classes the same within it; mean 1.

    With `groups` a group counts by the square root of its texts too: the texts of one publisher are no independent draws.
    """
    weights = np.zeros(len(labels))
    names = np.array(corpora)
    each = np.ones(len(labels))
    if groups is not None:
        kinds = [*zip(groups, labels.tolist(), strict=True)]
        sizes = Counter(kinds)
        each = np.array([sizes[kind] ** -0.5 for kind in kinds])
    for name in sorted(set(corpora)):
        size = (names == name).sum()
        for label in (0, 1):
            here = (names == name) & (labels == label)
            if here.any():
                weights[here] = each[here] * np.sqrt(size) / each[here].sum()
    scaled: Floats = weights * (len(labels) / weights.sum())
    return scaled


@dataclass(frozen=True, slots=True)
class Fitted:
    """A linear function of transformed features: `scores = (clip(x) − center)·weights`, NaN counting as the center."""

    center: Floats
    low: Floats
    high: Floats
    weights: Floats

    def scores(self, logs: Floats) -> Floats:
        """Raw scores of transformed values."""
        shifted = np.clip(logs, self.low, self.high) - self.center
        result: Floats = np.where(np.isnan(shifted), 0.0, shifted) @ self.weights
        return result


def _known_mean(table: Floats) -> Floats:
    """The mean of each column over its numbers; NaN for a column without any."""
    numbers = (~np.isnan(table)).sum(axis=0)
    means: Floats = np.divide(np.nansum(table, axis=0), numbers, out=np.full(table.shape[1], np.nan), where=numbers > 0)
    return means


_COLUMN = {feature.name: column for column, feature in enumerate(FEATURES)}
_SIGNS = np.array([{Direction.UP: 1, Direction.DOWN: -1, Direction.OPEN: 0}[feature.direction] for feature in FEATURES])


def _ridge(table: Floats, labels: NDArray[np.int64], sample: Floats, penalty: float, signs: NDArray[np.int64]) -> Floats:
    """Weights that minimise `penalty`·Σ sample·log loss + ½Σ weight² with no weight against its sign (0: any).

    The function is strictly convex in the weights, so where a sign constraint binds the weight is exactly 0 and the rest is the
    best fit without it. Limited-memory BFGS with bounds (Byrd et al. 1995).
    """
    sides = np.where(labels == 1, 1.0, -1.0)

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, intercept = point[:-1], point[-1]
        margins = sides * (table @ weights + intercept)
        pull = -penalty * sample * sides * expit(-margins)
        value = penalty * float(sample @ np.logaddexp(0.0, -margins)) + 0.5 * float(weights @ weights)
        return value, np.append(table.T @ pull + weights, pull.sum())

    bounds = [(0.0, None) if sign > 0 else (None, 0.0) if sign < 0 else (None, None) for sign in signs.tolist()]
    found = minimize(
        loss,
        np.zeros(table.shape[1] + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
        options={"maxiter": 10_000, "maxfun": 100_000, "maxcor": 30, "ftol": 0.0, "gtol": 1e-7},
    )
    weights: Floats = found.x[:-1]
    return weights


def fit_weights(
    logs: Floats,
    labels: NDArray[np.int64],
    corpora: Sequence[str],
    groups: Sequence[str],
) -> Fitted:
    """Ridge logistic regression on features centred within their corpus, no weight against its direction; the mean over `PENALTIES`.

    Centring within the corpus takes out what only tells corpora apart (Potthast et al. 2018 and others differ in house
    style). The penalty is on what is usually found of a feature rather than on its spread, which for a rare finding is next to
    nothing and would leave its weight to a handful of texts.
    """
    sample = balanced(labels, corpora, groups)
    measurable = np.where(np.isnan(logs).all(axis=0), 0.0, logs)
    low, high = np.nanpercentile(measurable, _CLAMP[0], axis=0), np.nanpercentile(measurable, _CLAMP[1], axis=0)
    clipped = np.clip(measurable, low, high)
    inside = clipped.copy()
    names = np.array(corpora)
    for name in sorted(set(corpora)):
        here = names == name
        halves = [_known_mean(clipped[here & (labels == label)]) for label in (0, 1) if (here & (labels == label)).any()]
        inside[here] -= np.nan_to_num(_known_mean(np.array(halves)))
    inside = np.where(np.isnan(inside), 0.0, inside)
    active = inside.std(axis=0) > _NOTHING
    table = inside[:, active]
    scale = np.maximum(table.std(axis=0), _usual((clipped - low)[:, active]) / 2)
    weights = np.zeros(logs.shape[1])
    weights[active] = np.mean([_ridge(table / scale, labels, sample, penalty, _SIGNS[active]) for penalty in PENALTIES], axis=0) / scale
    if np.abs(weights).sum() < 1e-6:  # a loose tolerance once stopped at nothing and scored exactly .5
        raise ValueError("The fit is constant: no feature carries any weight. Check the labels.")
    return Fitted(np.nan_to_num(_known_mean(clipped)), np.nan_to_num(low), np.nan_to_num(high), weights)


def _usual(found: Floats) -> Floats:
    """What is usually found of each feature beyond the least: the median of the texts that hold any more. No column may be empty.

    Half of it is the spread of a feature that every other text holds, and so the least by which one is standardised: the prior
    is on what a finding adds and not the wider the rarer it is (Gelman et al. 2008, who scale inputs by two standard deviations
    and leave presence as 0 and 1).
    """
    return np.array([np.median(column[column > _NOTHING]) for column in found.T])


@dataclass(frozen=True, slots=True)
class Partition:
    """A division of the groups into folds: the fit that has not seen a fold, and the raw scores it gives that fold's rows."""

    fits: list[Fitted]
    parts: NDArray[np.int64]
    scores: Floats


def out_of_group(logs: Floats, labels: NDArray[np.int64], corpora: Sequence[str], groups: Sequence[str]) -> list[Partition]:
    """Every row scored by fits that have seen none of its group, once for each of `_FOLDS`."""
    names, members = np.array(corpora), np.array(groups)
    found = []
    for folds in _FOLDS:
        made = Partition([], np.zeros(len(labels), dtype=np.int64), np.zeros(len(labels)))
        for part, (train, test) in enumerate(GroupKFold(min(folds, len(set(groups)))).split(logs, labels, groups)):
            made.fits.append(fit_weights(logs[train], labels[train], list(names[train]), list(members[train])))
            made.scores[test], made.parts[test] = made.fits[-1].scores(logs[test]), part
        found.append(made)
    return found


def calibrated_out_of_group(made: Partition, labels: NDArray[np.int64], sample: Floats) -> Floats:
    """Log-odds of every row, each fold's by the line that the other folds give.

    A line fitted to the very texts it is judged on passes through their middle, which it does not on unseen publishers; intervals
    drawn around it are too narrow there.
    """
    logits = np.zeros(len(labels))
    for part in np.unique(made.parts):
        others = made.parts != part
        slope, intercept = platt(made.scores[others], labels[others], sample[others])
        logits[~others] = slope * made.scores[~others] + intercept
    return logits


def points_out_of_group(logs: Floats, made: Partition, labels: NDArray[np.int64], sample: Floats) -> Floats:
    """What every row's points add up to, in log-odds and without a base, by the points card of its fold's fit."""
    found = np.zeros(len(labels))
    for part, fitted in enumerate(made.fits):
        others = made.parts != part
        slope, _ = platt(made.scores[others], labels[others], sample[others])
        for weight in card_of(LinearModel("", "en", 0.0, _weights(fitted, slope), LEVEL, 0.0, {}, {})).weights:
            x = np.clip(logs[~others, _COLUMN[weight.feature]], weight.low, weight.high)
            found[~others] += np.nan_to_num(POINT * np.rint(weight.weight * (x - weight.center) / POINT))
    return found


def based_out_of_group(points: Floats, parts: NDArray[np.int64], labels: NDArray[np.int64], sample: Floats) -> Floats:
    """Log-odds by points cards, each fold's with the base that the other folds give."""
    found = points.copy()
    for part in np.unique(parts):
        others = parts != part
        found[~others] += POINT * round(base(points[others], labels[others], sample[others]) / POINT)
    return found


def base(points: Floats, labels: NDArray[np.int64], sample: Floats) -> float:
    """The base with which points say, on the mean, as much as was found.

    That of the model will not do: what the absence of a rare finding adds is rounded to nothing, and what its presence takes is not.
    """
    far = max(_FAR, 2 * float(np.abs(points).max()))  # few texts may be told apart without fail, and their points grow without end
    return float(brentq(lambda start: sample @ (expit(points + start) - labels), -far, far))


def _weights(fitted: Fitted, slope: float) -> tuple[Weight, ...]:
    """The weights of a calibrated fit as a model holds them, without those that could not move a score."""
    return tuple(
        Weight(
            feature.name,
            _rounded(slope * fitted.weights[column]),
            scale_of(feature.name),
            _rounded(fitted.center[column]),
            _rounded(fitted.low[column]),
            _rounded(fitted.high[column]),
        )
        for column, feature in enumerate(FEATURES)
        if abs(slope * fitted.weights[column]) >= _LEAST_WEIGHT
    )


def standard_errors(logs: Floats, labels: NDArray[np.int64], corpora: Sequence[str], groups: Sequence[str], draws: int = _DRAWS) -> Floats:
    """How far each weight moves when other groups are drawn: standard deviation over bootstrap draws of whole groups."""
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    blocks = [np.array(rows) for rows in members.values()]
    names, kinds = np.array(corpora), np.array(groups)
    random = np.random.default_rng(0)
    found = []
    for _ in range(draws):
        rows = np.concatenate([blocks[at] for at in random.integers(0, len(blocks), len(blocks))])
        if len(set(labels[rows].tolist())) == 2:
            found.append(fit_weights(logs[rows], labels[rows], list(names[rows]), list(kinds[rows])).weights)
    spread: Floats = np.std(found, axis=0)
    return spread


def platt(scores: Floats, labels: NDArray[np.int64], sample: Floats) -> tuple[float, float]:
    """Slope and intercept that turn raw scores into log-odds at equal odds (Platt 1999).

    The slope is never negative: where unseen groups come out the wrong way round the scores count for nothing, lest calibration
    turn every weight against its direction.
    """
    model = LogisticRegression(C=1e6, solver="newton-cg", tol=1e-10)  # lbfgs now and then gives up this near to the optimum
    model.fit(scores.reshape(-1, 1), labels, sample_weight=sample)
    slope = float(model.coef_[0, 0])
    return (slope, float(model.intercept_[0])) if slope > 0 else (0.0, float(logit(np.average(labels, weights=sample))))


def half_width(logits: Floats, labels: NDArray[np.int64], sample: Floats, level: float = LEVEL) -> float:
    """Half the interval on the log-odds scale that contains the calibrated frequency in `level` of the texts.

    Split conformal (Vovk et al. 2005): the distance that `level` of the out-of-group scores keep from the calibrated frequency,
    which is isotonic regression of the labels on them. Weights and line of calibration must come from texts of other groups.
    """
    distance = _distance(logits, labels, sample)
    order = np.argsort(distance, kind="stable")
    reached = np.cumsum(sample[order]) / sample.sum()
    return float(distance[order][np.searchsorted(reached, level)])


def _distance(logits: Floats, labels: NDArray[np.int64], sample: Floats) -> Floats:
    """How far log-odds lie from those of the calibrated frequency."""
    frequency = np.clip(IsotonicRegression(out_of_bounds="clip").fit(logits, labels, sample_weight=sample).predict(logits), 0.01, 0.99)
    distance: Floats = np.abs(np.log(frequency / (1 - frequency)) - logits)
    return distance


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")


def fit(
    examples: Sequence[Example],
    name: str,
    card: dict[str, Any],
    *,
    values: Floats | None = None,
    errors: bool = False,
    say: Callable[[str], None] = lambda _line: None,
) -> LinearModel:
    """A model from labelled examples: weights averaged over penalties, calibration and interval on unseen groups.

    With `errors` the card holds each weight's standard error over groups, which takes some forty fits more.
    """
    usable = [index for index, example in enumerate(examples) if example.label in (0, 1)]
    chosen = [examples[index] for index in usable]
    labels = np.array([example.label for example in chosen], dtype=np.int64)
    if len(set(labels.tolist())) < 2:
        raise ValueError("Training needs texts of both labels, 0 and 1.")
    corpora = [example.corpus for example in chosen]
    groups = [example.group for example in chosen]
    if len(set(groups)) < _FOLDS[0]:
        raise ValueError(
            f"Training needs texts of at least {_FOLDS[0]} groups (publishers), so that some can be held out; "
            f"these are of {len(set(groups))}."
        )
    say(f"measuring {len(chosen)} texts")
    logs = transform(measure(chosen) if values is None else values[usable])
    with threadpool_limits(1):  # small matrices: threads cost more than they save, and one thread rounds the same everywhere
        return _fitted(logs, labels, corpora, groups, name, card, errors, say)


def _fitted(
    logs: Floats,
    labels: NDArray[np.int64],
    corpora: Sequence[str],
    groups: Sequence[str],
    name: str,
    card: dict[str, Any],
    errors: bool,
    say: Callable[[str], None],
) -> LinearModel:
    fitted = fit_weights(logs, labels, corpora, groups)
    sample = balanced(labels, corpora)
    held_out = out_of_group(logs, labels, corpora, groups)
    each_label, each_sample = np.tile(labels, len(_FOLDS)), np.tile(sample, len(_FOLDS))
    slope, intercept = platt(np.concatenate([made.scores for made in held_out]), each_label, each_sample)
    logits = slope * held_out[0].scores + intercept
    unseen = [calibrated_out_of_group(made, labels, sample) for made in held_out]
    points = [points_out_of_group(logs, made, labels, sample) for made in held_out]
    by_card = [based_out_of_group(added, made.parts, labels, sample) for added, made in zip(points, held_out, strict=True)]
    weights = _weights(fitted, slope)
    weighted = {weight.feature for weight in weights}
    if errors:
        say("standard errors")
        spread = slope * standard_errors(logs, labels, corpora, groups)
        card = {**card, "standard_errors": {f.name: _rounded(spread[at]) for at, f in enumerate(FEATURES) if f.name in weighted}}
    return LinearModel(
        name=name,
        language="en",
        baseline=_rounded(intercept),
        weights=weights,
        level=LEVEL,
        half_width=_rounded(half_width(np.concatenate(unseen), each_label, each_sample)),
        points_card=PointsCard(
            _rounded(base(np.concatenate(points), each_label, each_sample)),
            _rounded(float(np.median([half_width(found, labels, sample) for found in by_card]))),
        ),
        populations={
            "all training texts": _percentiles(logits),
            "credible training texts": _percentiles(logits[labels == 1]),
        },
        card={
            **card,
            "penalties": list(PENALTIES),
            "folds": "calibration and interval on groups (publisher, portal, pair) that fitting did not see, partitions of "
            f"{', '.join(map(str, _FOLDS))} folds; figures on the first",
            "figures": {
                key: _rounded(value) if isinstance(value, float) else value
                for key, value in figures(labels, expit(unseen[0]), groups).items()
            },
            "limits": LIMITS,
            "left_out": [feature.name for feature in FEATURES if feature.name not in weighted],
            "texts": {label: list(corpora).count(label) for label in sorted(set(corpora))},
        },
    )


def _percentiles(logits: Floats) -> tuple[float, ...]:
    return tuple(_rounded(value) for value in np.percentile(logits, np.arange(101)))
