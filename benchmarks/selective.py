"""Selective prediction: how well the most certain scores tell texts apart, when the others are withheld.

On: the left-out corpora and the unseen publishers of `benchmarks.folds`. How: of each corpus (or of all publishers' texts)
only the given share is kept, those whose log-odds lie farthest from zero, and the AUC of these is taken; of corpora the mean.
"Right" is the share of kept texts on the right side of one half, both classes alike. A corpus of which any coverage of any
approach keeps fewer than five texts of a class takes no part. Intervals draw whole groups of the texts kept.
"""

from collections.abc import Mapping, Sequence
from itertools import compress

import numpy as np

from benchmarks import corpora, draws, folds, held_out
from benchmarks.corpora import Measured
from benchmarks.draws import interval
from benchmarks.held_out import Approach, labels_of
from benchmarks.rivals import OURS
from benchmarks.tables import Cell, Table
from credscore.training.data import ARTICLES
from credscore.training.fit import Floats

Test = tuple[Measured, Floats]
"""Texts and their probabilities."""

COVERAGES = (1.0, 0.8, 0.6, 0.4, 0.2)
FEWEST_OF_A_CLASS = 5
_APPROACHES: Mapping[str, Approach] = {OURS: held_out.recipe, "TF-IDF words + logistic regression": held_out.tfidf_words}


def run() -> list[Table]:
    """AUC against coverage on left-out corpora, with the title and without, and on unseen publishers."""
    texts = corpora.publishers()
    ends = [row for row, example in enumerate(texts.examples) if example.label >= 0]
    rows = _rows("unseen publishers", {name: [(texts.take(ends), folds.unseen(found)[ends])] for name, found in _APPROACHES.items()})
    for view in folds.VIEWS:
        parts = folds.articles(view)
        found = {name: folds.left_out(view, approach) for name, approach in _APPROACHES.items()}
        tests = {name: [(parts[left], of[left]) for left in ARTICLES] for name, of in found.items()}
        rows += _rows(f"left-out corpora, {view}", tests)
    return [
        Table(
            "Selective prediction: the most certain texts alone",
            ("tested on", "approach", "coverage", "corpora", "texts", "AUC", "low", "high", "right"),
            rows,
        )
    ]


def _rows(tested: str, tests: Mapping[str, Sequence[Test]]) -> list[list[Cell]]:
    """The curves of all approaches over the tests that have enough left for every one of them."""
    enough = [all(holds_both(*test) for test in same) for same in zip(*tests.values(), strict=True)]
    return [[tested, name, *cells] for name, own in tests.items() for cells in curve(list(compress(own, enough)))]


def most_certain(probabilities: Floats, coverage: float) -> list[int]:
    """The rows, in their order, of the given share of texts that are farthest from one half; of equals the first.

    >>> most_certain(np.array([0.5, 0.9, 0.2, 0.6]), 0.5)
    [1, 2]
    """
    certain = np.argsort(-np.abs(probabilities - 0.5), kind="stable")
    return sorted(certain[: max(1, round(coverage * len(certain)))].tolist())


def curve(tests: Sequence[Test]) -> list[list[Cell]]:
    """For each coverage: corpora, texts kept, mean AUC with its interval, and the share on the right side of one half."""
    rows: list[list[Cell]] = []
    for coverage in COVERAGES:
        kept = []
        for part, found in tests:
            here = most_certain(found, coverage)
            kept.append((part.take(here), found[here]))
        aucs = [draws.figures(part, found)[0] for part, found in kept]
        drawn = np.nanmean([draws.drawn_aucs(part.examples, found) for part, found in kept], axis=0)
        right = float(np.mean([_right(part, found) for part, found in kept]))
        texts = sum(len(part.examples) for part, _ in kept)
        rows.append([coverage, len(kept), texts, float(np.mean(aucs)), *interval(drawn), right])
    return rows


def holds_both(part: Measured, found: Floats) -> bool:
    """Whether every coverage keeps enough texts of both classes for an AUC."""
    labels = labels_of(part.examples)
    kept = [labels[most_certain(found, coverage)] for coverage in COVERAGES]
    return all(min(own.sum(), (1 - own).sum()) >= FEWEST_OF_A_CLASS for own in kept)


def _right(part: Measured, found: Floats) -> float:
    labels = labels_of(part.examples)
    return float(np.mean([(found[labels == 1] > 0.5).mean(), (found[labels == 0] < 0.5).mean()]))
