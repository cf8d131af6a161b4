"""Pages whose figures come from a results file: the README's table and example, and the whole model card.

`python -m benchmarks --json FILE` writes the results, `python -m benchmarks --write FILE` writes the pages from them
(`make figures` does both). What the pages say stands in `templates/`, in the form of `str.format`: `{tables[means]}` is a
table, `{means[body only, credscore][AUC]}` a cell of it, found by the words that its row begins with.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from docs import blocks

from benchmarks import ROOT, builds, corpora, divisions, open_model, peers, speed, transfer
from benchmarks.tables import Cell, shown
from credscore.features.catalogue import BY_NAME
from credscore.model import DEFAULT
from credscore.training.data import FEWEST_WORDS

TEMPLATES = Path(__file__).with_name("templates")
README = ROOT / "README.md"
MODEL = ROOT / "models" / f"{DEFAULT}.json"
CARD = MODEL.with_suffix(".md")
OPEN = MODEL.with_name(f"{open_model.NAME}.json")
OPEN_CARD = OPEN.with_suffix(".md")

MARKERS = ("<!-- figures: written by `make figures` -->\n", "<!-- end of figures -->\n")
"""The lines between which the README's figures stand."""

TABLES = {
    "means": "Leave one corpus out: mean of six corpora",
    "gains": "Mean AUC of credscore less that of each baseline, the same draws",
    "corpora": "Each corpus left out: AUC",
    "every": "Each corpus left out: AUC of every approach",
    "ours": "Each corpus left out: credscore",
    "apart": transfer.APART,
    "two": "Fitted on two corpora: mean of sixty tests",
    "kept": "Left-out corpora: what adding up keeps of non-linear models",
    "side": "Side tests, fitted on all six: AUC",
    "unseen": "Unseen publishers",
    "unseen_gains": "Unseen publishers: AUC of credscore less that of each baseline, the same draws",
    "unseen_kept": "Unseen publishers: what adding up keeps of non-linear models",
    "interval": "The interval on unseen publishers",
    "divided": divisions.TITLE,
    "sets": "Within data sets",
    "selective": "Selective prediction: the most certain texts alone",
    "leanings": "Credible texts flagged, by leaning of the outlet",
    "endings": "Credible texts flagged, by ending of the outlet's domain",
    "opinion": "Opinion against report of the same outlet, points of probability",
    "named": "Can the outlet be named?",
    "open": open_model.TITLE,
    "attributions": "PolNeAR, development part: attributions by content",
    "pieces": "PolNeAR, development part: contents in several pieces",
    "kinds": "Kinds of sources",
    "layers": "Labelled documents: evidence by layer",
    "hedged": "Hedged sentences",
    "loaded": "Loaded spans (PTC)",
    "biased": "Biased sentences (Lim et al. 2020)",
    "blocks": "Hard blocks of news pages (L3S-GN1)",
    "clean": "Clean articles (PolNeAR)",
    "fixtures": "Fixtures: credible against not credible",
    "speed": "Speed, full evidence, one process",
    "steps": "Where the time goes, 4-KB documents",
    "start": "Start in a fresh process",
    "memory": "Peak memory of a fresh process",
    "growth": "Growth with length",
    "processes": speed.PROCESSES,
    "compiled_processes": builds.PROCESSES_TITLE,
    "rolled": "Publishers rolled up: order against pc1",
    "held": "Publishers rolled up: does the 90 % interval hold the other texts' mean?",
    "builds": builds.TITLE,
    "peers": peers.TITLE,
}
"""The tables that templates use: their names there, and their titles in the results."""

RECIPE, POINTS, PUBLISHERS, ROBUSTNESS = (ROOT / "docs" / f"{name}.md" for name in ("MODEL", "card", "publishers", "robustness"))
"""Pages of which parts are figures."""

MOVES = {"invariance": "Invariance, {}: points moved", "evasion": "Evasion, {}: points moved", "gaming": "Gaming, {}: points gained"}
CEILINGS = "The most points one feature can move a score"
"""The tables of the page on robustness; those of moves once for the fixtures and once for real news."""

_PART = re.compile(r"(<!-- figures: (\w+) -->\n).*?(\n<!-- end of figures -->)", re.DOTALL)
"""A part of such a page, by the name of what stands in it."""

SHORTER = {
    "TF-IDF words + logistic regression": "TF-IDF",
    "TF-IDF characters + logistic regression": "TF-IDF characters",
    "sentence embeddings + logistic regression": "sentence embeddings",
    "length only": "length",
}
"""What pages call the baselines."""

Record = Mapping[str, Cell]


class ResultsError(Exception):
    """A results file that pages cannot be written from; the message says what to do."""


