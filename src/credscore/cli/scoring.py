"""`credscore score` and `credscore sources`: the scores of many documents, and of their publishers."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from credscore.batch.sources import Fields, documents
from credscore.cli.options import JOBS, PATHS, QUIET, found, with_documents, with_fields, with_scorer
from credscore.cli.outcome import Output, leave, on_screen, told, watched, with_output, written
from credscore.score import Failure, Scorer
from credscore.text.document import Document


@click.command()
@with_scorer
@with_documents
@with_output
@JOBS
@click.option(
    "--prior",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="Share of credible texts you expect; moves `probability` alone.",
)
@QUIET
def score(scorer: Scorer, given: Iterator[Document | Failure], output: Output, jobs: int, prior: float, quiet: bool) -> None:
    """Score files, folders, globs or standard input (-)."""
    from credscore.batch import write
    from credscore.report import terminal

    if not 0 < prior < 1:  # "nan" passes the range
        raise click.UsageError(f"--prior is a probability between 0 and 1, both excluded; {prior} is not.")
    failures: list[Failure] = []
    results = watched(scorer.score_many(given, jobs=jobs, prior=prior), failures, quiet=quiet)
    with written(output.path) as stream:
        if output.form == "jsonl":
            write.json_lines(results, stream)
        elif output.form == "csv":
            write.comma_separated(results, stream, [weight.feature for weight in scorer.model.weights])
        else:
            on_screen(terminal.table(list(results)), stream)
    leave(failures)


@click.command()
@PATHS
@with_scorer
@with_fields
@click.option("--fewest", type=click.IntRange(min=1), default=5, show_default=True, help="Publishers of fewer texts are left out.")
@with_output
@JOBS
@QUIET
def sources(paths: tuple[str, ...], scorer: Scorer, fields: Fields, fewest: int, output: Output, jobs: int, quiet: bool) -> None:
    """Publishers by score, with intervals, from scored texts (what `score` wrote) or texts that name their source."""
    from credscore.batch import write
    from credscore.batch.rows import holds_scores, scores
    from credscore.publishers import roll_up
    from credscore.report import terminal

    files = found(paths)
    scored = [path for path in files if holds_scores(Path(path), fields)]
    unscored = [path for path in files if path not in set(scored)]
    failures: list[Failure] = []
    fresh = watched(scorer.score_many(documents(unscored, fields), jobs=jobs), failures, quiet=quiet)
    with told(), written(output.path) as stream:
        made = roll_up(chain(chain.from_iterable(scores(Path(path), fields) for path in scored), fresh), scorer.model, fewest=fewest)
        if output.form == "jsonl":
            stream.writelines(json.dumps(item.to_dict()) + "\n" for item in made.sources)
        elif output.form == "csv":
            write.sources(made.sources, stream)
        else:
            on_screen(terminal.publishers(made), stream)
    for count, what in (
        (made.few, f"publishers have fewer than {fewest} texts and are left out; --fewest 1 keeps them"),
        (made.unsourced, "texts name no publisher and are left out; name the field with --source-field"),
        (made.failed - len(failures), "documents had no score"),
    ):
        if count:
            click.echo(f"credscore: {count} {what}", err=True)
    leave(failures)
