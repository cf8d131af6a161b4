"""Peers: other readers of texts on the same documents in the same run, as ratios.

On: the documents of 4,096 characters of `benchmarks.speed`, one in four. How: CPU seconds of this process, the median of three
rounds after a warm-up, start not counted. None of them does what credscore does; what each was asked for stands beside it. A peer
that is not installed, or lacks data that it would download, is a row that says so.
"""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from benchmarks import corpora
from benchmarks.clock import timed
from benchmarks.speed import documents
from benchmarks.tables import Cell, Table

TITLE = "Peers on the same documents, one process"
ROUNDS = 3
EVERY = 4

Asked = Callable[[str], object]


def _vader() -> Asked:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-not-found]

    asked: Asked = SentimentIntensityAnalyzer().polarity_scores
    return asked


def _textstat() -> Asked:
    import textstat  # type: ignore[import-not-found]

    asked: Asked = textstat.flesch_reading_ease
    return asked


def _proselint() -> Asked:
    from proselint.checks import __register__  # type: ignore[import-not-found]
    from proselint.registry import CheckRegistry  # type: ignore[import-not-found]
    from proselint.tools import LintFile  # type: ignore[import-not-found]

    CheckRegistry().register_many(__register__)
    return lambda text: LintFile("document", text).lint()


def _nela() -> Asked:
    from nela_features.nela_features import NELAFeatureExtractor  # type: ignore[import-not-found]

    asked: Asked = NELAFeatureExtractor().extract_all
    return asked


def _textacy() -> Asked:
    import spacy  # type: ignore[import-not-found]
    from textacy.extract import direct_quotations  # type: ignore[import-not-found]

    pipeline: Any = spacy.load("en_core_web_sm")
    return lambda text: list(direct_quotations(pipeline(text)))


PEERS: Sequence[tuple[str, str, Callable[[], Asked]]] = (
    ("VADER", "one sentiment", _vader),
    ("textstat", "Flesch reading ease", _textstat),
    ("proselint", "all checks", _proselint),
    ("NELA features", "all features", _nela),
    ("textacy on spaCy", "direct quotations", _textacy),
)


def run() -> list[Table]:
    """How many documents a second credscore and each peer read."""
    ours = _seconds(corpora.scorer().score)
    rows: list[list[Cell]] = [["credscore", "a score with all its evidence", 1 / ours, 1.0]]
    for name, what, ready in PEERS:
        try:
            theirs = _seconds(ready())
        except (ImportError, LookupError, OSError) as error:  # nltk tells data that are missing by a `LookupError`, spaCy by an `OSError`
            rows.append([f"{name} ({_reason(error)})", what, None, None])
        else:
            rows.append([name, what, 1 / theirs, ours / theirs])
    return [Table(TITLE, ("reader", "asked for", "documents a CPU second", "times credscore"), rows)]


def _seconds(asked: Asked) -> float:
    """CPU seconds a document. Each round numbers its documents anew, as some readers remember their answers."""
    texts, number = documents()[::EVERY], count()
    return timed(lambda: [asked(f"{text} {next(number)}") for text in texts], ROUNDS).seconds / len(texts)


def _reason(error: Exception) -> str:
    """Why a peer cannot be asked: it is not here, or the data are not that it would download."""
    return "not installed" if isinstance(error, ImportError) else "its data are not here"
