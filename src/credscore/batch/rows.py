"""Rows of tables, JSON lines, CSV or Parquet, streaming, each with its number; one that is broken is told in its place."""

import csv
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from credscore.batch.files import CSV, JSONL, PACKINGS, PARQUET, TABLES, TEXT, Gauge, Piped, suffix_of
from credscore.errors import CredscoreError, InputError

Row = dict[str, Any]

_CSV_OF_SCORES = b"id,source,date,value,"
"""How a table begins that `credscore score` wrote."""


class Fields(NamedTuple):
    """Names of the columns that hold what a row says."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    source: str = "source"
    date: str = "date"


def rows_in(name: str, suffix: str, stream: IO[bytes], fields: Fields | None = None) -> Iterator[tuple[int, Row | InputError]]:
    """The rows of a table, numbered from 1; a row that is none is the error that says so.

    Of Parquet, `fields` alone are read where they are given. Raises `InputError` where nothing more can be read, and what the
    stream raises.
    """
    if suffix in PARQUET:
        from credscore.batch import parquet

        return enumerate(parquet.rows(name, stream, fields or (), fields and fields.text), 1)
    return _comma_separated(name, stream) if suffix in CSV else _json_lines(name, stream)


def _json_lines(name: str, stream: IO[bytes]) -> Iterator[tuple[int, Row | InputError]]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, InputError("bad_json", f"{name}, row {number}: not JSON ({error}).")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            yield number, InputError("bad_json", f"{name}, row {number}: {type(row).__name__}, not an object.")


def _comma_separated(name: str, stream: IO[bytes]) -> Iterator[tuple[int, Row | InputError]]:
    csv.field_size_limit(2**31 - 1)
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        reader = csv.DictReader(lines)
        number = 0
        while True:
            number += 1
            try:
                row = next(reader, None)
            except csv.Error as error:
                yield number, InputError("bad_csv", f"{name}, row {number}: not CSV ({error}).")
                continue
            if row is None:
                return
            yield number, {key: value for key, value in row.items() if key is not None}
    finally:
        lines.detach()  # the file belongs to whoever opened it


def numbered(path: Path, piped: Piped | None = None) -> Iterator[tuple[str, Row]]:
    """The rows of a file, or of standard input, each with the words that say where it stands.

    Raises `InputError` at the first row that cannot be read.
    """
    suffix = suffix_of(path.name) if piped is None else suffix_of_piped(piped)
    if suffix not in TABLES:
        raise InputError("unknown_format", f"{path}: rows are read from {', '.join(TABLES)}, each also with {' or '.join(PACKINGS)}.")
    try:
        with Gauge().opened(str(path)) if piped is None else nullcontext(piped) as stream:
            for number, row in rows_in(str(path), suffix, stream):
                if isinstance(row, InputError):
                    raise row
                yield f"{path}, row {number}", row
    except (EOFError, OSError, zlib.error) as error:
        raise InputError("unreadable", f"{path}: {error}") from error


def suffix_of_piped(piped: Piped) -> str:
    """The suffix that standard input would have as a file: JSON lines, or a CSV table of scores, by its first line; else text."""
    if piped.first.startswith(b"{"):
        try:
            return JSONL[0] if isinstance(json.loads(piped.first), dict) else TEXT[0]
        except (ValueError, RecursionError):
            return TEXT[0]
    return CSV[0] if piped.first.startswith(_CSV_OF_SCORES) else TEXT[0]


def holds_scores(path: Path, fields: Fields, piped: Piped | None = None) -> bool:
    """Whether the rows of a file, or of standard input, are scores, as `credscore score` writes them: by its first row."""
    first: Row = {}
    if piped is not None:
        suffix = suffix_of_piped(piped)
        first = json.loads(piped.first) if suffix in JSONL else dict.fromkeys(["value"]) if suffix in CSV else {}
    elif suffix_of(path.name) in TABLES:
        with suppress(CredscoreError):
            _, first = next(numbered(path), ("", {}))
    return fields.text not in first and not {"logit", "value", "error"}.isdisjoint(first)


def scores(path: Path, fields: Fields, piped: Piped | None = None) -> Iterator[Row]:
    """The rows of a file of scores, with publisher and date under the names that a roll-up knows."""
    for _, row in numbered(path, piped):
        yield {**row, "source": row.get(fields.source), "date": row.get(fields.date)}


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
