"""Rivals of the linear model: other ways to tell the same texts apart, fitted on the same training texts.

Three sorts. Words and characters show what a bag of words learns, names and topics included or masked. Length and layout
show what the corpora give away without a word being read. Non-linear models on credscore's own features show what adding up
costs: the ceiling of these features. All weigh corpora and classes alike and see the training texts alone.

The last two need packages that credscore does not install (`interpret`, `sentence-transformers` with its model on this
machine or in the folder that CREDSCORE_EMBEDDINGS names); without them they raise `NotInstalledError`, and their rows say so.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks import held_out
from benchmarks.corpora import Measured
from benchmarks.held_out import Approach, corpora_of, labels_of
from credscore.features.catalogue import FEATURES
from credscore.features.feature import Direction
from credscore.training.data import Example
from credscore.training.fit import Floats, balanced, transform

_CHARACTERS = 4_000
"""Characters of a body that the character rival reads, which bounds its time and memory."""

_USED = 0.01
"""A word belongs to the general vocabulary if at least this share of the texts of every training data set use it."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_INSIDE = re.compile(r"(?<=[a-z,] )[^\W\d_]{2,}")
"""Words that do not begin a sentence: there a capital letter tells a name."""

_SENTENCES = "all-MiniLM-L6-v2"
_SENTENCES_AT = "CREDSCORE_EMBEDDINGS"
"""Environment variable that names the folder of a sentence-embedding model."""

_TREES: Mapping[str, Any] = {
    "learning_rate": 0.05,
    "max_iter": 200,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 30,
    "l2_regularization": 1.0,
    "random_state": 0,
}
_MONOTONE = [{Direction.UP: 1, Direction.DOWN: -1, Direction.OPEN: 0}[feature.direction] for feature in FEATURES]
_GLYPHS = "“”‘’\"'–—…•\u00a0\n\t*#[]|"


class NotInstalledError(Exception):
    """A rival that needs a package which is not here."""


def _weights(train: Measured) -> Floats:
    return balanced(labels_of(train.examples), corpora_of(train.examples))


def _probabilities(name: str, model: Any, table: Any) -> Floats:
    """The second column, unless the fit stopped at the start and says the same of every text."""
    found: Floats = model.predict_proba(table)[:, 1]
    if len(found) > 1 and np.ptp(found) < 1e-6:
        raise RuntimeError(f"{name} is constant: its fit stopped at the start.")
    return found


def masked_words(train: Measured, test: Measured) -> Floats:
    """TF-IDF of words without names and topics.

    A name is a word that more often than not has a capital letter inside a sentence of the training texts; a topic is whatever
    does not belong to the vocabulary that all their data sets share.
    """
    kept = general_words(train.examples)
    words = TfidfVectorizer(vocabulary=kept, token_pattern=_WORD.pattern, sublinear_tf=True)
    table = words.fit_transform(_texts(train.examples))
    model = LogisticRegression(max_iter=1000).fit(table, labels_of(train.examples), sample_weight=_weights(train))
    return _probabilities("Masked TF-IDF", model, words.transform(_texts(test.examples)))


def general_words(examples: Sequence[Example]) -> list[str]:
    """The words of lower case that every data set uses and that are no names, in alphabetical order."""
    sets: dict[str, list[Example]] = {}
    for example in examples:
        sets.setdefault(example.dataset or example.corpus, []).append(example)
    capitals: Counter[str] = Counter()
    shared: set[str] | None = None
    for part in sets.values():
        uses: Counter[str] = Counter()
        for example in part:
            words, balance = _spelling(example.text)
            uses.update(words)
            for word, more in balance:
                capitals[word] += more
        used = {word for word, count in uses.items() if count >= max(2, _USED * len(part))}
        shared = used if shared is None else shared & used
    return sorted(word for word in shared or () if capitals[word] <= 0)


@lru_cache(maxsize=20_000)
def _spelling(text: str) -> tuple[frozenset[str], tuple[tuple[str, int], ...]]:
    """The words of a text, and for those inside sentences how much oftener they are capitalised than not."""
    balance: Counter[str] = Counter()
    for word in _INSIDE.findall(text):
        balance[word.lower()] += 1 if word[0].isupper() else -1
    return frozenset(word.lower() for word in _WORD.findall(text)), tuple(balance.items())


def _texts(examples: Sequence[Example]) -> list[str]:
    return [f"{example.title or ''}\n{example.text}" for example in examples]


_HASHED = HashingVectorizer(
    analyzer="char_wb", ngram_range=(3, 5), n_features=2**19, norm=None, alternate_sign=False, dtype=np.float32
)  # fmt: skip


@lru_cache(maxsize=20_000)
def _characters(text: str) -> csr_matrix:
    return _HASHED.transform([text[:_CHARACTERS]])


def characters(train: Measured, test: Measured) -> Floats:
    """Logistic regression on TF-IDF of three to five characters inside words, title included (hashed to half a million columns)."""

    def counted(measured: Measured) -> csr_matrix:
        bodies = vstack([_characters(example.text) for example in measured.examples])
        return bodies + vstack([_characters(example.title or "") for example in measured.examples])

    weigh = TfidfTransformer(sublinear_tf=True)
    table = weigh.fit_transform(counted(train))
    # the dual form takes seconds where the primal one takes minutes; it is the same objective but for the intercept's penalty
    model = LogisticRegression(solver="liblinear", dual=True, max_iter=1000, random_state=0)
    model.fit(table, labels_of(train.examples), sample_weight=_weights(train))
    return _probabilities("Character TF-IDF", model, weigh.transform(counted(test)))


