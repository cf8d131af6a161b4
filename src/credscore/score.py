"""Floor 4: the model applied to a reading. `Scorer` scores, `Score` explains itself, `Signature` says what made it."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache, cached_property, lru_cache, partial
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credscore.contributions import Adder, Contribution
from credscore.errors import MissingExtra, UnscorableText
from credscore.evidence.evidence import Evidence
from credscore.evidence.notices import Notice
from credscore.features.catalogue import BY_NAME
from credscore.lexicon.own import Own, extended
from credscore.lexicon.terms import Lexicon, bundled
from credscore.many import mapped
from credscore.model import DEFAULT, LinearModel
from credscore.model import from_dict as model_from_dict
from credscore.model import load as load_model
from credscore.packed import Packed, pack, unpack
from credscore.points import SUFFIX, card_of
from credscore.reading import Reader, Reading, default_reader
from credscore.text.document import Document
from credscore.text.segment import Segmentation
from credscore.version import __version__

if TYPE_CHECKING:
    from credscore.publishers import SourceScore

FEWEST_WORDS = 40
_BINARY_SAMPLE = 2048
_BINARY_SHARE = 0.02
_CONTROL = bytes(range(0x09)) + bytes(range(0x0E, 0x20))


class Signature(NamedTuple):
    """Everything that can move a number: same text and same signature, same bytes."""

    version: str
    model: str
    model_digest: str
    lexicon: str
    segmentation: str

    def __str__(self) -> str:
        return f"credscore-{self.version}|{self.model}:{self.model_digest}|lexicon:{self.lexicon}|{self.segmentation}"


_Found = tuple[tuple[Evidence, ...], tuple[Contribution, ...]]


class _Later:
    """Room for how the evidence and the contributions of a score are had that does not hold them yet."""

    __slots__ = ("_later",)

    _later: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score(_Later):
    """How credibly a text is sourced and worded, and every reason for it.

    `value` is 100·`probability` at prior ½: the calibrated probability that a text with these features comes from
    credible reporting as the model's card defines it. `interval` is on the 0–100 scale. `baseline` plus the amounts of
    the `contributions` is `logit`, exactly. It says nothing about whether the text is right.

    `evidence` and `contributions` may be unpacked, or found again in the text, when they are first asked for: see `Scorer.score`.
    """

    id: str | None
    value: float
    probability: float
    prior: float
    interval: tuple[float, float]
    baseline: float
    logit: float
    contributions: tuple[Contribution, ...]
    features: Mapping[str, float | None]
    evidence: tuple[Evidence, ...]
    notices: tuple[Notice, ...]
    percentiles: Mapping[str, int]
    words: int
    sentences: int
    source: str | None
    signature: Signature
    date: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes with evidence and contributions packed; found first where a score does not hold them."""
        return _traveled, (type(self), _numbers_of(self), pack(self.evidence, self.contributions))

    def __getattr__(self, name: str) -> Any:
        """Evidence and contributions that a score does not hold, when they are first asked for: many a batch wants the numbers alone."""
        if name in _FOUND:
            later = self._later
            find = later.get("find")
            if find is not None:  # who else asks at the same time takes what was there first: evidence is the same wherever it is seen
                found: _Found = later.setdefault("found", find())
                for field, value in zip(_FOUND, found, strict=True):
                    object.__setattr__(self, field, value)
                later.pop("find", None)
            return object.__getattribute__(self, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def to_dict(self) -> dict[str, Any]:
        """The score as JSON types; contributions point into `evidence` by index."""
        place = {id(item): number for number, item in enumerate(self.evidence)}
        return {
            "id": self.id,
            "source": self.source,
            "date": self.date,
            "value": self.value,
            "probability": self.probability,
            "prior": self.prior,
            "interval": list(self.interval),
            "baseline": self.baseline,
            "logit": self.logit,
            "contributions": [
                {**item._asdict(), "reason": item.reason, "evidence": [place[id(found)] for found in item.evidence]}
                for item in self.contributions
            ],
            "features": dict(self.features),
            "evidence": [item.to_dict() for item in self.evidence],
            "notices": [notice._asdict() for notice in self.notices],
            "percentiles": dict(self.percentiles),
            "words": self.words,
            "sentences": self.sentences,
            "signature": str(self.signature),
        }

    def to_json(self) -> str:
        """One line of JSON, the same bytes for the same text and signature (ASCII, so lone surrogates survive)."""
        return json.dumps(self.to_dict(), separators=(",", ":"))

    def _repr_html_(self) -> str | None:
        """The score in a notebook; `None`, which notebooks take as plain text, without the extra `report`."""
        from credscore.report import html

        try:
            return html.card(self)
        except MissingExtra:
            return None

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Score":
        """The inverse of `to_dict`."""
        evidence = tuple(Evidence.from_dict(item) for item in record["evidence"])
        version, model, lexicon, segmentation = record["signature"].removeprefix("credscore-").split("|")
        name, digest = model.rsplit(":", 1)
        return cls(
            id=record["id"],
            value=record["value"],
            probability=record["probability"],
            prior=record["prior"],
            interval=(record["interval"][0], record["interval"][1]),
            baseline=record["baseline"],
            logit=record["logit"],
            contributions=tuple(
                Contribution(
                    item["feature"], item["family"], item["value"], item["amount"], tuple(evidence[number] for number in item["evidence"])
                )
                for item in record["contributions"]
            ),
            features=dict(record["features"]),
            evidence=evidence,
            notices=tuple(Notice(**notice) for notice in record["notices"]),
            percentiles=dict(record["percentiles"]),
            words=record["words"],
            sentences=record["sentences"],
            source=record["source"],
            signature=Signature(version, name, digest, lexicon.removeprefix("lexicon:"), segmentation),
            date=record.get("date"),
        )

    @classmethod
    def from_json(cls, line: str) -> "Score":
        """The inverse of `to_json`."""
        return cls.from_dict(json.loads(line))


_FOUND = ("evidence", "contributions")
_NUMBERS = tuple(field.name for field in fields(Score) if field.name not in _FOUND)


def _numbers_of(score: Score) -> dict[str, Any]:
    """All of a score but its evidence and contributions."""
    return {name: getattr(score, name) for name in _NUMBERS}


def _found_later(kind: type[Score], numbers: Mapping[str, Any], find: Callable[[], _Found]) -> Score:
    """A score whose evidence and contributions are found when they are asked for."""
    score = object.__new__(kind)
    for name, value in numbers.items():
        object.__setattr__(score, name, value)
    object.__setattr__(score, "_later", {"find": find})
    return score


def _traveled(kind: type[Score], numbers: Mapping[str, Any], packed: Packed) -> Score:
    """A score from another process."""
    return _found_later(kind, numbers, partial(unpack, packed, Contribution))


class Failure(NamedTuple):
    """A document that could not be scored, in its place among the results."""

    id: str | None
    code: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The failure as JSON types."""
        return {"id": self.id, "error": {"code": self.code, "message": self.message}}


class Scorer:
    """Scores texts with one model. Holds nothing of the texts, so one scorer serves any number of threads."""

    def __init__(self, model: LinearModel, reader: Reader | None = None) -> None:
        self.model = model
        self.reader = reader or default_reader()
        self._adder = Adder(model)

    @cached_property
    def signature(self) -> Signature:
        """What made the scores of this scorer."""
        digest = self.model.to_dict()["digest"]
        return Signature(__version__, self.model.name, digest, self.reader.lexicon.digest, self.reader.segmentation_version)

    def score(self, text: str, title: str | None = None, *, prior: float = 0.5, keep_evidence: bool = True) -> Score:
        """The score of a text. `prior` (the share of credible texts you expect) shifts `probability` and nothing else.

        Without `keep_evidence` a score holds its numbers and the text, and finds its evidence and its contributions again when they are
        asked for: these take several times the memory of a text.

        Raises `UnscorableText` for an empty, binary or under-40-word text; everything else is a notice.
        """
        return self.score_document(Document.of({"text": text, "title": title}), prior=prior, keep_evidence=keep_evidence)

    def score_document(self, document: Document, *, prior: float = 0.5, keep_evidence: bool = True) -> Score:
        """The score of a `Document`; `id` and `source` are kept."""
        check_prior(prior)
        check_scorable(document.text)
        reading = self.reader.read(document)
        if reading.words < FEWEST_WORDS:
            raise UnscorableText(
                "too_short",
                f"{reading.words} words; at least {FEWEST_WORDS} are needed. "
                "Score the whole article, or use credscore.read for its evidence.",
            )
        return self._score(reading, prior, None if keep_evidence else partial(self._found_in, document))

    def score_reading(self, reading: Reading, *, prior: float = 0.5) -> Score:
        """The model applied to a reading that was made before."""
        return self._score(reading, prior, None)

    def _score(self, reading: Reading, prior: float, find: Callable[[], _Found] | None) -> Score:
        """The score of a reading: with its evidence, or with how to `find` it."""
        model, document = self.model, reading.document
        logit, contributions, outside = self._adder.add(reading.measured, find is None)
        notices = reading.notices
        if outside:
            labels = ", ".join(BY_NAME[feature].label for feature in outside)
            notices += (Notice("outside_range", f"beyond nearly all training texts, so counted at the edge of their range: {labels}"),)
        numbers: dict[str, Any] = {
            "id": document.id,
            "value": 100.0 * sigmoid(logit),
            "probability": sigmoid(logit + math.log(prior / (1.0 - prior))),
            "prior": prior,
            "interval": (100.0 * sigmoid(logit - model.half_width), 100.0 * sigmoid(logit + model.half_width)),
            "baseline": model.baseline,
            "logit": logit,
            "features": reading.features,
            "notices": notices,
            "percentiles": {name: model.percentile(name, logit) for name in model.populations},
            "words": reading.words,
            "sentences": reading.sentences,
            "source": document.source,
            "signature": self.signature,
            "date": document.date,
        }
        if find is not None:
            return _found_later(Score, numbers, find)
        return Score(**numbers, evidence=reading.evidence, contributions=contributions)

    def score_many(
        self,
        documents: Iterable["str | Mapping[str, Any] | Document | Failure"],
        *,
        jobs: int = 1,
        prior: float = 0.5,
        keep_evidence: bool = True,
    ) -> Iterator["Score | Failure"]:
        """Scores in the order of the documents, streaming; what cannot be scored is a `Failure` in its place.

        `jobs` is the number of processes; the scores are the same bytes whatever it is. A `Failure` among the documents
        (a file that could not be read) is passed on. Without `keep_evidence` scores hold their numbers and the text, as in
        `score`: less to keep, and less to hand from one process to another.
        """
        check_prior(prior)
        settled = map(_settled, documents)
        if keep_evidence:
            return mapped(partial(self.try_score, prior=prior), settled, jobs, characters)
        given, kept = tee(settled)
        return map(self._without_evidence, mapped(partial(self._try_numbers, prior=prior), given, jobs, characters), kept)

    def try_score(
        self, document: "str | Mapping[str, Any] | Document | Failure", *, prior: float = 0.5, keep_evidence: bool = True
    ) -> Score | Failure:
        """A `Score`, or a `Failure` where `score` would raise; of code "defect" where it should not. Raises for an impossible prior."""
        check_prior(prior)
        if isinstance(document, Failure):
            return document
        try:
            known = Document.of(document)
        except TypeError as error:
            label = document.get("id") if isinstance(document, Mapping) else None
            return Failure(None if label is None else str(label), "not_a_document", str(error))
        try:
            return self.score_document(known, prior=prior, keep_evidence=keep_evidence)
        except UnscorableText as error:
            return Failure(known.id, error.code, str(error))
        except Exception as error:  # one text must not end a batch of millions
            return Failure(known.id, "defect", f"{type(error).__name__}: {error}. This is an error of credscore: please report it.")

    def _try_numbers(self, document: Document | Failure, *, prior: float) -> dict[str, Any] | Failure:
        result = self.try_score(document, prior=prior, keep_evidence=False)
        return _numbers_of(result) if isinstance(result, Score) else result

    def _without_evidence(self, numbers: dict[str, Any] | Failure, document: Document) -> Score | Failure:
        """The score with these numbers, or the failure."""
        return numbers if isinstance(numbers, Failure) else _found_later(Score, numbers, partial(self._found_in, document))

    def _found_in(self, document: Document) -> _Found:
        score = self.score_document(document)
        return score.evidence, score.contributions

    def score_sources(
        self, results: "Iterable[Score | Failure | Mapping[str, Any]]", *, fewest: int | None = None
    ) -> "tuple[SourceScore, ...]":
        """Publishers by score, highest first, from scored texts with a `source`: the roll-up of `credscore.publishers`.

        `results` are what `score_many` gives, or mappings with `source` and `logit` (or `value`), and `date` where known.
        Publishers of fewer than `fewest` texts (default 5) are not scored; failures and texts without a source are passed over.
        Raises `InputError` for scores of two signatures or of another model.
        """
        from credscore.publishers import FEWEST_TEXTS, roll_up

        return roll_up(results, self.model, fewest=FEWEST_TEXTS if fewest is None else fewest).sources

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as the model and the segmentation; the lexicon's trie is built there, once."""
        if self.reader.lexicon is not bundled():
            return Scorer, (self.model, self.reader)
        return _restored, (self.model.to_json(), self.reader.segmentation)


@lru_cache(maxsize=4)
def _restored(model: str, segmentation: Segmentation) -> Scorer:
    return load(model_from_dict(json.loads(model), "a model from another process", frozenset(BY_NAME)), segmentation=segmentation)


def characters(document: Any) -> int:
    """How long a `Document` is; 0 for anything else."""
    return len(document.text) if isinstance(document, Document) else 0


def _settled(document: Any) -> Any:
    """What was handed in, as a `Document` if it is one: that stays as it is, whatever becomes of a mapping."""
    try:
        return Document.of(document)
    except TypeError:
        return document


def sigmoid(logit: float) -> float:
    """1 / (1 + e^−logit), without overflow."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    grown = math.exp(logit)
    return grown / (1.0 + grown)


def check_prior(prior: float) -> None:
    """Raise `ValueError` for a prior that is no probability between 0 and 1, both excluded."""
    if not 0 < prior < 1:
        raise ValueError(f"prior is a probability between 0 and 1, both excluded; {prior} is not.")


def check_scorable(text: str) -> None:
    """Raise `UnscorableText` for an empty or binary text."""
    if not text.strip():
        raise UnscorableText("empty", "The text is empty. Give the body of an article.")
    head = text[:_BINARY_SAMPLE]
    encoded = head.encode("utf8", "replace")
    control = len(encoded) - len(encoded.translate(None, _CONTROL)) + head.count("\ufffd")
    if control > _BINARY_SHARE * len(head) + 1:
        raise UnscorableText(
            "binary", f"{control} of the first {len(head)} characters are control characters: this is no text. Decode or extract it first."
        )


@cache
def default_scorer() -> Scorer:
    """The scorer of the bundled model, loaded once."""
    return load()


def load(
    model: str | Path | LinearModel = DEFAULT,
    *,
    segmentation: Segmentation = "rules",
    lexicon: "Lexicon | Own | None" = None,
    without: Iterable[str] = (),
) -> Scorer:
    """A scorer with a bundled model (by name) or a model file (by path). Raises `ModelError` for a bad one.

    A name that ends in `-card`, such as "news-en-1-card", is the points card made from that model.

    `lexicon` adds a TOML file or mapping of your own to the bundled lexicon, or takes the place of it if it is a
    `Lexicon`; `without` switches layers, kinds or entries off (see `extended`). The signature tells. The model's weights
    stay those that were fitted on the bundled lexicon.
    """
    words = lexicon if isinstance(lexicon, Lexicon) else extended(bundled(), *() if lexicon is None else (lexicon,))
    words = extended(words, without=without)
    reader = default_reader() if segmentation == "rules" and words is bundled() else Reader(words, segmentation)
    if not isinstance(model, LinearModel):
        model = _of_name(model)
    elif unknown := sorted({weight.feature for weight in model.weights} - set(BY_NAME)):
        raise ValueError(f"The model names features that do not exist: {', '.join(unknown)}.")
    return Scorer(model, reader)


def _of_name(name: str | Path) -> LinearModel:
    """The model of a file or a name, or the points card that a name asks for."""
    known = frozenset(BY_NAME)
    with suppress(OSError):  # a name too long for any file is told below
        if str(name).endswith(SUFFIX) and not Path(name).is_file():
            return card_of(load_model(str(name).removesuffix(SUFFIX), known))
    return load_model(name, known)


def score(text: str, title: str | None = None, *, prior: float = 0.5, keep_evidence: bool = True) -> Score:
    """The score of a text by the bundled model; see `Scorer.score`."""
    return default_scorer().score(text, title, prior=prior, keep_evidence=keep_evidence)


__all__ = ["Contribution", "Failure", "Score", "Scorer", "Signature", "load", "score"]
