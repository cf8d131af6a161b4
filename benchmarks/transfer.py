"""Transfer: how well a model fitted on some article corpora tells credible from not in one it has never seen.

On: the six article corpora of `credscore.training.data.ARTICLES`, texts of 80 words and more, duplicates dropped across
corpora. How: each corpus in turn is left out; everything, penalty and calibration included, is fitted on the other
five. AUC and average precision are of the texts as they are; Brier score and calibration error (15 bins of equal mass)
are at equal odds of the two classes, for which the probability is stated. Intervals (95 %) come from a bootstrap that
draws whole groups (publishers, portals, pairs) inside each corpus. Two side tests whose labels mean something else
are scored by a fit on all six and count in no mean.
"""

from collections.abc import Mapping

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from benchmarks import corpora, held_out
from benchmarks.corpora import Measured, joined
from benchmarks.held_out import Approach, corpora_of, labels_of
from benchmarks.tables import Cell, Table
from credscore.training.data import ARTICLES, SIDE_TESTS
from credscore.training.fit import Floats, balanced
from credscore.training.measures import DRAWS, calibration_error

APPROACHES: Mapping[str, Approach] = {
    "credscore": held_out.recipe,
    "points card": held_out.points_card,
    "TF-IDF words + logistic regression": held_out.tfidf_words,
    "length only": held_out.length_only,
    "majority": held_out.majority,
}

_BASELINES = [name for name in APPROACHES if name != "credscore"]


def run() -> list[Table]:
    """Means over six corpora, each corpus, and the side tests; with the title and without."""
    found = corpora.articles()
    views = {"title and body": found, "body only": {name: held_out.without_headline(part) for name, part in found.items()}}
    means: list[list[Cell]] = []
    single: list[list[Cell]] = []
    side: list[list[Cell]] = []
    paired: list[list[Cell]] = []
    for view, parts in views.items():
        aucs: dict[str, list[Cell]] = {left: [left, view, len(parts[left].examples), _groups(parts[left])] for left in ARTICLES}
        drawn: dict[str, Floats] = {}
        for name, approach in APPROACHES.items():
            probabilities = {left: approach(joined(parts[name] for name in ARTICLES if name != left), parts[left]) for left in ARTICLES}
            figures = np.array([_figures(parts[left], probabilities[left]) for left in ARTICLES])
            draws = np.array([_drawn_aucs(parts[left], probabilities[left]) for left in ARTICLES])
            drawn[name] = np.nanmean(draws, axis=0)
            auc, precision, brier, calibration = figures.mean(axis=0).tolist()
            means.append([view, name, auc, *_interval(drawn[name]), precision, brier, calibration])
            for at, left in enumerate(ARTICLES):
                aucs[left] += [float(figures[at, 0]), *_interval(draws[at])][: 3 if approach is held_out.recipe else 1]
        for name in _BASELINES:
            gain = drawn["credscore"] - drawn[name]
            paired.append([view, name, float(gain.mean()), *_interval(gain)])
        single += aucs.values()
        tests = joined(parts[name] for name in SIDE_TESTS)
        scores = held_out.recipe(joined(parts[name] for name in ARTICLES), tests)
        for test in SIDE_TESTS:
            here = [row for row, example in enumerate(tests.examples) if example.corpus == test]
            part = tests.take(here)
            auc, low, high = _figures(part, scores[here])[0], *_interval(_drawn_aucs(part, scores[here]))
            side.append([test, view, len(here), _groups(part), auc, low, high])
    where = ("corpus", "input", "texts", "groups")
    return [
        Table(
            "Leave one corpus out: mean of six corpora",
            ("input", "approach", "AUC", "low", "high", "average precision", "Brier", "calibration error"),
            means,
        ),
        Table(
            "Mean AUC of credscore less that of each baseline, the same draws", ("input", "baseline", "difference", "low", "high"), paired
        ),
        Table("Each corpus left out: AUC", (*where, "AUC", "low", "high", *_BASELINES), single),
        Table(
            "Side tests, fitted on all six: AUC",
            (*where, "AUC", "low", "high"),
            side,
            "fakehealth_story rates medical reporting by its own criteria; fakes_syria is a negative control (style should say nothing).",
        ),
    ]


def _groups(part: Measured) -> int:
    return len({example.group for example in part.examples})


def _figures(part: Measured, probabilities: Floats) -> list[float]:
    """AUC, average precision, Brier score and calibration error."""
    labels = labels_of(part.examples)
    sample = balanced(labels, corpora_of(part.examples))
    return [
        float(roc_auc_score(labels, probabilities)),
        float(average_precision_score(labels, probabilities)),
        float(brier_score_loss(labels, probabilities, sample_weight=sample)),
        calibration_error(labels, probabilities, sample),
    ]


def _drawn_aucs(part: Measured, probabilities: Floats) -> Floats:
    """AUC of each bootstrap draw of whole groups; NaN for a draw with one class only."""
    labels = labels_of(part.examples)
    members: dict[str, list[int]] = {}
    for row, example in enumerate(part.examples):
        members.setdefault(example.group, []).append(row)
    blocks = [np.array(rows) for rows in members.values()]
    random = np.random.default_rng(0)
    found = np.full(DRAWS, np.nan)
    for draw in range(DRAWS):
        rows = np.concatenate([blocks[at] for at in random.integers(0, len(blocks), len(blocks))])
        if len(set(labels[rows].tolist())) == 2:
            found[draw] = roc_auc_score(labels[rows], probabilities[rows])
    return found


def _interval(draws: Floats) -> list[float]:
    """The middle 95 % of the draws."""
    return [float(np.nanpercentile(draws, 2.5)), float(np.nanpercentile(draws, 97.5))]
