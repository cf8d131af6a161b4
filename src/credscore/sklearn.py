"""Floor 5: the features and the model as scikit-learn estimators of texts, for pipelines, searches and cross-validation.

Both take a sequence of what `Document.of` takes (texts, mappings with `text` and `title`, `Document`s), or a data frame with the
columns `text` and, where there are headlines, `title`. Import from here; `import credscore` itself leaves scikit-learn alone.

    >>> CredibilityFeatures(missing=0.0).fit_transform(["Officials said on Monday that the bridge was safe."]).shape == (1, len(FEATURES))
    True
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.utils import check_consistent_length, column_or_1d
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.parallel import Parallel, delayed

from credscore.errors import UnscorableText
from credscore.features.catalogue import FEATURES
from credscore.model import DEFAULT, LinearModel
from credscore.reading import default_reader
from credscore.score import Failure, Scorer, load
from credscore.text.document import Document
from credscore.training.data import FEWEST_WORDS, Example, without_duplicates
from credscore.training.fit import fit as fitted
from credscore.training.fit import measure
from credscore.training.measures import Floats

__all__ = ["CredibilityClassifier", "CredibilityFeatures"]

Result = TypeVar("Result")

_BATCH = 64
"""Texts handed to a worker at once."""


class CredibilityFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to their features: an array of floats with a row a text and a column a feature, in the order of the catalogue.

    A feature that could not be measured (headline features without a title, shares of nothing) is `missing`: NaN, which
    scikit-learn's imputers and tree ensembles know what to do with, or the number you give. Any text is taken, one word or none
    included. Nothing is learnt, so `transform` needs no `fit`. `n_jobs` is joblib's, and so is the backend.
    """

    def __init__(self, *, missing: float = np.nan, n_jobs: int | None = None) -> None:
        self.missing = missing
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> Self:
        """Check that X holds documents, and learn nothing. Raises as `transform` does."""
        _documents(X)
        return self

    def transform(self, X: Any) -> Floats:
        """The features of each text. Raises `TypeError` for one bare text and for what is no document."""
        table = _measured(_documents(X), self.n_jobs)
        return np.where(np.isnan(table), self.missing, table)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[Any]:
        """The names of the columns."""
        return np.array([feature.name for feature in FEATURES], dtype=object)

    def __sklearn_tags__(self) -> Any:
        return _of_texts(super().__sklearn_tags__())


class CredibilityClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A credscore model as a classifier of texts: at once the bundled or a given one, after `fit` one of your own labels.

    `model` is a bundled model's name, a path or a `LinearModel`. `credible` is the label that means credible; without it the
    greater of two numbers does, so 1 of 0 and 1. A text that cannot be scored (empty, binary, under 40 words) raises
    `UnscorableText` naming its row, or with `unscorable="neutral"` counts as undecided: log-odds 0, probability ½.
    `n_jobs` is joblib's, and so is the backend.

    `scorer_` is the `Scorer` in use, for reasons and evidence; `scorer_.model.to_json()` is a model file for `--model`.
    """

    def __init__(
        self,
        *,
        model: str | Path | LinearModel = DEFAULT,
        credible: Any = None,
        unscorable: Literal["error", "neutral"] = "error",
        n_jobs: int | None = None,
    ) -> None:
        self.model = model
        self.credible = credible
        self.unscorable = unscorable
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any, groups: Any = None, corpora: Any = None) -> Self:
        """Fit a model as `credscore train` does: texts under 80 words and duplicates dropped, calibrated on unseen groups.

        `groups` holds for each text what must not be split between fitting and calibration, such as its publisher (default: each
        text its own), `corpora` the collection it comes from (default: all of one). Takes the place of `model`. Raises
        `ValueError` for labels that are not two classes, or too few texts or groups.
        """
        if y is None:
            raise ValueError("CredibilityClassifier requires y to be passed, but the target y is None: give a label for each text.")
        documents = _documents(X)
        labels = column_or_1d(y, warn=True)
        check_consistent_length(documents, labels, groups, corpora)
        classes = _two_classes(labels)
        credible = self._credible_of(classes)
        groups = range(len(documents)) if groups is None else groups
        corpora = ["own"] * len(documents) if corpora is None else corpora
        examples = [
            Example(document.text, document.title, int(label == credible), str(group), str(corpus))
            for document, label, group, corpus in zip(documents, labels, groups, corpora, strict=True)
        ]
        kept = without_duplicates(examples)
        if len({example.label for example in kept}) < 2:
            raise ValueError(f"Fitting needs different texts of at least {FEWEST_WORDS} words of each class; {len(kept)} are left.")
        means = f"label {credible}"
        about = {"trained_on": {"own": {"cite": "own labels", "licence": "own", "credible_means": means}}, "credible_means": means}
        values = _measured([Document(example.text, title=example.title) for example in kept], self.n_jobs)
        self._own = load(fitted(kept, "own", about, values=values)), classes
        return self

    def decision_function(self, X: Any) -> Floats:
        """Log-odds of each text for `classes_[1]`: the score's `logit`, its sign turned if the credible class is `classes_[0]`."""
        if self.unscorable not in ("error", "neutral"):
            raise ValueError(f"unscorable is 'error' or 'neutral', not {self.unscorable!r}.")
        logits = []
        for row, result in enumerate(_each(partial(_logits, self.scorer_), _documents(X), self.n_jobs)):
            if isinstance(result, Failure) and self.unscorable == "error":
                raise UnscorableText(result.code, f"Text {row} of X: {result.message} Or set unscorable='neutral'.")
            logits.append(0.0 if isinstance(result, Failure) else result)
        classes = self.classes_
        return np.array(logits, dtype=np.float64) * (1.0 if self._credible_of(classes) == classes[1] else -1.0)

    def predict_proba(self, X: Any) -> Floats:
        """Calibrated probabilities at equal odds, a row a text, in the order of `classes_`."""
        decided = self.decision_function(X)
        return np.column_stack([1.0 / (1.0 + np.exp(decided)), 1.0 / (1.0 + np.exp(-decided))])

    def predict(self, X: Any) -> NDArray[Any]:
        """The likelier class of each text; `classes_[0]` of an undecided one."""
        likelier: NDArray[Any] = self.classes_[(self.decision_function(X) > 0).astype(int)]
        return likelier

    @property
    def scorer_(self) -> Scorer:
        """The scorer in use: the one that was fitted, or else that of `model`."""
        return self._own[0] if hasattr(self, "_own") else load(self.model)

    @property
    def classes_(self) -> NDArray[Any]:
        """The two labels in order; before `fit` these are 0 and 1."""
        return self._own[1] if hasattr(self, "_own") else np.array([0, 1])

    def _credible_of(self, classes: NDArray[Any]) -> Any:
        """The label that means credible."""
        if self.credible is not None:
            if self.credible not in classes.tolist():
                raise ValueError(f"credible is {self.credible!r}, which is none of the labels {classes.tolist()}.")
            return self.credible
        if classes.dtype.kind not in "biuf":
            raise ValueError(f"Which of the labels {classes.tolist()} means credible? Say it: CredibilityClassifier(credible=…).")
        return classes[1]

    def __sklearn_tags__(self) -> Any:
        tags = _of_texts(super().__sklearn_tags__())
        tags.classifier_tags.multi_class = False
        return tags


def _of_texts(tags: Any) -> Any:
    """Tags that say: takes texts, and works without being fitted."""
    tags.input_tags.string = True
    tags.input_tags.two_d_array = False
    tags.requires_fit = False
    return tags


def _documents(texts: Any) -> list[Document]:
    """Documents of a sequence, or of a data frame's columns `text` and `title`."""
    if isinstance(texts, str | bytes | Mapping | Document):
        raise TypeError(f"X is a sequence of texts; this is one {type(texts).__name__}. Put it in a list.")
    if hasattr(texts, "columns"):
        titles = texts["title"] if "title" in texts.columns else [None] * len(texts)
        rows = zip(texts["text"], titles, strict=True)
        return [Document.of({"text": text, "title": title if isinstance(title, str) else None}) for text, title in rows]
    return [Document.of(text) for text in texts]


def _two_classes(labels: NDArray[Any]) -> NDArray[Any]:
    check_classification_targets(labels)
    kind = type_of_target(labels, input_name="y", raise_unknown=True)
    if kind != "binary":
        raise ValueError(f"Only binary classification is supported. The type of the target is {kind}.")
    classes: NDArray[Any] = np.unique(labels)
    if len(classes) < 2:
        raise ValueError("Fitting needs labels of two classes; y holds one class.")
    return classes


def _each(function: Callable[[Sequence[Document]], Iterable[Result]], documents: Sequence[Document], n_jobs: int | None) -> list[Result]:
    """What `function` makes of batches, one after the other, by joblib's jobs and in its backend."""
    batches = (documents[at : at + _BATCH] for at in range(0, len(documents), _BATCH))
    return [*chain.from_iterable(Parallel(n_jobs=n_jobs)(delayed(function)(batch) for batch in batches))]


def _measured(documents: Sequence[Document], n_jobs: int | None) -> Floats:
    """Every feature of every document, NaN where it could not be measured."""
    return np.array(_each(_table, documents, n_jobs), dtype=np.float64).reshape(len(documents), len(FEATURES))


def _table(documents: Sequence[Document]) -> Floats:
    return measure([Example(document.text, document.title, -1, "", "") for document in documents], default_reader())


def _logits(scorer: Scorer, documents: Sequence[Document]) -> list[float | Failure]:
    results = map(scorer.try_score, documents)
    return [result if isinstance(result, Failure) else result.logit for result in results]
