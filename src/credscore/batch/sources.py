"""Documents from paths: files, folders, globs and standard input; text, Markdown, HTML and tables, plain or packed.

What cannot be read becomes a `Failure` in its place; nothing stops the others.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import IO

from credscore.batch.files import HTML, MARKDOWN, PACKINGS, SUFFIXES, TABLES, Gauge, Piped, suffix_of
from credscore.batch.html import article
from credscore.batch.rows import Fields, Row, rows_in, suffix_of_piped
from credscore.errors import CredscoreError, InputError
from credscore.score import Failure
from credscore.text.document import Document


def expand(patterns: Sequence[str]) -> list[str]:
    """Paths from paths, folders (all known files below them) and globs, in a stable order; `-` is standard input."""
    paths: list[str] = []
    for pattern in patterns:
        place = Path(pattern)
        if pattern == "-":
            paths.append(pattern)
        elif _is(place, Path.is_dir):
            paths += sorted(str(item) for item in place.rglob("*") if item.is_file() and suffix_of(item.name) in SUFFIXES)
        elif has_magic(pattern) and not _is(place, Path.exists):
            paths += sorted(path for path in glob(pattern, recursive=True) if Path(path).is_file())
        else:
            paths.append(pattern)
    return paths


def _is(place: Path, what: Callable[[Path], bool]) -> bool:
    """What a path is; a name too long for any file is nothing, and is told when it is opened."""
    try:
        return what(place)
    except OSError:
        return False


def documents(
    paths: Sequence[str], fields: Fields | None = None, gauge: Gauge | None = None, piped: Piped | None = None
) -> Iterator[Document | Failure]:
    """The documents of some paths, streaming. A document's id is its path, or its row's id (or `path:row`).

    `gauge` tells meanwhile how much has been read; `piped` is standard input where its first line was looked at before.
    """
    fields, gauge = fields or Fields(), gauge or Gauge()
    for path in paths:
        try:
            if path == "-":
                piped = piped or Piped()
                yield from _from_stream("-", piped, suffix_of_piped(piped), fields)
                continue
            suffix = suffix_of(path)
            if suffix not in SUFFIXES:
                known, packed = ", ".join(SUFFIXES), " or ".join(PACKINGS)
                message = f"the suffix {suffix or 'none'} is not known; known are {known}, each also with {packed}"
                yield Failure(path, "unknown_format", message)
                continue
            with gauge.opened(path) as stream:
                yield from _from_stream(path, stream, suffix, fields)
        except InputError as error:
            yield Failure(path, error.code, str(error))
        except FileNotFoundError:
            yield Failure(path, "missing_file", "there is no such file")
        except (OSError, EOFError, zlib.error) as error:
            yield Failure(path, "unreadable", f"{type(error).__name__}: {error}")
        except CredscoreError as error:
            yield Failure(path, "missing_extra", str(error))


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
    if suffix in TABLES:
        for number, row in rows_in(name, suffix, stream, fields):
            yield Failure(f"{name}:{number}", row.code, str(row)) if isinstance(row, InputError) else _document(row, name, number, fields)
        return
    text = _decode(stream.read())
    label = None if name == "-" else name
    if suffix in HTML:
        title, text = article(text)
        yield Document(text, id=label, title=title)
    elif suffix in MARKDOWN:
        title, text = headline_of(text)
        yield Document(text, id=label, title=title)
    else:
        yield Document(text, id=label)


def headline_of(text: str) -> tuple[str | None, str]:
    r"""The headline and the rest of a Markdown text: a first line `# …` is its headline.

    >>> headline_of("# Bridge falls\n\nIt fell.")
    ('Bridge falls', 'It fell.')
    """
    if text.startswith("# "):
        first, _, rest = text.partition("\n")
        return first[2:].strip(), rest.lstrip("\r\n")
    return None, text


def _document(row: Row, name: str, number: int, fields: Fields) -> Document | Failure:
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
