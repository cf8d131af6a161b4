"""What every detector stands on: a passage, the entries found in it, its quotations, and small look-ups over words."""

from collections.abc import Sequence
from typing import Final

from credscore.evidence.quotations import Quotations, find
from credscore.lexicon.nouns import Noun
from credscore.lexicon.scan import Match, Scanner
from credscore.native import bisect_left
from credscore.text.passage import Passage
from credscore.text.segment import ABBREVIATIONS

_INSIDE_A_NAME: Final = frozenset(" -'")
_ENDS_OWNER: Final = ("s", "x", "z")
"""Last letters of a possessor that takes no further "s"."""

PERIODS: Final = frozenset("minutes hours days weeks months years decades".split())
"""Spans of time, which own nothing: "three weeks' notice"."""


_NOWHERE: Final = bytes(1 << 14)
"""What no span covers, for texts up to this length: made once, since most texts lack one thing or another."""


def covered(spans: Sequence[tuple[int, int]], size: int) -> bytes:
    """A byte for each of `size` characters and at least one beyond: 1 in one of the spans, else 0."""
    if not spans and size < len(_NOWHERE):
        return _NOWHERE
    marks = bytearray(size + 1)
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return bytes(marks)


class Ground:
    """One field of a document, scanned once.

    `cue_words` are the words of verbal cues, `noun_cues` the first words of nouns of saying. `skipped` holds spans that
    are no part of the report (boilerplate); detectors leave them out.
    """

    __slots__ = (
        "_cased", "_nouns", "_plain", "_skips", "_starts", "_words", "cue_words", "field", "matches", "noun_cues", "passage",
        "quotations", "skipped",
    )  # fmt: skip

    def __init__(self, passage: Passage, scanner: Scanner, field: str) -> None:
        self.passage = passage
        self._words, self._cased, self._plain, self._starts = passage.words, passage.cased, passage.plain, passage.starts
        self.field = field
        self.matches = scanner.scan(passage, headline=field == "title")
        self.quotations: Quotations = find(passage)
        self._nouns = scanner.nouns
        self.cue_words = {word for first, last, _ in self.matches.get("cue", ()) for word in range(first, last)}
        self.noun_cues = {match.first for match in self.matches.get("cue:noun", ())}
        self.skipped: list[tuple[int, int]] = []
        self._skips = b""

    def skip(self, spans: list[tuple[int, int]]) -> None:
        """Leave these spans (in order, without overlaps) out of everything that follows."""
        self.skipped = spans
        self._skips = covered(spans, len(self.passage.text))

    def is_skipped(self, offset: int) -> bool:
        """Whether `offset` stands in a skipped span."""
        return bool(self.skipped) and self._skips[offset] == 1

    def in_quote(self, start: int, end: int) -> bool:
        """Whether the span stands between the marks of a quotation."""
        return self.quotations.around(start, end) is not None

    def own(self, layer: str) -> list[Match]:
        """The matches of a layer that stand outside skipped spans."""
        found = self.matches.get(layer, [])
        if not self.skipped or not found:
            return found
        starts, skips = self._starts, self._skips
        return [match for match in found if not skips[starts[match[0]]]]

    def noun(self, word: int) -> Noun | None:
        """The noun of the lexicon that ends with word `word`."""
        return self._nouns.at(self.passage, word) if word < len(self._words) else None

    def role(self, word: int) -> str | None:
        """The main role of the noun that ends with word `word` (person, organization, document …)."""
        noun = self.noun(word)
        return None if noun is None else noun.role

    def is_title(self, word: int) -> bool:
        """Whether word `word` may be a title before a name."""
        noun = self.noun(word)
        return noun is not None and noun.title

    def is_open_class(self, word: int) -> bool:
        """Whether word `word` may name people at large ("experts")."""
        noun = self.noun(word)
        return noun is not None and noun.open_class

    def is_capital(self, word: int) -> bool:
        """Whether word `word` begins with a capital letter."""
        cased = self._cased[word]
        return cased != self._words[word] and cased[:1].isupper()  # most words are written as they fold, and soon told

    def capitals_before(self, word: int, floor: int) -> int:
        """The first of the capitalised words, not before word `floor`, that stand in one phrase with word `word`; no possessor."""
        while word > floor and self.joined(word) and self.is_capital(before := self.previous(word)):
            if self._plain[self._starts[word] - 2] == "'":
                break  # "Harbour News' Ada Ruiz"
            word = before
        return word

    def joined(self, word: int) -> bool:
        """Whether word `word` and the word before it stand in one phrase: nothing but a space, hyphen or apostrophe
        between them, or the full stop of an abbreviation ("Mr. Smith", "U.S. officials").
        """
        words, start = self._words, self._starts[word]
        before = words[word - 1]
        if before:
            char = self._plain[start - 1]
            if char in _INSIDE_A_NAME:
                return True
            return (char == "." and (len(before) == 1 or before == "ph")) or (
                char == "," and before.isdecimal() and words[word].isdecimal()
            )
        if word < 2 or not words[word - 2]:
            return word > 2 and words[word - 3] != "" and self._plain.startswith(" & ", start - 3)  # "Ode & Ruiz"
        before = words[word - 2]
        gap = self._plain[self._starts[word - 1] - 1 : start]
        if gap in (".-", ".'", "  ", "- ", "% "):  # "the U.S.-led", "the U.S.'s", a space too many, "cold- and flu-like", "60% of"
            return True
        if gap == "' ":  # "the guards' claim"; no mark that closes a quotation
            return before.endswith(_ENDS_OWNER) and before not in PERIODS and not self.in_quote(start - 2, start - 1)
        return gap == ". " and (len(before) == 1 or before in ABBREVIATIONS)

    def before(self, word: int) -> str:
        """The word right before word `word` on its line; empty if there is none."""
        return self._words[word - 1] if word and self._plain[self._starts[word] - 1] != "\n" else ""

    def preceding(self, word: int, number: int) -> list[str]:
        """Up to `number` words right before word `word` on its line."""
        first = max(word - number, 0)
        line_end = self._plain.rfind("\n", self._starts[first], self._starts[word])
        if line_end >= 0:
            first = bisect_left(self._starts, line_end + 1)
        return self._words[first:word]

    def following(self, word: int, number: int) -> list[str]:
        """Up to `number` words right after word `word` on its line."""
        starts = self._starts
        last = min(word + number, len(self._words) - 1)
        line_end = self._plain.find("\n", starts[word], starts[last + 1] - 1)
        if line_end >= 0:
            last = bisect_left(starts, line_end + 1) - 1
        return self._words[word + 1 : last + 1]

    def gap(self, word: int) -> str:
        """The characters between word `word` and the last word before it."""
        words, starts = self._words, self._starts
        after = word  # the word after the last real one before `word`
        while after > 0 and not words[after - 1]:
            after -= 1
        return self._plain[starts[after] - 1 if after else 0 : starts[word]]

    def previous(self, word: int) -> int:
        """The last real word before `word`, or -1."""
        words = self._words
        word -= 1
        while word >= 0 and not words[word]:
            word -= 1
        return word

    def next(self, word: int) -> int:
        """The first real word after `word`; the number of words if there is none."""
        words = self._words
        size = len(words)
        word += 1
        while word < size and not words[word]:
            word += 1
        return word

    def size(self, start: int, end: int) -> int:
        """How long a span is whatever the names in it: the characters of its words of small letters, a space after each."""
        at = self.passage.word_at
        return sum([len(word) + 1 for word in self._cased[at(start) : at(end)] if word.islower()])

    def text(self, start: int, end: int) -> str:
        """The caller's characters."""
        return self.passage.text[start:end]
