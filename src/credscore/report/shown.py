"""What the views share: the limits every explanation states, names for layers and kinds, and text made fit to be shown."""

from collections.abc import Iterable
from typing import NamedTuple

from credscore.evidence.evidence import Evidence
from credscore.evidence.sourcing.told import ASPECTS
from credscore.score import Score

NOT_CHECKED = (
    "whether the claims are right",
    "who publishes the text and how it is funded",
    "bylines, links and pictures",
    "whether quotations and sources exist",
    "how the publisher corrects errors",
)
"""What no feature looks at, whatever the text."""


class Layer(NamedTuple):
    """A group of findings that a reader switches on and off: its key, its name, and what it holds."""

    key: str
    label: str
    meaning: str


LAYERS = (
    Layer("boilerplate", "Not the report", "newsletter, share, copyright and other furniture, taken out before the wording is measured"),
    Layer("sourcing", "Sources", "who says it: by name, unnamed, or nobody in particular"),
    Layer("diligence", "Checking", "a reply sought, a claim that could or could not be verified, a correction"),
    Layer("loaded", "Loaded words", "labels, name-calling, loaded language, sneering quotation marks"),
    Layer("booster", "Boosters", "certainty and emphasis, such as 'certainly'"),
    Layer("hedge", "Hedges", "doubt and hearsay, such as 'may' or 'reportedly'; rounded quantities"),
    Layer("weasel", "Vague crowds", "'many', 'widely regarded': who or how many stays open"),
    Layer("style", "Manner", "questions, 'I' and 'you', emotion, hype, capitals, opinion"),
    Layer("register", "Small words", "the words of a report ('earlier', 'than') and of argument or talk ('this', 'so', 'stuff')"),
    Layer("anchor", "Figures and dates", "what a reader could look up"),
)
"""In the order in which their marks nest, the outermost first."""

_ANCHORS = frozenset(("number", "time_anchor"))
_KINDS = {
    "named_person": "person by name",
    "organization": "institution",
    "outlet": "news organisation",
    "document": "document",
    "unnamed": "unnamed person",
    "vague": "nobody in particular",
    "author": "the writer",
    "ai_disclosure": "machine assistance",
    "dateline_agency": "agency line",
    "byline_bio": "about the author",
    "time_anchor": "day or date",
    "number": "figure",
}
_QUOTED_ASPECTS = frozenset(("basis", "reason", "condition"))
_SHOWN = 4


def layer_of(item: Evidence) -> str:
    """The key of the layer under which a finding is shown.

    >>> layer_of(Evidence("style", "number", "text", 0, 2, "12", False, 1, ""))
    'anchor'
    """
    return "anchor" if item.layer == "style" and item.kind in _ANCHORS else item.layer


def kind_label(kind: str) -> str:
    """A kind of evidence in plain words.

    >>> kind_label("named_person"), kind_label("scare_quotes")
    ('person by name', 'scare quotes')
    """
    return _KINDS.get(kind, kind.replace("_", " "))


def told_of(item: Evidence) -> tuple[str, ...]:
    """The words that tell how an unnamed source knows, why it is unnamed, and on what condition it spoke."""
    if item.attribution is None:
        return ()
    return tuple(words for words in (item.attribution.basis, item.attribution.reason, item.attribution.condition) if words)


def aspects_of(item: Evidence) -> tuple[str, ...]:
    """What else is told of an unnamed source, beyond the words of `told_of`: "a role or place is given"."""
    if item.attribution is None or item.kind != "unnamed":
        return ()
    return tuple(ASPECTS[aspect] for aspect in item.attribution.told if aspect not in _QUOTED_ASPECTS)


def standing(percentile: int) -> str:
    """A place in a reference population; nothing is higher than 100 % of the texts that it is one of.

    >>> standing(93), standing(100)
    ('higher than 93 %', 'in the highest 1 %')
    """
    if percentile in (0, 100):
        return f"in the {'highest' if percentile else 'lowest'} 1 %"
    return f"higher than {percentile} %"


def varied(evidence: Iterable[Evidence], most: int = _SHOWN) -> list[Evidence]:
    """The strongest findings, each wording once, in reading order."""
    seen: set[str] = set()
    chosen = []
    for item in sorted(evidence, key=lambda item: (-item.strength, item.start)):
        wording = item.text.casefold()
        if wording not in seen:
            seen.add(wording)
            chosen.append(item)
    return sorted(chosen[:most], key=lambda item: item.start)


def label_of(score: Score, title: str | None) -> str:
    """What to call a document: its headline, else the last part of its id, else "text"."""
    return title or (score.id or "text").replace("\\", "/").rsplit("/", 1)[-1]


def visible(piece: str) -> str:
    """Text that cannot move the cursor, change its direction or break the line."""
    return "".join(char if char.isprintable() else " " for char in piece)


_CONTROLS = (*range(9), 11, *range(14, 32), *range(127, 160))
_OVERRIDES = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NO_CHARACTERS = (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_REPLACED = dict.fromkeys((*_CONTROLS, *_OVERRIDES, *_NO_CHARACTERS), "\ufffd")


def legible(piece: str) -> str:
    r"""The text as a page may hold it, as many characters as before.

    Control characters, lone surrogates and the marks that override the direction of writing become U+FFFD, so that what
    is seen stands in the order in which it is written; the harmless direction marks U+200E and U+200F stay.

    >>> legible("safe \u202etxet") == "safe \ufffdtxet"
    True
    """
    return piece.translate(_REPLACED)
