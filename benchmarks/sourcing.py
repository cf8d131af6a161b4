"""Sourcing: attributions, kinds of sources, and documents labelled in every layer.

On: PolNeAR's development part (attributions of speech, belief and intention in news); `gold/source_kinds` (single
sources in PolNeAR articles with the kind a reader gave them); `gold/documents` (news texts labelled in all layers).
How: attributions as `benchmarks.attributions` says; a source's kind is compared with that of the evidence that shares
most of its characters; spans by partial overlap, boilerplate by characters, spans that only one of two readers marked
counted neither way. Both gold files are split: the development part was looked at while the rules were written. Three of the labelled
documents are read after every change, and belong to it.
"""

from itertools import groupby, product
from typing import Any, NamedTuple
from zlib import crc32

from benchmarks import attributions, corpora
from benchmarks.attributions import Relation
from benchmarks.fixtures import Agreement, Place, by_characters, by_spans, comparable
from benchmarks.spans import (
    AGREEMENT_COLUMNS,
    KINDS_COLUMNS,
    Kinds,
    agreement_cells,
    kinds_of_sources,
    sum_of,
    undisputed,
)
from benchmarks.tables import Cell, Table

LAYERS = ("sourcing", "hedge", "booster", "loaded", "boilerplate")
THRESHOLDS = {".3": 0.3, ".8": 0.8}
_READ = "seed:"
"""How the ids of labelled documents begin that are scored and read after every change: nothing is reported on them."""

CONTENTS = {"last piece": False, "whole": True}
"""Which pieces of a labelled content count: the last, as the given measure has it, or all of them."""


def run() -> list[Table]:
    """Attributions, kinds of sources, documents by layer."""
    read = _read()
    return [
        Table(
            "PolNeAR, development part: attributions by content",
            ("contents", "attributions", "overlap from", *AGREEMENT_COLUMNS, "source right"),
            _attributions(read),
            "Last piece: of a content that stands in several pieces the last alone is compared, as in published figures. "
            "Whole: all its pieces.",
        ),
        Table("PolNeAR, development part: contents in several pieces", ("contents", "in several pieces", "share"), _pieces(read)),
        Table("Kinds of sources", ("rows", "kind", *KINDS_COLUMNS), _source_kinds()),
        Table(
            "Labelled documents: evidence by layer",
            ("rows", "layer", *AGREEMENT_COLUMNS),
            _documents(),
            "Boilerplate is counted in characters.",
        ),
        Table("Labelled documents: kinds of sources", ("rows", *KINDS_COLUMNS), _document_kinds()),
    ]


class _Article(NamedTuple):
    """What is labelled in an article, by the name in `CONTENTS`, and what was found there."""

    gold: dict[str, list[Relation]]
    found: list[Relation]


def _read() -> list[_Article]:
    return [
        _Article(
            {name: attributions.labelled(row, whole=whole) for name, whole in CONTENTS.items()},
            attributions.predicted(row["text"], corpora.read(row["text"]).evidence),
        )
        for row in corpora.rows("features/sourcing_polnear")
        if row["primary"] and row["split"] == "dev"
    ]


def _attributions(read: list[_Article]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for contents, name, (label, threshold) in product(CONTENTS, ("all", "quoted"), THRESHOLDS.items()):
        matched = [attributions.match(_chosen(item.gold[contents], name), _chosen(item.found, name), threshold) for item in read]
        total = attributions.Matched(sum((item.contents for item in matched), Agreement()), sum(item.sources for item in matched))
        rows.append([contents, name, label, *agreement_cells(total.contents), total.source_accuracy])
    return rows


def _pieces(read: list[_Article]) -> list[list[Cell]]:
    counts = [relation.pieces for item in read for relation in item.gold["whole"]]
    several = sum(count > 1 for count in counts)
    return [[len(counts), several, several / len(counts)]]


def _chosen(relations: list[Relation], name: str) -> list[Relation]:
    return relations if name == "all" else [relation for relation in relations if relation.quoted]


def _source_kinds() -> list[list[Cell]]:
    texts = {row["article"]: row["text"] for row in corpora.rows("gold/source_texts")}
    found: dict[tuple[str, str], list[Kinds]] = {}
    ordered = sorted(corpora.rows("gold/source_kinds"), key=lambda row: row["article"])
    for article, rows in groupby(ordered, key=lambda row: row["article"]):
        evidence = corpora.read(texts[article]).evidence
        part = corpora.PARTS[crc32(article.encode()) % 2]
        for row in rows:
            counts = kinds_of_sources(evidence, [(_place(row), row["kind"])])
            for kind in ("all", row["kind"]):
                found.setdefault((part, kind), []).append(counts)
    return [[part, kind, *sum_of(counts).cells()] for (part, kind), counts in sorted(found.items())]


def _gold(row: dict[str, Any], layer: str) -> list[Place]:
    return [_place(span) for span in row["gold"].get(layer, ())]


def _place(span: dict[str, Any]) -> Place:
    return Place("text", span["start"], span["end"])


def _part(number: int, row: dict[str, Any]) -> str:
    """Every second document is reported, but for those that are read after every change."""
    return corpora.PARTS[number % 2 and not row["id"].startswith(_READ)]


def _documents() -> list[list[Cell]]:
    totals = {(part, layer): Agreement() for part in corpora.PARTS for layer in LAYERS}
    for number, row in enumerate(corpora.rows("gold/documents")):
        evidence = corpora.read(row["text"]).evidence
        for layer in LAYERS:
            gold = _gold(row, layer)
            found = undisputed(comparable(evidence, layer), gold, _gold(row, f"{layer}_disputed"))
            totals[_part(number, row), layer] += (by_characters if layer == "boilerplate" else by_spans)(found, gold)
    return [[part, layer, *agreement_cells(total)] for (part, layer), total in totals.items()]


def _document_kinds() -> list[list[Cell]]:
    found: dict[str, list[Kinds]] = {part: [] for part in corpora.PARTS}
    for number, row in enumerate(corpora.rows("gold/documents")):
        gold = [(_place(span), span["kind"]) for span in row["gold"]["sourcing"]]
        found[_part(number, row)].append(kinds_of_sources(corpora.read(row["text"]).evidence, gold))
    return [[part, *sum_of(counts).cells()] for part, counts in found.items()]
