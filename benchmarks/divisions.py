"""Unseen publishers, divided otherwise: how far their figures move with which publishers fall into one fold.

On and how: as in `benchmarks.publishers`, the model and its points card alone, on divisions of the publishers by lot. One division is
one draw: two publishers with many texts in the same fold, or not, move every figure. The mean of several is what to expect of a
model; their range is what one division is worth.
"""

import numpy as np

from benchmarks import corpora, draws, folds, publishers
from benchmarks.held_out import odds_to_probability
from benchmarks.tables import Cell, Table

TITLE = "Unseen publishers, divided by lot"
DIVISIONS = 6
FIGURES = ("AUC", "AUC within data sets", "ρ with pc1", "calibration error", "share holding the frequency", "mean width in points")


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
    found = {}
    for name, (log_odds, half_widths) in publishers.held_out_by_model(measured, folds.divided(seed)).items():
        scores = odds_to_probability(log_odds)
        auc, _, _, error = draws.figures(known, scores[ends])
        by_set = float(np.mean(list(publishers.within(known.examples, scores[ends]).values())))
        rank, *_ = publishers.ranks(measured.examples, scores)
        found[name] = [auc, by_set, rank, error, *publishers.coverage(log_odds[ends], half_widths[ends], known)]
    return found
