"""Results that outlive their run: killed at any moment, a run goes on where it was, nothing lost and nothing doubled.

While a run lasts its lines stand in `OUT.part`. A journal, `OUT.part.journal`, says in its first line what run it is, and then, about
once a second and always after the lines themselves lie on the disk, how far it is: how many documents, how many bytes they took, and
a digest of what was read. A run that resumes cuts `OUT.part` back to the last line of the journal, so that half a line and lines
that the journal does not know of are gone; passes over that many documents; compares the digest; and goes on. At the end `OUT.part`
takes the name of `OUT`, and the journal goes.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Any

from credscore.batch.write import Form, atomic
from credscore.errors import InputError
from credscore.score import Failure
from credscore.text.document import Document

PAUSE = 1.0
"""Seconds between two lines of the journal: what a killed run has to do again."""

_MOST_WAITING = 1 << 20
"""Characters that wait to be written."""


class Noted:
    """Documents as they pass by, and a digest of those up to any of them: the same digest, the same documents."""

    def __init__(self, documents: Iterable[Document | Failure]) -> None:
        self._documents = documents
        self._hash = blake2b(digest_size=16)
        self._ahead: deque[bytes] = deque()
        self.digest = self._hash.hexdigest()
        """Of all documents whose results were taken."""

    def __iter__(self) -> Iterator[Document | Failure]:
        for document in self._documents:
            self._hash.update(repr(document).encode("utf8", "backslashreplace"))
            self._ahead.append(self._hash.digest())
            yield document

    def taken(self, number: int = 1) -> None:
        """The results of the next documents were taken."""
        for _ in range(number):
            self.digest = self._ahead.popleft().hex()


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a run is: documents, those of them that failed, bytes of results and of failures, the digest of what was read."""

    documents: int = 0
    failed: int = 0
    results: int = 0
    failures: int = 0
    digest: str = ""
    finished: bool = False


