"""The recipe: log rates, ridge logistic regression, classes and corpora balanced, signs checked, calibration folded in.

What carried over to unseen corpora, and what did not, is in the model card. Every number is rounded before it is
saved, so that the same data give the same bytes on every machine.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from credscore.features.catalogue import BY_NAME, FEATURES
from credscore.features.feature import Direction
from credscore.model import LinearModel, Weight
from credscore.reading import Reader
from credscore.text.document import Document
from credscore.training.data import Example
from credscore.training.measures import Floats, figures

PENALTIES = (0.0003, 0.001, 0.003, 0.01, 0.03)
"""Inverse ridge penalties tried, strongest first."""

TOLERATED = 0.015
"""The strongest penalty is taken whose mean AUC on left-out corpora is this near the best: it spreads weight over more reasons."""

LEVEL = 0.9
LIMITS = (
    "Scores sourcing and wording, never whether a text is right. English news reports of 150 words or more. Most labels are those of "
    "publishers, not of articles. Not for automatic removal; one document's score says nothing about its publisher."
)

_CLAMP = (0.5, 99.5)
_LEAST_SPREAD = 0.25
"""Features are standardised by their spread, but never by less than this: a rare finding must not weigh like a common one."""

_FOLDS = 5
_DRAWS = 60
_DIGITS = 6
_SCALES = (
    ("per 100 sentences", 0.2),
    ("per 1,000 running words", 0.3),
    ("share", 3.0),
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


def balanced(labels: NDArray[np.int64], corpora: Sequence[str]) -> Floats:
    """Weights that let a corpus count by the square root of its size and both classes the same within it; mean 1."""
    weights = np.zeros(len(labels))
    names = np.array(corpora)
    for name in sorted(set(corpora)):
        size = (names == name).sum()
        for label in (0, 1):
            here = (names == name) & (labels == label)
            if here.any():
                weights[here] = np.sqrt(size) / here.sum()
    scaled: Floats = weights * (len(labels) / weights.sum())
    return scaled


class Fitted:
    """A linear function of transformed features: `scores = (clip(x) − center)·weights`, NaN counting as the center."""

    def __init__(self, center: Floats, low: Floats, high: Floats, weights: Floats) -> None:
        self.center, self.low, self.high, self.weights = center, low, high, weights

    def scores(self, logs: Floats) -> Floats:
        """Raw scores of transformed values."""
        shifted = np.clip(logs, self.low, self.high) - self.center
        result: Floats = np.where(np.isnan(shifted), 0.0, shifted) @ self.weights
        return result


def fit_weights(
    logs: Floats, labels: NDArray[np.int64], corpora: Sequence[str], penalty: float, keep: NDArray[np.bool_] | None = None
) -> Fitted:
    """Ridge logistic regression on features centred within their corpus, wrong-signed features dropped until none is left.

    Centring within the corpus takes out what only tells corpora apart (Potthast et al. 2018 and others differ in house
    style). A feature whose weight contradicts its declared direction is left out and the rest fitted again.
    """
    sample = balanced(labels, corpora)
    measurable = np.where(np.isnan(logs).all(axis=0), 0.0, logs)
    low, high = np.nanpercentile(measurable, _CLAMP[0], axis=0), np.nanpercentile(measurable, _CLAMP[1], axis=0)
    clipped = np.clip(measurable, low, high)
    inside = clipped.copy()
    names = np.array(corpora)
    for name in sorted(set(corpora)):
        here = names == name
        halves = [np.nanmean(clipped[here & (labels == label)], axis=0) for label in (0, 1) if (here & (labels == label)).any()]
        middle = np.nanmean(np.array(halves), axis=0)
        inside[here] -= np.where(np.isnan(middle), 0.0, middle)
    inside = np.where(np.isnan(inside), 0.0, inside)
    spread = inside.std(axis=0)
    active = spread > 1e-9
    spread = np.maximum(spread, _LEAST_SPREAD)
    if keep is not None:
        active &= keep
    signs = np.array([{Direction.UP: 1, Direction.DOWN: -1, Direction.OPEN: 0}[feature.direction] for feature in FEATURES])
    weights = np.zeros(logs.shape[1])
    while active.any():
        model = LogisticRegression(C=penalty, solver="lbfgs", tol=1e-10, max_iter=5000)
        model.fit(inside[:, active] / spread[active], labels, sample_weight=sample)
        found = np.zeros_like(weights)
        found[active] = model.coef_[0] / spread[active]
        wrong = active & (found * signs < 0)
        if not wrong.any():
            weights = found
            break
        worst = np.argmax(np.where(wrong, np.abs(found * spread), -1.0))
        active[worst] = False
    if np.abs(weights).sum() < 1e-6:  # a loose tolerance once stopped at nothing and scored exactly .5
        raise ValueError("The fit is constant: no feature carries any weight. Check the labels.")
    return Fitted(np.nan_to_num(np.nanmean(clipped, axis=0)), np.nan_to_num(low), np.nan_to_num(high), weights)


def auc(labels: NDArray[np.int64], scores: Floats) -> float:
    """Area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(labels, scores))


