"""The explanation on a terminal: the score, what raised and lowered it with the words that did, and what was not checked."""

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from credscore.evidence.evidence import Evidence, Span
from credscore.features.catalogue import BY_NAME
from credscore.model import LinearModel
from credscore.points import DOUBLING, POINT, base_of, lines_of
from credscore.publishers import RollUp
from credscore.report.comparison import Comparison
from credscore.report.shown import NOT_CHECKED, label_of, standing, told_of, varied, visible
from credscore.report.sources import withheld
from credscore.score import Contribution, Failure, Score, sigmoid

_CONTEXT = 28
_LEAST = 0.005
_BAR = 10
_INDENT = 19
_SCALE = 34
_ROWS = 12
_LETTERS = "ABCDEF"
MOST_BESIDE = len(_LETTERS)
"""Accounts for which there is room on 80 columns."""

_SHOWN_LAYERS = frozenset(("sourcing", "loaded", "hedge", "booster", "boilerplate"))


def explanation(score: Score, text: str, title: str | None = None, *, full: bool = False) -> RenderableType:
    """A score with its reasons. `full` shows every feature and all its evidence, else the strongest."""
    low, high = score.interval
    head = Text()
    head.append(f"{visible(score.id or 'text')}\n", style="bold")
    head.append(f"{score.value:.0f}", style="bold")
    head.append(f" of 100, 90 % interval {low:.0f}–{high:.0f}: how credibly it is sourced and worded\n")
    for name, percentile in score.percentiles.items():
        head.append(f"{standing(percentile)} of {name}\n", style="dim")
    for notice in score.notices:
        head.append(f"! {notice.message} [{notice.code}]\n", style="yellow")
    parts: list[RenderableType] = [head]
    strongest = max((abs(item.amount) for item in score.contributions), default=0.0)
    sides = [("Raises the score", 1), ("Lowers the score", -1)]
    if sum(item.amount for item in score.contributions) < 0:
        sides.reverse()  # what made the score comes first
    for caption, sign in sides:
        items = [item for item in score.contributions if item.amount * sign > 0 and (full or abs(item.amount) >= _LEAST)]
        if items:
            parts.append(Text(caption, style="bold"))
            parts += [_reason(item, strongest, text, title, full) for item in (items if full else items[:9])]
            if not full and len(items) > 9:
                parts.append(Text(f"    and {_counted(len(items) - 9, 'smaller reason')} (--full shows all)", style="dim"))
    if line := _unnamed(score):
        parts.append(line)
    silent = _beyond_model(score, text, title)
    if silent:
        parts.append(Text("Found, but without points in this model", style="bold"))
        parts += silent
    total = sum(item.amount for item in score.contributions)
    foot = Text(
        f"\nbaseline {score.baseline:+.3f} and reasons {total:+.3f} make log-odds {score.logit:+.3f}, that is {score.value:.1f} of 100\n",
        style="dim",
    )
    foot.append(f"not checked: {'; '.join(NOT_CHECKED)}\n", style="dim")
    foot.append("one document's score says nothing about its publisher\n", style="dim")
    foot.append(str(score.signature), style="dim")
    parts.append(foot)
    return Group(*parts)


def _reason(item: Contribution, strongest: float, text: str, title: str | None, full: bool) -> RenderableType:
    bar = "█" * max(1, round(_BAR * abs(item.amount) / strongest)) if strongest else ""
    line = Text(f"  {item.amount:+.2f} ", style="green" if item.amount > 0 else "red")
    line.append(f"{bar:<{_BAR}} ")
    line.append(item.reason, style="default")
    shown = item.evidence if full else varied(item.evidence)
    lines: list[RenderableType] = [line, *(_finding(found, text, title, place) for found, place in _placed(shown))]
    if len(shown) < len(item.evidence):
        lines.append(Padding(Text(f"and {len(item.evidence) - len(shown)} more", style="dim"), (0, 0, 0, _INDENT), expand=False))
    return Group(*lines)


def _finding(item: Evidence, text: str, title: str | None, place: Span) -> RenderableType:
    return Padding(_in_context(item, text, title, place), (0, 0, 0, _INDENT), expand=False)


