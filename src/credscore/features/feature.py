"""`Feature`: the declaration from which a number, its explanation, its documentation and its tests all come."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, NamedTuple

from credscore.evidence.evidence import Evidence
from credscore.features.tally import Finding, Tally
from credscore.native import record

Family = Literal["sourcing", "wording", "promotion", "verifiability", "style", "register", "headline"]


class Direction(Enum):
    """What more of a feature is expected to mean. A model that contradicts UP or DOWN is not shipped."""

    UP = "up"
    DOWN = "down"
    OPEN = "open"


class Measured(NamedTuple):
    """A feature's number and the evidence it was taken from; the number is `None` where there is nothing to measure."""

    value: float | None
    evidence: Sequence[Evidence]


def measured(value: float | None, evidence: Sequence[Evidence]) -> Measured:
    """A number and its evidence, made with less ado than by the name of the type."""
    return record(Measured, (value, evidence))


ABSENT: Final = Measured(0.0, ())
"""What most features are in most texts."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One number taken from evidence.

    `some` and `none` are how a reason reads with and without evidence; `{n}` is the number of findings and `{value}`
    the feature's value. `fires` is a short text on which the feature is higher than on `silent`: both run as tests.
    """

    name: str
    family: Family
    direction: Direction
    unit: str
    why: str
    source: str
    measure: Callable[[Tally], Measured]
    some: str
    none: str
    fires: str
    silent: str

    @property
    def label(self) -> str:
        """The name in plain words: "reply sought"."""
        return self.name.replace("_", " ")

    def reason(self, value: float | None, findings: int, amount: float = 0.0) -> str:
        """The finding in a reporter's words; `amount` is what it adds to the score.

        What is there and yet moves the score as its absence would is there "only" so often.
        """
        if value is None:
            return "no headline was given" if self.family == "headline" else "nothing to measure"
        if not findings and not value:
            return self.none
        phrase = self.some.format(n=findings, value=value).replace("(s)", "" if findings == 1 else "s")
        few = (self.direction is Direction.UP and amount < 0.0) or (self.direction is Direction.DOWN and amount > 0.0)
        return f"only {phrase}" if few and phrase[0].isdigit() else phrase


class Density:
    """Findings of a layer per 1,000 of the writer's own running words; weighted by strength if `graded`.

    `wanted` are the layers and kinds of the findings, `also` those of another layer: without any of them it is `ABSENT`.
    """

    __slots__ = ("graded", "wanted")

    def __init__(self, layer: str, *kinds: str, also: Iterable[Finding] = (), graded: bool = False) -> None:
        self.wanted: tuple[Finding, ...] = (*((layer, kind) for kind in kinds), *also)
        self.graded = graded

    def __call__(self, tally: Tally) -> Measured:
        """The density in a tally."""
        found = tally.found(self.wanted)
        if not found:
            return ABSENT
        return measured(tally.per_thousand(sum([item.strength for item in found]) if self.graded else len(found)), found)


def per_sentences(select: Callable[[Tally], Iterable[Evidence]]) -> Callable[[Tally], Measured]:
    """Selected findings per 100 sentences."""

    def measure(tally: Tally) -> Measured:
        found = list(select(tally))
        return measured(tally.per_hundred_sentences(len(found)), found) if found else ABSENT

    return measure
