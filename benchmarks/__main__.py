"""`python -m benchmarks [part …]`: measure credscore and print tables; `--json FILE` writes all figures too.

Without parts everything but `kills` is measured. What each part measures, on what and how, is said in the module of its name. Parts on
real news need the variable CREDSCORE_DATA and are skipped without it. `--rivals` measures the slow rivals too. `--write FILE`
measures nothing: it writes the figures of such a file into the README and the model cards (`benchmarks.pages`).
"""

import json
import os
import platform
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks import (
    boilerplate,
    builds,
    corpora,
    divisions,
    fairness,
    kills,
    open_model,
    pages,
    peers,
    publishers,
    quality,
    rivals,
    robustness,
    scan,
    selective,
    sourcing,
    speed,
    transfer,
    wording,
)
from benchmarks.tables import SkippedError, Table, console, draw


def parts_of(slow: bool) -> Mapping[str, Callable[[], list[Table]]]:
    """The parts in their order, with the slow rivals or without."""
    approaches = rivals.EVERY if slow else rivals.FAST
    return {
        "quality": quality.run,
        "transfer": partial(transfer.run, approaches),
        "publishers": partial(publishers.run, approaches),
        "divisions": divisions.run,
        "open_model": open_model.run,
        "selective": selective.run,
        "fairness": fairness.run,
        "sourcing": sourcing.run,
        "wording": wording.run,
        "boilerplate": boilerplate.run,
        "robustness": robustness.run,
        "speed": speed.run,
        "builds": builds.run,
        "scan": scan.run,
        "peers": peers.run,
        "kills": kills.run,
    }


PARTS = tuple(parts_of(slow=False))
_ONLY_NAMED = frozenset(("kills",))
"""Parts that take minutes and move no figure of a page."""

_RIVALS = "Measure the slow rivals too: characters, and what needs packages that credscore does not install."
_WRITE = "Measure nothing; write the README's figures and the model cards from a file that --json wrote."


@click.command(help="Measure credscore. Parts: " + ", ".join(PARTS) + "; all but kills if none is named.")
@click.argument("parts", nargs=-1, type=click.Choice(PARTS), metavar="[PART]...")
@click.option("--rivals", "slow", is_flag=True, help=_RIVALS)
@click.option("--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures to this file.")
@click.option("--write", "measured", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_WRITE)
def main(parts: tuple[str, ...], slow: bool, target: Path | None, measured: Path | None) -> None:
    """Run the parts in their order and show their tables, or write pages from what was measured before."""
    if measured is not None:
        if parts or slow or target:
            raise click.UsageError("--write measures nothing: give it alone.")
        try:
            for path in pages.write(measured):
                click.echo(path)
        except pages.ResultsError as error:
            raise click.ClickException(str(error)) from None
        return
    output = console()
    about = {
        "signature": str(corpora.scorer().signature),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }
    output.print(*about.values(), sep="\n", markup=False)
    found: dict[str, Any] = {"about": about}
    with threadpool_limits(1):  # small matrices: threads only get in each other's way
        for name, run in parts_of(slow).items():
            if name not in parts if parts else name in _ONLY_NAMED:
                continue
            start = perf_counter()
            try:
                tables = run()
            except SkippedError as reason:
                output.print(f"\n{name}: skipped, {reason}", markup=False)
                continue
            output.print(f"\n{name} ({perf_counter() - start:.0f} s)\n", style="bold", markup=False)
            for table in tables:
                draw(table, output)
            found[name] = {table.title: table.to_dict() for table in tables}
    if target is not None:
        target.write_text(json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
