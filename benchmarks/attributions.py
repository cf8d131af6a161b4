"""Agreement of attributions: who is said to say what, compared with relations labelled as in PolNeAR (Newell et al. 2018).

Every attribution has a source, a cue and a content, each a set of characters, some of them empty. Two attributions
match by their contents: shared characters over characters of either (Jaccard) must reach a threshold. Pairs are formed
greedily, the largest overlap first, and nothing is matched twice; what has no content takes no part. Among matched
pairs the source is right if the two overlap by .3 or both are empty.

A labelled content may stand in several pieces: “It will rain,” she said, “and soon.” The measure that published figures
use keeps the last piece of each; with `whole` a content is all of its pieces.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.fixtures import Agreement
from credscore import Evidence, Span

SOURCE_THRESHOLD = 0.3
_MARKS = frozenset('"“”')


class Relation(NamedTuple):
    """The characters of an attribution's source and content, whether a quotation mark stands in the content, and its pieces."""

    source: frozenset[int]
    content: frozenset[int]
    quoted: bool
    pieces: int


class Matched(NamedTuple):
    """Agreement of contents, and how many of the matched pairs have the right source."""

    contents: Agreement
    sources: int

    @property
    def source_accuracy(self) -> float:
        """Share of matched pairs with the right source."""
        return self.sources / (self.contents.right or 1)


def labelled(row: Mapping[str, Any], *, whole: bool = False) -> list[Relation]:
    """The relations of a gold row: `spans` [start, end, type, id, …] and `attributions` that name them by id.

    Spans that share an id are the pieces of one source or content: all count if `whole`, else the last alone.

    >>> spans = [[0, 5, "Content", "T1"], [6, 9, "Source", "T2"], [12, 20, "Content", "T1"]]
    >>> row = {"text": "x" * 20, "spans": spans, "attributions": [{"source": ["T2"], "content": ["T1"]}]}
    >>> [len(labelled(row, whole=whole)[0].content) for whole in (False, True)]
    [8, 13]
    """
    pieces: dict[str, list[tuple[int, int]]] = {}
    for start, end, _, name, *_ in row["spans"]:
        pieces[name] = [*(pieces.get(name, []) if whole else []), (start, end)]
    found = []
    for relation in row["attributions"]:
        source, content = ([place for name in relation[role] for place in pieces.get(name, [])] for role in ("source", "content"))
        found.append(_relation(row["text"], source, content))
    return [relation for relation in found if relation.content]


def predicted(text: str, evidence: Iterable[Evidence]) -> list[Relation]:
    """The relations of a text's sourcing evidence."""
    known = [item.attribution for item in evidence if item.attribution is not None]
    return [_relation(text, _given(item.source), _given(item.content)) for item in known if item.content is not None]


def match(gold: Sequence[Relation], found: Sequence[Relation], threshold: float) -> Matched:
    """One document's relations matched one to one."""
    overlaps = ((_overlap(one.content, other.content), i, j) for i, one in enumerate(gold) for j, other in enumerate(found))
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    sources = 0
    for overlap, i, j in sorted(overlaps, reverse=True):
        if overlap < threshold or not overlap:
            break
        if i in free_gold and j in free_found:
            free_gold.remove(i)
            free_found.remove(j)
            sources += _same_source(gold[i].source, found[j].source)
    pairs = len(gold) - len(free_gold)
    return Matched(Agreement(len(found), pairs, len(gold), pairs), sources)


def _given(span: Span | None) -> list[tuple[int, int]]:
    return [] if span is None else [(span.start, span.end)]


def _relation(text: str, source: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]]) -> Relation:
    quoted = any(not _MARKS.isdisjoint(text[start:end]) for start, end in content)
    return Relation(_characters(source), _characters(content), quoted, len(content))


def _characters(places: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in places for at in range(start, end))


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _same_source(one: frozenset[int], other: frozenset[int]) -> bool:
    return _overlap(one, other) >= SOURCE_THRESHOLD if one and other else not one and not other
