"""Boilerplate: page furniture found in whole web pages, and left alone in clean articles.

On: L3S-GN1 (Kohlschütter et al. 2010), news pages in labelled blocks, and the articles of PolNeAR, which hold almost
nothing but the report. How: only hard blocks count: six words and more, few links (link density up to one third), no
reader comments, of one label throughout. A block is taken for boilerplate when at least half of its characters are marked.
One page in five is reported, by checksum of its id; the rest was open to look at. On PolNeAR the share of characters
marked is an upper bound of what is marked wrongly. For every entry its marks on the open pages are counted, and how many
of them stand in blocks labelled as boilerplate (all blocks but comments; "content" there includes credits and notices of
copyright below an article, so that a low share may be the label's choice).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks import corpora
from benchmarks.fixtures import comparable
from benchmarks.spans import AGREEMENT_COLUMNS, agreement_cells, decisions
from benchmarks.tables import Cell, Table

PAGES = "features/boilerplate_l3s_gn1_blocks"
FEWEST_WORDS = 6
MOST_LINKS = 1 / 3
"""Link density from which Kohlschütter et al. take a block for boilerplate without reading it."""

FURNITURE = frozenset(("boilerplate", "related"))
CONTENT = frozenset(("headline", "fulltext", "supplement"))


def run() -> list[Table]:
    """Blocks of pages, and characters of clean articles."""
    return [
        Table("Hard blocks of news pages (L3S-GN1)", ("pages", "blocks", *AGREEMENT_COLUMNS), _blocks()),
        Table("Clean articles (PolNeAR)", ("articles", "articles with any", "share of characters marked"), _clean()),
        Table("Entries on the open pages (L3S-GN1)", ("entry", "kind", "strength", "marks", "in boilerplate"), _entries()),
    ]


def _marked(text: str) -> bytearray:
    """For every character whether boilerplate evidence stands there."""
    found = bytearray(len(text))
    for place in comparable(corpora.read(text).evidence, "boilerplate"):
        found[place.start : place.end] = b"\1" * (place.end - place.start)
    return found


def _blocks() -> list[list[Cell]]:
    pairs: dict[str, list[tuple[bool, bool]]] = {part: [] for part in corpora.PARTS}
    for row in corpora.rows(PAGES):
        text, marked = row["text"], _marked(row["text"])
        for start, end, label, about in row["spans"]:
            hard = about["pure"] and about["link_density"] <= MOST_LINKS and len(text[start:end].split()) >= FEWEST_WORDS
            if hard and label in FURNITURE | CONTENT:
                pairs[corpora.fifth(row["id"])].append((2 * sum(marked[start:end]) >= end - start, label in FURNITURE))
    return [[part, len(found), *agreement_cells(decisions(found))] for part, found in pairs.items()]


def _entries() -> list[list[Cell]]:
    marks: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in corpora.rows(PAGES):
        if corpora.fifth(row["id"]) == "development":
            for term, label in _labelled_marks(row):
                marks[term] += 1
                right[term] += label in FURNITURE
    terms = [term for term in corpora.scorer().reader.lexicon.terms if term.layer == "boilerplate"]
    rows = [
        [term.id, term.kind, term.strength, marks[term.id], right[term.id] / marks[term.id] if marks[term.id] else None] for term in terms
    ]
    return sorted(rows, key=lambda row: (row[4] is None, row[4], -row[3], row[0]))


def _labelled_marks(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The entry of every mark on a page, and the label of the block it begins in."""
    starts = [start for start, *_ in row["spans"]]
    for item in corpora.read(row["text"]).evidence:
        if item.layer == "boilerplate" and item.term:
            label = row["spans"][bisect_right(starts, item.start) - 1][2]
            if label in FURNITURE | CONTENT:
                yield item.term, label


def _clean() -> list[list[Cell]]:
    shares = []
    characters = 0
    for row in corpora.rows("features/sourcing_polnear"):
        if row["primary"]:
            shares.append(sum(_marked(row["text"])))
            characters += len(row["text"])
    return [[len(shares), sum(map(bool, shares)), sum(shares) / characters]]
