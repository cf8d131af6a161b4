"""The folds that every figure on unseen corpora and publishers comes from, each fit made once a run and shared by the parts.

Leave one corpus out: each of the six article corpora scored by a fit on the other five, as they are or without the publishers that
the one left out holds as well. Two corpora: the four others scored by a fit on each of the fifteen pairs. Unseen publishers: five
folds by publisher, fitted on publishers alone, rated above .7 or below .4.
"""

from collections.abc import Mapping
from functools import cache
from itertools import combinations

import numpy as np
from sklearn.model_selection import GroupKFold

from benchmarks import corpora, held_out
from benchmarks.corpora import Measured, joined
from benchmarks.held_out import Approach
from benchmarks.rivals import NotInstalledError
from credscore.training.data import ARTICLES, SIDE_TESTS
from credscore.training.fit import Floats

Fold = tuple[Measured, list[int]]
"""Training texts, and the rows of the publishers that none of them is of."""

VIEWS = ("title and body", "body only")
FOLDS = 5


@cache
def articles(view: str) -> Mapping[str, Measured]:
    """The article corpora and side tests as they are, or as if no text had a title."""
    found = corpora.articles()
    return found if view == VIEWS[0] else {name: held_out.without_headline(part) for name, part in found.items()}


@cache
def training(view: str, *names: str) -> Measured:
    """The texts of some article corpora, the same object for every approach."""
    return joined(articles(view)[name] for name in names)


@cache
def left_out(view: str, approach: Approach) -> Mapping[str, Floats]:
    """Probabilities of each corpus by a fit on the other five."""
    parts = articles(view)
    return {left: approach(training(view, *(name for name in ARTICLES if name != left)), parts[left]) for left in ARTICLES}


@cache
def left_out_apart(view: str, approach: Approach) -> Mapping[str, Floats]:
    """The same by fits without the publishers, too, that the corpus left out shares with the others."""
    return {left: approach(_apart(view, left), articles(view)[left]) for left in ARTICLES}


@cache
def _apart(view: str, left: str) -> Measured:
    known = training(view, *(name for name in ARTICLES if name != left))
    held = {example.group for example in articles(view)[left].examples}
    rows = [row for row, example in enumerate(known.examples) if example.group not in held]
    return known if len(rows) == len(known.examples) else known.take(rows)  # the same object is fitted once


@cache
def from_two(approach: Approach) -> Mapping[tuple[str, str], Floats]:
    """Probabilities of each corpus by fits on two others, by the pair fitted on and the corpus asked about: sixty tests."""
    parts = articles(VIEWS[0])
    found = {}
    for pair in combinations(ARTICLES, 2):
        others = [name for name in ARTICLES if name not in pair]
        probabilities = approach(training(VIEWS[0], *pair), joined(parts[name] for name in others))
        ends = np.cumsum([len(parts[name].examples) for name in others])[:-1]
        found.update({(" + ".join(pair), name): part for name, part in zip(others, np.split(probabilities, ends), strict=True)})
    return found


@cache
def side_tests(view: str, approach: Approach) -> Mapping[str, Floats]:
    """Probabilities of the side tests by a fit on all six corpora."""
    parts = articles(view)
    return {name: approach(training(view, *ARTICLES), parts[name]) for name in SIDE_TESTS}


@cache
def by_publisher() -> list[Fold]:
    """The folds that every figure is of; fitted on labelled texts alone."""
    examples = corpora.publishers().examples
    return [_fold(rows.tolist()) for _, rows in GroupKFold(FOLDS).split(examples, groups=[example.group for example in examples])]


def divided(seed: int) -> list[Fold]:
    """The publishers divided otherwise: by lot, as many to a fold."""
    examples = corpora.publishers().examples
    names = np.random.default_rng(seed).permutation(sorted({example.group for example in examples}))
    fold_of = {name: at % FOLDS for at, name in enumerate(names.tolist())}
    return [_fold([row for row, example in enumerate(examples) if fold_of[example.group] == fold]) for fold in range(FOLDS)]


def _fold(rows: list[int]) -> Fold:
    measured, tested = corpora.publishers(), set(rows)
    return measured.take([row for row, example in enumerate(measured.examples) if example.label >= 0 and row not in tested]), rows


@cache
def unseen(approach: Approach) -> Floats:
    """The probability of every text of a rated publisher by a fit that has not seen the publisher."""
    measured = corpora.publishers()
    found = np.zeros(len(measured.examples))
    for train, rows in by_publisher():
        found[rows] = approach(train, measured.take(rows))
    return found


def ready(approaches: Mapping[str, Approach]) -> tuple[dict[str, Approach], list[str]]:
    """The approaches that can be measured here, and the names of those whose package is missing."""
    found, missing = {}, []
    for name, approach in approaches.items():
        try:
            left_out(VIEWS[0], approach)
        except NotInstalledError:
            missing.append(name)
        else:
            found[name] = approach
    return found, missing
