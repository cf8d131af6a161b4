"""Rows of a table, JSON lines or CSV, plain or gzipped; and numbers out of them, each error naming its row."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from credscore.batch.sources import CSV, JSONL, Fields, suffix_of
from credscore.errors import InputError

Row = dict[str, Any]


def numbered(path: Path) -> Iterator[tuple[str, Row]]:
    """The rows of a file, streaming, each with the words that say where it stands. Raises `InputError` for what cannot be read."""
    suffix = suffix_of(path.name)
    if suffix not in (*JSONL, *CSV):
        raise InputError("unknown_format", f"{path}: rows are read from {', '.join((*JSONL, *CSV))}, each also with .gz.")
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as stream:
            if suffix in CSV:
                yield from ((f"{path}, row {number}", row) for number, row in enumerate(csv.DictReader(stream), 1))
            else:
                wheres = ((f"{path}, row {number}", line) for number, line in enumerate(stream, 1) if line.strip())
                yield from ((where, _object(line, where)) for where, line in wheres)
    except (UnicodeDecodeError, csv.Error, EOFError, OSError) as error:
        raise InputError("unreadable", f"{path}: {error}") from error


def holds_scores(path: Path, fields: Fields) -> bool:
    """Whether the rows of a file are scores, as `credscore score` writes them, and not texts: by its first row."""
    if suffix_of(path.name) not in (*JSONL, *CSV):
        return False
    try:
        _, first = next(numbered(path), ("", {}))
    except InputError:
        return False
    return fields.text not in first and not {"logit", "value", "error"}.isdisjoint(first)


def scores(path: Path, fields: Fields) -> Iterator[Row]:
    """The rows of a file of scores, with publisher and date under the names that a roll-up knows."""
    for _, row in numbered(path):
        yield {**row, "source": row.get(fields.source), "date": row.get(fields.date)}


def _object(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("bad_json", f"{where}: not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise InputError("bad_json", f"{where}: {type(row).__name__}, not an object.")
    return row


def number_in(row: Row, field: str, where: str) -> float:
    """A field as a number. Raises `InputError` naming the row and the fields that it has."""
    if field not in row:
        raise InputError("no_field", f"{where}: no field {field!r}; there are {', '.join(map(str, row)) or 'none'}.")
    try:
        return float(row[field])
    except (TypeError, ValueError) as error:
        raise InputError("no_number", f"{where}: {field} is {row[field]!r}, not a number.") from error


def labelled_probabilities(scored: Path, labels: Path | None, *, probability: str, label: str, key: str) -> list[tuple[float, int]]:
    """`(probability, label)` of every scored row; with `labels`, the labels are taken from that file by the field `key`.

    Failures among the scores are left out, and so are texts without a label. Raises `InputError` for a field that is
    missing or holds no number.
    """
    known = {str(row.get(key)): (where, row) for where, row in numbered(labels)} if labels is not None else None
    pairs = []
    for where, row in numbered(scored):
        if row.get("error"):
            continue
        told_at, told = (where, row) if known is None else known.get(str(row.get(key)), (where, None))
        if told is not None:
            pairs.append((number_in(row, probability, where), int(number_in(told, label, told_at))))
    return pairs
