"""One attribution as the frames give it: words and characters, before its source is understood."""

from typing import Final, NamedTuple

from credscore.evidence.ground import Ground
from credscore.lexicon.scan import Match

SPEECH, ATTITUDE = "speech", "attitude"
ATTITUDES: Final = frozenset({"attitude", "to_infinitive"})
"""Tables of cues that tell what somebody believes, wants or plans."""


class Relation(NamedTuple):
    """Word and character spans of one attribution; `source` in words (first, last), the others in characters."""

    source: tuple[int, int]
    cue: tuple[int, int]
    act: str
    content: tuple[int, int] | None
    relay: tuple[int, int] | None = None
    kind: str = ""
    """The kind of the source where the layout tells it."""

    otherwise: str = ""
    """Its kind where neither form nor context tells any."""

    judges: bool = False
    """Whether what is given is the source's opinion: what they believe, or what they call something."""


def characters(ground: Ground, match: Match) -> tuple[int, int]:
    """Where a cue stands, in characters."""
    return ground.passage.starts[match.first], ground.passage.end_of(match.last - 1)
