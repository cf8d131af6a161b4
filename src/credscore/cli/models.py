"""The commands about features and models: `credscore features`, `card`, `train` and `evaluate`."""

import json
from pathlib import Path

import click

from credscore.cli.options import choice, with_model
from credscore.cli.outcome import on_screen, told, written
from credscore.model import DEFAULT
from credscore.score import Scorer, load


@click.command()
@choice("table", "json")
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


@click.command()
@with_model
@choice("text", "json")
def card(scorer: Scorer, form: str) -> None:
    """The model as a points card of at most 25 features, to be added up on paper; json is a model file for --model."""
    from credscore.points import card_of
    from credscore.report import terminal

    made = scorer.model
    if not all(weight.step for weight in made.weights):
        made = card_of(made)
    if form == "json":
        click.echo(made.to_json(), nl=False)
    else:
        on_screen(terminal.points_card(made), width=100)


@click.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the model goes.")
@click.option("--name", help="The model's name; default: the file's.")
@click.option(
    "--without", multiple=True, metavar="CORPUS", help="Leave a corpus out; `non-commercial`: all with such a licence. Repeatable."
)
def train(data: Path, output: Path, name: str | None, without: tuple[str, ...]) -> None:
    """Fit a model: on a JSONL or CSV file with text, label (1 credible, 0 not), group and title, or on a folder of corpora."""
    from credscore.training.recipe import train as run

    with told(ValueError):
        model = run(data, name or output.stem, without=without, say=lambda line: click.echo(line, err=True))
    with written(output) as stream:
        stream.write(model.to_json())
    click.echo(f"{output}: {len(model.weights)} features, digest {model.to_dict()['digest']}", err=True)


@click.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@with_model
@choice("table", "json")
@click.option("--against", metavar="MODEL", help="Another model to compare with; a model of your own is compared with the bundled one.")
def evaluate(data: Path, scorer: Scorer, form: str, against: str | None) -> None:
    """Measure a model on labelled texts: AUC, average precision, Brier score and calibration error, beside another model's AUC."""
    from credscore.training.evaluate import evaluate_file, table

    if against is None and scorer.model.name != DEFAULT:
        against = DEFAULT
    with told(ValueError):
        figures = evaluate_file(scorer, data, load(against) if against else None)
    click.echo(json.dumps(figures, indent=1) if form == "json" else table(figures))
