"""Documents from paths: files, folders, globs and standard input; text, Markdown, HTML, JSON lines and CSV, plain or gzipped.

What cannot be read becomes a `Failure` in its place; nothing stops the others.
"""

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import IO, cast

from credscore.batch.html import article
from credscore.errors import CredscoreError, InputError
from credscore.score import Failure
from credscore.text.document import Document

TEXT, MARKDOWN, HTML, JSONL, CSV = (".txt", ".text"), (".md", ".markdown"), (".html", ".htm"), (".jsonl", ".ndjson"), (".csv",)
SUFFIXES = (*TEXT, *MARKDOWN, *HTML, *JSONL, *CSV)


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the columns that hold what a row says."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    source: str = "source"
    date: str = "date"


def expand(patterns: Sequence[str]) -> list[str]:
    """Paths from paths, folders (all known files below them) and globs, in a stable order; `-` is standard input."""
    paths: list[str] = []
    for pattern in patterns:
        place = Path(pattern)
        if pattern == "-":
            paths.append(pattern)
        elif place.is_dir():
            paths += sorted(str(item) for item in place.rglob("*") if item.is_file() and suffix_of(item.name) in SUFFIXES)
        elif has_magic(pattern) and not place.exists():
            paths += sorted(path for path in glob(pattern, recursive=True) if Path(path).is_file())
        else:
            paths.append(pattern)
    return paths


def suffix_of(name: str) -> str:
    """The suffix that tells the format, `.gz` looked through."""
    return Path(name.lower().removesuffix(".gz")).suffix


def documents(paths: Sequence[str], fields: Fields | None = None) -> Iterator[Document | Failure]:
    """The documents of some paths, streaming. A document's id is its path, or its row's id (or `path:row`)."""
    fields = fields or Fields()
    for path in paths:
        try:
            if path == "-":
                yield from _from_stream("-", sys.stdin.buffer, ".txt", fields)
                continue
            suffix = suffix_of(path)
            if suffix not in SUFFIXES:
                known = ", ".join(SUFFIXES)
                yield Failure(path, "unknown_format", f"the suffix {suffix or 'none'} is not known; known are {known}, each also with .gz")
                continue
            with _opened(path) as stream:
                yield from _from_stream(path, stream, suffix, fields)
        except InputError as error:
            yield Failure(path, error.code, str(error))
        except FileNotFoundError:
            yield Failure(path, "missing_file", "there is no such file")
        except (OSError, EOFError) as error:
            yield Failure(path, "unreadable", f"{type(error).__name__}: {error}")
        except CredscoreError as error:
            yield Failure(path, "missing_extra", str(error))


def _opened(path: str) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.lower().endswith(".gz") else Path(path).open("rb")


def _decode(data: bytes) -> str:
    """UTF-8 (a byte-order mark dropped), else Windows-1252 as browsers do; a NUL byte means it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise InputError("binary", "the file holds NUL bytes: it is no text. Extract its text first.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _from_stream(name: str, stream: IO[bytes], suffix: str, fields: Fields) -> Iterator[Document | Failure]:
    if suffix in JSONL:
        yield from _json_lines(name, stream, fields)
        return
    if suffix in CSV:
        yield from _table(name, stream, fields)
        return
    text = _decode(stream.read())
    label = None if name == "-" else name
    if suffix in HTML:
        title, text = article(text)
        yield Document(text, id=label, title=title)
    elif suffix in MARKDOWN:
        title, text = headline_of(text)
        yield Document(text, id=label, title=title)
    elif name == "-" and text.lstrip()[:1] == "{" and _is_json_line(text):
        yield from _json_lines("-", io.BytesIO(text.encode("utf8", "surrogatepass")), fields)
    else:
        yield Document(text, id=label)


def _is_json_line(text: str) -> bool:
    try:
        return isinstance(json.loads(text.lstrip().split("\n", 1)[0]), dict)
    except ValueError:
        return False


def headline_of(text: str) -> tuple[str | None, str]:
    r"""The headline and the rest of a Markdown text: a first line `# …` is its headline.

    >>> headline_of("# Bridge falls\n\nIt fell.")
    ('Bridge falls', 'It fell.')
    """
    if text.startswith("# "):
        first, _, rest = text.partition("\n")
        return first[2:].strip(), rest.lstrip("\r\n")
    return None, text


def _document(row: dict[str, object], name: str, number: int, fields: Fields) -> Document | Failure:
    label = row.get(fields.id)
    identity = f"{name}:{number}" if label in (None, "") else str(label)
    text = row.get(fields.text)
    if not isinstance(text, str):
        there = ", ".join(map(str, row)) or "none"
        return Failure(
            identity,
            "no_text",
            f"row {number} of {name} has no text in the field {fields.text!r}; its fields are {there}. Name it with --text-field.",
        )

    def known(field: str) -> str | None:
        value = row.get(field)
        return None if value in (None, "") else str(value)

    return Document(text, id=identity, title=known(fields.title), source=known(fields.source), date=known(fields.date))


def _json_lines(name: str, stream: IO[bytes], fields: Fields) -> Iterator[Document | Failure]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Failure(f"{name}:{number}", "bad_json", f"row {number} of {name} is not JSON: {error}")
            continue
        if isinstance(row, dict):
            yield _document(row, name, number, fields)
        else:
            yield Failure(f"{name}:{number}", "bad_json", f"row {number} of {name} is {type(row).__name__}, not an object")


def _table(name: str, stream: IO[bytes], fields: Fields) -> Iterator[Document | Failure]:
    csv.field_size_limit(2**31 - 1)
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield from _rows(name, csv.DictReader(lines), fields)
    finally:
        lines.detach()  # the file belongs to whoever opened it


def _rows(name: str, reader: "csv.DictReader[str]", fields: Fields) -> Iterator[Document | Failure]:
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Failure(f"{name}:{number}", "bad_csv", f"row {number} of {name} is not CSV: {error}")
            continue
        if row is None:
            return
        yield _document({key: value for key, value in row.items() if key is not None}, name, number, fields)
