"""Floor 6: the command line. Exit status 0: all scored; 1: some documents failed (each reported, the rest written); 2: usage."""

import io
import sys
from typing import Any

import click

from credscore.cli.lexicons import lexicon
from credscore.cli.models import card, evaluate, features, train
from credscore.cli.outcome import notes_of
from credscore.cli.plots import plot
from credscore.cli.reasons import explain, read
from credscore.cli.scoring import score, sources
from credscore.reading import compiled
from credscore.version import __version__


class _Commands(click.Group):
    """Ctrl-C ends any of them with the exit status of the shells, 130, and with what the error notes, such as what is kept."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            click.echo(" ".join(["credscore: interrupted.", *notes_of(error)]), err=True)
            sys.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__ + " (compiled)" * compiled(), prog_name="credscore")
def main() -> None:
    """How credibly a news text is sourced and worded, and every reason for it. It never says whether a text is right."""
    for stream in (sys.stdout, sys.stderr):  # a glyph that the terminal cannot show must not stop a batch
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


for _command in (score, sources, explain, read, features, card, train, evaluate, plot, lexicon):
    main.add_command(_command)
