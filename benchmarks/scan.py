"""The scan: the engines of `credscore.lexicon.scan` beside two plain scans over characters, on one lexicon and the same texts.

On: every entry that the bundled scan looks for and that has no slot, all in one track, and 4-KB documents made from the fixtures. How: each
finds the leftmost longest entries between word boundaries, and all must find the same. `ahocorasick_rs` is a compiled automaton (skipped
where there is no build of it) that reports every entry, to be reduced to the longest here; the `re` pattern is one alternation compressed
as a trie; the tables over words are those of the compiled build (`.venv/compiled/bin/python -m benchmarks scan`). The Scanner is given
words, which the other rules need anyhow; cutting them is timed apart. Building is CPU time from the list of entries.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks import corpora
from benchmarks.clock import timed
from benchmarks.speed import documents
from benchmarks.tables import Cell, Table
from credscore.lexicon.scan import Automaton, Scanner, Tables, Trie
from credscore.lexicon.terms import SLOTS, Term
from credscore.native import loops
from credscore.text.fold import shadows
from credscore.text.passage import Passage

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_Trie = dict[str, "_Trie"]
_END = ""

Hits = list[tuple[int, int]]


class Given(NamedTuple):
    """A text as the scans get it: cut into words, and folded between two spaces so that each word has one on either side."""

    passage: Passage
    folded: str


class Way(NamedTuple):
    """One way to scan: how it is built from the entries, and how what is built finds hits (characters) in a text."""

    name: str
    build: Callable[[Sequence[str]], Any]
    find: Callable[[Any, Given], Hits]


def run() -> list[Table]:
    """Building and scanning, every way."""
    texts = [Given(Passage(text), f" {shadows(text)[2]} ") for text in documents()]
    entries = sorted(
        {
            form
            for term in corpora.scorer().reader.lexicon.terms
            if term.layer != "noun"
            for form in term.terms
            if SLOTS.keys().isdisjoint(form)
        }
    )
    ways = [
        Way("Scanner, trie over words", _build_trie, _find_words),
        Way("re, alternation as a trie", _build_pattern, _find_pattern),
    ]
    if loops is not None:
        ways.insert(0, Way("Scanner, tables over words", _build_tables, _find_words))
    note = f"{len(entries):,} entries."
    try:
        import ahocorasick_rs  # noqa: F401 - only whether it is there
    except ImportError:
        note += " ahocorasick_rs is not installed, so the automaton is left out."
    else:
        ways += [Way("Scanner, automaton", _build_scanner, _find_words), Way("ahocorasick_rs alone", _build_automaton, _find_automaton)]
    characters = sum(map(len, documents()))
    rows: list[list[Cell]] = []
    agreed: list[Hits] = []
    for way in ways:
        building = timed(lambda way=way: way.build(entries), repeats=3)  # type: ignore[misc]
        built = way.build(entries)
        hits = [way.find(built, text) for text in texts]
        agreed = agreed or hits
        scanning = timed(lambda way=way, built=built: [way.find(built, text) for text in texts])  # type: ignore[misc]
        rows.append(
            [
                way.name,
                1000 * building.seconds,
                1e6 * scanning.seconds / len(texts),
                characters / 1e6 / scanning.seconds,
                scanning.loops / len(texts),
                sum(map(len, hits)),
                "yes" if hits == agreed else "no",
            ]
        )
    cutting = timed(lambda: [text.folded.split(" ") for text in texts])
    note += f" Cutting words takes {1e6 * cutting.seconds / len(texts):.0f} µs a document."
    columns = ("scan", "build ms", "µs a document", "MB a CPU second", "loops a document", "hits", "same hits")
    return [Table("The scan", columns, rows, note)]


def _build_scanner(entries: Sequence[str], engine: type[Automaton] | type[Tables] | type[Trie] = Automaton) -> Scanner:
    terms = (Term(str(number), "loaded", "", "", "", (entry,)) for number, entry in enumerate(entries))
    return Scanner(terms, engine)


def _build_tables(entries: Sequence[str]) -> Scanner:
    return _build_scanner(entries, Tables)


def _build_trie(entries: Sequence[str]) -> Scanner:
    return _build_scanner(entries, Trie)


def _find_words(scanner: Scanner, given: Given) -> Hits:
    passage = given.passage
    matches = scanner.scan(passage).get("loaded", ())
    return [(passage.starts[match.first], passage.end_of(match.last - 1)) for match in matches]


def _build_pattern(entries: Sequence[str]) -> re.Pattern[str]:
    trie: _Trie = {}
    for entry in entries:
        node = trie
        for char in entry:
            node = node.setdefault(char, {})
        node[_END] = {}
    return re.compile(f"(?<= )(?:{_alternation(trie)})(?= )")


def _alternation(trie: _Trie) -> str:
    branches = [re.escape(char) + _alternation(rest) for char, rest in trie.items() if char != _END]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and _END not in trie else f"(?:{'|'.join(branches)})"
    return joined + "?" if _END in trie else joined


def _find_pattern(pattern: re.Pattern[str], given: Given) -> Hits:
    return [(match.start() - 1, match.end() - 1) for match in pattern.finditer(given.folded)]


def _build_automaton(entries: Sequence[str]) -> "AhoCorasick":
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick([f" {entry} " for entry in entries])


def _find_automaton(automaton: "AhoCorasick", given: Given) -> Hits:
    return _longest((start, end - 2) for _, start, end in automaton.find_matches_as_indexes(given.folded, overlapping=True))


def _longest(hits: Iterable[tuple[int, int]]) -> Hits:
    """The leftmost, then the longest, without overlaps."""
    kept: Hits = []
    reach = 0
    for start, end in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start >= reach:
            kept.append((start, end))
            reach = end
    return kept
