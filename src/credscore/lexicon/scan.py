"""The one scan: every entry of every layer in a single pass over the folded text.

Three engines find the same hits. `Automaton` gives the longest run of literal words of each form to a compiled
Aho-Corasick automaton, with a space on either side so that every hit begins and ends with a word, and then looks at
the slots and words around the run of the few forms that have any. `Tables` does the same where the loops are compiled, over words
instead of characters: the automaton steps through memory for every character, and between two documents others fill the
processor's caches. `Trie` is for platforms without a build of `ahocorasick_rs`: a trie over words in plain Python, several
times slower. All are measured in `benchmarks/scan.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, Protocol

from credscore.lexicon.nouns import Nouns
from credscore.lexicon.terms import SLOTS, Term
from credscore.native import bisect_left, loops, record
from credscore.text.passage import Passage


class Match(NamedTuple):
    """An entry found: words `first` to `last` (exclusive) of the passage."""

    first: int
    last: int
    term: Term


Words = list[str]
"""The words and slots of a form, which is one way to write an entry or a look-alike."""

Entry = tuple[int, int, int, bool, Term | None]
"""What a form stands for: minus its number of words, its number in the order of precedence, the number of its track, whether
capitals silence it, its term; `None` for a look-alike, which silences its track and is no match. Entries in their order are
entries by precedence."""

Hit = tuple[int, Entry]
"""A form found: its first word and its entry. Hits in their order are hits by precedence."""


Forms = Sequence[tuple[str, Entry]]
"""Forms with what they stand for. An engine is built from those without slots and those with slots."""


class Engine(Protocol):
    """Finds the forms that it was built with."""

    def hits(self, passage: Passage, cased: Words) -> list[Hit]:
        """Every place where a form stands, nearly in reading order; `cased` are the words with the case that slots look at."""
        ...


class Scanner:
    """Finds the entries of a lexicon: within a track the leftmost wins, then the longest, look-alikes included.

    Of two forms on the same words one without slots wins over one with slots, a narrow slot over a wide one, and else
    the one listed first.
    """

    def __init__(self, terms: Iterable[Term], engine: "Callable[[Forms, Forms], Engine] | None" = None) -> None:
        self._terms = tuple(terms)
        self._known: frozenset[str] | None = None
        self.nouns = Nouns(term for term in self._terms if term.layer == "noun")
        tracks: dict[str, int] = {}
        literal: list[tuple[str, Entry]] = []
        slotted: list[tuple[str, int, bool, Term | None]] = []
        for term in self._terms:
            if term.layer != "noun":
                track = tracks.setdefault(term.track, len(tracks))
                for forms, lower_only, end in (term.unless, False, None), (term.terms, term.lower_only, term):
                    for form in forms:
                        if "*" in form or "#" in form or "^" in form or "$" in form:
                            slotted.append((form, track, lower_only, end))
                        else:
                            literal.append((form, (-1 - form.count(" "), len(literal), track, lower_only, end)))
        slotted.sort(key=_width)
        self._tracks = tuple(tracks)
        numbered = enumerate(slotted, len(literal))
        self._engine = (engine or best_engine)(
            literal,
            [(form, (-1 - form.count(" "), number, track, lower_only, end)) for number, (form, track, lower_only, end) in numbered],
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as the terms: the engine is built there, the best that there is."""
        return Scanner, (self._terms,)

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in some form of an entry."""
        if self._known is None:  # made when first asked for: most texts have nothing to restore
            self._known = frozenset(word for term in self._terms for form in term.terms for word in form.split(" "))
        return word in self._known

    def scan(self, passage: Passage, headline: bool = False) -> dict[str, list[Match]]:
        """Matches by track (see `Term.track`), in reading order, without overlaps inside a track.

        In a `headline`, where capitals may be mere title case, nothing is found that needs them or that they would silence.
        """
        hits = self._engine.hits(passage, _with_signs(passage, passage.words if headline else passage.cased))
        about = passage, hits, len(self._tracks), headline
        found = _chosen(*about) if loops is None else loops.chosen(*about, _is_named, Match)
        return {track: matches for track, matches in zip(self._tracks, found, strict=True) if matches}


def _chosen(passage: Passage, hits: list[Hit], tracks: int, headline: bool) -> list[list[Match]]:
    """The hits of each track that no hit before them covers, of those that stand on one line and that capitals do not silence."""
    words, cased = passage.words, passage.cased
    one_line = "\n" not in passage.plain
    found: list[list[Match]] = [[] for _ in range(tracks)]
    reach = [0] * tracks
    for first, (length, _, track, lower_only, term) in sorted(hits):
        if first < reach[track]:
            continue
        last = first - length
        if not one_line and length < -1 and not passage.on_one_line(first, last):
            continue
        if lower_only and (headline or ((length < -1 or cased[first] != words[first]) and _is_named(passage, first, last))):
            continue
        reach[track] = last
        if term is not None:
            found[track].append(record(Match, (first, last, term)))
    return found


_SIGN: Final = "\t"
"""Stands for the sign of a currency among the words that slots look at. It sorts after the nothing between two separators and
before every word."""

_CURRENCIES: Final = "$\xa3\x80\xa5\xa4"
"""Dollar, pound, euro, yen and any other as a passage's plain shadow has them. After a space they leave an empty word."""


