"""Measuring: how well scores tell credible from not, and how honest the probabilities are. Intervals by cluster bootstrap."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from credscore.score import Score, Scorer
from credscore.text.document import Document
from credscore.training import data
from credscore.training.data import Example
from credscore.training.fit import Floats

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
        drawn = figure(np.concatenate([blocks[at] for at in random.integers(0, len(blocks), len(blocks))]))
        if not np.isnan(drawn):
            found.append(drawn)
    return (float(np.percentile(found, 2.5)), float(np.percentile(found, 97.5))) if found else (float("nan"), float("nan"))


def _auc(labels: NDArray[np.int64], probabilities: Floats) -> float:
    """AUC, or NaN where only one class was drawn and there is nothing to tell apart."""
    return float(roc_auc_score(labels, probabilities)) if 0 < labels.sum() < len(labels) else float("nan")


def figures(labels: NDArray[np.int64], probabilities: Floats, groups: Sequence[str]) -> dict[str, Any]:
    """AUC with its interval, average precision, Brier score and calibration error of probabilities."""
    low, high = clustered_interval(lambda rows: _auc(labels[rows], probabilities[rows]), groups)
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


def evaluate(scorer: Scorer, examples: Sequence[Example]) -> dict[str, Any]:
    """Figures of a scorer on labelled examples; texts that cannot be scored are counted and left out."""
    kept, probabilities = [], []
    for example in examples:
        result = scorer.try_score(Document(example.text, title=example.title))
        if isinstance(result, Score):
            kept.append(example)
            probabilities.append(result.probability)
    labels = np.array([example.label for example in kept], dtype=np.int64)
    if len(set(labels.tolist())) < 2:
        raise ValueError("Measuring needs scorable texts of both labels, 0 and 1.")
    found = figures(labels, np.array(probabilities), [example.group for example in kept])
    found["unscorable"] = len(examples) - len(kept)
    found["signature"] = str(scorer.signature)
    return found


def evaluate_file(scorer: Scorer, path: Path) -> dict[str, Any]:
    """Figures of a scorer on a labelled JSONL or CSV file (see `data.labelled_file`)."""
    return evaluate(scorer, data.labelled_file(path))


def table(found: dict[str, Any]) -> str:
    """Figures as lines for reading."""
    lines = [
        f"{found['texts']} texts ({found['credible']} credible) of {found['groups']} groups; {found['unscorable']} could not be scored"
    ]
    lines.append(f"AUC {found['auc']:.3f}  (95 % interval {found['auc_low']:.3f}–{found['auc_high']:.3f}, groups drawn)")
    lines.append(f"average precision {found['average_precision']:.3f}")
    lines.append(f"Brier score {found['brier']:.3f}")
    lines.append(f"calibration error {found['calibration_error']:.3f}  ({BINS} bins of equal mass)")
    lines.append(found["signature"])
    return "\n".join(lines)