def choose_penalty(logs: Floats, labels: NDArray[np.int64], corpora: Sequence[str]) -> float:
    """The penalty by mean AUC over left-out corpora (see `TOLERATED`); with fewer than three corpora, the middle one."""
    names = np.array(corpora)
    kinds = sorted(set(corpora))
    if len(kinds) < 3:
        return PENALTIES[2]
    means = []
    for penalty in PENALTIES:
        reached = []
        for name in kinds:
            test = names == name
            if len(set(labels[test])) < 2:
                continue
            fitted = fit_weights(logs[~test], labels[~test], list(names[~test]), penalty)
            reached.append(auc(labels[test], fitted.scores(logs[test])))
        means.append(float(np.mean(reached)) if reached else 0.0)
    return next(penalty for penalty, mean in zip(PENALTIES, means, strict=True) if mean >= max(means) - TOLERATED)


def out_of_group(logs: Floats, labels: NDArray[np.int64], corpora: Sequence[str], groups: Sequence[str], penalty: float) -> Floats:
    """Raw scores of every row by a fit that has seen none of its group."""
    scores = np.zeros(len(labels))
    names = np.array(corpora)
    for train, test in GroupKFold(_FOLDS).split(logs, labels, groups):
        scores[test] = fit_weights(logs[train], labels[train], list(names[train]), penalty).scores(logs[test])
    return scores


def platt(scores: Floats, labels: NDArray[np.int64], sample: Floats) -> tuple[float, float]:
    """Slope and intercept that turn raw scores into log-odds at equal odds (Platt 1999)."""
    model = LogisticRegression(C=1e6, solver="lbfgs", tol=1e-10, max_iter=5000)
    model.fit(scores.reshape(-1, 1), labels, sample_weight=sample)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def half_width(logits: Floats, labels: NDArray[np.int64], sample: Floats, groups: Sequence[str], level: float = LEVEL) -> float:
    """Half the interval on the log-odds scale that contains the calibrated frequency in `level` of the texts.

    The calibrated frequency is isotonic regression of the labels on out-of-group scores, over bootstrap draws of whole
    groups: which publishers one happens to see moves it, and the interval has to cover that.
    """
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    blocks = [np.array(rows) for rows in members.values()]
    random = np.random.default_rng(0)
    distances, weights = [], []
    for _ in range(_DRAWS):
        rows = np.concatenate([blocks[at] for at in random.integers(0, len(blocks), len(blocks))])
        distances.append(_distance(logits[rows], labels[rows], sample[rows]))
        weights.append(sample[rows])
    distance, weight = np.concatenate(distances), np.concatenate(weights)
    order = np.argsort(distance, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
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
    say: Callable[[str], None] = lambda _line: None,
) -> LinearModel:
    """A model from labelled examples: penalty by left-out corpora, calibration and interval on unseen groups."""
    usable = [index for index, example in enumerate(examples) if example.label in (0, 1)]
    chosen = [examples[index] for index in usable]
    labels = np.array([example.label for example in chosen], dtype=np.int64)
    if len(set(labels.tolist())) < 2:
        raise ValueError("Training needs texts of both labels, 0 and 1.")
    corpora = [example.corpus for example in chosen]
    groups = [example.group for example in chosen]
    if len(set(groups)) < _FOLDS:
        raise ValueError(
            f"Training needs texts of at least {_FOLDS} groups (publishers), so that some can be held out; these are of {len(set(groups))}."
        )
    say(f"measuring {len(chosen)} texts")
    logs = transform(measure(chosen) if values is None else values[usable])
    with threadpool_limits(1):  # small matrices: threads cost more than they save, and one thread rounds the same everywhere
        return _fitted(logs, labels, corpora, groups, name, card, say)


def _fitted(
    logs: Floats,
    labels: NDArray[np.int64],
    corpora: Sequence[str],
    groups: Sequence[str],
    name: str,
    card: dict[str, Any],
    say: Callable[[str], None],
) -> LinearModel:
    penalty = choose_penalty(logs, labels, corpora)
    say(f"penalty {penalty}")
    fitted = fit_weights(logs, labels, corpora, penalty)
    sample = balanced(labels, corpora)
    held_out = out_of_group(logs, labels, corpora, groups, penalty)
    slope, intercept = platt(held_out, labels, sample)
    logits = slope * held_out + intercept
    weights = tuple(
        Weight(
            feature.name,
            _rounded(slope * fitted.weights[column]),
            scale_of(feature.name),
            _rounded(fitted.center[column]),
            _rounded(fitted.low[column]),
            _rounded(fitted.high[column]),
        )
        for column, feature in enumerate(FEATURES)
        if fitted.weights[column]
    )
    return LinearModel(
        name=name,
        language="en",
        baseline=_rounded(intercept),
        weights=weights,
        level=LEVEL,
        half_width=_rounded(half_width(logits, labels, sample, groups)),
        populations={
            "all training texts": _percentiles(logits),
            "credible training texts": _percentiles(logits[labels == 1]),
        },
        card={
            **card,
            "penalty": penalty,
            "folds": f"calibration, interval and figures on {_FOLDS} folds of groups (publisher, portal, pair) that fitting did not see",
            "figures": {
                key: _rounded(value) if isinstance(value, float) else value
                for key, value in figures(labels, 1 / (1 + np.exp(-logits)), groups).items()
            },
            "limits": LIMITS,
            "left_out": [feature.name for column, feature in enumerate(FEATURES) if not fitted.weights[column]],
            "texts": {label: list(corpora).count(label) for label in sorted(set(corpora))},
        },
    )


def _percentiles(logits: Floats) -> tuple[float, ...]:
    return tuple(_rounded(value) for value in np.percentile(logits, np.arange(101)))
