"""Figures of probabilities against labels, and their intervals: 200 bootstrap draws of whole groups, the same for every approach.

A group is a publisher, portal or pair: its texts are no independent draws. Because all approaches are asked about the same
draws, the difference of two is an interval of its own, narrower than theirs would suggest.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from benchmarks.corpora import Measured
from benchmarks.held_out import corpora_of, labels_of
from credscore.training.data import Example
from credscore.training.fit import Floats, balanced
from credscore.training.measures import DRAWS, calibration_error

FIGURES = ("average precision", "Brier", "calibration error")


def figures(part: Measured, probabilities: Floats) -> list[float]:
    """AUC, average precision, Brier score and calibration error; the last two at equal odds of the classes."""
    labels = labels_of(part.examples)
    sample = balanced(labels, corpora_of(part.examples))
    return [
        float(roc_auc_score(labels, probabilities)),
        float(average_precision_score(labels, probabilities)),
        float(brier_score_loss(labels, probabilities, sample_weight=sample)),
        calibration_error(labels, probabilities, sample),
    ]


def drawn_counts(groups: Sequence[str]) -> Floats:
    """How often each row is in each draw: shape (draws, rows)."""
    places = {group: at for at, group in enumerate(dict.fromkeys(groups))}
    random = np.random.default_rng(0)
    counts = np.array([np.bincount(random.integers(0, len(places), len(places)), minlength=len(places)) for _ in range(DRAWS)])
    found: Floats = counts[:, [places[group] for group in groups]].astype(float)
    return found


def drawn_aucs(examples: Sequence[Example], probabilities: Floats) -> Floats:
    """AUC of each draw; NaN for a draw with one class only.

    A text drawn twice counts twice, so one sorting serves all draws: the chance that a credible text stands above another,
    ties counting half.
    """
    labels = labels_of(examples)
    order = np.argsort(probabilities, kind="stable")
    counts = drawn_counts([example.group for example in examples])[:, order]
    ranked = probabilities[order]
    ties = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    credible = np.add.reduceat(counts * labels[order], ties, axis=1)
    others = np.add.reduceat(counts * (1 - labels[order]), ties, axis=1)
    won = (credible * (others.cumsum(axis=1) - others / 2)).sum(axis=1)
    pairs = credible.sum(axis=1) * others.sum(axis=1)
    found: Floats = np.divide(won, pairs, out=np.full(DRAWS, np.nan), where=pairs > 0)
    return found


def drawn_means(examples: Sequence[Example], values: Floats) -> Floats:
    """Mean of the texts' values in each draw."""
    counts = drawn_counts([example.group for example in examples])
    found: Floats = counts @ values / counts.sum(axis=1)
    return found


def interval(draws: Floats) -> list[float]:
    """The middle 95 % of the draws that say anything."""
    return [float(np.nanpercentile(draws, 2.5)), float(np.nanpercentile(draws, 97.5))]


def share_kept(ours: Floats, ceiling: Floats) -> Floats:
    """The share of a ceiling's AUC above .5 that ours keeps, draw by draw.

    >>> share_kept(np.array([0.75]), np.array([0.8])).round(3).tolist()
    [0.833]
    """
    found: Floats = (ours - 0.5) / (ceiling - 0.5)
    return found
