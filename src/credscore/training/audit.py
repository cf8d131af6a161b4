"""Entries that earn their place: for every entry its hits, how many are right, and what it does to F1.

Measured against labelled spans, best on texts that nobody looked at while the entries were chosen. An entry's `effect`
is the F1 of its layer with all entries minus the F1 without it (its hits gone, nothing in their place). The texts are
also divided into five folds by the checksum of their id: an entry that helps in some and hurts in others is noise.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from credscore.errors import InputError
from credscore.evidence.evidence import Evidence, Span
from credscore.reading import Reader
from credscore.text.document import Document

FOLDS = 5


class Labelled(NamedTuple):
    """A text with the spans a reader marked, by layer. A layer without a key was not marked and is not audited there."""

    id: str
    text: str
    gold: Mapping[str, Sequence[Span]]


class Row(NamedTuple):
    """An entry (for what a rule found: its kind) and how it did. `helps` and `hurts` count folds."""

    layer: str
    entry: str
    hits: int
    right: int
    effect: float
    helps: int
    hurts: int

    @property
    def precision(self) -> float:
        """The share of its hits that touch a labelled span of the layer."""
        return self.right / self.hits


class Counts(NamedTuple):
    """Found and right are evidence, labelled and reached are spans."""

    found: int = 0
    right: int = 0
    labelled: int = 0
    reached: int = 0

    @property
    def f1(self) -> float:
        """2PR / (P + R) of precision right/found and recall reached/labelled."""
        if not (self.right and self.reached):
            return 0.0
        precision, recall = self.right / self.found, self.reached / self.labelled
        return 2 * precision * recall / (precision + recall)


_Folds = defaultdict[int, Counts]


def audit(reader: Reader, texts: Iterable[Labelled]) -> tuple[list[Row], dict[str, Counts]]:
    """The entries that were found, those that hurt most first, and the counts of each layer."""
    layers: defaultdict[str, _Folds] = defaultdict(lambda: defaultdict(Counts))
    entries: defaultdict[tuple[str, str], _Folds] = defaultdict(lambda: defaultdict(Counts))
    for labelled in texts:
        fold = crc32(labelled.id.encode()) % FOLDS
        evidence = [item for item in reader.read(Document(labelled.text)).evidence if item.field == "text"]
        for layer, gold in labelled.gold.items():
            found = [item for item in evidence if item.layer == layer]
            touching = [[item for item in found if _touch(item, span)] for span in gold]
            right = {id(item) for items in touching for item in items}
            layers[layer][fold] = _plus(layers[layer][fold], Counts(len(found), len(right), len(gold), sum(map(bool, touching))))
            for item in found:
                counts = entries[layer, item.term or f"({item.kind})"]
                counts[fold] = _plus(counts[fold], Counts(1, id(item) in right))
            for items in touching:
                names = {item.term or f"({item.kind})" for item in items}
                if len(names) == 1:  # nothing else reaches this span
                    counts = entries[layer, names.pop()]
                    counts[fold] = _plus(counts[fold], Counts(reached=1))
    rows = [_row(layer, entry, counts, layers[layer]) for (layer, entry), counts in entries.items()]
    return sorted(rows, key=lambda row: (row.layer, row.effect, row.entry)), {name: _sum(folds) for name, folds in layers.items()}


def _touch(item: Evidence, span: Span) -> bool:
    return item.start < span.end and span.start < item.end


def _plus(one: Counts, other: Counts) -> Counts:
    return Counts(*map(sum, zip(one, other, strict=True)))


def _sum(folds: _Folds) -> Counts:
    return Counts(*map(sum, zip(Counts(), *folds.values(), strict=True)))


def _effect(everything: Counts, its: Counts) -> float:
    rest = Counts(*(all_of - own for all_of, own in zip(everything, its, strict=True)))
    return everything.f1 - rest.f1


def _row(layer: str, entry: str, its: _Folds, folds: _Folds) -> Row:
    total = _sum(its)
    effects = [_effect(folds[fold], counts) for fold, counts in its.items()]
    helps, hurts = sum(effect > 0 for effect in effects), sum(effect < 0 for effect in effects)
    return Row(layer, entry, total.found, total.right, _effect(_sum(folds), total), helps, hurts)


def labelled_texts(paths: Iterable[Path]) -> Iterator[Labelled]:
    """Rows of JSON lines (`.gz` too): `{"id", "text", "gold": {layer: [{"start", "end"}, …]}}`; offsets are code points.

    Raises `InputError` with file and line for a row of another form.
    """
    for path in paths:
        with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _labelled(line, f"{path}:{number}")


def _labelled(line: str, place: str) -> Labelled:
    try:
        row = json.loads(line)
        gold = {layer: [Span(span["start"], span["end"]) for span in spans] for layer, spans in row["gold"].items()}
        return Labelled(str(row.get("id", place)), row["text"], gold)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "no_gold", f'{place}: not of the form {{"id": …, "text": …, "gold": {{"loaded": [{{"start": 0, "end": 4}}]}}}} ({error!r}).'
        ) from error