def _placed(shown: Iterable[Evidence]) -> Iterator[tuple[Evidence, Span]]:
    """Each finding with where it is seen: a source's next statement, by the same words, where that is made."""
    seen: set[tuple[str, Span]] = set()
    for item in shown:
        place = Span(item.start, item.end)
        if (item.field, place) in seen and item.attribution is not None and item.attribution.cue is not None:
            place = item.attribution.cue
        seen.add((item.field, place))
        yield item, place


def _unnamed(score: Score) -> Text | None:
    """What the reader is told of people without a name; nothing where all are named."""
    statements, told = found = withheld(score.evidence)
    if not statements:
        return None
    line = Text(found.opening, style="bold")
    for aspect, number, words in told:
        line.append(f"\n  {aspect} for {number}: ", style="not bold")
        line.append(", ".join(f"“{visible(given)}”" for given in words), style="not bold dim")
    if not told:
        line.append("\n  nothing is told of how they know or why they are not named", style="not bold")
    return line


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _in_context(item: Evidence, text: str, title: str | None, place: Span) -> Text:
    """The words at a place in bold between those around it; for an attribution, how an unnamed source is explained."""
    where = text if item.field == "text" else (title or "")
    start, end = place
    line = Text(style="dim", no_wrap=True, overflow="ellipsis")
    if end - start > 2 * _CONTEXT:
        line.append("“" + visible(where[start : start + 2 * _CONTEXT]).strip() + "…”", style="not dim")
    else:
        before = visible(where[max(0, start - _CONTEXT) : start])
        after = visible(where[end : end + _CONTEXT])
        line.append(("…" if start > _CONTEXT else "") + before.lstrip())
        line.append(visible(where[start:end]), style="not dim bold")
        line.append(after.rstrip() + ("…" if end + _CONTEXT < len(where) else ""))
    if told := told_of(item):
        line.append(f"  (explained: “{visible('”, “'.join(told))}”)")
    return line


def _beyond_model(score: Score, text: str, title: str | None) -> list[RenderableType]:
    """Evidence that no contribution of this model holds, by layer and kind, with where it stands."""
    used = {id(found) for item in score.contributions for found in item.evidence}
    groups: dict[tuple[str, str, bool, bool], list[Evidence]] = {}
    for item in score.evidence:
        if id(item) not in used and item.layer in _SHOWN_LAYERS:
            groups.setdefault((item.layer, item.kind, item.in_quote, item.attributed), []).append(item)
    lines: list[RenderableType] = []
    for (layer, kind, quoted, attributed), found in sorted(groups.items()):
        name = kind.replace("_", " ") if layer == "boilerplate" else f"{kind.replace('_', ' ')} ({layer})"
        if layer == "boilerplate":
            where = "taken out before the wording was measured"
        elif quoted:
            where = "in quotations: a source's words, not the writer's"
        elif attributed:
            where = "in reported speech: how sure a source is, not the writer"
        else:
            where = "in the writer's own words"
        lines.append(Text(f"  {len(found):>3} {name}, {where}"))
        lines += [_finding(item, text, title, place) for item, place in _placed(varied(found))]
    return lines


def comparison(compared: Comparison) -> RenderableType:
    """Accounts of one event beside each other, highest score first: scores on one scale, and the features that set them apart."""
    ranked = compared.ranked
    lines = []
    for letter, (document, score), told in zip(_LETTERS, ranked, compared.telling, strict=False):
        line = Text(f"{letter}  {score.value:3.0f}", style="bold", no_wrap=True, overflow="ellipsis")
        line.append(f"  {_on_scale(score)}  {visible(label_of(score, document.title))}", style="not bold")
        lines.append(line)
        first, second = told[:2]
        lines.append(Text(f"        {first.amount:+.2f} {first.reason}\n        {second.amount:+.2f} {second.reason}", style="dim"))
    grid = Table(box=None, pad_edge=False, header_style="bold")
    grid.add_column("what sets them apart", no_wrap=True, overflow="ellipsis")
    for letter, _ in zip(_LETTERS, ranked, strict=False):
        grid.add_column(letter, justify="right", no_wrap=True)
    for row in compared.rows[:_ROWS]:
        amounts = (Text(f"{round(cell.amount, 2) + 0.0:+.2f}", style="green" if cell.amount > 0 else "red") for cell in row.cells)
        grid.add_row(BY_NAME[row.feature].label, *amounts)
    head = Text(f"{len(ranked)} accounts beside each other, with 90 % intervals from 0 to 100\n", style="bold")
    return Group(head, *lines, Text(), grid, Text("\nwhich of them is right was not checked", style="dim"))


