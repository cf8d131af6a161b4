"""`credscore plot`: each command loads what it shows and draws it; saving the picture is the same for all."""

import io
from functools import wraps
from pathlib import Path
from typing import Any

import click

from credscore.batch.sources import documents
from credscore.cli.options import found, with_model
from credscore.cli.outcome import in_words, told, writing
from credscore.score import Failure, Score, Scorer

_TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
_UNDATED: dict[str, dict[str, None]] = {".png": {}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
"""Formats of pictures, each with the field where it would note the time of drawing: left out."""


@click.group()
def plot() -> None:
    """Draw a score, its place among the training texts, the calibration, or publishers (needs the extra `plot`)."""


def _saved(draw: Any) -> Any:
    """A decorator: the figure that a command returns is saved; what cannot be drawn is told without a traceback."""

    @click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The picture: .png, .svg or .pdf.")
    @wraps(draw)
    def command(output: Path, **given: Any) -> None:
        suffix = output.suffix.lower()
        if suffix not in _UNDATED:
            raise click.UsageError(f"{output} does not tell a format: end it in .png, .svg or .pdf.")
        with told(ValueError), writing(output):
            picture = io.BytesIO()
            draw(**given).savefig(picture, format=suffix[1:], dpi=150, metadata=_UNDATED[suffix])
            output.write_bytes(picture.getvalue())
        click.echo(f"drawn: {output}", err=True)

    return command


def _scored(path: str, scorer: Scorer) -> Score:
    """The score of the one document of a file."""
    results = list(scorer.score_many(documents(found((path,)))))
    if len(results) != 1:
        raise click.UsageError(f"{path} holds {len(results)} documents; a plot shows one.")
    if isinstance(results[0], Failure):
        raise click.ClickException(in_words(results[0], path))
    return results[0]


@plot.command()
@click.argument("path")
@with_model
@_saved
def waterfall(path: str, scorer: Scorer) -> Any:
    """From the baseline to the score of a text, one step a reason."""
    from credscore.report import plots

    return plots.waterfall(_scored(path, scorer))


@plot.command()
@click.argument("path")
@with_model
@_saved
def distribution(path: str, scorer: Scorer) -> Any:
    """Where a text and its features stand among the training texts of the model."""
    from credscore.report import plots

    return plots.distribution(_scored(path, scorer), scorer.model)


@plot.command()
@click.argument("scored", type=_TABLE)
@click.option("--label-field", default="label", show_default=True, help="Field that holds 1 for credible and 0 for not.")
@click.option("--probability-field", default="probability", show_default=True, help="Field that holds the probability, 0 to 1.")
@click.option("--labels", type=_TABLE, help="Take the labels from this file, where the rows have the same id.")
@click.option("--id-field", default="id", show_default=True, help="Field by which rows of the two files are matched.")
@click.option("--bins", type=click.IntRange(min=1), default=10, show_default=True, help="Number of bins, each with as many texts.")
@_saved
def calibration(scored: Path, label_field: str, probability_field: str, labels: Path | None, id_field: str, bins: int) -> Any:
    """How often texts were credible against the probability they got, from rows (JSONL or CSV) of scores with labels."""
    from credscore.batch.rows import labelled_probabilities
    from credscore.report import plots

    rows = labelled_probabilities(scored, labels, probability=probability_field, label=label_field, key=id_field)
    return plots.calibration(rows, bins=bins)


@plot.command()
@click.argument("rows", type=_TABLE)
@_saved
def publishers(rows: Path) -> Any:
    """Publishers from the highest to the lowest, from rows (JSONL or CSV) with source, value, low, high and n."""
    from credscore.batch.rows import number_in, numbered
    from credscore.report import plots

    def ranked(where: str, row: dict[str, Any]) -> plots.Ranked:
        value, low, high, n = (number_in(row, field, where) for field in ("value", "low", "high", "n"))
        return plots.Ranked(str(row.get("source") or where), value, low, high, int(n))

    return plots.publishers(ranked(where, row) for where, row in numbered(rows))
