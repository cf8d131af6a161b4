"""Figures of scores against labels: how well they tell apart, how honest the probabilities are, and how sure that is."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

Floats = NDArray[np.float64]

DRAWS = 200
BINS = 15


def calibration_error(labels: NDArray[np.int64], probabilities: Floats, sample: Floats | None = None, bins: int = BINS) -> float:
    """Expected calibration error over bins of equal mass (Naeini et al. 2015)."""
    weights = np.ones(len(labels)) if sample is None else sample
    order = np.argsort(probabilities, kind="stable")
    mass = np.cumsum(weights[order]) / weights.sum()
    error = 0.0
    for part in range(bins):
        rows = order[(mass > part / bins) & (mass <= (part + 1) / bins)]
        if len(rows):
            share = weights[rows].sum() / weights.sum()
            error += share * abs(np.average(labels[rows], weights=weights[rows]) - np.average(probabilities[rows], weights=weights[rows]))
    return float(error)


def clustered_interval(
    figure: Callable[[NDArray[np.int64]], float], groups: Sequence[str], draws: int = DRAWS, seed: int = 0
) -> tuple[float, float]:
    """95 % bootstrap interval of a figure of row indices, whole groups drawn (a publisher's texts are no independent draws)."""
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    blocks = [np.array(rows) for rows in members.values()]
    random = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        rows = np.concatenate([blocks[at] for at in random.integers(0, len(blocks), len(blocks))])
        try:
            drawn = figure(rows)
        except ValueError:  # a draw with one class only says nothing
            continue
        if not np.isnan(drawn):
            found.append(drawn)
    return (float(np.percentile(found, 2.5)), float(np.percentile(found, 97.5))) if found else (float("nan"), float("nan"))


def auc(labels: NDArray[np.int64], probabilities: Floats) -> float:
    """AUC, or NaN where only one class was drawn and there is nothing to tell apart."""
    return float(roc_auc_score(labels, probabilities)) if 0 < labels.sum() < len(labels) else float("nan")


def figures(labels: NDArray[np.int64], probabilities: Floats, groups: Sequence[str]) -> dict[str, Any]:
    """AUC with its interval, average precision, Brier score and calibration error of probabilities."""
    low, high = clustered_interval(lambda rows: auc(labels[rows], probabilities[rows]), groups)
    return {
        "texts": len(labels),
        "groups": len(set(groups)),
        "credible": int(labels.sum()),
        "auc": float(roc_auc_score(labels, probabilities)),
        "auc_low": low,
        "auc_high": high,
        "average_precision": float(average_precision_score(labels, probabilities)),
        "brier": float(brier_score_loss(labels, probabilities)),
        "calibration_error": calibration_error(labels, probabilities),
    }
