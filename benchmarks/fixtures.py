"""The fixtures with their gold labels, and how closely evidence agrees with them.

`documents()` loads every fixture with its spans resolved to offsets; `agreement` compares spans with spans. The form of the
files is described in `fixtures/README.md`. Nothing here knows how credscore finds its evidence.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmarks import ROOT

FOLDER = ROOT / "fixtures"

KINDS: Mapping[str, frozenset[str]] = {
    "sourcing": frozenset(("named_person", "organization", "outlet", "document", "unnamed", "vague", "author")),
    "weasel": frozenset(("quantifier", "passive_vague")),
    "hedge": frozenset(("epistemic", "evidential", "approximator")),
    "booster": frozenset(("certainty", "universal", "emphatic")),
    "loaded": frozenset(("contentious_label", "name_calling", "loaded_language", "scare_quotes")),
    "boilerplate": frozenset(
        (
            *("newsletter", "social", "donation", "membership", "advert", "copyright", "disclaimer", "syndication", "related_links"),
            *("byline_bio", "photo_credit", "navigation", "comments", "ai_disclosure", "contact", "dateline_agency", "press_release"),
            "sponsored",
        )
    ),
}
"""The layers that are labelled, and the kinds of each."""

LABELS = ("credible", "middling", "not_credible")

LONGEST_RATIO, LONGEST_SLACK = 3, 10
"""A found span agrees with a gold span that it touches if it is at most this many times as long and this many characters more."""


class Place(NamedTuple):
    """A span of one field of a document: `text` (the body) or `title` (the headline)."""

    field: str
    start: int
    end: int

    def touches(self, other: "Place") -> bool:
        """Whether the two share at least one character."""
        return self.field == other.field and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A labelled span, resolved; `attributes` holds what else the label says (`cue`, `mode`, `anaphor`, `in_quote`)."""

    layer: str
    kind: str
    place: Place
    text: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A fixture document with its labels."""

    slug: str
    title: str
    text: str
    genre: str
    label: str
    difficulty: str
    why: str
    spans: tuple[GoldSpan, ...]

    def of(self, layer: str) -> list[GoldSpan]:
        """The labelled spans of a layer."""
        return [span for span in self.spans if span.layer == layer]


class GoldError(ValueError):
    """A label that does not resolve; names the file and the span."""


def headline_and_body(markdown: str) -> tuple[str, str]:
    r"""The headline (first line, after `# `) and the body of a fixture document.

    >>> headline_and_body("# Bridge falls\n\nIt fell.\n")
    ('Bridge falls', 'It fell.\n')
    """
    first, _, rest = markdown.partition("\n")
    return first.removeprefix("#").strip(), rest.lstrip("\r\n")


def nth_place(text: str, snippet: str, nth: int = 1) -> tuple[int, int] | None:
    """Where `snippet` stands in `text` for the `nth` time (from 1; plain substring search), or `None`.

    >>> nth_place("he said she said", "said", 2)
    (12, 16)
    >>> nth_place("he said", "said", 2) is None
    True
    """
    at = -1
    for _ in range(nth):
        at = text.find(snippet, at + 1)
        if at < 0:
            return None
    return at, at + len(snippet)


def resolve(record: Mapping[str, Any], layer: str, text: str, title: str, slug: str) -> GoldSpan:
    """A label as written in a gold file, with its offsets. Raises `GoldError` if its text is not there or its kind unknown."""
    snippet, where, nth = record["text"], record.get("field", "text"), record.get("nth", 1)
    found = nth_place(title if where == "title" else text, snippet, nth)
    if found is None or not snippet:
        raise GoldError(f"{slug}.toml: {layer} span {snippet!r} does not stand in the {where} {nth} time(s)")
    if record["kind"] not in KINDS[layer]:
        raise GoldError(f"{slug}.toml: {layer} span {snippet!r} is of the unknown kind {record['kind']!r}")
    attributes = {key: value for key, value in record.items() if key not in ("text", "kind", "field", "nth")}
    return GoldSpan(layer, record["kind"], Place(where, *found), snippet, attributes)


def load(slug: str, folder: Path = FOLDER) -> GoldDocument:
    """One fixture document with its labels."""
    title, text = headline_and_body((folder / "documents" / f"{slug}.md").read_text(encoding="utf8"))
    gold = tomllib.loads((folder / "gold" / f"{slug}.toml").read_text(encoding="utf8"))
    spans = tuple(resolve(record, layer, text, title, slug) for layer in KINDS for record in gold.get(layer, ()))
    return GoldDocument(slug, title, text, gold["genre"], gold["label"], gold["difficulty"], gold["why"], spans)


@cache
def documents(folder: Path = FOLDER) -> tuple[GoldDocument, ...]:
    """All fixture documents, by slug."""
    return tuple(load(path.stem, folder) for path in sorted((folder / "documents").glob("*.md")))


class Found(Protocol):
    """What is needed of a piece of evidence: the fields of credscore's `Evidence`."""

    @property
    def layer(self) -> str: ...  # noqa: D102 - fields of the evidence record
    @property
    def field(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def attribution(self) -> Any: ...  # noqa: D102 - an attribution or nothing


def comparable(evidence: Iterable[Found], layer: str) -> list[Place]:
    """The places of a layer's evidence that the gold would label: for sourcing, an expressed source of speech."""
    return [Place(item.field, item.start, item.end) for item in evidence if item.layer == layer and _is_labelled(item)]


def _is_labelled(item: Found) -> bool:
    known = item.attribution
    return known is None or (known.source is not None and known.act == "speech")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of agreement: of what was found, how much is right; of what is labelled, how much was found."""

    found: int = 0
    right: int = 0
    labelled: int = 0
    reached: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(self.found + other.found, self.right + other.right, self.labelled + other.labelled, self.reached + other.reached)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is labelled that was found; 0 where nothing is labelled."""
        return self.reached / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def by_spans(found: Sequence[Place], gold: Sequence[Place]) -> Agreement:
    """Partial overlap: a found span is right if it touches a gold span and is not much longer; a gold span is reached if touched.

    >>> by_spans([Place("text", 0, 4), Place("text", 50, 54)], [Place("text", 2, 8)])
    Agreement(found=2, right=1, labelled=1, reached=1)
    """
    right = sum(any(item.touches(span) and _is_not_much_longer(item, span) for span in gold) for item in found)
    reached = sum(any(span.touches(item) for item in found) for span in gold)
    return Agreement(len(found), right, len(gold), reached)


def _is_not_much_longer(item: Place, span: Place) -> bool:
    return item.end - item.start <= LONGEST_RATIO * (span.end - span.start) + LONGEST_SLACK


def by_characters(found: Sequence[Place], gold: Sequence[Place]) -> Agreement:
    """Agreement character by character, overlapping spans counted once.

    >>> by_characters([Place("text", 0, 4)], [Place("text", 2, 8)])
    Agreement(found=4, right=2, labelled=6, reached=2)
    """
    here, there = set(_characters(found)), set(_characters(gold))
    return Agreement(len(here), len(here & there), len(there), len(here & there))


def _characters(places: Iterable[Place]) -> Iterator[tuple[str, int]]:
    for place in places:
        for at in range(place.start, place.end):
            yield place.field, at


def agreement(evidence: Sequence[Found], document: GoldDocument, layer: str) -> Agreement:
    """How the evidence found in a document agrees with its labels in one layer."""
    found, gold = comparable(evidence, layer), [span.place for span in document.of(layer)]
    return by_characters(found, gold) if layer == "boilerplate" else by_spans(found, gold)
