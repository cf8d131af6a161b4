"""Parquet, in and out, a few rows at a time. Needs the extra `parquet`."""

from collections.abc import Collection, Iterable, Iterator
from io import BufferedReader, FileIO
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any

from credscore.columns import Kinds, arrow_schema
from credscore.errors import InputError, MissingExtra

_ROWS = 64
"""Rows turned into Python at once."""

_GROUP = 4096
"""Rows of a group in a file that is written: with some eighty columns, two or three megabytes."""

_BUFFER = 1 << 18
"""Bytes of a column read at once, instead of the whole column of a group."""


def rows(name: str, stream: IO[bytes], columns: Collection[str] = (), needed: str | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file: of `columns` those that it has, or all.

    Raises `InputError` for a file that is none, is damaged or lacks the column `needed`, and `MissingExtra`.
    """
    pyarrow = _pyarrow()
    with TemporaryFile() as whole:
        if not _is_plain(stream):  # Parquet is read from its end
            copyfileobj(stream, whole)
            stream = whole
        try:
            file = pyarrow.parquet.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
            there = file.schema_arrow.names
            wanted = [column for column in there if column in (columns or there)]
            batches = file.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False)
            for batch in batches if needed is None or needed in there else ():
                yield from batch.to_pylist()
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise InputError("unreadable", f"{name}: {error}") from error
    if needed is not None and needed not in there:
        raise InputError("no_text", f"{name} has no column {needed!r}; its columns are {', '.join(there)}. Name it with --text-field.")


def write(rows: Iterable[dict[str, Any]], kinds: Kinds, stream: IO[bytes]) -> None:
    """A Parquet file of rows with these columns, a group at a time. Raises `MissingExtra`."""
    pyarrow = _pyarrow()
    schema, source = arrow_schema(kinds), iter(rows)
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(source, _GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema))


def check() -> None:
    """Raise `MissingExtra` if Parquet cannot be written, before all is done that was to be written."""
    _pyarrow()


def _is_plain(stream: IO[bytes]) -> bool:
    return isinstance(stream, BufferedReader) and isinstance(stream.raw, FileIO)


def _pyarrow() -> Any:
    """The package, or `MissingExtra`."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet") from error
    return pyarrow
