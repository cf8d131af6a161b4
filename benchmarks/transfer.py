"""Transfer: how well a model fitted on some article corpora tells credible from not in one it has never seen.

On: the six article corpora of `credscore.training.data.ARTICLES`, texts of 80 words and more, duplicates dropped across
corpora. How: each corpus in turn is left out; everything, calibration included, is fitted on the other five, on what these hold
of other publishers, or on two of them alone. AUC and average precision are of the texts as they are; Brier score and calibration
error (15 bins of equal mass) are at equal odds of the two classes, for which the probability is stated. Intervals (95 %) come
from a bootstrap that draws whole groups (publishers, portals, pairs) inside each corpus; differences are of the same draws. Two
side tests whose labels mean something else are scored by a fit on all six and count in no mean. The rivals are those of
`benchmarks.rivals`, fitted and asked on the same texts.
"""

from collections.abc import Mapping

import numpy as np

from benchmarks import draws, folds
from benchmarks.corpora import Measured
from benchmarks.draws import FIGURES, interval
from benchmarks.folds import VIEWS
from benchmarks.held_out import Approach
from benchmarks.rivals import NON_LINEAR, OURS
from benchmarks.tables import Cell, Table
from credscore.training.data import ARTICLES, SIDE_TESTS
from credscore.training.fit import Floats

_RANGED = ("AUC", "low", "high")
BESIDE = ("TF-IDF words + logistic regression", "length only")
"""What stands beside credscore where each corpus has a row, and where no known publisher is on both sides; the others have a table of
their own."""

_GAIN = ("difference", "low", "high")
APART = "Leave one corpus out, no known publisher on both sides: AUC"


def run(approaches: Mapping[str, Approach]) -> list[Table]:
    """Means over six corpora, each corpus, the same without shared publishers, the side tests, and training on two."""
    ready, missing = folds.ready(approaches)
    return [
        *_left_out(ready, missing),
        Table(
            APART,
            ("input", "approach", *_RANGED, *ARTICLES),
            [row for view in VIEWS for row in _apart(view, ready)],
            "Fitted without the texts of publishers that the corpus left out holds as well; those of Horne and Pérez-Rosas name none.",
        ),
        Table(
            "Side tests, fitted on all six: AUC",
            ("corpus", "input", "approach", "texts", "groups", *_RANGED),
            [row for view in VIEWS for row in _side(view, ready)],
            "fakehealth_story rates medical reporting by its own criteria; fakes_syria is a negative control (style should say nothing).",
        ),
        Table(
            "Fitted on two corpora: mean of sixty tests",
            ("approach", *_RANGED, *FIGURES, *(f"difference{end}" for end in ("", " low", " high"))),
            _from_two(ready),
            "Title and body. Each pair of the six is asked about the four others. The difference is credscore's mean AUC less the row's.",
        ),
    ]


def _baselines(ready: Mapping[str, Approach]) -> list[str]:
    return [name for name in ready if name != OURS]


def _left_out(ready: Mapping[str, Approach], missing: list[str]) -> list[Table]:
    means: list[list[Cell]] = []
    single: list[list[Cell]] = []
    every: list[list[Cell]] = []
    ours: list[list[Cell]] = []
    paired: list[list[Cell]] = []
    kept: list[list[Cell]] = []
    for view in VIEWS:
        parts = folds.articles(view)
        aucs: dict[str, list[Cell]] = {left: [left, view, *_size(parts[left])] for left in ARTICLES}
        drawn: dict[str, Floats] = {}
        points: dict[str, float] = {}
        for name, approach in ready.items():
            found = folds.left_out(view, approach)
            table = np.array([draws.figures(parts[left], found[left]) for left in ARTICLES])
            by_corpus = np.array([draws.drawn_aucs(parts[left].examples, found[left]) for left in ARTICLES])
            drawn[name] = np.nanmean(by_corpus, axis=0)
            points[name], *others = table.mean(axis=0).tolist()
            means.append([view, name, points[name], *interval(drawn[name]), *others])
            for at, left in enumerate(ARTICLES):
                auc = float(table[at, 0])
                if name == OURS:
                    aucs[left] += [auc, *interval(by_corpus[at])]
                    ours.append([left, view, auc, *table[at, 1:].tolist()])
                elif name in BESIDE:
                    aucs[left].append(auc)
            every.append([view, name, *table[:, 0].tolist()])
        means += [[view, f"{name} (not installed)", *[None] * (len(_RANGED) + len(FIGURES))] for name in missing]
        for name in _baselines(ready):
            gain = drawn[OURS] - drawn[name]
            paired.append([view, name, float(gain.mean()), *interval(gain)])
        for name in filter(ready.__contains__, NON_LINEAR):
            share = draws.share_kept(drawn[OURS], drawn[name])
            kept.append([view, name, points[name], (points[OURS] - 0.5) / (points[name] - 0.5), *interval(share)])
        single += aucs.values()
    return [
        Table("Leave one corpus out: mean of six corpora", ("input", "approach", *_RANGED, *FIGURES), means),
        Table("Mean AUC of credscore less that of each baseline, the same draws", ("input", "baseline", *_GAIN), paired),
        Table("Each corpus left out: AUC", ("corpus", "input", "texts", "groups", *_RANGED, *filter(ready.__contains__, BESIDE)), single),
        Table("Each corpus left out: AUC of every approach", ("input", "approach", *ARTICLES), every),
        Table("Each corpus left out: credscore", ("corpus", "input", "AUC", *FIGURES), ours),
        Table(
            "Left-out corpora: what adding up keeps of non-linear models",
            ("input", "ceiling", "AUC of it", "share kept", "low", "high"),
            kept,
            "The linear model's AUC above .5 over that of the non-linear model on the same features, of mean AUCs.",
        ),
    ]


def _apart(view: str, ready: Mapping[str, Approach]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    parts = folds.articles(view)
    for name in (OURS, *filter(ready.__contains__, BESIDE)):
        found = folds.left_out_apart(view, ready[name])
        aucs = [draws.figures(parts[left], found[left])[0] for left in ARTICLES]
        drawn = np.nanmean([draws.drawn_aucs(parts[left].examples, found[left]) for left in ARTICLES], axis=0)
        rows.append([view, name, float(np.mean(aucs)), *interval(drawn), *aucs])
    return rows


def _size(part: Measured) -> list[Cell]:
    return [len(part.examples), len({example.group for example in part.examples})]


def _side(view: str, ready: Mapping[str, Approach]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    parts = folds.articles(view)
    for test in SIDE_TESTS:
        for name, approach in ready.items():
            found = folds.side_tests(view, approach)[test]
            auc = draws.figures(parts[test], found)[0]
            rows.append([test, view, name, *_size(parts[test]), auc, *interval(draws.drawn_aucs(parts[test].examples, found))])
    return rows


def _from_two(ready: Mapping[str, Approach]) -> list[list[Cell]]:
    parts = folds.articles(VIEWS[0])
    rows: list[list[Cell]] = []
    drawn: dict[str, Floats] = {}
    for name, approach in ready.items():
        found = folds.from_two(approach)
        means = np.mean([draws.figures(parts[test], scores) for (_, test), scores in found.items()], axis=0).tolist()
        drawn[name] = np.nanmean([draws.drawn_aucs(parts[test].examples, scores) for (_, test), scores in found.items()], axis=0)
        gain = drawn[OURS] - drawn[name]
        difference = [None] * 3 if name == OURS else [float(gain.mean()), *interval(gain)]
        rows.append([name, means[0], *interval(drawn[name]), *means[1:], *difference])
    return rows
