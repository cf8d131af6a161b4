"""Whom "he", "the senator" or "the source" points back to: the last source that fits, by head word, number and kind.

A cheap rule: "he" and "she" take the last person heard, or who was named as the subject of a clause since, unless called the
other before; a definite noun takes the last source that was called by that noun, and an institution stays an institution.
"""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
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
_MEN: Final = frozenset("mr sir man boy father husband son brother spokesman chairman congressman councilman businessman".split())
_WOMEN: Final = frozenset(
    "mrs ms miss dame woman girl mother wife daughter sister spokeswoman chairwoman congresswoman councilwoman businesswoman".split()
)
_WITHHELD: Final = frozenset("source insider informant tipster leaker".split())
"""Nouns for those whose names are kept back, which point to nobody who was named."""

_OWN: Final = {"he": _MEN, "she": _WOMEN}
_OTHERS: Final = {"he": _WOMEN, "she": _MEN}


class Speaker(NamedTuple):
    """A source already heard."""

    kind: str
    who: str
    span: Span
    words: Sequence[str]
    plural: bool


NamedBefore = Callable[[int | None, Callable[[Speaker], bool]], Speaker | None]
"""From an offset on, the last person named in the text of whom the second argument is true."""


class Speakers:
    """The sources of a passage in reading order."""

    def __init__(self) -> None:
        self._heard: deque[Speaker] = deque(maxlen=_REMEMBERED)  # the last one first
        self._called: dict[str, str] = {}  # the pronoun of those who were pointed back to

    def remember(self, source: Source, span: Span, words: Sequence[str]) -> None:
        """Add a source that was expressed in full."""
        self._heard.appendleft(Speaker(source.kind, source.who, span, words, source.plural))

    def resolve(self, source: Source, named_before: NamedBefore) -> Speaker | None:
        """The antecedent of an anaphor; `named_before` finds the last person in the text who fits, heard or not."""
        recent = self._heard
        if source.head in ("he", "she", "who"):
            fits = partial(self._may_be, source.head)
            heard = next(filter(fits, recent), None)
            named = named_before(heard.span.start if heard else None, fits)
            if named is not None and (heard is None or named.who != heard.who):
                heard = named
            if heard is not None and source.head != "who":
                self._called[heard.who] = source.head
            return heard
        if source.head == "they":
            able = [speaker for speaker in recent if speaker.plural or speaker.kind in (ORGANIZATION, OUTLET)]
            return next((speaker for speaker in able if speaker.plural and speaker.kind != DOCUMENT), able[0] if able else None)
        if source.head == "it":
            return next((speaker for speaker in recent if speaker.kind in (ORGANIZATION, DOCUMENT, OUTLET)), None)
        several = source.head + "s"
        for speaker in recent:
            if source.head in speaker.words or several in speaker.words:
                return speaker
        if source.kind in _PERSONS and not source.plural and source.head not in _WITHHELD:
            return next((speaker for speaker in recent if speaker.kind == NAMED_PERSON), None) or named_before(None, _anybody)
        return None

    def _may_be(self, pronoun: str, speaker: Speaker) -> bool:
        """Whether "he", "she" or "who" may be a speaker: no "he" for a woman, nor for who was "she" before."""
        if speaker.kind not in _PERSONS or speaker.plural:
            return False
        if pronoun not in _OWN:
            return True
        words = speaker.words
        told = words[len(words) - 1 - words[::-1].index("s") :] if "s" in words else words  # "Mr. Ode's wife" is a woman
        if not _OWN[pronoun].isdisjoint(told):
            return True
        return _OTHERS[pronoun].isdisjoint(told) and self._called.get(speaker.who, pronoun) == pronoun


def _anybody(_: Speaker) -> bool:
    return True
