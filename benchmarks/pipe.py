"""`python -m benchmarks.pipe --gb 10`: a long stream through the command line, by pipes alone, with its memory followed.

On: the fixtures over and over as JSON lines, made while they are sent and never kept. Each has an id and words of its own, so that
nothing that remembered ids or words would stay small, and every fiftieth is too short to be scored. How: `credscore score -` reads
them from one pipe and writes to another; the n-th line that comes out must be that of the n-th document. Once a second the resident
memory of all its processes is added up. Each per cent of the way is printed, so that a run ended early has told how far it came.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from subprocess import PIPE, Popen
from threading import Event, Thread
from time import perf_counter
from typing import IO, NamedTuple

import click

from benchmarks import fixtures
from benchmarks.processes import of_session, resident

FORMS = {"jsonl": (b'{"id":"d', b'"'), "csv": (b"d", b",")}
"""The forms of output, with what stands before and after the number of a document where its line begins, blanks left out."""

SHORT = 50
"""One document in so many cannot be scored."""


class BrokenOffError(Exception):
    """The stream did not come to its end; the message says how."""


class Reached(NamedTuple):
    """A point of the way. `missing` and `doubled` are lines; memory is that of all processes together, now and at most so far."""

    bytes: int
    given: int
    taken: int
    missing: int
    doubled: int
    seconds: float
    now: float
    peak: float

    def __str__(self) -> str:
        return (
            f"{self.bytes / 1e9:.3f} GB, {self.given:,} documents in, {self.taken:,} out, {self.missing:,} missing, {self.doubled:,} "
            f"doubled, {self.seconds / 60:.1f} minutes, {self.now:.1f} MB now, {self.peak:.1f} MB at most"
        )


def documents() -> Iterator[bytes]:
    """JSON lines without end; the n-th has the id `dn` and words that no other has."""
    bodies = [(document.title, document.text) for document in fixtures.documents()]
    for number in count():
        title, text = bodies[number % len(bodies)]
        own = "".join("abcdefghij"[int(digit)] for digit in str(number))
        body = "Too short." if number % SHORT == SHORT - 1 else f"{text}\n\nThe q{own} was closed, Mona Q{own} said."
        yield json.dumps({"id": f"d{number}", "title": title, "text": body}).encode() + b"\n"


class Check:
    """Whether lines are those of the documents 0, 1, 2 …, each once and in order; none is kept."""

    def __init__(self, form: str) -> None:
        self._before, self._after = FORMS[form]
        self.taken = self.missing = self.doubled = self.due = 0

    def add(self, line: bytes) -> None:
        """A line came. Raises `BrokenOffError` where it is no document's."""
        begin = line[:32].replace(b" ", b"")
        number, after, _ = begin[len(self._before) :].partition(self._after)
        if not (begin.startswith(self._before) and after and number.isdigit()):
            raise BrokenOffError(f"the output holds a line that is no document's: {line[:80]!r}")
        found = int(number)
        self.taken += 1
        self.missing += max(found - self.due, 0)
        self.doubled += found < self.due
        self.due = max(self.due, found + 1)


class _Sent:
    """What a pipe was given so far."""

    def __init__(self) -> None:
        self.bytes = self.documents = 0

    def send(self, size: int, pipe: IO[bytes]) -> None:
        """At least so many bytes, unless the reader ends before."""
        with suppress(BrokenPipeError), pipe:
            for line in documents():
                pipe.write(line)
                self.bytes += len(line)
                self.documents += 1
                if self.bytes >= size:
                    return


class _Memory:
    """MB of all processes of a session together."""

    def __init__(self) -> None:
        self.now = self.peak = 0.0

    def follow(self, session: int, ended: Event) -> None:
        """Add them up once a second until the end."""
        while not ended.wait(1.0):
            if held := sum(resident(process) or 0.0 for process in of_session(session)):
                self.now, self.peak = held, max(self.peak, held)


def stream(size: int, form: str = "jsonl", jobs: int = 1, every: float = 0.01) -> Iterator[Reached]:
    """At least so many bytes through the command line: how it stood after each such share of the way, and at the end.

    Raises `BrokenOffError` where the command fails or writes something else than rows.
    """
    command = [sys.executable, "-m", "credscore.cli", "score", "-", "--format", form, "--jobs", str(jobs), "--quiet"]
    check, sent, memory, ended, begun = Check(form), _Sent(), _Memory(), Event(), perf_counter()

    def reached(missing: int) -> Reached:
        seconds = perf_counter() - begun
        return Reached(sent.bytes, sent.documents, check.taken, missing, check.doubled, seconds, memory.now, memory.peak)

    with Popen(command, stdin=PIPE, stdout=PIPE, start_new_session=True) as process:
        assert process.stdin is not None and process.stdout is not None
        helpers = [
            Thread(target=sent.send, args=(size, process.stdin)),
            Thread(target=memory.follow, args=(process.pid, ended)),
        ]
        for helper in helpers:
            helper.start()
        try:
            if form == "csv":
                process.stdout.readline()  # the names of its columns
            due = every * size
            for line in process.stdout:
                check.add(line)
                if sent.bytes >= due:
                    due += every * size
                    yield reached(check.missing)
            status = process.wait()
        finally:
            process.kill()  # a reader that gives up must not leave it waiting
            ended.set()
            for helper in helpers:
                helper.join()
    if status not in (0, 1) or sent.bytes < size:  # 1: some documents could not be scored, or the interpreter failed
        raise BrokenOffError(f"the command ended with status {status}: {reached(check.missing)}")
    yield reached(check.missing + sent.documents - check.due)


@click.command(help="Stream invented documents through `credscore score -` and follow its memory.")
@click.option("--gb", default=0.05, show_default=True, type=click.FloatRange(0, min_open=True), help="Billions of bytes to send.")
@click.option("--format", "form", default="jsonl", show_default=True, type=click.Choice(list(FORMS)), help="What comes out.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(min=1), help="Processes that score.")
def main(gb: float, form: str, jobs: int) -> None:
    """Run and report; exit status 1 if a document is missing or came twice."""
    try:
        for reached in stream(int(gb * 1e9), form, jobs):
            click.echo(str(reached))  # flushed line by line: a log tells how far it came
    except BrokenOffError as error:
        raise click.ClickException(str(error)) from None
    if reached.missing or reached.doubled:
        raise click.ClickException("documents are missing or came twice")


if __name__ == "__main__":
    main()
