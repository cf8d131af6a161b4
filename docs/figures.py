"""Pictures of the benchmark figures, drawn from the tables of the model card."""

import io
from collections.abc import Sequence
from typing import Any

from credscore.report.plots import DOWN, FAINT, INK, UP

Rows = list[dict[str, str]]
INPUTS = ("title and body", "body only")

TONES = {"light": (INK, FAINT, UP, DOWN), "dark": ("#dddddd", "#777777", "#92c5de", "#fdb863")}
"""Ink, faint ink and two colours for each of the site's palettes: for pictures without a ground of their own."""


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


def speed(tables: Sequence[Rows], palette: str) -> Any:
    """Documents a second against their length, and the microseconds of each step of a 4-KB document. A matplotlib figure."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    growth = next(table for table in tables if {"text", "4 KB", "exponent"} <= table[0].keys())
    steps = next(table for table in tables if {"step", "µs a document"} <= table[0].keys())
    ink, faint, one, other = TONES[palette]
    own = dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), ink)
    with rc_context({**own, "figure.facecolor": "none", "axes.facecolor": "none"}):
        figure = Figure(figsize=(8, 3.6), layout="constrained")
        by_length, by_step = figure.subplots(1, 2)
        for row, colour, style in zip(growth, (one, other, ink, faint), ("o-", "s--", "^:", "x-."), strict=True):
            sizes = [int(name.removesuffix(" KB")) for name, cell in row.items() if name.endswith(" KB") and cell != "–"]
            rates = [1e9 / (_number(row[f"{size} KB"]) * 1024 * size) for size in sizes]
            by_length.plot(sizes, rates, style, color=colour, label=row["text"], markersize=4, linewidth=1.2)
        by_length.set_xscale("log", base=4)
        by_length.set_yscale("log")
        by_length.set_xticks(sizes, [f"{size:,}" for size in sizes], fontsize=8)
        by_length.set_xlabel("KB a document", fontsize=9)
        by_length.set_title("documents a CPU second, evidence read", fontsize=10, loc="left")
        by_length.yaxis.set_major_formatter("{x:,g}")
        by_length.tick_params(labelsize=8)
        figure.legend(loc="outside lower left", ncols=4, fontsize=8, frameon=False)
        parts = [row for row in steps if row["step"] != "all"]
        taken = [_number(row["µs a document"]) for row in parts]
        bars = by_step.barh(range(len(parts)), taken, color=one, height=0.65)
        by_step.bar_label(bars, [row["µs a document"] for row in parts], fontsize=8, padding=2)
        by_step.set_yticks(range(len(parts)), [row["step"] for row in parts], fontsize=8)
        by_step.invert_yaxis()
        by_step.set_xticks([])
        by_step.margins(x=0.15)
        by_step.set_title("µs of a 4-KB document", fontsize=10, loc="left")
        for side in ("top", "right", "bottom"):
            by_step.spines[side].set_visible(False)
        for axes in figure.axes:
            axes.spines["top"].set_visible(False)
            axes.spines["right"].set_visible(False)
            axes.tick_params(which="both", length=0)
        by_step.spines["left"].set_color(faint)
    return figure


def _number(cell: str) -> float:
    return float(cell.replace(",", ""))


def drawn(figure: Any) -> bytes:
    """A figure as SVG."""
    picture = io.BytesIO()
    figure.savefig(picture, format="svg", metadata={"Date": None})
    return picture.getvalue()
