"""credscore: how credibly a news text is sourced and worded, and every reason for it.

It scores sourcing and style. It never says that a text is right or wrong.

    >>> import credscore
    >>> reading = credscore.read("Officials said on Monday that the bridge was safe.")
    >>> reading.features["dated_events"] > 0
    True
"""

from credscore.errors import CredscoreError, InputError, LexiconError, MissingExtra, ModelError, UnscorableText
from credscore.evidence.evidence import Attribution, Evidence, Span
from credscore.evidence.notices import Notice
from credscore.features.catalogue import FEATURES
from credscore.features.feature import Direction, Feature
from credscore.lexicon.own import extended
from credscore.lexicon.terms import Lexicon, bundled
from credscore.model import LinearModel, Weight
from credscore.publishers import SourceScore
from credscore.reading import Reader, Reading, read
from credscore.report.comparison import Comparison, compare
from credscore.score import Contribution, Failure, Score, Scorer, Signature, load, score
from credscore.text.document import Document
from credscore.version import __version__

__all__ = [
    "FEATURES",
    "Attribution",
    "Comparison",
    "Contribution",
    "CredscoreError",
    "Direction",
    "Document",
    "Evidence",
    "Failure",
    "Feature",
    "InputError",
    "Lexicon",
    "LexiconError",
    "LinearModel",
    "MissingExtra",
    "ModelError",
    "Notice",
    "Reader",
    "Reading",
    "Score",
    "Scorer",
    "Signature",
    "SourceScore",
    "Span",
    "UnscorableText",
    "Weight",
    "__version__",
    "bundled",
    "compare",
    "extended",
    "load",
    "read",
    "score",
]
