"""Plots of scores: functions that take values and return a matplotlib `Figure`, ready to be saved or shown in a notebook.

Needs the extra `plot`; every function raises `MissingExtra` without it. Nothing here touches pyplot, so nothing is kept
between calls and no window is opened. Signs are told by words and places as well as by colour.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from credscore.errors import MissingExtra
from credscore.features.catalogue import BY_NAME
from credscore.model import LinearModel, Weight
from credscore.report.shown import standing, visible
from credscore.score import Contribution, Score, sigmoid

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UP, DOWN, INK, FAINT = "#2166ac", "#b35806", "#333333", "#bbbbbb"
"""Blue raises and orange lowers, a pair that colour-blind readers tell apart (Brewer's PuOr and RdBu ends)."""

_SCORES = (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)
_BIN = 4
"""Width in points of the bars that show how a population scores."""

_WIDTH, _ROW = 8.0, 0.3
_NORMAL_95 = 1.96


class Ranked(NamedTuple):
    """A publisher's score with its interval, all on the 0–100 scale, from `n` texts."""

    source: str
    value: float
    low: float
    high: float
    n: int


class Bin(NamedTuple):
    """Texts with like probabilities: their mean probability, how often they were credible, its 95 % interval, their number."""

    predicted: float
    observed: float
    low: float
    high: float
    n: int


def waterfall(score: Score, *, shown: int = 14) -> "Figure":
    """From the baseline to the score, one step a reason: the `shown` largest, and all others in one step.

    The steps are log-odds, which add up exactly; the scale above tells what they are of 100.
    """
    largest, rest = score.contributions[:shown], score.contributions[shown:]
    steps = [(item.reason, item.amount) for item in largest if item.amount]
    if others := [item for item in rest if item.amount]:
        steps.append((f"{len(others)} smaller reasons", sum(item.amount for item in others)))
    figure, axes = _figure(len(steps) + 2)
    ends = [score.baseline]
    for _, amount in steps:
        ends.append(ends[-1] + amount)
    for row, ((_, amount), start) in enumerate(zip(steps, ends, strict=False), 1):
        axes.barh(row, amount, left=start, height=0.62, color=UP if amount > 0 else DOWN)
        axes.plot([start, start], [row - 1, row], color=FAINT, linewidth=0.8, zorder=0)
        axes.annotate(
            f"{amount:+.2f}", (max(start, start + amount), row), (4, 0), textcoords="offset points", va="center", fontsize=8, color=INK
        )
    last = len(steps) + 1
    low, high = (_logit(bound) for bound in score.interval)
    axes.plot([ends[-1], ends[-1]], [last - 1, last], color=FAINT, linewidth=0.8, zorder=0)
    axes.plot([low, high], [last, last], color=INK, linewidth=1.5)
    axes.plot([score.baseline, score.logit], [0, last], "o", color=INK, markersize=5)
    axes.axvline(0.0, color=FAINT, linewidth=0.8, linestyle=":", zorder=0)
    least, most = min(*ends, low), max(*ends, high)
    axes.set_xlim(least - 0.08 * (most - least), most + 0.14 * (most - least))
    _rows(axes, ["baseline: a text like the average one", *(label for label, _ in steps), f"score {score.value:.0f}, 90 % interval"])
    axes.set_xlabel("log-odds: left lowers the score, right raises it", fontsize=9)
    _score_scale(axes)
    _title(figure, _named(score), "How credibly it is sourced and worded; never whether it is right.")
    return figure


def distribution(score: Score, model: LinearModel, *, shown: int = 16) -> "Figure":
    """Where a text stands among the training texts of the model that scored it.

    Above, its score within each reference population, drawn from the percentiles that the model holds. Below, each of the
    `shown` features that moved it most, between the low and high end of the training range (99 % of the training texts lie
    in it) with their mean as a bar; a triangle is a value beyond the range, counted at its edge.
    """
    weights = {weight.feature: weight for weight in model.weights}
    if unknown := [item.feature for item in score.contributions if item.feature not in weights]:
        raise ValueError(f"The model {model.name} did not make this score: it has no feature {unknown[0]!r}. Give the model that did.")
    items = [item for item in score.contributions if item.value is not None][:shown]
    figure, (above, below) = _figures(_WIDTH, 3.4 + _ROW * len(items), [2.3, 0.3 * len(items) + 0.3])
    for number, (name, logits) in enumerate(model.populations.items()):
        shares = _shares([100.0 * sigmoid(logit) for logit in logits])
        label = f"{name} (this one: {standing(score.percentiles[name])})" if name in score.percentiles else name
        above.stairs(
            shares, [*range(0, 101, _BIN)], label=_plain(label), color=(FAINT, UP, DOWN, INK)[number % 4], fill=number == 0, linewidth=1.6
        )
    above.axvspan(*score.interval, color=INK, alpha=0.1, linewidth=0)
    above.axvline(score.value, color=INK, linewidth=1.8, label=f"this text: {score.value:.0f}, 90 % interval shaded")
    above.set_xlim(0, 100)
    above.set_xlabel("score", fontsize=9)
    above.set_ylabel("% of texts", fontsize=9)
    above.legend(fontsize=9, frameon=False, loc="lower left", bbox_to_anchor=(0, 1))
    _clean(above)
    for row, item in enumerate(items):
        _in_range(below, row, item, weights[item.feature])
    below.set_xlim(-0.03, 1.03)
    _rows(below, [BY_NAME[item.feature].label for item in items])
    below.set_xticks([0, 1], ["low end", "high end"], fontsize=8)
    below.set_xlabel("range of the training texts (each feature on the model's logarithmic scale); bar: their mean", fontsize=9)
    below.annotate("value, effect", (1.04, -0.8), fontsize=8, color="#666666", annotation_clip=False)
    _title(figure, _named(score), f"Among the texts that {visible(model.name)} was fitted on. Blue raised the score, orange lowered it.")
    return figure


def _in_range(axes: "Axes", row: int, item: Contribution, weight: Weight) -> None:
    assert item.value is not None  # the caller left out what could not be measured
    colour = UP if item.amount > 0 else DOWN
    mean = (weight.center - weight.low) / (weight.high - weight.low) if weight.high > weight.low else 0.0
    axes.plot([0, 1], [row, row], color=FAINT, linewidth=1.2, zorder=0)
    axes.plot([mean, mean], [row - 0.28, row + 0.28], color=INK, linewidth=1.6)
    axes.plot(weight.position(item.value), row, ">" if weight.outside(item.value) else "o", color=colour, markersize=7)
    axes.annotate(
        f"{item.value:.3g}   {item.amount:+.2f}", (1.04, row), xycoords="data", va="center", fontsize=8, color=colour, annotation_clip=False
    )


def _shares(values: Sequence[float]) -> list[float]:
    """Percent of a population in each bin, from its evenly spaced percentiles joined by straight lines."""
    below = [_below(values, edge) for edge in range(0, 101, _BIN)]
    return [100.0 * (after - before) for before, after in pairwise(below)]


def _below(values: Sequence[float], limit: float) -> float:
    at = bisect_right(values, limit)
    if at in (0, len(values)):
        return float(at > 0)
    return (at - 1 + (limit - values[at - 1]) / (values[at] - values[at - 1])) / (len(values) - 1)


def reliability(rows: Iterable[tuple[float, int]], bins: int = 10) -> list[Bin]:
    """`(probability, label)` rows in bins of equal mass, lowest first; the interval of a share is Wilson's (1927).

    Raises `ValueError` for no rows, a probability outside 0–1 or a label that is not 0 or 1.
    """
    pairs = sorted(rows)
    if not pairs:
        raise ValueError("There is no row with a probability and a label: calibration needs texts whose label is known.")
    for probability, label in pairs:
        if not 0 <= probability <= 1 or label not in (0, 1):
            raise ValueError(f"A probability lies between 0 and 1 and a label is 0 or 1; a row has {probability!r} and {label!r}.")
    edges = [round(part * len(pairs) / bins) for part in range(bins + 1)]
    groups = [pairs[start:end] for start, end in pairwise(edges) if end > start]
    return [_bin(group) for group in groups]


def _bin(group: Sequence[tuple[float, int]]) -> Bin:
    n = len(group)
    share = sum(label for _, label in group) / n
    z = _NORMAL_95
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # where the share is 0 or 1 it is a bound itself, which rounding may miss by a hair
    low, high = (0.0 if share == 0 else middle - half), (1.0 if share == 1 else middle + half)
    return Bin(sum(probability for probability, _ in group) / n, share, low, high, n)


def calibration(rows: Iterable[tuple[float, int]], *, bins: int = 10) -> "Figure":
    """How often texts turned out credible against the probability they were given, in bins of equal mass (see `reliability`).

    On the diagonal the probabilities say what they mean. Raises `ValueError` for rows that hold no such thing.
    """
    found = reliability(rows, bins)
    total = sum(item.n for item in found)
    error = sum(item.n * abs(item.predicted - item.observed) for item in found) / total
    figure, (axes,) = _figures(6.4, 6.0, [1])
    axes.plot([0, 1], [0, 1], color=FAINT, linewidth=1.2, label="what they would be if the probabilities were exact")
    axes.errorbar(
        [item.predicted for item in found],
        [item.observed for item in found],
        yerr=[[item.observed - item.low for item in found], [item.high - item.observed for item in found]],
        fmt="o",
        color=UP,
        capsize=3,
        label=f"texts in {len(found)} bins of equal mass, 95 % interval of the share",
    )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_aspect("equal")
    axes.set_xlabel("probability given", fontsize=9)
    axes.set_ylabel("share found credible", fontsize=9)
    axes.legend(fontsize=9, frameon=False, loc="lower left", bbox_to_anchor=(0, 1))
    _clean(axes)
    _title(figure, f"Calibration on {total:,} texts", f"Mean distance from the diagonal: {error:.3f}.")
    return figure


def publishers(rows: Iterable[Ranked], *, shown: int = 60) -> "Figure":
    """Publishers from the highest score to the lowest, each with its interval and number of texts.

    Of more than `shown`, the highest and the lowest are drawn and the gap says how many lie between. Raises `ValueError`
    for no rows or a value outside its interval.
    """
    ranking = sorted(rows, key=lambda item: (-item.value, item.source))
    if not ranking:
        raise ValueError("There is no publisher to rank.")
    for item in ranking:
        if not item.low <= item.value <= item.high:
            raise ValueError(f"{item.source}: the value {item.value} lies outside its interval {item.low}–{item.high}.")
    left_out = max(0, len(ranking) - shown)
    if left_out:
        ranking = ranking[: (shown + 1) // 2] + ranking[len(ranking) - shown // 2 :]
    gap = (shown + 1) // 2 if left_out else len(ranking)
    figure, axes = _figure(len(ranking) + bool(left_out))
    labels = [f"{visible(item.source)}  ({item.n:,})" for item in ranking]
    rows_of = [row + (row >= gap) for row in range(len(ranking))]
    if left_out:
        labels.insert(gap, f"… {left_out:,} between …")
    for row, item in zip(rows_of, ranking, strict=True):
        axes.plot([item.low, item.high], [row, row], color=FAINT, linewidth=3, solid_capstyle="round", zorder=1)
        axes.plot(item.value, row, "o", color=UP, markersize=6, zorder=2)
    _rows(axes, labels)
    axes.set_xlim(0, 100)
    axes.set_xlabel("score of the publisher's texts", fontsize=9)
    axes.grid(axis="x", color="#eeeeee", zorder=0)
    _title(figure, "Publishers", "Bar: interval of the score. In brackets: number of texts. Where bars overlap, the order is not settled.")
    return figure


def _figure(rows: int) -> tuple["Figure", "Axes"]:
    figure, (axes,) = _figures(_WIDTH, 1.6 + _ROW * rows, [1])
    return figure, axes


def _figures(width: float, height: float, ratios: Sequence[float]) -> tuple["Figure", Sequence["Axes"]]:
    """A figure of its own, bound to no window, with one axes under another."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("matplotlib", "plot") from error
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    grid: Any = figure.subplots(len(ratios), 1, height_ratios=ratios, squeeze=False)
    return figure, [axes for (axes,) in grid]


def _rows(axes: "Axes", labels: Sequence[str]) -> None:
    """One labelled row a line, the first above. Labels may hold anything: a dollar sign is no formula."""
    axes.set_yticks(range(len(labels)), labels, fontsize=9, parse_math=False)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    _clean(axes)


def _clean(axes: "Axes") -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(color=FAINT, labelcolor=INK, length=0, labelsize=9)


def _score_scale(axes: "Axes") -> None:
    """What the log-odds below are on the 0–100 scale, above; numbers that would touch are left out."""
    low, high = axes.get_xlim()
    ticks: list[int] = []
    for value in _SCORES:
        if low <= _logit(value) <= high and (not ticks or _logit(value) - _logit(ticks[-1]) > 0.06 * (high - low)):
            ticks.append(value)
    above = axes.twiny()
    above.set_xlim(low, high)
    above.set_xticks([_logit(value) for value in ticks], [str(value) for value in ticks])
    above.set_xlabel("score", fontsize=9)
    _clean(above)


def _logit(value: float) -> float:
    return math.log(value / (100.0 - value))


def _title(figure: "Figure", name: str, caption: str) -> None:
    figure.suptitle(name, x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK, parse_math=False)
    figure.supxlabel(caption, x=0.01, ha="left", fontsize=8.5, color="#666666", parse_math=False)


def _named(score: Score) -> str:
    return f"{visible(score.id or 'text')}: {score.value:.0f} of 100"


def _plain(label: str) -> str:
    """A label in a legend, where a dollar sign would begin a formula and a leading underscore hides the entry."""
    return visible(label).replace("$", r"\$").lstrip("_")
