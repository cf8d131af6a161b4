"""Results as JSON lines, CSV or Parquet, each result a line; files are written whole or not at all."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

from credscore.columns import Kinds, kinds_of, row_of
from credscore.model import LinearModel
from credscore.publishers import SourceScore
from credscore.score import Failure, Score

COLUMNS = ("id", "source", "date", "value", "low", "high", "words", "notices", "error")


class Form(NamedTuple):
    """How results are written: what stands above them, and the line of each. It can be handed to other processes.

    Lines of JSON that become a Parquet file at the end have `kinds`, the columns of that file.
    """

    head: str
    line: Callable[[Score | Failure], str]
    kinds: Kinds | None = None


def form_of(name: str, model: LinearModel) -> Form:
    """The form "jsonl", "csv" or "parquet" of the scores of a model."""
    if name == "jsonl":
        return Form("", json_line)
    if name == "csv":
        columns = (*COLUMNS, *(weight.feature for weight in model.weights))
        return Form(_comma_separated(columns), partial(csv_line, columns))
    kinds = kinds_of(model)
    return Form("", partial(_row_as_json, kinds), kinds)


def json_line(result: Score | Failure) -> str:
    """One JSON object: the whole score, or the id and the error."""
    return (result.to_json() if isinstance(result, Score) else json.dumps(result.to_dict())) + "\n"


def csv_line(columns: Iterable[str], result: Score | Failure) -> str:
    """One row of CSV, the score and its interval rounded for reading, the error with its reason."""
    row = row_of(result, columns)
    if isinstance(result, Failure):
        row["error"] = f"{result.code}: {result.message}"
    else:
        row |= {name: round(row[name], 2) for name in ("value", "low", "high")}
    return _comma_separated(_safe(cell) for cell in row.values())


def _row_as_json(kinds: Kinds, result: Score | Failure) -> str:
    return json.dumps(row_of(result, kinds)) + "\n"


def _comma_separated(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def sources(scored: Iterable[SourceScore]) -> Iterator[str]:
    """A CSV table of publishers: score, interval, number of texts and days."""
    yield _comma_separated(("source", "value", "low", "high", "n", "first", "last", "unshrunk"))
    for item in scored:
        yield _comma_separated(_safe(round(cell, 2) if isinstance(cell, float) else cell) for cell in item.to_dict().values())


@contextmanager
def atomic(path: Path) -> Iterator[IO[str]]:
    """A text file that takes the place of `path` only when all has been written and lies on the disk.

    What is no regular file, such as a pipe or a device, is written to as it stands.
    """
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf8", newline="") as stream:
            yield stream
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
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


def _safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula, and that any encoding can hold."""
    if isinstance(value, str):
        value = value.encode("utf8", "replace").decode("utf8")
        value = value.replace("\r", " ")
        if value[:1] in ("=", "+", "-", "@", "\t", " ") and value.strip()[:1] in ("=", "+", "-", "@"):
            return "'" + value
    return value