def _with_signs(passage: Passage, cased: Words) -> Words:
    """The words that slots look at, with `_SIGN` for the empty word that the sign of a currency leaves before an amount."""
    plain, starts, words = passage.plain, passage.starts, cased
    for currency in _CURRENCIES:
        at = plain.find(currency)
        while at >= 0:
            word = bisect_left(starts, at)
            if starts[word] == at and not cased[word]:
                words = words if words is not cased else cased.copy()
                words[word] = _SIGN
            at = plain.find(currency, at + 1)
    return words


def best_engine(literal: Forms, slotted: Forms) -> Engine:
    """The tables or the automaton where they can be built, the trie elsewhere."""
    build: Callable[[Forms, Forms], Engine] = Automaton if loops is None else Tables
    try:
        return build(literal, slotted)
    except ImportError:
        return Trie(literal, slotted)


Around = tuple[int, str, "Callable[[str], object] | None", Words, Words, int, Entry]
"""A form around its run: where from the run's first word the word beside it stands, that word or slot and what fills it,
all words before and after the run, the run's length, and what the form stands for."""

_NOTHING: tuple[Around, ...] = ()


class _ByRuns:
    """Forms by their longest runs of literal words: those that are no more than it, and those with slots and words around it."""

    def __init__(self, literal: Forms, slotted: Forms) -> None:
        alone: dict[str, tuple[Entry, ...]] = {}
        around: dict[str, tuple[Around, ...]] = {}
        for form, entry in literal:
            alone[form] = (*alone[form], entry) if form in alone else (entry,)
        for form, entry in slotted:
            words = form.split(" ")
            first, last = _longest_run(words)
            run = " ".join(words[first:last])
            alone.setdefault(run, ())
            before, after = words[:first], words[last:]
            beside, wanted = (last - first, after[0]) if after else (-1, before[-1])
            around[run] = (*around.get(run, ()), (beside, wanted, _FILLS.get(wanted), before, after, last - first, entry))
        self._runs = [*alone]
        self._alone = [*alone.values()]
        self._around = [around.get(run, _NOTHING) for run in alone]


class Tables(_ByRuns):
    """Runs in tables over words. Only where the loops are compiled."""

    def __init__(self, literal: Forms, slotted: Forms) -> None:
        super().__init__(literal, slotted)
        self._tables = loops.Runs(self._runs)

    def hits(self, passage: Passage, cased: Words) -> list[Hit]:
        """Every place where a form stands, nearly in reading order; `cased` are the words with the case that slots look at."""
        return self._tables.hits(passage.folded, self._alone, self._around, passage.words, cased, _stands)


class Automaton(_ByRuns):
    """Runs in an automaton over characters. Raises `ImportError` where `ahocorasick_rs` is missing."""

    def __init__(self, literal: Forms, slotted: Forms) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        super().__init__(literal, slotted)
        self._automaton = BytesAhoCorasick(" \n ".join(("", *self._runs, "")).encode("latin-1").split(b"\n")[1:-1])

    def hits(self, passage: Passage, cased: Words) -> list[Hit]:
        """Every place where a form stands, nearly in reading order; `cased` are the words with the case that slots look at."""
        found = self._automaton.find_matches_as_indexes(f" {passage.folded} ".encode("latin-1"), overlapping=True)
        starts, words, alone, around = passage.starts, passage.words, self._alone, self._around
        runs = [(bisect_left(starts, start), run) for run, start, _ in found]
        hits = [(at, entry) for at, run in runs for entry in alone[run]]
        for at, run in runs:
            for beside, wanted, fills, before, after, length, entry in around[run]:
                near = at + beside
                if near == len(words) or not (words[near] == wanted if fills is None else fills(cased[near])):
                    continue  # the word beside the run tells of most that the form does not stand here
                first = at - len(before)
                if (not after or _stands(after, words, cased, at + length)) and (not before or _stands(before, words, cased, first)):
                    hits.append((first, entry))
        return hits


