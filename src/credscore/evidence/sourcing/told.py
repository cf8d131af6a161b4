"""What a text tells of a source that it does not name: who they are, how they know, why and on what terms they stay unnamed.

The aspects are those that newsrooms ask for (AP and New York Times rules on anonymous sources, Reuters Handbook):
`described` (a role or place), `basis`, `reason`, `condition`, `corroborated` (two or more of them), and `opinion` where
what they give is a judgement rather than information. A bare "a source said" has none.
"""

from typing import Final, NamedTuple

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.native import bisect_left

_KINDS: Final = ("basis", "reason", "condition")
_GOES_ON: Final = frozenset("of on with about to into the a an".split())
"""Last words of a phrase whose object follows."""

_LONGEST_OBJECT: Final = 14
ASPECTS: Final = {
    "described": "a role or place is given",
    "basis": "how they know is told",
    "reason": "why they are not named is told",
    "condition": "the terms are told",
    "corroborated": "two or more of them",
    "opinion": "an opinion rather than information",
}
"""What may be told of such a source, in words."""


class Told(NamedTuple):
    """The words that tell basis, reason and condition, and every aspect in the order of the module's description."""

    basis: str | None = None
    reason: str | None = None
    condition: str | None = None
    aspects: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        """Whether how they know, why they are unnamed or on what terms is told."""
        return bool(self.basis or self.reason or self.condition)

    def after(self, earlier: "Told") -> "Told":
        """What is told of a source that points back, with what was told where it was introduced, but for what its words were then."""
        known = {*self.aspects, *(aspect for aspect in earlier.aspects if aspect != "opinion")}
        aspects = tuple(aspect for aspect in ASPECTS if aspect in known)
        words = (self.basis or earlier.basis, self.reason or earlier.reason, self.condition or earlier.condition)
        return Told(*words, aspects)

    def note(self, withheld: str) -> str:
        """The note of a source whose name is withheld."""
        return f"{withheld}; {', '.join(ASPECTS[aspect] for aspect in self.aspects) or 'nothing else is told of them'}"


NOTHING: Final = Told()


class Explanations:
    """The stock phrases about unnamed sources in a passage, by sentence."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._given = [match for match in ground.matches.get("sourcing_phrase", ()) if match.term.kind in _KINDS]
        self._firsts = [match.first for match in self._given]

    def of(self, view: SentenceView, first: int, head: int, last: int, *, several: bool, opinion: bool) -> Told:
        """What is told of the source of words `first` to `last` with its `head`, in its sentence."""
        begin, end = bisect_left(self._firsts, view.first), bisect_left(self._firsts, view.last)
        words: dict[str, str] = {}
        for match in self._given[begin:end]:
            phrase = self._whole(match.first, match.last - 1, view.last)
            if len(phrase) > len(words.get(match.term.kind, "")):
                words[match.term.kind] = phrase
        present = {
            "described": self._is_described(first, head, last),
            **{kind: kind in words for kind in _KINDS},
            "corroborated": several,
            "opinion": opinion,
        }
        aspects = tuple(aspect for aspect, there in present.items() if there)
        return Told(words.get("basis"), words.get("reason"), words.get("condition"), aspects)

    def _whole(self, first: int, last: int, ceiling: int) -> str:
        """The phrase of words `first` to `last` with the object that its last word asks for."""
        ground = self._ground
        words = ground.passage.words
        if words[last] in _GOES_ON:
            limit = min(ceiling, last + 1 + _LONGEST_OBJECT)
            while last + 1 < limit and words[last + 1] and ground.joined(last + 1) and not self._begins_clause(last + 1):
                last += 1
        start, end = phrases.span(ground, first, last)
        return ground.text(start, end)

    def _begins_clause(self, word: int) -> bool:
        return word in self._ground.cue_words or self._ground.passage.words[word] in phrases.AUXILIARIES

    def _is_described(self, first: int, head: int, last: int) -> bool:
        if self._ground.role(head) != "source":
            return True
        words = self._ground.passage.words
        return last > head or any(words[at] and words[at] not in phrases.DETERMINERS for at in range(first, head))
