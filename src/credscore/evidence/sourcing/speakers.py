"""Whom "he", "the senator" or "the source" points back to: the last source that fits, by head word, number and kind.

A cheap rule that can be said in one sentence: a pronoun takes the last person heard, a definite noun takes the last
source that was called by that noun, and an institution stays an institution.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from credscore.evidence.evidence import Span
from credscore.evidence.sourcing.kinds import (
    DOCUMENT,
    NAMED_PERSON,
    ORGANIZATION,
    OUTLET,
    UNNAMED,
    Source,
)

_REMEMBERED: Final = 12
_PERSONS: Final = (NAMED_PERSON, UNNAMED)


class Speaker(NamedTuple):
    """A source already heard."""

    kind: str
    who: str
    span: Span
    words: Sequence[str]
    plural: bool


class Speakers:
    """The sources of a passage in reading order."""

    def __init__(self) -> None:
        self._heard: deque[Speaker] = deque(maxlen=_REMEMBERED)  # the last one first

    def remember(self, source: Source, span: Span, words: Sequence[str]) -> None:
        """Add a source that was expressed in full."""
        self._heard.appendleft(Speaker(source.kind, source.who, span, words, source.plural))

    def resolve(self, source: Source, named_before: Callable[[int], Speaker | None]) -> Speaker | None:
        """The antecedent of an anaphor; `named_before` finds the last person named in the text from an offset on, heard or not."""
        recent = self._heard
        if source.head in ("he", "she", "who"):
            heard = next((speaker for speaker in recent if speaker.kind in _PERSONS and not speaker.plural), None)
            named = named_before(heard.span.start if heard else 0)
            if heard and (named is None or heard.span.start >= named.span.start or heard.who == named.who):
                return heard
            return named or heard
        if source.head == "they":
            return next((speaker for speaker in recent if speaker.plural), recent[0] if recent else None)
        if source.head == "it":
            return next((speaker for speaker in recent if speaker.kind in (ORGANIZATION, DOCUMENT, OUTLET)), None)
        several = source.head + "s"
        for speaker in recent:
            if source.head in speaker.words or several in speaker.words:
                return speaker
        if source.kind in _PERSONS and not source.plural:
            return next((speaker for speaker in recent if speaker.kind == NAMED_PERSON), None) or named_before(0)
        return None
