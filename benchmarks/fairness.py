"""Fairness: whom the scores treat worse than they should, and what they know of the publisher.

On: texts of rated publishers, each scored by a model that has not seen its publisher (`benchmarks.folds`). A credible text
(publisher above .7) is flagged if its probability at equal odds is below one half. Leaning is Media Bias/Fact Check's, in
`sources/domains.csv`; countries stand in no column, so the ending of a publisher's domain is all that can be asked, and few
endings name a country. Opinion is a text whose address has a folder for it (`/opinion/`), compared with the other texts of
the same outlet. The probe asks a linear support vector machine to name the outlet of a text from others of the same
outlet: what can name outlets can learn them by heart.

Swapping names of people, parties, countries and outlets moves no score at all: `tests/test_laws.py` holds that for every
fixture, so it is not measured here.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from benchmarks import corpora, draws, folds, held_out
from benchmarks.corpora import Measured
from benchmarks.draws import interval
from benchmarks.held_out import Approach
from benchmarks.rivals import OURS
from benchmarks.tables import Cell, Table
from credscore.training.data import CREDIBLE_FROM, Example
from credscore.training.fit import Floats, transform

FEWEST_PUBLISHERS = 3
FEWEST_TEXTS = 20
"""An outlet needs this many texts to be named by a probe."""

_APPROACHES: Mapping[str, Approach] = {OURS: held_out.recipe, "TF-IDF words + logistic regression": held_out.tfidf_words}
_LEANINGS = ("left", "left-center", "center", "right-center", "right")
_GENERIC = frozenset(("com", "org", "net", "edu", "gov", "news", "io", "info", "co", "tv", "us"))
"""Endings that name no country, and that of the country most of the outlets are of."""

_OPINION = re.compile(r"/(opinions?|editorials?|columns?|columnists?|commentisfree|op-ed|commentary)/")
_FOLDS = 5


def run() -> list[Table]:
    """Flagged credible texts by leaning and ending, opinion against report, and the probe."""
    credible = [row for row, example in enumerate(corpora.publishers().examples) if (example.rating or 0) > CREDIBLE_FROM]
    columns = ("publishers", "texts", *(f"{what} {name}" for name in _APPROACHES for what in ("flagged by", "low", "high")), "mean score")
    return [
        Table("Credible texts flagged, by leaning of the outlet", ("leaning", *columns), _flagged(credible, _leaning)),
        Table(
            "Credible texts flagged, by ending of the outlet's domain",
            ("ending", *columns),
            _flagged(credible, _ending),
            "Outlets outside the United States are too few in these data for a figure to be held against them, or for them.",
        ),
        Table(
            "Opinion against report of the same outlet, points of probability",
            ("approach", "outlets", "opinion texts", "reports", "opinion less report", "low", "high"),
            [[name, *_opinion(folds.unseen(approach))] for name, approach in _APPROACHES.items()],
            "The mean over outlets of the difference between their means; outlets are drawn.",
        ),
        Table(
            "Can the outlet be named?",
            ("representation", "outlets", "texts", "share named", "largest outlet's share"),
            named(corpora.publishers()),
        ),
    ]


@cache
def _leanings() -> dict[str, str]:
    with (corpora.folder() / "sources" / "domains.csv").open(encoding="utf8", newline="") as table:
        return {row["domain"]: row.get("mbfc_bias", "") for row in csv.DictReader(table)}


def _leaning(example: Example) -> str:
    found = _leanings().get(example.group, "").replace("least biased", "center")
    return found if found in _LEANINGS else "none given"


def _ending(example: Example) -> str:
    return "national" if example.group.rsplit(".", 1)[-1] not in _GENERIC else "none or us"


def _flagged(credible: Sequence[int], kind: Callable[[Example], str]) -> list[list[Cell]]:
    """For each kind of outlet with enough publishers: the share of its credible texts below one half, and their mean score."""
    measured = corpora.publishers()
    kinds: dict[str, list[int]] = {}
    for row in credible:
        kinds.setdefault(kind(measured.examples[row]), []).append(row)
    places = {name: at for at, name in enumerate(_LEANINGS)}
    found: list[list[Cell]] = []
    for name, rows in sorted(kinds.items(), key=lambda item: (places.get(item[0], len(places)), item[0])):
        part = measured.take(rows).examples
        publishers = len({example.group for example in part})
        if publishers < FEWEST_PUBLISHERS:
            continue
        cells: list[Cell] = [name, publishers, len(part)]
        for approach in _APPROACHES.values():
            flagged = (folds.unseen(approach)[rows] < 0.5).astype(float)
            cells += [float(flagged.mean()), *interval(draws.drawn_means(part, flagged))]
        found.append([*cells, 100 * float(folds.unseen(held_out.recipe)[rows].mean())])
    return found


def _opinion(probabilities: Floats) -> list[Cell]:
    """Outlets that hold both, their texts of each, and by how many points opinion is scored above report."""
    addresses = {row["text"]: row.get("url") or "" for row in corpora.rows("sources/articles_by_domain")}
    outlets: dict[str, tuple[list[float], list[float]]] = {}
    for example, probability in zip(corpora.publishers().examples, probabilities.tolist(), strict=True):
        address = addresses[example.text]
        if address:
            outlets.setdefault(example.group, ([], []))[_OPINION.search(address) is not None].append(100 * probability)
    both = {group: pair for group, pair in outlets.items() if all(pair)}
    differences = np.array([np.mean(opinion) - np.mean(report) for report, opinion in both.values()])
    counts = draws.drawn_counts(list(both))
    opinions, reports = (sum(len(pair[at]) for pair in both.values()) for at in (1, 0))
    return [len(both), opinions, reports, float(differences.mean()), *interval(counts @ differences / counts.sum(axis=1))]


def named(measured: Measured) -> list[list[Cell]]:
    """For credscore's features and for TF-IDF words: how many texts of large outlets are given to the right outlet, in five folds."""
    sizes = Counter(example.group for example in measured.examples)
    part = measured.take([row for row, example in enumerate(measured.examples) if sizes[example.group] >= FEWEST_TEXTS])
    outlets = [example.group for example in part.examples]
    largest = max(Counter(outlets).values()) / len(outlets)
    right = {"credscore's features": _named_by_features(part, outlets), "TF-IDF words": _named_by_words(part, outlets)}
    return [[name, len(set(outlets)), len(outlets), share, largest] for name, share in right.items()]


def _splits(outlets: Sequence[str]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    return list(StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(np.zeros(len(outlets)), outlets))


def _named_by_features(part: Measured, outlets: Sequence[str]) -> float:
    logs, names = transform(part.values), np.array(outlets)
    right = 0
    for train, test in _splits(outlets):
        middle = np.nan_to_num(np.nanmedian(logs[train], axis=0))
        filled = np.where(np.isnan(logs), middle, logs)
        probe = make_pipeline(StandardScaler(), LinearSVC(C=0.01, random_state=0)).fit(filled[train], names[train])
        right += int((probe.predict(filled[test]) == names[test]).sum())
    return right / len(outlets)


def _named_by_words(part: Measured, outlets: Sequence[str]) -> float:
    texts, names = np.array([example.text for example in part.examples], dtype=object), np.array(outlets)
    right = 0
    for train, test in _splits(outlets):
        probe = make_pipeline(TfidfVectorizer(min_df=3, sublinear_tf=True), LinearSVC(random_state=0)).fit(texts[train], names[train])
        right += int((probe.predict(texts[test]) == names[test]).sum())
    return right / len(outlets)
