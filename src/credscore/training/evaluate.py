"""Measuring a scorer on labelled texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from credscore.score import Score, Scorer
from credscore.text.document import Document
from credscore.training import data
from credscore.training.data import Example
from credscore.training.measures import BINS, calibration_error, clustered_interval, figures

__all__ = ["calibration_error", "clustered_interval", "evaluate", "evaluate_file", "figures", "table"]


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
