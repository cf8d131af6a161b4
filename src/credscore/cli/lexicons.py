"""`credscore lexicon`: the commands about the word lists."""

import json
from pathlib import Path

import click

from credscore.cli.options import OWN, WITHOUT, choice, lexicon_of
from credscore.cli.outcome import told


@click.group()
def lexicon() -> None:
    """The word lists behind the evidence."""


@lexicon.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="GOLD…")
@OWN
@WITHOUT
@click.option("--layer", "layers", multiple=True, help="Audit this layer alone; may be repeated.")
@choice("table", "json")
def audit(gold: tuple[Path, ...], own: tuple[str, ...], without: tuple[str, ...], layers: tuple[str, ...], form: str) -> None:
    """For every entry: hits, how many are right, and what it does to F1 on texts with labelled spans.

    GOLD are JSONL files with rows {"id", "text", "gold": {layer: [{"start", "end"}, …]}}. Entries that hurt most come first.
    """
    from credscore.reading import Reader
    from credscore.training.audit import audit as run
    from credscore.training.audit import labelled_texts

    with told():
        rows, totals = run(Reader(lexicon_of(own, without)), labelled_texts(gold))
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
