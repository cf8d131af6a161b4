"""`credscore score` and `credscore sources`: the scores of many documents, and of their publishers."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credscore.batch.files import Gauge, Piped, size_of
from credscore.batch.rows import Fields
from credscore.batch.sources import documents
from credscore.cli.options import JOBS, PATHS, QUIET, found, with_fields, with_scorer
from credscore.cli.outcome import Count, Output, leave, on_screen, told, watched, with_output, writing, written
from credscore.errors import InputError
from credscore.score import Failure, Score, Scorer
from credscore.text.document import Document

if TYPE_CHECKING:
    from credscore.batch.run import Line
    from credscore.batch.write import Form


@click.command()
@PATHS
@with_scorer
@with_fields
@with_output("table", "jsonl", "csv", "parquet")
@click.option(
    "--failures",
    "apart",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what could not be scored to this file, with the reasons (JSONL), and not among the scores.",
)
@click.option("--resume", is_flag=True, help="Go on where the same command was killed or broke off, by what it left beside the output.")
@JOBS
@click.option(
    "--prior",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="Share of credible texts you expect; moves `probability` alone.",
)
@QUIET
def score(
    paths: tuple[str, ...],
    scorer: Scorer,
    fields: Fields,
    output: Output,
    apart: Path | None,
    resume: bool,
    jobs: int,
    prior: float,
    quiet: bool,
) -> None:
    """Score files, folders, globs or standard input (-)."""
    from credscore.batch import write
    from credscore.batch.run import Ids, lines

    _check_usage(output, apart, resume, prior)
    files = found(paths)
    gauge, count = Gauge(files), Count(Ids())
    given = documents(files, fields, gauge)
    if output.form == "table":
        _as_table(watched(scorer.score_many(given, jobs=jobs, prior=prior), count, gauge, quiet=quiet), output.path)
        leave(count)
    form = write.form_of(output.form, scorer.model)

    def lines_of(left: Iterator[Document | Failure]) -> Iterator["Line"]:
        return watched(lines(scorer, left, form, jobs=jobs, prior=prior), count, gauge, quiet=quiet)

    if output.lasting:
        about = {
            "signature": str(scorer.signature), "format": output.form, "prior": prior, "fields": fields._asdict(),
            "failures": apart and str(apart), "bytes of": {path: size_of(path) for path in files},
        }  # fmt: skip
        _to_file(given, lines_of, form, output, apart, about, count, resume=resume)
    else:
        _as_stream(lines_of(given), form, output.path, apart)
    leave(count, apart)


def _as_table(results: Iterator[Score | Failure], path: Path | None) -> None:
    """All results laid out for reading."""
    from credscore.report import terminal

    with written(path) as stream:
        on_screen(terminal.table(list(results)), stream)


def _as_stream(results: Iterator["Line"], form: "Form", path: Path | None, apart: Path | None) -> None:
    """Rows as they come, to a screen, a pipe or a device, where no later run can go on."""
    with nullcontext() if apart is None else written(apart) as failed, written(path) as stream:
        stream.write(form.head)
        for line in results:
            if failed is not None and line.failure is not None:
                failed.write(json.dumps(line.failure.to_dict()) + "\n")
            else:
                stream.write(line.text)


def _to_file(
    given: Iterator[Document | Failure],
    lines_of: Callable[[Iterator[Document | Failure]], Iterator["Line"]],
    form: "Form",
    output: Output,
    apart: Path | None,
    about: dict[str, Any],
    count: Count,
    *,
    resume: bool,
) -> None:
    """Rows to a file that is whole or not there; what a kill leaves beside it lets the same command go on."""
    from credscore.batch import parquet
    from credscore.batch.partial import Noted, Partial

    if form.kinds is not None:
        with told():
            parquet.check()
    noted = Noted(given)
    try:
        with writing(output.path), Partial(output.file, apart, form, about, resume=resume) as part:
            count.resumes(part.mark.documents, part.mark.failed)
            for line in lines_of(part.resumed(noted, count.ids.add)):
                part.add(line.text, noted, line.failure)
    except InputError as error:
        raise click.UsageError(str(error)) from error


def _check_usage(output: Output, apart: Path | None, resume: bool, prior: float) -> None:
    """What cannot be meant is wrong usage."""
    if not 0 < prior < 1:  # "nan" passes the range
        raise click.UsageError(f"--prior is a probability between 0 and 1, both excluded; {prior} is not.")
    if resume and (not output.lasting or output.form == "table"):
        raise click.UsageError("--resume needs a file of rows to go on with: -o FILE that ends in .jsonl, .csv or .parquet.")
    if output.form == "parquet" and not output.lasting:
        raise click.UsageError("Parquet is written to a file: give -o FILE.")
    if apart is not None and (output.form == "table" or apart == output.path):
        raise click.UsageError("--failures needs a file of its own, and rows to be apart from: --format jsonl or csv, or -o FILE.")


@click.command()
@PATHS
@with_scorer
@with_fields
@click.option("--fewest", type=click.IntRange(min=1), default=5, show_default=True, help="Publishers of fewer texts are left out.")
@with_output("table", "jsonl", "csv")
@JOBS
@QUIET
def sources(paths: tuple[str, ...], scorer: Scorer, fields: Fields, fewest: int, output: Output, jobs: int, quiet: bool) -> None:
    """Publishers by score, with intervals, from scored texts (what `score` wrote) or texts that name their source."""
    from credscore.batch import write
    from credscore.batch.rows import holds_scores, scores
    from credscore.batch.run import Ids
    from credscore.publishers import roll_up
    from credscore.report import terminal

    files = found(paths)
    piped = {"-": Piped()} if "-" in files else {}
    scored = [path for path in files if holds_scores(Path(path), fields, piped.get(path))]
    unscored = [path for path in files if path not in set(scored)]
    gauge, count = Gauge(unscored), Count(Ids())
    fresh = watched(scorer.score_many(documents(unscored, fields, gauge, piped.get("-")), jobs=jobs), count, gauge, quiet=quiet)
    with told(), written(output.path) as stream:
        known = chain.from_iterable(scores(Path(path), fields, piped.get(path)) for path in scored)
        made = roll_up(chain(known, fresh), scorer.model, fewest=fewest)
        if output.form == "jsonl":
            stream.writelines(json.dumps(item.to_dict()) + "\n" for item in made.sources)
        elif output.form == "csv":
            stream.writelines(write.sources(made.sources))
        else:
            on_screen(terminal.publishers(made), stream)
    for number, what in (
        (made.few, f"publishers have fewer than {fewest} texts and are left out; --fewest 1 keeps them"),
        (made.unsourced, "texts name no publisher and are left out; name the field with --source-field"),
        (made.failed - count.failed, "documents had no score"),
    ):
        if number:
            click.echo(f"credscore: {number} {what}", err=True)
    leave(count)
