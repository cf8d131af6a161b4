"""What a command leaves behind: results in a file or on the screen, failures and errors in words, the exit status."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

import click

from credscore.batch.files import Gauge
from credscore.batch.run import Ids, Line
from credscore.cli.options import gathered
from credscore.errors import CredscoreError
from credscore.score import Failure, Score

if TYPE_CHECKING:
    from rich.console import RenderableType

Passing = TypeVar("Passing", bound=Score | Failure | Line)

_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".txt": "table"}

_MOST_NAMED = 1000
"""Failures that are kept to be named on standard error; the output tells of all."""


class Output(NamedTuple):
    """Where results go, standard output if `path` is `None`, and as what: jsonl, csv, parquet or table."""

    form: str
    path: Path | None

    @property
    def lasting(self) -> bool:
        """Whether it goes to a file, which a later run finds again, and not to a pipe or a device."""
        return self.path is not None and (self.path.is_file() or not self.path.exists())

    @property
    def file(self) -> Path:
        """The path of a lasting output."""
        assert self.path is not None
        return self.path


def _output(form: str | None, output: Path | None) -> Output:
    """The form as told, else by the suffix of the file, else by where it goes."""
    if form is None and output is None:
        form = "table" if sys.stdout.isatty() else "jsonl"
    elif form is None and output is not None:
        form = _SUFFIXES.get(output.suffix)
    if form is None:
        raise click.UsageError(f"{output} does not tell its format: end it in .jsonl or .csv, or give --format.")
    return Output(form, output)


def with_output(*forms: str) -> Callable[[Any], Any]:
    """A decorator: the command takes where its results go and in which of these forms, as `output`."""
    form = click.option(
        "--format", "form", type=click.Choice(forms), help="Default: table on a terminal, jsonl into a pipe; by suffix of -o."
    )
    path = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all.")

    def make(form: str | None, output: Path | None) -> Output:
        made = _output(form, output)
        if made.form not in forms:
            raise click.UsageError(f"This command writes {', '.join(forms)}; not {made.form}.")
        return made

    return gathered("output", make, form, path)


@contextmanager
def told(*also: type[Exception]) -> Iterator[None]:
    """The library's errors, and these, are told without a traceback; exit status 1."""
    kinds: tuple[type[Exception], ...] = (CredscoreError, *also)
    try:
        yield
    except kinds as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def writing(path: Path | None) -> Iterator[None]:
    """A place that cannot be written to is named; a reader of standard output who leaves early ends the command quietly.

    What the error notes, such as what is kept, is told.
    """
    try:
        yield
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except OSError as error:
        raise click.ClickException(" ".join([f"Cannot write {path or 'the output'}: {error}.", *notes_of(error)])) from error


def notes_of(error: BaseException) -> list[str]:
    """What was noted of an error on its way."""
    return getattr(error, "__notes__", [])


@contextmanager
def written(path: Path | None) -> Iterator[IO[str]]:
    """A file that is written whole or not at all, or standard output."""
    from credscore.batch.write import atomic

    with writing(path), nullcontext(sys.stdout) if path is None else atomic(path) as stream:
        yield stream


def on_screen(shown: "RenderableType", stream: IO[str] | None = None, width: int = 140) -> None:
    """Lay out for the terminal, or in so many columns where the output is none."""
    from rich.console import Console

    stream = stream or sys.stdout
    Console(file=stream, highlight=False, width=None if stream.isatty() else width).print(shown)


@dataclass(slots=True)
class Count:
    """What passed in a run: failures, the first of which are kept to be named, and ids."""

    ids: Ids
    failed: int = 0
    before: int = 0
    """Documents of a run that this one resumes, its failures among `failed`."""
    first: list[Failure] = field(default_factory=list)

    def resumes(self, documents: int, failed: int) -> None:
        """A run goes on in which so much was done."""
        self.before, self.failed = documents, failed

    def add(self, result: Score | Failure | Line) -> None:
        """A result passed."""
        self.ids.add(result.id)
        failure = result.failure if isinstance(result, Line) else result if isinstance(result, Failure) else None
        if failure is not None:
            self.failed += 1
            if len(self.first) < _MOST_NAMED:
                self.first.append(failure)


def watched(results: Iterable[Passing], count: Count, gauge: Gauge, *, quiet: bool) -> Iterator[Passing]:
    """Results as they pass, counted; on a terminal a bar tells how many, how fast, and how long it may take yet."""
    if quiet or not sys.stderr.isatty():
        for result in results:
            count.add(result)
            yield result
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from credscore.report.terminal import console

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[documents]:,} documents"),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console(stderr=True),
        transient=True,
    ) as bar:
        start = monotonic()
        task = bar.add_task("", total=gauge.total, documents=count.before, rate=0.0)
        for number, result in enumerate(results, 1):
            count.add(result)
            bar.update(task, completed=gauge.read(), documents=count.before + number, rate=number / (monotonic() - start))
            yield result


def in_words(failure: Failure, name: str | None = None) -> str:
    """A failure under its document's name, no character in it that a terminal obeys."""
    from credscore.report.shown import visible

    return f"{visible(name or failure.id or '?')}: {failure.code}: {visible(failure.message)}"


def leave(failures: Count | Sequence[Failure], apart: Path | None = None) -> NoReturn:
    """Name every failure on standard error, or the file that tells of them, and ids that came twice; end with the exit status."""
    from credscore.report.shown import visible

    named, failed = (failures.first, failures.failed) if isinstance(failures, Count) else (failures, len(failures))
    if failed and apart is not None:
        click.echo(f"credscore: {failed} documents could not be scored; {apart} tells why", err=True)
    else:
        for failure in named:
            click.echo(f"credscore: {in_words(failure)}", err=True)
        if failed > len(named):
            click.echo(f"credscore: {failed - len(named)} more could not be scored; the output tells why", err=True)
    if isinstance(failures, Count) and failures.ids.doubled:
        examples = ", ".join(map(visible, failures.ids.examples))
        click.echo(f"credscore: {failures.ids.doubled} documents have the id of one before them, such as {examples}", err=True)
    sys.exit(1 if failed else 0)
