"""Floor 6: the command line. Exit status 0: all scored; 1: some documents failed (each reported, the rest written); 2: usage."""

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credscore.batch.sources import SUFFIXES, Fields, documents, expand
from credscore.errors import CredscoreError
from credscore.model import DEFAULT
from credscore.score import Failure, Score, Scorer, load
from credscore.text.document import Document
from credscore.version import __version__

if TYPE_CHECKING:
    from credscore.publishers import RollUp
    from credscore.report.comparison import Comparison

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
_MODEL = click.option("--model", default=DEFAULT, show_default=True, help="A bundled model's name or a model file.")
_OWN = click.option(
    "--lexicon", "own", multiple=True, metavar="FILE", help="A TOML file of your own entries, added to the lexicon; may be repeated."
)
_WITHOUT = click.option(
    "--without", multiple=True, metavar="NAME", help="Switch off a layer (weasel), a kind (loaded/name_calling) or an entry (loaded:id)."
)
_FIELDS = (
    click.option("--text-field", default="text", show_default=True, help="Field of a JSON or CSV row that holds the text."),
    click.option("--id-field", default="id", show_default=True, help="Field that holds the id."),
    click.option("--title-field", default="title", show_default=True, help="Field that holds the headline."),
    click.option("--source-field", default="source", show_default=True, help="Field that holds the publisher."),
)


def _with_fields(command: Any) -> Any:
    for option in reversed(_FIELDS):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="credscore")