def _on_scale(score: Score) -> str:
    """The score as a point in its interval, on a line of fixed length."""
    cells = ["·"] * _SCALE
    low, at, high = (min(_SCALE - 1, int(place * _SCALE / 100)) for place in (score.interval[0], score.value, score.interval[1]))
    cells[low : high + 1] = "─" * (high + 1 - low)
    cells[at] = "●"
    return "".join(cells)


def table(results: Iterable[Score | Failure]) -> Table:
    """Scores as a table, one row a document."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    grid.add_column("score", justify="right")
    grid.add_column("90 %", justify="right")
    grid.add_column("words", justify="right")
    grid.add_column("document", overflow="fold")
    grid.add_column("notices", style="yellow")
    for result in results:
        if isinstance(result, Failure):
            grid.add_row("–", "", "", Text(visible(result.id or "?")), Text(f"{result.code}: {visible(result.message)}"), style="red")
        else:
            low, high = result.interval
            codes = " ".join(notice.code for notice in result.notices)
            grid.add_row(f"{result.value:.0f}", f"{low:.0f}–{high:.0f}", str(result.words), Text(visible(result.id or "?")), codes)
    return grid


def publishers(made: RollUp) -> RenderableType:
    """Publishers from the highest score to the lowest, and what each was drawn towards."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("score", "90 %", "texts", "their own"):
        grid.add_column(column, justify="right")
    grid.add_column("days")
    grid.add_column("publisher", overflow="fold")
    for item in made.sources:
        low, high = item.interval
        days = f"{item.first} – {item.last}" if item.first else ""
        row = (f"{item.value:.0f}", f"{low:.0f}–{high:.0f}", f"{item.n:,}", f"{item.unshrunk:.0f}", days)
        grid.add_row(*row, Text(visible(item.source)))
    population = made.population
    origin = f"of {population.sources:,} publishers here" if population.sources else "on the model's card: too few publishers here"
    foot = (
        f"\nDrawn towards {100 * sigmoid(population.mean):.0f}, the mean {origin}; "
        f"a publisher of 5 texts counts for {population.own_share(5):.0%}, of 50 for {population.own_share(50):.0%}.\n"
        "It is how the texts are sourced and worded. Where intervals overlap, the order is not settled."
    )
    return Group(grid, Text(foot, style="dim"))


def points_card(card: LinearModel) -> RenderableType:
    """A points card: where to start, the points of each feature by its value, and what the sum means."""
    lines: list[RenderableType] = [
        Text(f"{card.name}: {len(card.weights)} features in whole points", style="bold"),
        Text(f"Start with {base_of(card)}. Add the points of each feature; what cannot be measured has none.\n"),
    ]
    for line in lines_of(card):
        lines.append(Text.assemble((line.feature.replace("_", " "), "bold"), f"  {BY_NAME[line.feature].unit}"))
        first, *others = line.bands
        said = [f"{_points(first.points)} below {others[0].start:.3g}" if others else _points(first.points)]
        said += [f"{_points(band.points)} from {band.start:.3g}" for band in others]
        lines.append(Padding(Text(", ".join(said)), (0, 0, 0, 4), expand=False))
    shown = ", ".join(f"{_points(points)} is {100 * sigmoid(points * POINT):.0f}" for points in range(-15, 16, 5))
    lines.append(Text(f"\n{DOUBLING} points double the odds. The sum as a score of 100: {shown}."))
    lines.append(Text("The last band of each feature is its cap: more of it changes nothing.", style="dim"))
    return Group(*lines)


def _points(number: int) -> str:
    return f"{number:+d}" if number else "0"


def console(*, colour: bool | None = None, width: int | None = None, stderr: bool = False) -> Console:
    """A console that is plain where the output is no terminal."""
    return Console(no_color=colour is False, width=width, stderr=stderr, highlight=False, soft_wrap=False)
