"""Files by their names: what they hold, how they are packed, how they are opened, and how much of them has been read."""

import gzip
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from credscore.errors import MissingExtra

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TEXT, MARKDOWN, HTML = (".txt", ".text"), (".md", ".markdown"), (".html", ".htm")
JSONL, CSV, PARQUET = (".jsonl", ".ndjson"), (".csv",), (".parquet",)
TABLES = (*JSONL, *CSV, *PARQUET)
SUFFIXES = (*TEXT, *MARKDOWN, *HTML, *TABLES)
PACKINGS = (".gz", ".zst")

_PIECE = 4096
"""Packed bytes unpacked at once: little, since a hostile frame grows thirty-thousandfold."""


def suffix_of(name: str) -> str:
    """The suffix that tells the format, a packing looked through.

    >>> suffix_of("a.JSONL.zst"), suffix_of("a.gz")
    ('.jsonl', '')
    """
    name = name.lower()
    for packing in PACKINGS:
        name = name.removesuffix(packing)
    return Path(name).suffix


def size_of(path: str) -> int | None:
    """Bytes of a file as it lies on the disk; `None` if there is none, or for standard input."""
    try:
        return None if path == "-" else Path(path).stat().st_size
    except OSError:
        return None


class Gauge:
    """How many bytes of some files have been read, as they lie on the disk: what a progress bar shows."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        sizes = [size_of(path) for path in paths]
        self.total = None if None in sizes else sum(size or 0 for size in sizes)
        """Bytes of all files; `None` if one of them cannot tell."""
        self._before = 0
        self._raw: IO[bytes] | None = None

    def read(self) -> int:
        """Bytes read so far."""
        return self._before + (self._raw.tell() if self._raw is not None else 0)

    @contextmanager
    def opened(self, path: str) -> Iterator[IO[bytes]]:
        """A file to read, unpacked as its name says. Raises `OSError`, `EOFError` or `MissingExtra`, while reading too."""
        with Path(path).open("rb") as self._raw:
            try:
                with unpacked(path, self._raw) as stream:
                    yield stream
            finally:
                self._before += size_of(path) or 0
                self._raw = None


def unpacked(name: str, raw: IO[bytes]) -> IO[bytes]:
    """What a file holds, streaming. Raises `MissingExtra` where the packing needs a package that is not there."""
    name = name.lower()
    if name.endswith(".gz"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if name.endswith(".zst"):
        return io.BufferedReader(_Unzstd(raw))
    return raw


class _Unzstd(io.RawIOBase):
    """Frames of Zstandard, one after the other; unlike the package's own reader it tells when the last one is cut off."""

    def __init__(self, packed: IO[bytes]) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtra("zstandard", "zst") from error
        self._broken = zstandard.ZstdError
        self._frames = zstandard.ZstdDecompressor()
        self._packed = packed
        self._frame = self._frames.decompressobj()
        self._begun = False
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        while not self._held:
            piece = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._begun = self._frames.decompressobj(), False
            piece = piece or self._packed.read(_PIECE)
            if not piece:
                if self._begun:
                    raise EOFError("the file ends within a Zstandard frame")
                return 0
            self._begun = True
            try:
                self._held = memoryview(self._frame.decompress(piece))
            except self._broken as error:
                raise OSError(f"not Zstandard, or damaged ({error})") from error
        into = memoryview(buffer).cast("B")
        taken = min(len(into), len(self._held))
        into[:taken], self._held = self._held[:taken], self._held[taken:]
        return taken


class Piped(io.BufferedReader):
    """Standard input, its first line that is not blank looked at and put back: it tells what follows."""

    def __init__(self, stream: IO[bytes] | None = None) -> None:
        stream = stream or sys.stdin.buffer
        lines = [stream.readline()]
        while lines[-1].isspace():
            lines.append(stream.readline())
        self.first = lines[-1].removeprefix(b"\xef\xbb\xbf").strip()
        super().__init__(_PutBack(b"".join(lines), stream))


class _PutBack(io.RawIOBase):
    """A stream after some bytes that were read of it before."""

    def __init__(self, before: bytes, stream: IO[bytes]) -> None:
        self._before = memoryview(before)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        into = memoryview(buffer).cast("B")
        if not self._before:
            data = self._stream.read1(len(into)) if isinstance(self._stream, io.BufferedReader) else self._stream.read(len(into))
            into[: len(data)] = data
            return len(data)
        taken = min(len(into), len(self._before))
        into[:taken], self._before = self._before[:taken], self._before[taken:]
        return taken
