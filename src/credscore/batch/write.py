"""Results as JSON lines, CSV or a table; files are written whole or not at all."""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from credscore.publishers import SourceScore
from credscore.score import Failure, Score

COLUMNS = ("id", "value", "low", "high", "words", "notices", "error")


@contextmanager
def atomic(path: Path) -> Iterator[IO[str]]:
    """A text file that takes the place of `path` only when all has been written."""
    handle, temporary = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf8", newline="") as stream:
            yield stream
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions that the user withholds from new files; a temporary file has them withheld from everybody else."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def json_lines(results: Iterable[Score | Failure], stream: IO[str]) -> None:
    """One JSON object a line: the whole score, or the id and the error."""
    for result in results:
        stream.write((result.to_json() if isinstance(result, Score) else json.dumps(result.to_dict())) + "\n")


def row_of(result: Score | Failure) -> dict[str, str | float | int | None]:
    """A result as one row of a table, rounded for reading."""
    if isinstance(result, Failure):
        return {**dict.fromkeys(COLUMNS), "id": result.id, "error": f"{result.code}: {result.message}"}
    return {
        "id": result.id,
        "value": round(result.value, 2),
        "low": round(result.interval[0], 2),
        "high": round(result.interval[1], 2),
        "words": result.words,
        "notices": " ".join(notice.code for notice in result.notices),
        "error": None,
    }


def comma_separated(results: Iterable[Score | Failure], stream: IO[str], features: Iterable[str]) -> None:
    """A CSV table: the score, its interval, notices, error and every feature of the model."""
    names = list(features)
    writer = csv.DictWriter(stream, [*COLUMNS, *names], lineterminator="\n")
    writer.writeheader()
    for result in results:
        row = row_of(result)
        if isinstance(result, Score):
            row |= {name: result.features[name] for name in names}
        writer.writerow({key: _safe(value) for key, value in row.items()})


def sources(scored: Iterable[SourceScore], stream: IO[str]) -> None:
    """A CSV table of publishers: score, interval, number of texts and days."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("source", "value", "low", "high", "n", "first", "last", "unshrunk"))
    for item in scored:
        writer.writerow(_safe(round(cell, 2) if isinstance(cell, float) else cell) for cell in item.to_dict().values())


def _safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula, and that any encoding can hold."""
    if isinstance(value, str):
        value = value.encode("utf8", "replace").decode("utf8")
        value = value.replace("\r", " ")
        if value[:1] in ("=", "+", "-", "@", "\t", " ") and value.strip()[:1] in ("=", "+", "-", "@"):
            return "'" + value
    return value
