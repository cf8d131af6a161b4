"""Unseen publishers, divided otherwise: how far their figures move with which publishers fall into one fold.

On and how: as in `benchmarks.publishers`, the model and its points card alone, on divisions of the publishers by lot. One division is
one draw: two publishers with many texts in the same fold, or not, move every figure. The mean of several is what to expect of a
model; their range is what one division is worth. The AUC ranks texts of different folds against each other, each fold scored and
calibrated by a fit of its own; the mean AUC of the folds does not.
"""

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks import corpora, draws, folds, held_out, publishers
from benchmarks.tables import Cell, Table

TITLE = "Unseen publishers, divided by lot"
DIVISIONS = 6
FIGURES = (
    "AUC", "mean AUC of the folds", "AUC within data sets", "ρ with pc1", "calibration error", "share holding the frequency",
    "mean width in points",
)  # fmt: skip


def run() -> list[Table]:
    """Each figure of the model and of its card: the mean of the divisions, the least and the greatest, and each."""
    found: dict[str, list[list[float]]] = {}
    for seed in range(DIVISIONS):
        for name, figures in _figures(seed).items():
            found.setdefault(name, []).append(figures)
    rows: list[list[Cell]] = [
        [name, figure, float(np.mean(each)), min(each), max(each), *each]
        for name, divisions in found.items()
        for figure, each in zip(FIGURES, zip(*divisions, strict=True), strict=True)
    ]
    columns = ("approach", "figure", "mean", "low", "high", *(f"division {number}" for number in range(1, DIVISIONS + 1)))
    return [Table(TITLE, columns, rows, "Low and high are the least and the greatest of the divisions.")]


def _figures(seed: int) -> dict[str, list[float]]:
    measured = corpora.publishers()
    ends = [row for row, example in enumerate(measured.examples) if example.label >= 0]
    known = measured.take(ends)
    parts = folds.divided(seed)
    labels = held_out.labels_of(measured.examples)
    labelled = [[row for row in rows if labels[row] >= 0] for _, rows in parts]
    found = {}
    for name, (log_odds, half_widths) in publishers.held_out_by_model(measured, parts).items():
        scores = held_out.odds_to_probability(log_odds)
        of_folds = float(np.mean([roc_auc_score(labels[rows], log_odds[rows]) for rows in labelled]))
        auc, _, _, error = draws.figures(known, scores[ends])
        by_set = float(np.mean(list(publishers.within(known.examples, scores[ends]).values())))
        rank, *_ = publishers.ranks(measured.examples, scores)
        found[name] = [auc, of_folds, by_set, rank, error, *publishers.coverage(log_odds[ends], half_widths[ends], known)]
    return found