class Partial:
    """The results of a run, and its failures if they have a file of their own, until it is finished.

    `about` is all that two runs must share to be one: plain JSON types. With `resume`, what a run left behind is taken up; raises
    `InputError` (code `other_run`) where it was another one, saying what differs. Without, or where nothing was left, all begins anew.
    """

    def __init__(self, target: Path, failures: Path | None, form: Form, about: Mapping[str, Any], *, resume: bool) -> None:
        self._form = form
        self._places = [(_part_of(path), path) for path in (target, failures) if path is not None]
        self._journal = target.with_name(f"{target.name}.part.journal")
        self._about = json.loads(json.dumps(about))
        self.mark = self._left_behind() if resume else Mark()
        """How far the journal says that it is; what `resume` found, until something is added."""
        self._documents, self._failed, self._size = self.mark.documents, self.mark.failed, 0
        self._digest = self.mark.digest
        self._waiting: list[list[str]] = [[], []]
        self._files: list[IO[bytes]] = []
        self._next = monotonic() + PAUSE

    def _left_behind(self) -> Mark:
        """The last line of the journal that was written whole and whose results are there."""
        try:
            told, *lines = self._journal.read_bytes().split(b"\n")[:-1]
        except (FileNotFoundError, ValueError):  # no journal, or not even its first line
            return Mark()
        if differing := list(_differences(json.loads(told), self._about)):
            raise InputError(
                "other_run",
                f"{self._places[0][0]} is of another run: {'; '.join(differing)}. Run it as it was, or delete that file to start anew.",
            )
        marks = [Mark(**json.loads(line)) for line in lines]
        sizes = [part.stat().st_size if part.exists() else 0 for part, _ in self._places]
        whole = [mark for mark in marks if mark.finished or all(a <= b for a, b in zip((mark.results, mark.failures), sizes, strict=False))]
        return whole[-1] if whole else Mark()

    def resumed(self, noted: Noted, passed: Callable[[str | None], object]) -> Iterator[Document | Failure]:
        """The documents that are still to be done; those that are done are passed over, each told to `passed` by its id.

        Raises `InputError` if they are others than were done.
        """
        documents = iter(noted)
        for document in islice(documents, self.mark.documents):
            noted.taken()
            passed(document.id)
        if self.mark.documents and noted.digest != self.mark.digest:
            raise InputError(
                "other_run",
                f"{self._places[0][0]} holds {self.mark.documents} documents that are not the first ones of these inputs: "
                "their text, id or place has changed. Delete that file to start anew.",
            )
        return documents

    def __enter__(self) -> "Partial":
        if self.mark.finished:
            return self
        known = [self._about, *([asdict(self.mark)] if self.mark.documents else [])]
        with atomic(self._journal) as journal:  # without half a line that a killed run may have left
            journal.writelines(json.dumps(line) + "\n" for line in known)
        for (part, _), size in zip(self._places, (self.mark.results, self.mark.failures), strict=False):
            file = part.open("ab", buffering=0)
            self._files.append(file)
            file.truncate(size)
        if not self.mark.documents:
            self._waiting[0].append(self._form.head)
        return self

    def add(self, line: str, noted: Noted, failure: Failure | None = None) -> None:
        """The line of the next result; failures go into their own file where there is one."""
        noted.taken()
        self._digest = noted.digest
        if failure is not None and len(self._places) > 1:
            self._waiting[1].append(json.dumps(failure.to_dict()) + "\n")
        else:
            self._waiting[0].append(line)
        self._size += len(line)
        self._documents += 1
        self._failed += failure is not None
        if self._size > _MOST_WAITING:
            self._write()
        if monotonic() > self._next:
            self._save()

    def _write(self) -> None:
        for file, lines in zip(self._files, self._waiting, strict=False):
            _write(file, "".join(lines).encode("utf8"))
            lines.clear()
        self._size = 0

    def _save(self, *, finished: bool = False) -> None:
        """Results first, then the line of the journal that tells of them, each on the disk before the next."""
        self._write()
        for file in self._files:
            os.fsync(file.fileno())
        results, failures, *_ = *(os.fstat(file.fileno()).st_size for file in self._files), 0
        mark = Mark(self._documents, self._failed, results, failures, self._digest, finished)
        with self._journal.open("ab", buffering=0) as journal:
            _write(journal, json.dumps(asdict(mark)).encode() + b"\n")
            os.fsync(journal.fileno())
        self.mark = mark
        self._next = monotonic() + PAUSE

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is None:
                if not self.mark.finished:
                    self._save(finished=True)
                self._finish()
        except BaseException as late:
            self._leave(late)
            raise
        if error is not None:
            self._leave(error)

    def _finish(self) -> None:
        """Parts take their places; killed within, a run that resumes does what is left of it."""
        for file in self._files:
            file.close()
        for part, place in self._places:
            if not part.exists():
                continue
            if self._form.kinds is not None and place == self._places[0][1]:
                from credscore.batch import parquet

                whole = part.with_name(f"{part.name}.whole")
                with part.open("rb") as lines, whole.open("wb") as stream:
                    parquet.write(map(json.loads, lines), self._form.kinds, stream)
                    stream.flush()
                    os.fsync(stream.fileno())
                whole.replace(place)
                part.unlink()
            else:
                part.replace(place)
        self._journal.unlink(missing_ok=True)

    def _leave(self, error: BaseException) -> None:
        """Keep what the journal knows of, and tell of it; leave nothing where that is nothing."""
        for file in self._files:
            file.close()
        if self.mark.documents:
            error.add_note(f"{self.mark.documents} documents are kept in {self._places[0][0]}: the same command with --resume goes on.")
            return
        for path in (self._journal, *(part for part, _ in self._places)):
            with suppress(OSError):
                path.unlink()


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _write(file: IO[bytes], data: bytes) -> None:
    """All of it: an unbuffered file may take less at once."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What differs between two runs, in words."""
    for what in {**before, **now}:
        then, here = before.get(what), now.get(what)
        if then == here:
            continue
        if isinstance(then, dict) and isinstance(here, dict):
            yield from (f"{what} {difference}" for difference in islice(_differences(then, here), 3))
        else:
            yield f"{what} was {then}, is {here}"