def layout_only(train: Measured, test: Measured) -> Floats:
    """Logistic regression on glyphs and lines: quotation marks, dashes, line breaks, capitals, and nothing that is read."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(_layout(train.examples), labels_of(train.examples), logisticregression__sample_weight=_weights(train))
    return _probabilities("Layout", model, _layout(test.examples))


def _layout(examples: Sequence[Example]) -> Floats:
    """ln(1 + rate per 1,000 characters) of each glyph, of capitals, digits, empty lines and links, and the title's capitalised share."""
    rows = []
    for example in examples:
        text, title = example.text, (example.title or "").split()
        counts = [
            *(text.count(glyph) for glyph in _GLYPHS),
            text.count("\n\n"),
            text.count("  "),
            text.count("http"),
            sum(map(str.isupper, text)),
            sum(map(str.isdigit, text)),
        ]
        capitalised = sum(word[0].isupper() for word in title) / len(title) if title else 0.0
        rows.append([*np.log1p(np.array(counts) * 1000 / (len(text) or 1)), capitalised])
    return np.array(rows)


def boosting(train: Measured, test: Measured) -> Floats:
    """Gradient boosting (scikit-learn's histogram trees) on the features of the linear model."""
    return _boosted(train, test, None)


def monotone_boosting(train: Measured, test: Measured) -> Floats:
    """The same, bound to the features' declared directions as the linear model is."""
    return _boosted(train, test, _MONOTONE)


def _boosted(train: Measured, test: Measured, directions: Sequence[int] | None) -> Floats:
    known = _known(train)
    model = HistGradientBoostingClassifier(monotonic_cst=directions and [directions[column] for column in known], **_TREES)
    model.fit(train.values[:, known], labels_of(train.examples), sample_weight=_weights(train))
    return _probabilities("Gradient boosting", model, test.values[:, known])


def _known(train: Measured) -> NDArray[np.intp]:
    """The features that any training text has: without titles none of the headline has a value."""
    return np.flatnonzero(~np.isnan(train.values).all(axis=0))


def explainable_boosting(train: Measured, test: Measured) -> Floats:
    """An explainable boosting machine (Nori et al. 2019) on the features of the linear model, ten interactions allowed."""
    try:
        from interpret.glassbox import ExplainableBoostingClassifier  # type: ignore[import-not-found]
    except ImportError as error:
        raise NotInstalledError("interpret") from error
    known = _known(train)
    middle = np.nanmedian(transform(train.values)[:, known], axis=0)

    def filled(measured: Measured) -> Floats:
        logs = transform(measured.values)[:, known]
        return np.where(np.isnan(logs), middle, logs)

    model = ExplainableBoostingClassifier(interactions=10, outer_bags=4, n_jobs=1, random_state=0)
    model.fit(filled(train), labels_of(train.examples), sample_weight=_weights(train))
    return _probabilities("Explainable boosting", model, filled(test))


def embeddings(train: Measured, test: Measured) -> Floats:
    """Logistic regression on sentence embeddings (MiniLM) of title and body, where package and model are on this machine."""
    embed = _embedder()
    scaled = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    scaled.fit(embed(_texts(train.examples)), labels_of(train.examples), logisticregression__sample_weight=_weights(train))
    return _probabilities("Embeddings", scaled, embed(_texts(test.examples)))


@lru_cache(maxsize=1)
def _embedder() -> Callable[[Sequence[str]], Floats]:
    """What turns texts into rows, each text once. Nothing is downloaded."""
    try:
        from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

        model = SentenceTransformer(os.environ.get(_SENTENCES_AT, _SENTENCES), local_files_only=True)
    except (ImportError, OSError) as error:
        raise NotInstalledError("sentence-transformers") from error
    known: dict[str, Floats] = {}

    def embed(texts: Sequence[str]) -> Floats:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, model.encode(new, show_progress_bar=False), strict=True))
        return np.array([known[text] for text in texts])

    return embed


OURS = "credscore"
_BOOSTING, _MONOTONE_BOOSTING, _EXPLAINABLE = (
    f"{what}, our features" for what in ("gradient boosting", "gradient boosting in our directions", "explainable boosting")
)
FAST: Mapping[str, Approach] = {
    OURS: held_out.recipe,
    "points card": held_out.points_card,
    "TF-IDF words + logistic regression": held_out.tfidf_words,
    "length only": held_out.length_only,
    "layout only": layout_only,
    "majority": held_out.majority,
    _BOOSTING: boosting,
}
"""Measured in every run."""

EVERY: Mapping[str, Approach] = {
    **FAST,
    "TF-IDF words, names and topics masked": masked_words,
    "TF-IDF characters + logistic regression": characters,
    _MONOTONE_BOOSTING: monotone_boosting,
    _EXPLAINABLE: explainable_boosting,
    "sentence embeddings + logistic regression": embeddings,
}
"""Measured where `--rivals` is given."""

NON_LINEAR = (_BOOSTING, _MONOTONE_BOOSTING, _EXPLAINABLE)
"""The ceilings: what the same features reach where they need not add up. Trees cannot be centred within a corpus as the linear fit is:
a text asked about is of none they know. Part of what the linear model gains on them is that centring."""
