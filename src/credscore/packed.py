"""Floor 2½: a score's evidence and contributions as columns of plain values, for the way between processes.

Records travel one by one, each with its type and by calls into Python; columns are taken apart and put together in C. They
are bytes before the score that holds them travels: who receives it copies these, and whoever wants the numbers alone never reads them.
"""

from collections.abc import Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

from credscore.evidence.evidence import Attribution, Evidence, Span
from credscore.native import record

T = TypeVar("T", bound=tuple[Any, ...])

Packed = bytes
"""Pickled as joblib pickles what it hands over: columns of the evidence; which pieces have an attribution, and the columns of these; how
many pieces are the score's own; columns of the contributions but for their evidence; how many pieces each has, and their places."""


def pack(evidence: Sequence[Evidence], contributions: Sequence[tuple[Any, ...]]) -> Packed:
    """Columns of evidence and of records whose last field is evidence, mostly the same pieces."""
    from multiprocessing.reduction import ForkingPickler  # the first score needs none

    *columns, found = zip(*contributions, strict=True) if contributions else ((),)
    pieces = [*chain.from_iterable(found)]
    place = {id(item): at for at, item in enumerate(evidence)}
    others = {id(item): item for item in pieces if id(item) not in place}  # in a score that somebody made anew
    place |= {item: len(evidence) + at for at, item in enumerate(others)}
    items = [*zip(*evidence, *others.values(), strict=True)]
    attributed: list[int] = []
    attributions: list[tuple[Any, ...]] = []
    if items:
        attributed = [at for at, item in enumerate(items[_ATTRIBUTION]) if item is not None]
        attributions = [*zip(*[items[_ATTRIBUTION][at] for at in attributed], strict=True)]
        items[_ATTRIBUTION] = ()
    for at in _SPANS if attributed else ():
        attributions[at] = tuple([None if span is None else tuple(span) for span in attributions[at]])
    sizes = [*map(len, found)]
    places = [place[id(item)] for item in pieces]
    return bytes(ForkingPickler.dumps((items, attributed, attributions, len(evidence), columns, sizes, places)))


def unpack(packed: Packed, kind: type[T]) -> tuple[tuple[Evidence, ...], tuple[T, ...]]:
    """The evidence and the records of a `kind` that were packed."""
    from multiprocessing.reduction import ForkingPickler

    items, attributed, attributions, own, columns, sizes, places = ForkingPickler.loads(packed)
    for at in _SPANS if attributed else ():
        attributions[at] = [None if span is None else record(Span, span) for span in attributions[at]]
    if items:
        filled: list[Attribution | None] = [None] * len(items[0])
        for at, attribution in zip(attributed, map(partial(record, Attribution), zip(*attributions, strict=True)), strict=True):
            filled[at] = attribution
        items[_ATTRIBUTION] = filled
    evidence = [*map(partial(record, Evidence), zip(*items, strict=True))]
    pieces = map(evidence.__getitem__, places)
    found = [tuple(islice(pieces, size)) for size in sizes]
    return tuple(evidence[:own]), tuple(map(partial(record, kind), zip(*columns, found, strict=True)))


_ATTRIBUTION = Evidence._fields.index("attribution")
_SPANS = [Attribution._fields.index(name) for name in ("source", "cue", "content", "antecedent", "relay")]