def main() -> None:
    """How credibly a news text is sourced and worded, and every reason for it. It never says whether a text is right."""
    for stream in (sys.stdout, sys.stderr):  # a glyph that the terminal cannot show must not stop a batch
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _load(model: str, own: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Scorer:
    from credscore.lexicon.own import extended
    from credscore.lexicon.terms import bundled

    try:
        return load(model, lexicon=extended(bundled(), *own, without=without))
    except CredscoreError as error:
        raise click.UsageError(str(error)) from error


def _documents(paths: tuple[str, ...], fields: Fields) -> Iterator[Document | Failure]:
    found = expand(paths)
    if not found:
        raise click.UsageError(f"Nothing to read in {', '.join(paths)}: no files that end in {', '.join(SUFFIXES)}.")
    return documents(found, fields)


class _Watch:
    """Counts results as they pass, remembers failures and moves the progress bar on a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        from credscore.report.terminal import console

        self.failures: list[Failure] = []
        self.count = 0
        self._console = console(stderr=True)
        rate = TextColumn("{task.fields[rate]:.0f} documents/s")
        shown = sys.stderr.isatty() and not quiet
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("scored"),
            MofNCompleteColumn(),
            rate,
            TimeElapsedColumn(),
            console=self._console,
            disable=not shown,
            transient=True,
        )

    def over(self, results: Iterable[Score | Failure]) -> Iterator[Score | Failure]:
        with self._bar as bar:
            task = bar.add_task("", total=None, rate=0.0)
            for result in results:
                self.count += 1
                if isinstance(result, Failure):
                    self.failures.append(result)
                bar.update(task, advance=1, rate=bar.tasks[0].speed or 0.0)
                yield result

    def report(self) -> int:
        """Name every failure on standard error; the exit status."""
        for failure in self.failures:
            click.echo(f"credscore: {_plain(failure.id or '?')}: {failure.code}: {_plain(failure.message)}", err=True)
        return 1 if self.failures else 0


def _plain(text: str) -> str:
    from credscore.report.shown import visible

    return visible(text)


@main.command()
@_PATHS
@_MODEL
@_OWN
@_WITHOUT
@_with_fields
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    help="Default: table on a terminal, jsonl into a pipe; by suffix of -o.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Number of processes.")
@click.option(
    "--prior",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="Share of credible texts you expect; moves `probability` alone.",
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
def score(
    paths: tuple[str, ...], model: str, own: tuple[str, ...], without: tuple[str, ...],
    text_field: str, id_field: str, title_field: str, source_field: str,
    form: str | None, output: Path | None, jobs: int, prior: float, quiet: bool,
) -> None:  # fmt: skip
    """Score files, folders, globs or standard input (-)."""
    from credscore.batch import write

    if not 0 < prior < 1:
        raise click.UsageError(f"--prior is a probability between 0 and 1, both excluded; {prior} is not.")
    scorer = _load(model, own, without)
    watch = _Watch(quiet=quiet)
    given = _documents(paths, Fields(text_field, id_field, title_field, source_field))
    results = watch.over(scorer.score_many(given, jobs=jobs, prior=prior))
    form = _form(form, output)
    features = [weight.feature for weight in scorer.model.weights]
    try:
        if output is None:
            _write(results, form, sys.stdout, features)
        else:
            with write.atomic(output) as stream:
                _write(results, form, stream, features)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except OSError as error:
        raise click.ClickException(f"Cannot write {output or 'the output'}: {error}") from error
    sys.exit(watch.report())


@main.command()
@_PATHS
@_MODEL
@_OWN
@_WITHOUT
@_with_fields
@click.option("--date-field", default="date", show_default=True, help="Field that holds the day of publication.")
@click.option("--fewest", type=click.IntRange(min=1), default=5, show_default=True, help="Publishers of fewer texts are left out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    help="Default: table on a terminal, jsonl into a pipe; by suffix of -o.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Number of processes.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def sources(
    paths: tuple[str, ...], model: str, own: tuple[str, ...], without: tuple[str, ...],
    text_field: str, id_field: str, title_field: str, source_field: str, date_field: str,
    fewest: int, form: str | None, output: Path | None, jobs: int, quiet: bool,
) -> None:  # fmt: skip
    """Publishers by score, with intervals, from scored texts (what `score` wrote) or texts that name their source."""
    from credscore.batch import write
    from credscore.batch.rows import holds_scores, scores
    from credscore.publishers import roll_up

    form = _form(form, output)
    scorer = _load(model, own, without)
    fields = Fields(text_field, id_field, title_field, source_field, date_field)
    watch = _Watch(quiet=quiet)
    found = expand(paths)
    scored = [path for path in found if holds_scores(Path(path), fields)]
    unscored = [path for path in found if path not in set(scored)]
    if not found:
        raise click.UsageError(f"Nothing to read in {', '.join(paths)}: no files that end in {', '.join(SUFFIXES)}.")
    fresh = watch.over(scorer.score_many(documents(unscored, fields), jobs=jobs))
    try:
        made = roll_up(chain(chain.from_iterable(scores(Path(path), fields) for path in scored), fresh), scorer.model, fewest=fewest)
        with nullcontext(sys.stdout) if output is None else write.atomic(output) as stream:
            _write_sources(made, form, stream)
    except CredscoreError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"Cannot write {output or 'the output'}: {error}") from error
    for count, what in (
        (made.few, f"publishers have fewer than {fewest} texts and are left out; --fewest 1 keeps them"),
        (made.unsourced, "texts name no publisher and are left out; name the field with --source-field"),
        (made.failed - len(watch.failures), "documents had no score"),
    ):
        if count:
            click.echo(f"credscore: {count} {what}", err=True)
    sys.exit(watch.report())


def _write_sources(made: "RollUp", form: str, stream: Any) -> None:
    from rich.console import Console

    from credscore.batch import write
    from credscore.report import terminal

    if form == "jsonl":
        stream.writelines(json.dumps(item.to_dict()) + "\n" for item in made.sources)
    elif form == "csv":
        write.sources(made.sources, stream)
    else:
        Console(file=stream, highlight=False, width=None if stream.isatty() else 140).print(terminal.publishers(made))


def _form(form: str | None, output: Path | None) -> str:
    """The format of a table of results: as told, else by the suffix of the file, else by where it goes."""
    if form is not None:
        return form
    if output is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    suffixes = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "table"}
    if output.suffix not in suffixes:
        raise click.UsageError(f"{output} does not tell its format: end it in .jsonl or .csv, or give --format.")
    return suffixes[output.suffix]


def _write(results: Iterator[Score | Failure], form: str, stream: Any, features: list[str]) -> None:
    from rich.console import Console

    from credscore.batch import write
    from credscore.report import terminal

    if form == "jsonl":
        write.json_lines(results, stream)
    elif form == "csv":
        write.comma_separated(results, stream, features)
    else:
        Console(file=stream, highlight=False, width=None if stream.isatty() else 140).print(terminal.table(list(results)))


@main.command()
@_PATHS
@_MODEL
@_OWN
@_WITHOUT
@_with_fields
@click.option("--full", is_flag=True, help="Every feature and all its evidence.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a report to a file that a browser opens; several documents are compared in it.",
)
def explain(
    paths: tuple[str, ...], model: str, own: tuple[str, ...], without: tuple[str, ...],
    text_field: str, id_field: str, title_field: str, source_field: str, full: bool, form: str, page: Path | None,
) -> None:  # fmt: skip
    """Show the reasons of a score, with the evidence in its context."""
    from credscore.report import terminal
    from credscore.report.comparison import Account, Comparison

    scorer = _load(model, own, without)
    screen = terminal.console(width=None if sys.stdout.isatty() else 100)
    failed = []
    accounts: list[Account] = []
    most = _most_accounts() if page else terminal.MOST_BESIDE
    for number, document in enumerate(_documents(paths, Fields(text_field, id_field, title_field, source_field))):
        result = scorer.try_score(document)
        if isinstance(result, Failure) or isinstance(document, Failure):
            failed.append(result)
            continue
        if len(accounts) <= most:  # no more than are needed to know that they are too many
            accounts.append(Account(document, result))
        if page:
            if len(accounts) > most:
                raise click.UsageError(f"--html sets at most {most} documents beside each other; give fewer, or write one report each.")
        elif form == "json":
            click.echo(result.to_json())
        else:
            if number:
                screen.print()
            screen.print(terminal.explanation(result, document.text, document.title, full=full))
    if page and accounts:
        _write_page(page, Comparison(tuple(accounts)))
    elif form == "text" and 1 < len(accounts) <= most:
        screen.print()
        screen.print(terminal.comparison(Comparison(tuple(accounts))))
    for failure in failed:
        if isinstance(failure, Failure):
            click.echo(f"credscore: {_plain(failure.id or '?')}: {failure.code}: {_plain(failure.message)}", err=True)
    sys.exit(1 if failed else 0)


def _most_accounts() -> int:
    from credscore.report.html import MOST_ACCOUNTS

    return MOST_ACCOUNTS


def _write_page(path: Path, comparison: "Comparison") -> None:
    """The report of one account, or the comparison of several, whole or not at all."""
    from credscore.batch.write import atomic
    from credscore.report import html

    (document, scored), *others = comparison.accounts
    try:
        made = html.comparison_page(comparison) if others else html.page(scored, document.text, document.title)
        with atomic(path) as stream:
            stream.write(made)
    except (CredscoreError, OSError) as error:
        raise click.ClickException(str(error) if isinstance(error, CredscoreError) else f"Cannot write {path}: {error}") from error


@main.command()
@_PATHS
@_with_fields
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
def read(paths: tuple[str, ...], text_field: str, id_field: str, title_field: str, source_field: str, form: str) -> None:
    """Evidence and features as JSON, one object a document, without a score."""
    from credscore.reading import default_reader

    reader = default_reader()
    failed = 0
    for document in _documents(paths, Fields(text_field, id_field, title_field, source_field)):
        if isinstance(document, Failure):
            failed += 1
            click.echo(f"credscore: {_plain(document.id or '?')}: {document.code}: {_plain(document.message)}", err=True)
        else:
            click.echo(json.dumps({**reader.read(document).to_dict(), **({"text": document.text} if _was_extracted(document) else {})}))
    sys.exit(1 if failed else 0)


def _was_extracted(document: Document) -> bool:
    """Whether the offsets index a text that was taken out of a page, so that it has to go with them."""
    return document.id is not None and document.id.lower().removesuffix(".gz").endswith((".html", ".htm", ".md", ".markdown"))


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def features(form: str) -> None:
    """Every feature: family, direction, what it measures, why, and the source of the idea."""
    from credscore.features.catalogue import FEATURES

    if form == "json":
        fields = ("name", "family", "unit", "why", "source")
        click.echo(
            json.dumps(
                [{**{field: getattr(item, field) for field in fields}, "direction": item.direction.value} for item in FEATURES], indent=1
            )
        )
        return
    arrows = {"up": "+", "down": "−", "open": "±"}
    for item in FEATURES:
        click.echo(f"{arrows[item.direction.value]} {item.name}  ({item.family}, {item.unit})\n    {item.why}\n    {item.source}")


@main.command()
@_MODEL
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def card(model: str, form: str) -> None:
    """The model as a points card of at most 25 features, to be added up on paper; json is a model file for --model."""
    from credscore.points import card_of
    from credscore.report import terminal

    made = _load(model).model
    if not all(weight.step for weight in made.weights):
        made = card_of(made)
    if form == "json":
        click.echo(made.to_json(), nl=False)
    else:
        screen = terminal.console(width=None if sys.stdout.isatty() else 100)
        screen.print(terminal.points_card(made))


@main.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the model goes.")
@click.option("--name", help="The model's name; default: the file's.")
def train(data: Path, output: Path, name: str | None) -> None:
    """Fit a model: on a JSONL or CSV file with text, label (1 credible, 0 not), group and title, or on a folder of corpora."""
    from credscore.batch.write import atomic
    from credscore.training.recipe import train as run

    try:
        model = run(data, name or output.stem, say=lambda line: click.echo(line, err=True))
    except (CredscoreError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    with atomic(output) as stream:
        stream.write(model.to_json())
    click.echo(f"{output}: {len(model.weights)} features, digest {model.to_dict()['digest']}", err=True)


@main.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@_MODEL
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def evaluate(data: Path, model: str, form: str) -> None:
    """Measure a model on labelled texts: AUC, average precision, Brier score and calibration error."""
    from credscore.training.evaluate import evaluate_file
    from credscore.training.evaluate import table as lay_out

    scorer = _load(model)
    try:
        figures = evaluate_file(scorer, data)
    except (CredscoreError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(figures, indent=1) if form == "json" else lay_out(figures))


@main.group()
def plot() -> None:
    """Draw a score, its place among the training texts, the calibration, or publishers (needs the extra `plot`)."""


_FIGURE = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The picture: .png, .svg or .pdf."
)
_TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DATED = {".svg": "Date", ".pdf": "CreationDate"}
"""Where a format would note the time of drawing: left out."""


def _save(draw: Callable[[], Any], output: Path) -> None:
    """Draw and save a figure; what cannot be drawn is told without a traceback."""
    suffix = output.suffix.lower()
    if suffix not in (".png", ".svg", ".pdf"):
        raise click.UsageError(f"{output} does not tell a format: end it in .png, .svg or .pdf.")
    try:
        picture = io.BytesIO()
        draw().savefig(picture, format=suffix[1:], dpi=150, metadata={} if suffix == ".png" else {_DATED[suffix]: None})
        output.write_bytes(picture.getvalue())
    except (CredscoreError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"Cannot write {output}: {error}") from error
    click.echo(f"drawn: {output}", err=True)


def _score_one(path: str, model: str) -> tuple[Scorer, Score]:
    scorer = _load(model)
    results = list(scorer.score_many(_documents((path,), Fields())))
    if len(results) != 1:
        raise click.UsageError(f"{path} holds {len(results)} documents; a plot shows one.")
    if isinstance(results[0], Failure):
        raise click.ClickException(f"{_plain(path)}: {results[0].code}: {_plain(results[0].message)}")
    return scorer, results[0]


@plot.command()
@click.argument("path")
@_MODEL
@_FIGURE
def waterfall(path: str, model: str, output: Path) -> None:
    """From the baseline to the score of a text, one step a reason."""
    from credscore.report import plots

    _, result = _score_one(path, model)
    _save(lambda: plots.waterfall(result), output)


@plot.command()
@click.argument("path")
@_MODEL
@_FIGURE
def distribution(path: str, model: str, output: Path) -> None:
    """Where a text and its features stand among the training texts of the model."""
    from credscore.report import plots

    scorer, result = _score_one(path, model)
    _save(lambda: plots.distribution(result, scorer.model), output)


@plot.command()
@click.argument("scored", type=_TABLE)
@click.option("--label-field", default="label", show_default=True, help="Field that holds 1 for credible and 0 for not.")
@click.option("--probability-field", default="probability", show_default=True, help="Field that holds the probability, 0 to 1.")
@click.option("--labels", type=_TABLE, help="Take the labels from this file, where the rows have the same id.")
@click.option("--id-field", default="id", show_default=True, help="Field by which rows of the two files are matched.")
@click.option("--bins", type=click.IntRange(min=1), default=10, show_default=True, help="Number of bins, each with as many texts.")
@_FIGURE
def calibration(
    scored: Path, label_field: str, probability_field: str, labels: Path | None, id_field: str, bins: int, output: Path
) -> None:
    """How often texts were credible against the probability they got, from rows (JSONL or CSV) of scores with labels."""
    from credscore.batch.rows import labelled_probabilities
    from credscore.report import plots

    _save(
        lambda: plots.calibration(
            labelled_probabilities(scored, labels, probability=probability_field, label=label_field, key=id_field), bins=bins
        ),
        output,
    )


@plot.command()
@click.argument("rows", type=_TABLE)
@_FIGURE
def publishers(rows: Path, output: Path) -> None:
    """Publishers from the highest to the lowest, from rows (JSONL or CSV) with source, value, low, high and n."""
    from credscore.batch.rows import number_in, numbered
    from credscore.report import plots

    def ranked(where: str, row: dict[str, Any]) -> plots.Ranked:
        value, low, high, n = (number_in(row, field, where) for field in ("value", "low", "high", "n"))
        return plots.Ranked(str(row.get("source") or where), value, low, high, int(n))

    _save(lambda: plots.publishers(ranked(where, row) for where, row in numbered(rows)), output)


@main.group()
def lexicon() -> None:
    """The word lists behind the evidence."""


@lexicon.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="GOLD…")
@_OWN
@_WITHOUT
@click.option("--layer", "layers", multiple=True, help="Audit this layer alone; may be repeated.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def audit(gold: tuple[Path, ...], own: tuple[str, ...], without: tuple[str, ...], layers: tuple[str, ...], form: str) -> None:
    """For every entry: hits, how many are right, and what it does to F1 on texts with labelled spans.

    GOLD are JSONL files with rows {"id", "text", "gold": {layer: [{"start", "end"}, …]}}. Entries that hurt most come first.
    """
    from credscore.lexicon.own import extended
    from credscore.lexicon.terms import bundled
    from credscore.reading import Reader
    from credscore.training.audit import audit as run
    from credscore.training.audit import labelled_texts

    try:
        rows, totals = run(Reader(extended(bundled(), *own, without=without)), labelled_texts(gold))
    except CredscoreError as error:
        raise click.ClickException(str(error)) from error
    rows = [row for row in rows if not layers or row.layer in layers]
    if form == "json":
        for row in rows:
            click.echo(json.dumps({**row._asdict(), "precision": row.precision}))
        return
    click.echo(f"{'entry':<42} {'hits':>5} {'right':>5} {'precision':>9} {'effect on F1':>12}  folds it helps/hurts")
    for row in rows:
        numbers = f"{row.hits:>5} {row.right:>5} {row.precision:>9.2f} {row.effect:>+12.4f}  {row.helps}/{row.hurts}"
        click.echo(f"{row.layer + ':' + row.entry:<42} {numbers}")
    for name, counts in sorted(totals.items()):
        if not layers or name in layers:
            click.echo(f"{name}: F1 {counts.f1:.3f}, {counts.right} of {counts.found} right, {counts.reached} of {counts.labelled} reached")


if __name__ == "__main__":
    main()
