"""The one scan: a trie over words that finds every entry of every layer in a single pass.

The folded text is split at single spaces, so its words and their offsets come from two C-level calls, and one
dictionary look-up a word finds where an entry may stand. A trie over words has no state inside a word, so it needs no
boundary checks, and it costs the same whatever the number of entries. Measured beside a compiled character automaton
in `benchmarks/scan.py`.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from credscore.lexicon.nouns import Nouns
from credscore.lexicon.terms import SLOTS, Term
from credscore.text.document import Passage


class Match(NamedTuple):
    """An entry found: words `first` to `last` (exclusive) of the passage."""

    first: int
    last: int
    term: Term


COMMON = frozenset(
    "the a an of to in on at by for from with as and or but if that this these those it its is are was were be been being has have had "
    "do does did not no so up out all any one i you he she we they my your his her our their me us them who what which how when there "
    "will would can could may should must more most some just than then too very s t".split()
)
"""Words so frequent that an entry is looked up by its first other word, and these are checked around it."""

_Form = tuple[str, ...]
_End = tuple[str, Term | None, _Form]
_Hits = dict[str, list[tuple[int, int, Term | None]]]


class _Node:
    """A place in the trie: what ends here (`None` for a look-alike that silences its track) and what may follow."""

    __slots__ = ("ends", "following", "led", "slot_led", "slots")

    def __init__(self) -> None:
        self.ends: list[_End] = []  # entries that begin with their anchor
        self.led: dict[str, list[_End]] = {}  # entries with words before it, by the word right before
        self.slot_led: list[_End] = []  # entries with a slot right before it
        self.following: dict[str, _Node] = {}
        self.slots = False  # whether a slot may follow

    def add(self, track: str, term: Term | None, lead: _Form) -> None:
        """Let an entry end here; `lead` are its words before the anchor."""
        if not lead:
            self.ends.append((track, term, lead))
        elif lead[-1] in SLOTS:
            self.slot_led.append((track, term, lead))
        else:
            self.led.setdefault(lead[-1], []).append((track, term, lead))


class Scanner:
    """Finds the entries of a lexicon; the leftmost, then the longest wins within its track, look-alikes included.

    Each entry hangs on its anchor: its first word that is neither a slot nor among the most frequent English words.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._anchors: dict[str, _Node] = {}
        self.tracks: set[str] = set()
        terms = tuple(terms)
        self.nouns = Nouns(term for term in terms if term.layer == "noun")
        for term in terms:
            if term.layer == "noun":
                continue
            track = term.track
            self.tracks.add(track)
            for form in term.unless:
                self._insert(form, track, None)
            for form in term.terms:
                self._insert(form, track, term)

    def _insert(self, form: _Form, track: str, term: Term | None) -> None:
        literal = [at for at, word in enumerate(form) if word not in SLOTS]
        anchor = next((at for at in literal if form[at] not in COMMON), literal[0])
        node = self._anchors.setdefault(form[anchor], _Node())
        for word in form[anchor + 1 :]:
            node.slots = node.slots or word in SLOTS
            node = node.following.setdefault(word, _Node())
        node.add(track, term, form[:anchor])

    def scan(self, passage: Passage) -> dict[str, list[Match]]:
        """Matches by track (see `Term.track`), in reading order, without overlaps inside a track."""
        words = passage.words
        last = len(words) - 1
        found: _Hits = {track: [] for track in self.tracks}
        for at, node in enumerate(map(self._anchors.get, words)):
            if node is None:
                continue
            for track, term, _ in node.ends:
                found[track].append((at, -1, term))
            if node.led and at and words[at - 1] in node.led:
                _note_led(node.led[words[at - 1]], passage, at, at + 1, found)
            if node.slot_led:
                _note_led(node.slot_led, passage, at, at + 1, found)
            if at < last and node.following and (node.slots or words[at + 1] in node.following):
                self._walk(node, at, passage, found)
        return {track: _leftmost_longest(passage, hits) for track, hits in found.items() if hits}

    @staticmethod
    def _walk(node: _Node, at: int, passage: Passage, found: _Hits) -> None:
        """Every entry of more than one word whose anchor is the word at `at`."""
        words, cased = passage.words, passage.cased
        size = len(words)
        position = at + 1
        paths = [node]
        while paths and position < size:
            word = words[position]
            if not word:
                return
            reached = []
            for path in paths:
                following = path.following
                if word in following:
                    reached.append(following[word])
                if path.slots:
                    if "^" in following and cased[position][0].isupper():
                        reached.append(following["^"])
                    if "#" in following and word.isdecimal():
                        reached.append(following["#"])
                    if "*" in following:
                        reached.append(following["*"])
            position += 1
            for path in reached:
                for track, term, _ in path.ends:
                    found[track].append((at, at - position, term))
                if path.led and at and words[at - 1] in path.led:
                    _note_led(path.led[words[at - 1]], passage, at, position, found)
                if path.slot_led:
                    _note_led(path.slot_led, passage, at, position, found)
            paths = reached


def _leftmost_longest(passage: Passage, hits: list[tuple[int, int, Term | None]]) -> list[Match]:
    """The hits `(first word, minus length, term)` that survive; a look-alike survives to silence and is then dropped."""
    if len(hits) > 1:
        hits.sort(key=_PLACE)
    reach = 0
    kept = []
    for first, length, term in hits:
        if first < reach:
            continue
        if term is None:
            reach = first - length
        elif not (term.lower_only and _is_name(passage, first)):
            reach = first - length
            kept.append(Match(first, reach, term))
    return kept


_PLACE = itemgetter(0, 1)


def _note_led(ends: list[_End], passage: Passage, at: int, position: int, found: _Hits) -> None:
    """Note those entries whose words before the anchor at `at` are there; they end before word `position`."""
    for track, term, lead in ends:
        if _leads(lead, passage, at):
            first = at - len(lead)
            found[track].append((first, first - position, term))


def _leads(lead: _Form, passage: Passage, at: int) -> bool:
    """Whether the words before the anchor at `at` are those an entry begins with."""
    first = at - len(lead)
    if first < 0:
        return False
    words = passage.words
    for number, word in enumerate(lead):
        if word in SLOTS:
            if not _fills(word, words, passage.cased, first + number):
                return False
        elif words[first + number] != word:
            return False
    return True


def _fills(slot: str, words: list[str], cased: list[str], at: int) -> bool:
    word = words[at]
    if not word:
        return False
    return slot == "*" or (slot == "#" and word.isdecimal()) or (slot == "^" and cased[at][0].isupper())


def _is_name(passage: Passage, at: int) -> bool:
    """Whether the word is capitalised in mid-sentence, where only names are ("May said", "Will Ode")."""
    word = passage.cased[at]
    if not word[0].isupper() or word == "I":
        return False
    if len(word) > 1 and word.isupper():
        return False
    before = passage.plain[: passage.starts[at]] if passage.starts[at] < 4 else passage.plain[passage.starts[at] - 4 : passage.starts[at]]
    stripped = before.rstrip(" \t\"'([*_")
    return bool(stripped) and stripped[-1] not in ".!?:\n\x97-"
