"""The model without corpora of non-commercial licence, on those corpora: texts and labels that it has never seen.

On: the article corpora and data sets of publishers that its card says it was fitted without, texts of publishers that stand in
none of its own corpora alone, of 80 words and more. How: the shipped model as it is; AUC with a 95 % interval from a bootstrap
that draws whole publishers, calibration error at equal odds of the classes (15 bins of equal mass).
"""

from collections.abc import Iterator

import numpy as np

import credscore
from benchmarks import corpora, draws, held_out
from benchmarks.corpora import Measured
from benchmarks.tables import Cell, Table

NAME = "news-en-1-open"
TITLE = "The model without non-commercial corpora, on these"


def run() -> list[Table]:
    """AUC of the shipped model on each corpus left out of it."""
    model = credscore.load(NAME).model
    rows: list[list[Cell]] = []
    for name, part in _left_out(frozenset(model.card["without"])):
        probabilities = held_out.odds_to_probability(held_out.logits(model, part.values))
        auc, _, _, calibration = draws.figures(part, probabilities)
        low, high = draws.interval(draws.drawn_aucs(part.examples, probabilities))
        groups = len({example.group for example in part.examples})
        rows.append([name, len(part.examples), groups, auc, low, high, calibration])
    return [Table(TITLE, ("corpus", "texts", "publishers", "AUC", "low", "high", "calibration error"), rows)]


def _left_out(without: frozenset[str]) -> Iterator[tuple[str, Measured]]:
    """Each corpus and data set left out, without the publishers that the model has seen elsewhere."""
    everything = [*corpora.articles().items(), (None, corpora.publishers())]
    seen = {
        example.group
        for _, part in everything
        for example in part.examples
        if example.corpus not in without and example.dataset not in without
    }
    for name, part in everything:
        for named in (name,) if name else sorted({example.dataset for example in part.examples}):
            rows = [
                row
                for row, example in enumerate(part.examples)
                if named in without and example.label >= 0 and example.group not in seen and (name or example.dataset == named)
            ]
            if rows and np.ptp([part.examples[row].label for row in rows]):
                yield str(named), part.take(rows)
