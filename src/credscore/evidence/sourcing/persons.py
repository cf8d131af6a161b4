"""The people a passage names, for pronouns to point back to: found by walking back from the pronoun, each name read once."""

from collections.abc import Callable
from typing import Final

from credscore.evidence.evidence import Span
from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases
from credscore.evidence.sourcing.kinds import NAMED_PERSON, person_begins
from credscore.evidence.sourcing.names import CLAUSE_STARTS, Names
from credscore.evidence.sourcing.speakers import Speaker

_BACK: Final = 100
"""Words before a pronoun among which the name it points to is looked for; this keeps the cost linear."""

_Named = tuple[Speaker, int, bool]
"""Somebody named, the word the name begins with, and whether a clause begins with it."""


class Persons:
    """The people that a passage names, read where a pronoun asks for them."""

    def __init__(self, ground: Ground, names: Names) -> None:
        self._ground = ground
        self._names = names
        self._read: dict[int, _Named | None] = {}

    def before(self, offset: int, since: int | None, fits: Callable[[Speaker], bool]) -> Speaker | None:
        """The last person before character `offset` who fits and is the subject of a clause, not before character `since`;
        if that is `None` and no subject fits, the last one named at all.
        """
        passage = self._ground.passage
        at = passage.word_at(offset) - 1
        first = max(at - _BACK, 0 if since is None else passage.word_at(since))
        mentioned: Speaker | None = None
        while at >= first:
            named = self._named(at) if self._ground.is_capital(at) else None
            if named is not None:
                speaker, at, subject = named
                if fits(speaker):
                    if subject:
                        return speaker
                    mentioned = mentioned or speaker
            at -= 1
        return mentioned if since is None else None

    def _named(self, last: int) -> _Named | None:
        """Whose name ends with word `last`, outside quotations: they name others than their speaker."""
        if last in self._read:
            return self._read[last]
        ground = self._ground
        passage = ground.passage
        found: _Named | None = None
        start = passage.starts[last]
        begin = None if ground.in_quote(start, start + 1) else person_begins(ground, self._names, last)
        if begin is not None:
            span = Span(*phrases.span(ground, begin, last))
            speaker = Speaker(NAMED_PERSON, passage.words[last], span, passage.words[begin : last + 1], False)
            found = speaker, begin, self._is_subject(begin, last)
        self._read[last] = found
        return found

    def _is_subject(self, first: int, last: int) -> bool:
        """Whether a clause begins with the name of words `first` to `last`, by the words around it."""
        ground = self._ground
        words = ground.passage.words
        after = words[last + 1] if last + 1 < len(words) else ""
        if after == "s" and ground.gap(last + 1) == "'":
            return False
        closed = after in phrases.SMALL_WORDS or after in phrases.DETERMINERS
        if after in phrases.AUXILIARIES or (after.endswith(("s", "ed")) and not closed and ground.joined(last + 1)):
            return True
        if first == 0 or not ground.joined(first):
            return "(" not in ground.gap(first)
        return words[first - 1] in CLAUSE_STARTS
