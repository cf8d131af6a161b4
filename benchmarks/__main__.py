"""`python -m benchmarks [part …]`: measure credscore and print tables; `--json FILE` writes all figures too.

Without parts everything is measured. What each part measures, on what and how, is said in the module of its name. Parts on
real news need the variable CREDSCORE_DATA and are skipped without it. `--write FILE` measures nothing: it writes the figures
of such a file into the README and the model card (`benchmarks.pages`).
"""

import json
import os
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks import boilerplate, corpora, pages, publishers, quality, scan, sourcing, speed, transfer, wording
from benchmarks.tables import SkippedError, Table, console, draw

PARTS: Mapping[str, Callable[[], list[Table]]] = {
    "quality": quality.run,
    "transfer": transfer.run,
    "publishers": publishers.run,
    "sourcing": sourcing.run,
    "wording": wording.run,
    "boilerplate": boilerplate.run,
    "speed": speed.run,
    "scan": scan.run,
}

_WRITE = "Measure nothing; write the README's figures and the model card from a file that --json wrote."


@click.command(help="Measure credscore. Parts: " + ", ".join(PARTS) + "; all of them if none is named.")
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)), metavar="[PART]...")
@click.option("--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures to this file.")
@click.option("--write", "measured", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_WRITE)
def main(parts: tuple[str, ...], target: Path | None, measured: Path | None) -> None:
    """Run the parts in their order and show their tables, or write pages from what was measured before."""
    if measured is not None:
        if parts or target:
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
        for name, run in PARTS.items():
            if parts and name not in parts:
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
