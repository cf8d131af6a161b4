"""Boilerplate: page furniture found in whole web pages, and left alone in clean articles.

On: L3S-GN1 (Kohlschütter et al. 2010), news pages in labelled blocks, and the articles of PolNeAR, which hold almost
nothing but the report. How: only hard blocks count: six words and more, few links (link density up to one third), no
reader comments, of one label throughout. A block is taken for boilerplate when at least half of its characters are marked. On PolNeAR the
share of characters marked is an upper bound of what is marked wrongly.
"""

from benchmarks import corpora
from benchmarks.fixtures import comparable
from benchmarks.spans import AGREEMENT_COLUMNS, agreement_cells, decisions
from benchmarks.tables import Cell, Table

FEWEST_WORDS = 6
MOST_LINKS = 1 / 3
"""Link density from which Kohlschütter et al. take a block for boilerplate without reading it."""

FURNITURE = frozenset(("boilerplate", "related"))
CONTENT = frozenset(("headline", "fulltext", "supplement"))


def run() -> list[Table]:
    """Blocks of pages, and characters of clean articles."""
    return [
        Table("Hard blocks of news pages (L3S-GN1)", ("blocks", *AGREEMENT_COLUMNS), _blocks()),
        Table("Clean articles (PolNeAR)", ("articles", "articles with any", "share of characters marked"), _clean()),
    ]


def _marked(text: str) -> bytearray:
    """For every character whether boilerplate evidence stands there."""
    found = bytearray(len(text))
    for place in comparable(corpora.read(text).evidence, "boilerplate"):
        found[place.start : place.end] = b"\1" * (place.end - place.start)
    return found


def _blocks() -> list[list[Cell]]:
    pairs = []
    for row in corpora.rows("features/boilerplate_l3s_gn1_blocks"):
        text, marked = row["text"], _marked(row["text"])
        for start, end, label, about in row["spans"]:
            hard = about["pure"] and about["link_density"] <= MOST_LINKS and len(text[start:end].split()) >= FEWEST_WORDS
            if hard and label in FURNITURE | CONTENT:
                pairs.append((2 * sum(marked[start:end]) >= end - start, label in FURNITURE))
    return [[len(pairs), *agreement_cells(decisions(pairs))]]


def _clean() -> list[list[Cell]]:
    shares = []
    characters = 0
    for row in corpora.rows("features/sourcing_polnear"):
        if row["primary"]:
            shares.append(sum(_marked(row["text"])))
            characters += len(row["text"])
    return [[len(shares), sum(map(bool, shares)), sum(shares) / characters]]
