"""The one scan: every entry of every layer in a single pass over the folded text.

Two engines find the same hits. `Automaton` gives the longest run of literal words of each form to a compiled
Aho-Corasick automaton, with a space on either side so that every hit begins and ends with a word, and then looks at
the slots and words around the run of the few forms that have any. `Trie` is for platforms without a build of
`ahocorasick_rs`: a trie over words in plain Python, several times slower because each look-up among 15,000 first
words misses the processor's cache. Both are measured in `benchmarks/scan.py`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from credscore.lexicon.nouns import Nouns
from credscore.lexicon.terms import SLOTS, Term
from credscore.text.document import Passage


class Match(NamedTuple):
    """An entry found: words `first` to `last` (exclusive) of the passage."""

    first: int
    last: int
    term: Term


Form = tuple[str, ...]
"""The words and slots of one way to write an entry or a look-alike."""

_End = tuple[str, Term | None]
"""The track of a form and its entry; `None` for a look-alike, which silences its track and is no match."""

Hit = tuple[int, int, int]
"""A form found: its first word, minus its number of words, its number. Hits in their order are hits by precedence."""


class Engine(Protocol):
    """Finds forms. They are numbered as they were given when it was built, those with slots after those without."""

    def hits(self, passage: Passage) -> list[Hit]:
        """Every place where a form stands, in any order."""
        ...


class Scanner:
    """Finds the entries of a lexicon: within a track the leftmost wins, then the longest, look-alikes included.

    Of two forms on the same words one without slots wins over one with slots, a narrow slot over a wide one, and else
    the one listed first.
    """

    def __init__(self, terms: Iterable[Term], engine: "Callable[[Sequence[Form], Sequence[Form]], Engine] | None" = None) -> None:
        self._terms = tuple(terms)
        self.nouns = Nouns(term for term in self._terms if term.layer == "noun")
        ends: list[tuple[Form, _End]] = []
        for term in self._terms:
            if term.layer != "noun":
                silent, loud = (term.track, None), (term.track, term)
                ends += [(form, silent) for form in term.unless]
                ends += [(form, loud) for form in term.terms]
        literal = [end for end in ends if _SLOTS.isdisjoint(end[0])]
        slotted = sorted([end for end in ends if not _SLOTS.isdisjoint(end[0])], key=_width)
        self._ends = [end for _, end in literal + slotted]
        self._engine = (engine or best_engine)([form for form, _ in literal], [form for form, _ in slotted])

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as the terms: the engine is built there, the best that there is."""
        return Scanner, (self._terms,)

    def scan(self, passage: Passage) -> dict[str, list[Match]]:
        """Matches by track (see `Term.track`), in reading order, without overlaps inside a track."""
        ends, words, cased = self._ends, passage.words, passage.cased
        found: dict[str, list[Match]] = {}
        reach: dict[str, int] = {}
        for first, length, number in sorted(self._engine.hits(passage)):
            track, term = ends[number]
            if first < reach.get(track, 0):
                continue
            if term is None:
                reach[track] = first - length
            elif not (term.lower_only and cased[first] != words[first] and _is_name(passage, first)):
                reach[track] = last = first - length
                if track in found:
                    found[track].append(Match(first, last, term))
                else:
                    found[track] = [Match(first, last, term)]
        return found


def best_engine(literal: Sequence[Form], slotted: Sequence[Form]) -> Engine:
    """The automaton where it can be built, the trie elsewhere."""
    try:
        return Automaton(literal, slotted)
    except ImportError:
        return Trie(literal, slotted)


class Automaton:
    """Runs of literal words in a compiled automaton. Raises `ImportError` where `ahocorasick_rs` is missing."""

    def __init__(self, literal: Sequence[Form], slotted: Sequence[Form]) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        alone: dict[str, list[int]] = {}
        around: dict[str, list[tuple[int, Form, Form]]] = {}
        for number, form in enumerate(literal):
            alone.setdefault(" ".join(form), []).append(number)
        for number, form in enumerate(slotted, len(literal)):
            first, last = _longest_run(form)
            run = " ".join(form[first:last])
            alone.setdefault(run, [])
            around.setdefault(run, []).append((number, form[:first], form[last:]))
        self._lengths = [-1 - run.count(" ") for run in alone]
        self._alone = [*alone.values()]
        self._around = {pattern: around[run] for pattern, run in enumerate(alone) if run in around}
        self._automaton = BytesAhoCorasick([f" {run} ".encode("latin-1") for run in alone])

    def hits(self, passage: Passage) -> list[Hit]:
        """Every place where a form stands, in any order."""
        starts, lengths, alone, around = passage.starts, self._lengths, self._alone, self._around
        runs = self._automaton.find_matches_as_indexes(f" {passage.folded} ".encode("latin-1"), overlapping=True)
        found = [(bisect_left(starts, start), lengths[run], number) for run, start, _ in runs for number in alone[run]]
        for run, start, _ in runs:
            if run in around:
                at, length = bisect_left(starts, start), lengths[run]
                for number, before, after in around[run]:
                    first = at - len(before)
                    if (not after or _stands(after, passage, at - length)) and (not before or _stands(before, passage, first)):
                        found.append((first, length - len(before) - len(after), number))
        return found


