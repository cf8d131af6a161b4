"""Pictures of the benchmark figures, drawn from the tables of the model card."""

import io
from collections.abc import Sequence
from typing import Any

from credscore.report.plots import DOWN, FAINT, INK, UP

Rows = list[dict[str, str]]
INPUTS = ("title and body", "body only")


def tables_of(markdown: str) -> list[Rows]:
    """The tables of a Markdown text, each a list of rows by column."""
    tables: list[Rows] = []
    for part in markdown.split("\n\n"):
        lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in part.split("\n") if line.startswith("|")]
        if len(lines) > 2:
            tables.append([dict(zip(lines[0], line, strict=True)) for line in lines[2:]])
    return tables


def held_out(tables: Sequence[Rows]) -> Any:
    """AUC on each corpus left out of the fit, with its interval, beside TF-IDF words and length alone. A matplotlib figure."""
    from matplotlib.figure import Figure

    corpora = next(table for table in tables if {"corpus", "AUC", "low", "high", "TF-IDF", "length"} <= table[0].keys())
    figure = Figure(figsize=(8, 3.6), layout="constrained", facecolor="white")
    for axes, given in zip(figure.subplots(1, 2, sharey=True), INPUTS, strict=True):
        rows = [row for row in corpora if row["input"] == given]
        for place, row in enumerate(rows):
            axes.plot([float(row["low"]), float(row["high"])], [place, place], color=FAINT, linewidth=3, zorder=1)
        marks = (("AUC", "o", UP, "credscore, 95 % interval"), ("TF-IDF", "s", DOWN, "TF-IDF words"), ("length", "x", INK, "length alone"))
        for column, mark, colour, label in marks:
            axes.scatter([float(row[column]) for row in rows], range(len(rows)), marker=mark, color=colour, label=label, s=34, zorder=2)
        axes.axvline(0.5, color=FAINT, linestyle=":", linewidth=1)
        axes.set_yticks(range(len(rows)), [row["corpus"].replace("_", " ") for row in rows], fontsize=8.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0.2, 1.0)
        axes.set_title(given, fontsize=10, loc="left", color=INK)
        axes.set_xlabel("AUC (.5 is a coin)", fontsize=9)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower left", ncols=3, fontsize=8.5, frameon=False)
    return figure


def selective(tables: Sequence[Rows]) -> Any:
    """AUC of the most certain texts against the share that is kept, beside TF-IDF words. A matplotlib figure."""
    from matplotlib.figure import Figure

    rows = next(table for table in tables if {"tested on", "approach", "coverage", "AUC"} <= table[0].keys())
    tests = list(dict.fromkeys(row["tested on"] for row in rows))
    figure = Figure(figsize=(8, 3.2), layout="constrained", facecolor="white")
    for axes, test in zip(figure.subplots(1, len(tests), sharey=True, squeeze=False)[0], tests, strict=True):
        for approach, mark, colour in (("credscore", "o", UP), ("TF-IDF", "s", DOWN)):
            own = [row for row in rows if (row["tested on"], row["approach"]) == (test, approach)]
            axes.plot([float(row["coverage"]) for row in own], [float(row["AUC"]) for row in own], f"{mark}-", color=colour, label=approach)
        axes.set_xlim(1.05, 0.15)
        axes.set_title(test, fontsize=9, loc="left", color=INK)
        axes.set_xlabel("share of texts kept", fontsize=9)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
    figure.axes[0].set_ylabel("AUC", fontsize=9)
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower left", ncols=2, fontsize=8.5, frameon=False)
    return figure


def drawn(figure: Any) -> bytes:
    """A figure as SVG."""
    picture = io.BytesIO()
    figure.savefig(picture, format="svg", metadata={"Date": None})
    return picture.getvalue()
