"""Whom "he", "the senator" or "the source" points back to: the last source that fits, by head word, number and kind.

A cheap rule that can be said in one sentence: a pronoun takes the last person heard, a definite noun takes the last
source that was called by that noun, and an institution stays an institution.
"""

from typing import NamedTuple

from credscore.evidence.evidence import Span
from credscore.evidence.sourcing.kinds import (
    DOCUMENT,
    NAMED_PERSON,
    ORGANIZATION,
    OUTLET,
    UNNAMED,
    VAGUE,
    Source,
)

_REMEMBERED = 12
_PERSONS = (NAMED_PERSON, UNNAMED)


class Speaker(NamedTuple):
    """A source already heard."""

    kind: str
    who: str
    span: Span
    words: frozenset[str]
    plural: bool


class Speakers:
    """The sources of a passage in reading order."""

    def __init__(self) -> None:
        self._heard: list[Speaker] = []

    def remember(self, source: Source, span: Span, words: frozenset[str]) -> None:
        """Add a source that was expressed in full."""
        self._heard.append(Speaker(source.kind, source.who, span, words, source.plural))
        del self._heard[:-_REMEMBERED]

    def resolve(self, source: Source, named_before: Speaker | None) -> Speaker | None:
        """The antecedent of an anaphor; `named_before` is the last person named in the text, heard or not."""
        recent = list(reversed(self._heard))
        if source.head in ("he", "she", "who"):
            heard = next((speaker for speaker in recent if speaker.kind in _PERSONS and not speaker.plural), None)
            if heard and (named_before is None or heard.span.start >= named_before.span.start or heard.who == named_before.who):
                return heard
            return named_before or heard
        if source.head == "they":
            return next((speaker for speaker in recent if speaker.plural), recent[0] if recent else None)
        if source.head == "it":
            return next((speaker for speaker in recent if speaker.kind in (ORGANIZATION, DOCUMENT, OUTLET)), None)
        same = next((speaker for speaker in recent if source.head in speaker.words or source.head + "s" in speaker.words), None)
        if same is not None:
            return same
        if source.kind in _PERSONS and not source.plural:
            return next((speaker for speaker in recent if speaker.kind == NAMED_PERSON), named_before)
        return None


__all__ = ["DOCUMENT", "VAGUE", "Speaker", "Speakers"]
