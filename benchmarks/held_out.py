"""Approaches that are fitted on some texts and asked about others: credscore's own recipe and the baselines beside it.

Each learns weights, calibration and interval from the training texts alone. A probability is the one at equal odds,
so classes and corpora are balanced in every fit.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.corpora import Measured
from credscore.features.catalogue import FEATURES
from credscore.model import LinearModel
from credscore.points import card_of
from credscore.training.data import Example
from credscore.training.fit import Floats, balanced, fit

Approach = Callable[[Measured, Measured], Floats]
"""Probabilities of the second by a fit on the first."""

_RARE = 3
"""Words in fewer training texts than this are no features of the TF-IDF baseline."""


def labels_of(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Labels as numbers."""
    return np.array([example.label for example in examples], dtype=np.int64)


def corpora_of(examples: Sequence[Example]) -> list[str]:
    """The corpus of each example."""
    return [example.corpus for example in examples]


def logits(model: LinearModel, values: Floats) -> Floats:
    """The model applied to measured features, as `Scorer` applies it."""
    columns = {feature.name: column for column, feature in enumerate(FEATURES)}
    totals = [
        math.fsum(
            [model.baseline, *(w.amount(None if math.isnan(row[columns[w.feature]]) else row[columns[w.feature]]) for w in model.weights)]
        )
        for row in values.tolist()
    ]
    return np.array(totals)


def odds_to_probability(log_odds: Floats) -> Floats:
    """1 / (1 + e^−x)."""
    found: Floats = 1.0 / (1.0 + np.exp(-log_odds))
    return found


def without_headline(measured: Measured) -> Measured:
    """The same texts as if no title had been given."""
    headline = [column for column, feature in enumerate(FEATURES) if feature.family == "headline"]
    values = measured.values.copy()
    values[:, headline] = np.nan
    return Measured([_untitled(example) for example in measured.examples], values)


def _untitled(example: Example) -> Example:
    return Example(example.text, None, example.label, example.group, example.corpus, example.rating, example.dataset)


@cache
def fitted(train: Measured) -> LinearModel:
    """The model that `credscore train` would fit on the training texts, made once for the model, its card and its interval."""
    return fit(train.examples, "held-out", {}, values=train.values)


def recipe(train: Measured, test: Measured) -> Floats:
    """Credscore: the model fitted on the training texts."""
    return odds_to_probability(logits(fitted(train), test.values))


def points_card(train: Measured, test: Measured) -> Floats:
    """The points card of that model."""
    return odds_to_probability(logits(card_of(fitted(train)), test.values))


def majority(train: Measured, test: Measured) -> Floats:
    """The share of credible texts in training, for every text."""
    return np.full(len(test.examples), float(labels_of(train.examples).mean()))


def length_only(train: Measured, test: Measured) -> Floats:
    """Logistic regression on the logarithm of the number of characters."""

    def lengths(measured: Measured) -> Floats:
        return np.log([[len(example.text)] for example in measured.examples])

    labels = labels_of(train.examples)
    model = LogisticRegression().fit(lengths(train), labels, sample_weight=balanced(labels, corpora_of(train.examples)))
    found: Floats = model.predict_proba(lengths(test))[:, 1]
    return found


def tfidf_words(train: Measured, test: Measured) -> Floats:
    """Logistic regression on TF-IDF of words, title included where there is one (scikit-learn's defaults but for rare words)."""

    def texts(measured: Measured) -> list[str]:
        return [f"{example.title or ''}\n{example.text}" for example in measured.examples]

    words = TfidfVectorizer(min_df=_RARE, sublinear_tf=True)
    labels = labels_of(train.examples)
    table = words.fit_transform(texts(train))
    model = LogisticRegression(max_iter=1000).fit(table, labels, sample_weight=balanced(labels, corpora_of(train.examples)))
    found: Floats = model.predict_proba(words.transform(texts(test)))[:, 1]
    if np.ptp(found) < 1e-6:
        raise RuntimeError("The TF-IDF baseline is constant: its fit stopped at the start.")
    return found