def _longest_run(words: Words) -> tuple[int, int]:
    """First and last (exclusive) word of the longest run without slots."""
    slots = [-1, *(at for at, word in enumerate(words) if word in _SLOTS), len(words)]
    runs = [(before + 1, slot) for before, slot in pairwise(slots)]
    return max(runs, key=lambda run: len(" ".join(words[slice(*run)])))


_SLOTS: Final = frozenset(SLOTS)
_WIDTHS: Final = {"$": 1, "^": 1, "#": 2, "*": 3}


def _width(item: tuple[str, int, bool, Term | None]) -> list[int]:
    """By which forms with slots are ordered: words before slots, narrow slots before wide ones."""
    return [_WIDTHS.get(word, 0) for word in item[0].split(" ")]


COMMON: Final = frozenset(
    "the a an of to in on at by for from with as and or but if that this these those it its is are was were be been being has have had "
    "do does did not no so up out all any one i you he she we they my your his her our their me us them who what which how when there "
    "will would can could may should must more most some just than then too very s t".split()
)
"""Words so frequent that the trie has an entry by its first other word, and checks these around it."""

_Led = tuple[Entry, Words]
"""A form's entry and its words before the anchor."""

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

    def add(self, entry: Entry, lead: Words) -> None:
        """Let a form end here; `lead` are its words before the anchor."""
        end = (entry, lead)
        if not lead:
            self.ends += (end,)
        elif lead[-1] in _SLOTS:
            self.slot_led += (end,)
        else:
            if self.led is _NOT_LED:
                self.led = {}
            self.led[lead[-1]] = (*self.led.get(lead[-1], ()), end)

    def note(self, words: Words, cased: Words, at: int, found: list[Hit]) -> None:
        """Note the forms that end here, if the words before their anchor at `at` are there."""
        found += [(at, entry) for entry, _ in self.ends]
        if not at:
            return
        for entry, lead in (*self.slot_led, *self.led.get(words[at - 1], ())):
            first = at - len(lead)
            if _stands(lead, words, cased, first):
                found.append((first, entry))


class Trie:
    """A trie over words. Each form hangs on its anchor: its first word that is neither a slot nor very frequent."""

    def __init__(self, literal: Forms, slotted: Forms) -> None:
        self._anchors: dict[str, _Node] = {}
        for form, entry in (*literal, *slotted):
            words = form.split(" ")
            fixed = [at for at, word in enumerate(words) if word not in _SLOTS]
            anchor = next((at for at in fixed if words[at] not in COMMON), fixed[0])
            node = self._anchors.setdefault(words[anchor], _Node())
            for word in words[anchor + 1 :]:
                node = node.child(word)
            node.add(entry, words[:anchor])

    def hits(self, passage: Passage, cased: Words) -> list[Hit]:
        """Every place where a form stands, nearly in reading order; `cased` are the words with the case that slots look at."""
        found: list[Hit] = []
        words = passage.words
        last = len(words) - 1
        for at, node in enumerate(map(self._anchors.get, words)):
            if node is not None:
                node.note(words, cased, at, found)
                if at < last and node.following and (node.slots or words[at + 1] in node.following):
                    _walk(node, at, words, cased, found)
        return found


def _walk(node: _Node, at: int, words: Words, cased: Words, found: list[Hit]) -> None:
    """Note every form of more than one word whose anchor is the word at `at`."""
    size = len(words)
    position = at + 1
    paths = [node]
    while paths and position < size:
        word = words[position]
        if not cased[position]:
            return
        reached = []
        for path in paths:
            following = path.following
            if word in following:
                reached.append(following[word])
            if path.slots:
                reached += [following[slot] for slot, fills in _FILLS.items() if slot in following and fills(cased[position])]
        position += 1
        for path in reached:
            path.note(words, cased, at, found)
        paths = reached


def _stands(form: Words, words: Words, cased: Words, at: int) -> bool:
    """Whether the words and slots of a form, or of a part of it, stand at word `at`."""
    if at < 0 or at + len(form) > len(words):
        return False
    for wanted in form:
        fills = _FILLS.get(wanted)
        if not (words[at] == wanted if fills is None else fills(cased[at])):
            return False
        at += 1
    return True


_FILLS: dict[str, Callable[[str], object]] = {
    "#": str.isdecimal, "^": lambda cased: cased[:1].isupper(), "*": lambda cased: cased > _SIGN, "$": _SIGN.__eq__,
}  # fmt: skip
"""Whether a word of the text, with its case, may stand for a slot."""


def _is_named(passage: Passage, first: int, last: int) -> bool:
    """Whether capitals make a name of words `first` to `last` ("Will Ode"), or a country of "us" ("told US officials")."""
    cased = passage.cased
    if cased[first] != passage.words[first] and _is_name(passage, first):
        return True
    return last > first + 1 and "US" in cased[first:last] and any(map(str.islower, cased[first:last]))


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