def _longest_run(form: Form) -> tuple[int, int]:
    """First and last (exclusive) word of the longest run without slots."""
    slots = [-1, *(at for at, word in enumerate(form) if word in _SLOTS), len(form)]
    runs = [(before + 1, slot) for before, slot in pairwise(slots)]
    return max(runs, key=lambda run: len(" ".join(form[slice(*run)])))


_SLOTS = frozenset(SLOTS)
_WIDTHS = {"^": 1, "#": 2, "*": 3}


def _width(end: tuple[Form, _End]) -> list[int]:
    """By which forms on the same words are ordered: literal words before slots, narrow slots before wide ones."""
    return [_WIDTHS.get(word, 0) for word in end[0]]


COMMON = frozenset(
    "the a an of to in on at by for from with as and or but if that this these those it its is are was were be been being has have had "
    "do does did not no so up out all any one i you he she we they my your his her our their me us them who what which how when there "
    "will would can could may should must more most some just than then too very s t".split()
)
"""Words so frequent that the trie has an entry by its first other word, and checks these around it."""

_Led = tuple[int, Form]
"""A form's number and its words before the anchor."""

_NO_ENDS: tuple[_Led, ...] = ()
_NOT_LED: dict[str, tuple[_Led, ...]] = {}
_LEAF: dict[str, "_Node"] = {}
"""Shared by all places that have none of these, and never written to."""


class _Node:
    """A place in the trie: what ends here and what may follow. Most places have next to nothing, so that is shared."""

    __slots__ = ("ends", "following", "led", "slot_led", "slots")

    def __init__(self) -> None:
        self.ends = _NO_ENDS  # forms that begin with their anchor
        self.led = _NOT_LED  # forms with words before it, by the word right before
        self.slot_led = _NO_ENDS  # forms with a slot right before it
        self.following = _LEAF
        self.slots = False  # whether a slot may follow

    def child(self, word: str) -> "_Node":
        """The place after `word`, made if there is none."""
        if self.following is _LEAF:
            self.following = {}
        self.slots = self.slots or word in _SLOTS
        return self.following.setdefault(word, _Node())

    def add(self, number: int, lead: Form) -> None:
        """Let a form end here; `lead` are its words before the anchor."""
        end = (number, lead)
        if not lead:
            self.ends += (end,)
        elif lead[-1] in _SLOTS:
            self.slot_led += (end,)
        else:
            if self.led is _NOT_LED:
                self.led = {}
            self.led[lead[-1]] = (*self.led.get(lead[-1], ()), end)

    def note(self, passage: Passage, at: int, position: int, found: list[Hit]) -> None:
        """Note the forms that end here, before word `position`, if the words before their anchor at `at` are there."""
        found += [(at, at - position, number) for number, _ in self.ends]
        if not at:
            return
        for number, lead in (*self.slot_led, *self.led.get(passage.words[at - 1], ())):
            first = at - len(lead)
            if _stands(lead, passage, first):
                found.append((first, first - position, number))


class Trie:
    """A trie over words. Each form hangs on its anchor: its first word that is neither a slot nor very frequent."""

    def __init__(self, literal: Sequence[Form], slotted: Sequence[Form]) -> None:
        self._anchors: dict[str, _Node] = {}
        for number, form in enumerate([*literal, *slotted]):
            words = [at for at, word in enumerate(form) if word not in _SLOTS]
            anchor = next((at for at in words if form[at] not in COMMON), words[0])
            node = self._anchors.setdefault(form[anchor], _Node())
            for word in form[anchor + 1 :]:
                node = node.child(word)
            node.add(number, form[:anchor])

    def hits(self, passage: Passage) -> list[Hit]:
        """Every place where a form stands, in any order."""
        found: list[Hit] = []
        words = passage.words
        last = len(words) - 1
        for at, node in enumerate(map(self._anchors.get, words)):
            if node is not None:
                node.note(passage, at, at + 1, found)
                if at < last and node.following and (node.slots or words[at + 1] in node.following):
                    _walk(node, at, passage, found)
        return found


def _walk(node: _Node, at: int, passage: Passage, found: list[Hit]) -> None:
    """Note every form of more than one word whose anchor is the word at `at`."""
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
                reached += [following[slot] for slot in _SLOTS if slot in following and _fills(slot, word, cased[position])]
        position += 1
        for path in reached:
            path.note(passage, at, position, found)
        paths = reached


def _stands(form: Form, passage: Passage, at: int) -> bool:
    """Whether the words and slots of a form stand at word `at`."""
    words = passage.words
    if at < 0 or at + len(form) > len(words):
        return False
    for wanted in form:
        word = words[at]
        if wanted != word and not (wanted in _WIDTHS and _fills(wanted, word, passage.cased[at])):
            return False
        at += 1
    return True


def _fills(slot: str, word: str, cased: str) -> bool:
    """Whether a word of the text, folded and with its case, may stand for a slot."""
    if slot == "#":
        return word.isdecimal()
    return word != "" if slot == "*" else cased[:1].isupper()


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
