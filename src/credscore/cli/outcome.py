"""What a command leaves behind: results in a file or on the screen, failures and errors in words, the exit status."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn

import click

from credscore.cli.options import gathered
from credscore.errors import CredscoreError
from credscore.score import Failure, Score

if TYPE_CHECKING:
    from rich.console import RenderableType

_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "table"}


class Output(NamedTuple):
    """Where results go, standard output if `path` is `None`, and as what: jsonl, csv or table."""

    form: str
    path: Path | None


def _output(form: str | None, output: Path | None) -> Output:
    """The form as told, else by the suffix of the file, else by where it goes."""
    if form is None and output is None:
        form = "table" if sys.stdout.isatty() else "jsonl"
    elif form is None and output is not None:
        form = _SUFFIXES.get(output.suffix)
    if form is None:
        raise click.UsageError(f"{output} does not tell its format: end it in .jsonl or .csv, or give --format.")
    return Output(form, output)


with_output = gathered(
    "output",
    _output,
    click.option(
        "--format",
        "form",
        type=click.Choice(["table", "jsonl", "csv"]),
        help="Default: table on a terminal, jsonl into a pipe; by suffix of -o.",
    ),
    click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all."),
)


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
    """A place that cannot be written to is named; a reader of standard output who leaves early ends the command quietly."""
    try:
        yield
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except OSError as error:
        raise click.ClickException(f"Cannot write {path or 'the output'}: {error}") from error


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


def watched(results: Iterable[Score | Failure], failures: list[Failure], *, quiet: bool) -> Iterator[Score | Failure]:
    """Results as they pass: failures are put aside, and a progress bar moves on a terminal."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from credscore.report.terminal import console

    with Progress(
        SpinnerColumn(),
        TextColumn("scored"),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.0f} documents/s"),
        TimeElapsedColumn(),
        console=console(stderr=True),
        disable=quiet or not sys.stderr.isatty(),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, rate=0.0)
        for result in results:
            if isinstance(result, Failure):
                failures.append(result)
            bar.update(task, advance=1, rate=bar.tasks[0].speed or 0.0)
            yield result


def in_words(failure: Failure, name: str | None = None) -> str:
    """A failure under its document's name, no character in it that a terminal obeys."""
    from credscore.report.shown import visible

    return f"{visible(name or failure.id or '?')}: {failure.code}: {visible(failure.message)}"


def leave(failures: Sequence[Failure]) -> NoReturn:
    """Name every failure on standard error, and end with the exit status."""
    for failure in failures:
        click.echo(f"credscore: {in_words(failure)}", err=True)
    sys.exit(1 if failures else 0)
