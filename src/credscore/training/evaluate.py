"""Measuring a scorer on labelled texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from credscore.score import Score, Scorer
from credscore.text.document import Document
from credscore.training import data
from credscore.training.data import Example
from credscore.training.measures import BINS, Floats, auc, calibration_error, clustered_interval, figures

__all__ = ["calibration_error", "clustered_interval", "evaluate", "evaluate_file", "figures", "table"]


def evaluate(scorer: Scorer, examples: Sequence[Example], against: Scorer | None = None) -> dict[str, Any]:
    """Figures of a scorer on labelled examples; texts that cannot be scored are counted and left out.

    With `against` the figures hold what that scorer reaches on the same texts, under `against`, and how much more this one's AUC
    is, with an interval from the same draws of groups.
    """
    kept, probabilities = _scored(scorer, examples)
    labels = np.array([example.label for example in kept], dtype=np.int64)
    if len(set(labels.tolist())) < 2:
        raise ValueError("Measuring needs scorable texts of both labels, 0 and 1.")
    groups = [example.group for example in kept]
    found = figures(labels, probabilities, groups)
    found["unscorable"] = len(examples) - len(kept)
    found["signature"] = str(scorer.signature)
    if against is not None:
        _, others = _scored(against, kept)
        low, high = clustered_interval(lambda rows: auc(labels[rows], probabilities[rows]) - auc(labels[rows], others[rows]), groups)
        reached = auc(labels, others)
        found["against"] = {
            "auc": reached,
            "difference": found["auc"] - reached,
            "difference_low": low,
            "difference_high": high,
            "signature": str(against.signature),
        }
    return found


def _scored(scorer: Scorer, examples: Sequence[Example]) -> tuple[list[Example], Floats]:
    """The examples that can be scored, and their probabilities."""
    scores = [scorer.try_score(Document(example.text, title=example.title)) for example in examples]
    scored = [(example, score.probability) for example, score in zip(examples, scores, strict=True) if isinstance(score, Score)]
    return [example for example, _ in scored], np.array([probability for _, probability in scored])


def evaluate_file(scorer: Scorer, path: Path, against: Scorer | None = None) -> dict[str, Any]:
    """Figures of a scorer on a labelled JSONL or CSV file (see `data.labelled_file`)."""
    return evaluate(scorer, data.labelled_file(path), against)


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
    if other := found.get("against"):
        lines.append(f"AUC {other['auc']:.3f} by {other['signature']} on the same texts: a difference of {other['difference']:+.3f}")
        lines.append(f"(95 % interval {other['difference_low']:+.3f} to {other['difference_high']:+.3f})")
    return "\n".join(lines)
