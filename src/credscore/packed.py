"""Floor 2½: a score's evidence and contributions as columns of plain values, for the way between processes.

Records travel one by one, each with its type and by calls into Python; columns are taken apart and put together in C, and whoever
wants the numbers alone need not put them together at all.
"""

from collections.abc import Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

from credscore.evidence.evidence import Attribution, Evidence, Span
from credscore.native import record

T = TypeVar("T", bound=tuple[Any, ...])

Packed = tuple[list[tuple[Any, ...]], int, list[tuple[Any, ...]], list[int], list[int]]
"""Columns of the evidence, how many pieces are the score's own, columns of the contributions but for their evidence, how many pieces each
has, and the places of these pieces in the columns of the evidence."""


def pack(evidence: Sequence[Evidence], contributions: Sequence[tuple[Any, ...]]) -> Packed:
    """Columns of evidence and of records whose last field is evidence, mostly the same pieces."""
    *columns, found = zip(*contributions, strict=True) if contributions else ((),)
    pieces = [*chain.from_iterable(found)]
    place = {id(item): at for at, item in enumerate(evidence)}
    others = {id(item): item for item in pieces if id(item) not in place}  # in a score that somebody made anew
    place |= {item: len(evidence) + at for at, item in enumerate(others)}
    items = [*zip(*evidence, *others.values(), strict=True)]
    if items:
        items[_ATTRIBUTION] = tuple([None if item is None else _plain(item) for item in items[_ATTRIBUTION]])
    return items, len(evidence), columns, [*map(len, found)], [place[id(item)] for item in pieces]


def unpack(packed: Packed, kind: type[T]) -> tuple[tuple[Evidence, ...], tuple[T, ...]]:
    """The evidence and the records of a `kind` that were packed."""
    given, own, columns, sizes, places = packed
    items = [*given]
    if items:
        items[_ATTRIBUTION] = tuple([None if item is None else _attribution(item) for item in items[_ATTRIBUTION]])
    evidence = [*map(partial(record, Evidence), zip(*items, strict=True))]
    pieces = map(evidence.__getitem__, places)
    found = [tuple(islice(pieces, size)) for size in sizes]
    return tuple(evidence[:own]), tuple(map(partial(record, kind), zip(*columns, found, strict=True)))


_ATTRIBUTION = Evidence._fields.index("attribution")


def _plain(attribution: Attribution) -> tuple[Any, ...]:
    source, cue, content, mode, act, anaphor, antecedent, relay, *told = attribution
    return (*[span and tuple(span) for span in (source, cue, content, antecedent, relay)], mode, act, anaphor, *told)


def _attribution(plain: tuple[Any, ...]) -> Attribution:
    mode, act, anaphor, *told = plain[5:]
    source, cue, content, antecedent, relay = [span and record(Span, span) for span in plain[:5]]
    return record(Attribution, (source, cue, content, mode, act, anaphor, antecedent, relay, *told))
