"""Floor 3½: text in, evidence and features out, no model. `Reader` runs the flow once for each field of a document."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from credscore.evidence import appositions, boilerplate, marks, sourcing, wording
from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground
from credscore.evidence.notices import Notice, notices_of, undone
from credscore.evidence.sourcing.names import Names
from credscore.evidence.traced import traced
from credscore.features import catalogue
from credscore.features.feature import Measured
from credscore.features.tally import Tally
from credscore.lexicon import scan
from credscore.lexicon.terms import Lexicon, bundled, no_garbage
from credscore.text.document import Document
from credscore.text.passage import Passage
from credscore.text.restore import Restored, restored
from credscore.text.segment import RULES_VERSION, Segmentation


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a document: its evidence, its features and why to take them with care.

    `words` and `sentences` count the whole text, boilerplate included. `measured` holds each feature's number with the
    evidence it was taken from.
    """

    document: Document
    words: int
    sentences: int
    evidence: tuple[Evidence, ...]
    measured: Mapping[str, Measured]
    notices: tuple[Notice, ...]

    @property
    def features(self) -> dict[str, float | None]:
        """Each feature's number; `None` where there was nothing to measure (headline features without a title)."""
        return {name: value for name, (value, _) in self.measured.items()}

    def to_dict(self) -> dict[str, Any]:
        """The reading in the form of `credscore read --format json`."""
        return {
            "id": self.document.id,
            "words": self.words,
            "sentences": self.sentences,
            "evidence": [item.to_dict() for item in self.evidence],
            "features": self.features,
            "notices": [notice._asdict() for notice in self.notices],
        }


_VOICE = (("style", "first_person"), ("style", "filler_opinion"))


class Reader:
    """Reads documents with one lexicon and one segmentation; safe to share between threads."""

    def __init__(self, lexicon: Lexicon | None = None, segmentation: Segmentation = "rules") -> None:
        if segmentation not in ("rules", "punkt"):
            raise ValueError(f"segmentation is 'rules' or 'punkt', not {segmentation!r}.")
        self.lexicon = lexicon or bundled()
        self.segmentation: Segmentation = segmentation
        with no_garbage():
            self._scanner = scan.Scanner(self.lexicon.terms)

    @property
    def segmentation_version(self) -> str:
        """The name under which the segmentation stands in signatures."""
        return RULES_VERSION if self.segmentation == "rules" else self.segmentation

    def knows(self, word: str) -> bool:
        """Whether a word of small letters stands in some form of the lexicon."""
        return self._scanner.knows(word)

    def read(self, document: Document) -> Reading:
        """Evidence and features of a document, whatever its text: one word or none is read too."""
        passage, of_text = self._passage(document.text, self.segmentation)
        ground = Ground(passage, self._scanner, "text")
        furniture = boilerplate.find(ground)
        ground.skip([(item.start, item.end) for item in furniture])
        names = Names(ground)
        sources = sourcing.find(ground, names)
        evidence = [*sources, *wording.find(ground, names, sources), *marks.find(ground), *appositions.find(ground), *furniture]
        body = Tally(ground, evidence)
        title = of_title = None
        if document.title:
            passage_of_title, of_title = self._passage(document.title)
            headline = Ground(passage_of_title, self._scanner, "title")
            found = [*wording.find(headline, names), *marks.find(headline)]
            title = Tally(headline, found)
            evidence += found
        reading = Reading(
            document=document,
            words=body.words,
            sentences=len(passage.sentences),
            evidence=tuple(evidence),
            measured=catalogue.measure(body, title),
            notices=notices_of(ground, furniture, body.words, len(body.found(_VOICE))),
        )
        return reading if of_text is None and of_title is None else _as_given(reading, of_text, of_title)

    def _passage(self, text: str, segmentation: Segmentation = "rules") -> tuple[Passage, Restored | None]:
        """A text as the rules see it and, where something had to be put back first, the way from there to the caller's string."""
        passage = Passage(text, segmentation)
        found = restored(passage, self.knows)
        return (passage, None) if found is None else (Passage(found.text, segmentation), found)


def _as_given(reading: Reading, of_text: Restored | None, of_title: Restored | None) -> Reading:
    """A reading of restored texts with its evidence where the caller's strings have it, and a notice of what was undone."""
    document = reading.document
    fields = {"text": (document.text, of_text), "title": (document.title or "", of_title)}
    moved: dict[int, Evidence] = {}
    for item in reading.evidence:
        given, made = fields[item.field]
        moved[id(item)] = item if made is None else traced(item, given, made)
    return replace(
        reading,
        evidence=tuple(moved.values()),
        measured={name: Measured(value, [moved[id(item)] for item in found]) for name, (value, found) in reading.measured.items()},
        notices=reading.notices + undone([made.undone for made in (of_text, of_title) if made is not None]),
    )


@cache
def default_reader() -> Reader:
    """The reader with the bundled lexicon, built once."""
    return Reader()


def read(text: str, *, title: str | None = None) -> Reading:
    """Evidence and features of a text, without a score. Accepts any string.

    >>> print(*[item.text for item in read("A source said the neo-Nazi regime fell.").evidence if item.layer == "loaded"])
    neo-Nazi regime
    """
    return default_reader().read(Document.of({"text": text, "title": title}))


def compiled() -> bool:
    """Whether the rules run compiled to machine code (`make compiled`), which gives the same bytes sooner."""
    return scan.__file__.endswith((".so", ".pyd"))