def write(file: Path) -> list[Path]:
    """Write every page from a results file; the pages written. Raises `ResultsError`, and then writes nothing."""
    results = json.loads(file.read_text(encoding="utf8"))
    measured, present = results["about"]["signature"], str(corpora.scorer().signature)
    if measured != present:
        raise ResultsError(f"{file} was measured with {measured}; this is {present}. Measure again: python -m benchmarks --json {file}")
    bundled, open_one = (names(results, json.loads(path.read_text(encoding="utf8"))) for path in (MODEL, OPEN))
    pages = {
        README: readme(README.read_text(encoding="utf8"), bundled),
        CARD: filled("card", bundled),
        OPEN_CARD: filled("open_card", open_one),
        RECIPE: parted(RECIPE, {"reach": filled("recipe", bundled)}),
        POINTS: parted(POINTS, {"costs": filled("points", bundled)}),
        PUBLISHERS: parted(PUBLISHERS, {name: bundled["tables"][name] for name in ("rolled", "held")}),
        ROBUSTNESS: parted(ROBUSTNESS, robustness(results)),
    }
    for path, text in pages.items():
        path.write_text(text, encoding="utf8")
    return list(pages)


def names(results: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    """What templates can say: every table drawn, its cells by row and column, and the model. Raises `ResultsError`."""
    by_title = _by_title(results, TABLES.values())
    card = model["card"]
    return {
        **{name: cells(by_title[title]) for name, title in TABLES.items()},
        "tables": {name: drawn(by_title[title]) for name, title in TABLES.items()},
        "rivals": drawn(rivals({name: cells(by_title[TABLES[name]]) for name in ("means", "two", "unseen")})),
        "about": results["about"],
        "model": model,
        "number": len(model["features"]),
        "level": f"{100 * model['interval']['level']:.0f} %",
        "left_out": ", ".join(card["left_out"]),
        "fewest_words": FEWEST_WORDS,
        "data": drawn([_corpus(name, card) for name in card["trained_on"]]),
        "weights": drawn([_weight(feature, card) for feature in sorted(model["features"], key=lambda item: -abs(item["weight"]))]),
    }


def _by_title(results: Mapping[str, Any], wanted: Iterable[str]) -> Mapping[str, list[Record]]:
    """The rows of every table of the results. Raises `ResultsError` where one that is wanted is not there."""
    found = {title: table["rows"] for part, tables in results.items() if part != "about" for title, table in tables.items()}
    if missing := [title for title in wanted if title not in found]:
        raise ResultsError(
            f"The results lack “{missing[0]}”. Measure every part, with CREDSCORE_DATA set: python -m benchmarks --json FILE"
        )
    return found


def parted(path: Path, parts: Mapping[str, str]) -> str:
    """A page with these parts as measured, and not a character changed elsewhere. Raises `ResultsError` for one that it lacks."""
    page = path.read_text(encoding="utf8")
    if missing := parts.keys() - {part[2] for part in _PART.finditer(page)}:
        raise ResultsError(f"{path.name} lacks the part “{min(missing)}”. Put its two markers where it belongs.")
    return _PART.sub(lambda part: f"{part[1]}{parts[part[2]].strip()}{part[3]}", page)


def robustness(results: Mapping[str, Any]) -> dict[str, str]:
    """The parts of the page on robustness. Raises `ResultsError` where the results lack one."""
    titles = {name: [title.format(place) for place in ("fixtures", "real news")] for name, title in MOVES.items()}
    rows = _by_title(results, [*chain(*titles.values()), CEILINGS])
    return {
        "signature": f"`{results['about']['signature']}`",
        "ceilings": drawn([{"feature": row["feature"], "points at most": round(float(row["points"] or 0))} for row in rows[CEILINGS]]),
        **{name: drawn(beside(rows[ours], rows[real], "raised" if name == "gaming" else "moved")) for name, (ours, real) in titles.items()},
    }


def beside(fixtures: Sequence[Record], real: Sequence[Record], happened: str) -> list[Record]:
    """Moves of the fixtures and of real texts by the same changes, in one row each.

    >>> beside(*[[{"change": "twice", "documents": 4, "moved": 1, "mean": 0.02, "largest": 3.21}]] * 2, "moved")[0]["largest of real"]
    '3.2'
    """
    return [
        {
            "change": ours["change"],
            f"fixtures {happened}": f"{ours['moved']} of {ours['documents']}",
            "mean": _points(ours["mean"]),
            "largest": _points(ours["largest"]),
            f"real texts {happened}": f"{other['moved']} of {other['documents']}",
            "mean of real": _points(other["mean"]),
            "largest of real": _points(other["largest"]),
        }
        for ours, other in zip(fixtures, real, strict=True)
    ]


def _points(cell: Cell) -> str:
    amount = float(cell or 0)
    return "0" if not amount else "under 0.1" if abs(amount) < 0.05 else f"{amount:.1f}"


def filled(template: str, known: Mapping[str, Any]) -> str:
    """A template with its names filled in. Raises `ResultsError` for a name that the results do not have."""
    text = (TEMPLATES / f"{template}.md").read_text(encoding="utf8")
    try:
        return text.format_map(known)
    except KeyError as missing:
        raise ResultsError(f"templates/{template}.md asks for {missing}, which the results do not have. Mend the template.") from None


def readme(page: str, known: Mapping[str, Any]) -> str:
    """The README with its figures and its examples' output as they are now, and not a character changed elsewhere."""
    start, end = MARKERS
    before, _, rest = page.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise ResultsError(f"README.md lacks the line {start.strip()} or {end.strip()} after it. Put both around its figures.")
    page = before + start + filled("readme", known) + end + after
    for old, printed, at in reversed(list(blocks.run(page, "README.md", ROOT))):
        if not blocks.agrees(old, printed):
            page = page[:at] + blocks.renewed(old, printed) + page[at + len(old) :]
    return page


def cells(records: Sequence[Record]) -> dict[str, dict[str, str]]:
    """The cells of a table as printed, by the texts that a row begins with ("all" if none) and by column.

    In a table with an interval, `ranged` is the figure before it with the interval.

    >>> cells([{"input": "title", "approach": "length only", "AUC": 0.61, "low": 0.5, "high": 0.7}])["title, length"]["ranged"]
    '.610 (.500–.700)'
    """
    found = {}
    for record in records:
        row = {_shorter(column): figure(cell) for column, cell in record.items()}
        columns = list(row)
        if "low" in columns:
            middle = row[columns[columns.index("low") - 1]]
            row["ranged"] = middle if record["low"] is None else f"{middle} ({row['low']}–{row['high']})"
        found[", ".join(_beginning(record)) or "all"] = row
    return found


def rivals(found: Mapping[str, Mapping[str, Mapping[str, str]]]) -> list[Record]:
    """Every approach in one row: its AUC in each of the tests on what it has not seen."""
    rows: list[Record] = []
    for approach, unseen in found["unseen"].items():
        titled, untitled = (found["means"][f"{view}, {approach}"] for view in ("title and body", "body only"))
        two = found["two"].get(approach, {"ranged": figure(None)})
        rows.append(
            {
                "AUC of": approach,
                "a corpus left out": titled["ranged"],
                "the same, body only": untitled["ranged"],
                "fitted on two corpora": two["ranged"],
                "publishers never seen": unseen["ranged"],
                "the same within data sets": unseen["AUC within data sets"],
            }
        )
    return rows


def drawn(records: Sequence[Record]) -> str:
    r"""A Markdown table, figures to the right.

    >>> print(drawn([{"step": "a|b", "share": 0.25}]))
    | step | share |
    | --- | ---: |
    | a\|b | .250 |
    """
    sides = [all(isinstance(record[column], str) for record in records) for column in records[0]]
    lines = [
        [_shorter(column) for column in records[0]],
        ["---" if left else "---:" for left in sides],
        *([figure(cell).replace("|", "\\|") for cell in record.values()] for record in records),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def figure(cell: Cell) -> str:
    """A cell as pages print it: as `shown`, shares without the nought before the point.

    >>> [figure(cell) for cell in (0.7591, -0.25, 12.5, 1032, None, "length only")]
    ['.759', '-.250', '12.50', '1,032', '–', 'length']
    """
    if isinstance(cell, str):
        return _shorter(cell)
    text = shown(cell)
    return text.replace("0.", ".", 1) if text.removeprefix("-").startswith("0.") else text


def _shorter(text: str) -> str:
    for long, short in SHORTER.items():
        text = text.replace(long, short)
    return text


def _beginning(record: Record) -> list[str]:
    texts: list[str] = []
    for cell in record.values():
        if not isinstance(cell, str):
            break
        texts.append(_shorter(cell))
    return texts


def _corpus(name: str, card: Mapping[str, Any]) -> Record:
    about = card["trained_on"][name]
    return {
        "corpus": name,
        "texts": card["texts"].get(name, 0),
        "citation": about["cite"],
        "licence": about["licence"],
        "credible means": about["credible_means"],
    }


def _weight(entry: Mapping[str, Any], card: Mapping[str, Any]) -> Record:
    feature = BY_NAME[entry["name"]]
    return {
        "feature": feature.name,
        "direction": feature.direction.value,
        "weight": f"{entry['weight']:+.3f}",
        "standard error": card.get("standard_errors", {}).get(feature.name),
        "what it measures": feature.unit,
    }
