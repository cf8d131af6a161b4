"""`Table`: what every part returns. Drawn for reading, and turned into JSON types for comparing one run with another."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from rich.box import ASCII2, SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable

Cell = str | int | float | None

PIPED_WIDTH = 150
"""Characters in a line where the output is no terminal."""


class SkippedError(Exception):
    """A part that cannot run here; the message says what it needs."""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures with their heading. `note` says what the columns mean where their names do not."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    def records(self) -> list[dict[str, Cell]]:
        """The rows as JSON types, unrounded; what is no number is null."""
        return [dict(zip(self.columns, (None if _is_nan(cell) else cell for cell in row), strict=True)) for row in self.rows]

    def to_dict(self) -> dict[str, Any]:
        """The table as JSON types."""
        return {"note": self.note, "rows": self.records()}


def console() -> Console:
    """The output: as wide as the terminal, or plain and of a fixed width where it goes to a file or another program."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=PIPED_WIDTH, no_color=True)


def _is_nan(cell: Cell) -> bool:
    return isinstance(cell, float) and isnan(cell)


def shown(cell: Cell) -> str:
    """A cell as printed: figures with three digits that matter, or none after the point where they are large.

    >>> [shown(cell) for cell in (0.75912, 12.5, 1032.4, 7, None)]
    ['0.759', '12.50', '1,032', '7', '–']
    """
    if cell is None or _is_nan(cell):
        return "–"
    if isinstance(cell, float):
        size = abs(cell)
        return f"{cell:,.0f}" if size >= 100 else f"{cell:.2f}" if size >= 10 else f"{cell:.3f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def draw(table: Table, output: Console) -> None:
    """Print a table with its note."""
    drawn = RichTable(box=SIMPLE_HEAD if output.is_terminal else ASCII2)
    for number, column in enumerate(table.columns):
        texts = all(isinstance(row[number], str) for row in table.rows)
        drawn.add_column(column, justify="left" if texts else "right", overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(shown, row))
    output.print(table.title, style="bold", markup=False)
    output.print(drawn)
    if table.note:
        output.print(table.note, markup=False)
    output.print()
