"""Measures that several parts share: agreement of spans where some are disputed, of kinds, and of yes-or-no decisions."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.fixtures import Agreement, Place
from benchmarks.tables import Cell
from credscore import Evidence

AGREEMENT_COLUMNS = ("precision", "recall", "F1", "labelled", "found")


def agreement_cells(agreement: Agreement) -> list[Cell]:
    """The cells of `AGREEMENT_COLUMNS`."""
    return [agreement.precision, agreement.recall, agreement.f1, agreement.labelled, agreement.found]


def undisputed(found: Sequence[Place], gold: Sequence[Place], disputed: Sequence[Place]) -> list[Place]:
    """What was found, without spans that touch nothing but a disputed one: those count neither way."""
    return [item for item in found if not any(map(item.touches, disputed)) or any(map(item.touches, gold))]


def decisions(pairs: Iterable[tuple[bool, bool]]) -> Agreement:
    """Agreement of yes-or-no answers, each with the label it should have.

    >>> decisions([(True, True), (True, False), (False, True)])
    Agreement(found=2, right=1, labelled=2, reached=1)
    """
    answers = list(pairs)
    both = sum(found and labelled for found, labelled in answers)
    return Agreement(sum(found for found, _ in answers), both, sum(labelled for _, labelled in answers), both)


class Kinds(NamedTuple):
    """How many spans carry a gold kind, how many of them were found, and how many of those with that kind."""

    labelled: int = 0
    found: int = 0
    right: int = 0

    def cells(self) -> list[Cell]:
        """Labelled spans, share found, share of the found ones with the right kind, share of all with the right kind."""
        return [self.labelled, self.found / (self.labelled or 1), self.right / (self.found or 1), self.right / (self.labelled or 1)]


KINDS_COLUMNS = ("labelled", "share found", "kind right where found", "kind right of all")


def sum_of(parts: Iterable[Kinds]) -> Kinds:
    """Counts added up."""
    return Kinds(*map(sum, zip(Kinds(), *parts, strict=True)))


def kinds_of_sources(evidence: Iterable[Evidence], gold: Sequence[tuple[Place, str]]) -> Kinds:
    """Whether each labelled source was found (touched), and whether the evidence it shares most with has its kind."""
    sources = [(Place(item.field, item.start, item.end), item.kind) for item in evidence if item.layer == "sourcing"]
    found = right = 0
    for place, kind in gold:
        touching = [(_jaccard(other, place), other_kind) for other, other_kind in sources if other.touches(place)]
        found += bool(touching)
        right += bool(touching) and max(touching)[1] == kind
    return Kinds(len(gold), found, right)


def _jaccard(one: Place, other: Place) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))
