"""What the documentation site says of features, word lists, commands and figures, taken from the code each time it is built.

MkDocs calls `on_files` and `on_page_markdown` (run it from the checkout: `make docs`). Nothing made here is kept in a file.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import click
from docs.blocks import run
from docs.figures import TONES, drawn, held_out, selective, speed, tables_of

import credscore
from credscore.cli import main
from credscore.features.feature import Direction, Feature
from credscore.lexicon.terms import LAYERS, Term, bundled
from credscore.model import DEFAULT, Weight

ROOT = Path(__file__).resolve().parents[1]

FAMILIES = {
    "sourcing": "Who is heard, whether a reader could ask them again, and what is told of those who cannot be named.",
    "wording": "How the writer speaks. Only the writer's own words count: what stands in a quotation belongs to the source.",
    "promotion": "Passages that sell, ask for something or disclaim. An axis of its own, and no proof that a text is poor.",
    "verifiability": "Details that a reader could check: days, figures, corrections.",
    "style": "How the text is built.",
    "register": "The small words by which a report, an argument and talk can be told apart, whatever they are about. Common words: each"
    " says little, and none counts inside quotations.",
    "headline": "The headline alone. Without a headline these features say nothing and move nothing.",
}
"""Each family of features in a sentence, in the order of the site."""

OPEN = f"{DEFAULT}-open"
"""The model without non-commercial corpora."""

DIRECTIONS = {
    Direction.UP: "expected to raise the score",
    Direction.DOWN: "expected to lower the score",
    Direction.OPEN: "open: may do either",
}
_SUCH_AS = 5


def pages() -> dict[str, str]:
    """Every page that is made from code, by its place in the site."""
    weights = {weight.feature: weight for weight in credscore.load().model.weights}
    made = {"features/index.md": features_index(weights), "lexicons.md": lexicons(), "commands.md": commands()}
    made |= {"model-card.md": card(), f"{OPEN}.md": card(OPEN)}
    return made | {f"features/{family}.md": features_of(family, weights) for family in FAMILIES}


def features_index(weights: dict[str, Weight]) -> str:
    """All features in one table."""
    lines = [
        "# What it looks at\n",
        f"credscore measures {len(credscore.FEATURES)} features. The bundled model `{DEFAULT}` gives a weight to {len(weights)} of them;",
        "the others are measured, shown and free for a model of your own. *Direction* is what more of a feature should do to the score,",
        "by the source named on its page. A model whose weight says the opposite is not shipped.\n",
        "| feature | family | direction | weight |",
        "| --- | --- | --- | ---: |",
    ]
    for feature in credscore.FEATURES:
        weight = f"{weights[feature.name].weight:+.3f}" if feature.name in weights else "–"
        link = f"[{feature.name}]({feature.family}.md#{feature.name})"
        lines.append(f"| {link} | {feature.family} | {DIRECTIONS[feature.direction]} | {weight} |")
    return "\n".join(lines) + "\n"


def features_of(family: str, weights: dict[str, Weight]) -> str:
    """One family: each feature's declaration, its part in the bundled model, and its two examples as they are read now."""
    own = [_feature(feature, weights.get(feature.name)) for feature in credscore.FEATURES if feature.family == family]
    return "\n".join([f"# {family.capitalize()}\n\n{FAMILIES[family]}\n", *own])


def _feature(feature: Feature, weight: Weight | None) -> str:
    return (
        f"## {feature.name} {{ #{feature.name} }}\n\n"
        f"{_marked_down(feature.why)}\n\n"
        f"| | |\n| --- | --- |\n"
        f"| direction | {DIRECTIONS[feature.direction]} |\n"
        f"| unit | {feature.unit} |\n"
        f"| source | {_marked_down(feature.source)} |\n"
        f"| in `{DEFAULT}` | {_part(weight)} |\n\n"
        f"{_example(feature, feature.fires)}\n{_example(feature, feature.silent)}\n"
    )


def _part(weight: Weight | None) -> str:
    if weight is None:
        return "no weight: measured and shown, but it moves no score"
    least, most = (weight.weight * (end - weight.center) for end in (weight.low, weight.high))
    return f"weight {weight.weight:+.3f}: from {least:+.2f} where it is lowest to {most:+.2f} where it is highest, in log-odds"


def _example(feature: Feature, text: str) -> str:
    """A text with the evidence of one feature marked, and what the feature makes of it."""
    headline = feature.family == "headline"
    reading = credscore.read("The bridge fell.", title=text) if headline else credscore.read(text)
    value, found = reading.measured[feature.name]
    pieces, end = [], 0
    for item in sorted(found, key=lambda item: item.start):
        if item.start >= end:
            pieces += [escape(text[end : item.start]), f'<mark title="{escape(item.note)}">{escape(item.text)}</mark>']
            end = item.end
    marked = "".join([*pieces, escape(text[end:])]).replace("\n", "<br>")
    number = "not measured" if value is None else f"{value:.3g}"
    return f'<div class="example"><p>{marked}</p><p>{number}: {escape(feature.reason(value, len(found)))}</p></div>\n'


def lexicons() -> str:
    """The word lists: layers, kinds, how much they hold and where it comes from."""
    lexicon = bundled()
    forms = sum(len(term.terms) for term in lexicon.terms)
    parts = [
        "# Word lists\n",
        f"{len(lexicon.terms):,} entries with {forms:,} forms, digest `{lexicon.digest}`. Each entry is reviewed and names its source;",
        "where a form can be misread, the entry lists its look-alikes, and they stay silent. The lists hold no proper nouns. They lie in",
        "`src/credscore/lexicon/en`, one TOML file a layer; [how to change them](extending.md#words-of-your-own).\n",
        "In a form `#` is a number, `^` a capitalised word and `*` any word.\n",
    ]
    for layer in LAYERS:
        terms = [term for term in lexicon.terms if term.layer == layer]
        parts += [
            f"## {layer.replace('_', ' ')}\n",
            "| kind | entries | forms | look-alikes | what it is | such as |",
            "| --- | ---: | ---: | ---: | --- | --- |",
            *(_kind(kind, [term for term in terms if term.kind == kind]) for kind in dict.fromkeys(term.kind for term in terms)),
            "\nSources:\n",
            *(f"- {_marked_down(lexicon.sources[key])} ({count:,})" for key, count in Counter(term.source for term in terms).most_common()),
            "",
        ]
    return "\n".join(parts)


def _kind(kind: str, terms: list[Term]) -> str:
    counts = [len(terms), sum(len(term.terms) for term in terms), sum(len(term.unless) for term in terms)]
    (note, _), *_ = Counter(term.note for term in terms).most_common(1)
    some = ", ".join(f"`{term.terms[0]}`" for term in terms[:_SUCH_AS])
    return " | ".join(["| " + kind.replace("_", " "), *(f"{count:,}" for count in counts), _marked_down(note), some + " |"])


def commands() -> str:
    """The help of every command."""
    parts = [
        "# Command line\n\nExit status 0: all done; 1: some documents failed, each reported and the rest written; 2: wrong usage.\n",
        *(f"## {name}\n\n```text\n{text}\n```\n" for name, text in _helps("credscore", main)),
    ]
    return "\n".join(parts)


def _helps(name: str, command: click.Command, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=88, **command.context_settings)
    if parent is not None:
        yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for inner in command.commands:
            yield from _helps(inner, command.commands[inner], context)


def card(model: str = DEFAULT) -> str:
    """The model card that lies beside a model, its links turned to the site."""
    text = (ROOT / "models" / f"{model}.md").read_text(encoding="utf8")
    return text.replace("(../docs/", "(").replace(f"({DEFAULT}.md)", "(model-card.md)")


def figures_of_card() -> str:
    """The card's figures, from their heading to the next one."""
    _, _, after = card().partition("\n## Figures\n")
    return after.partition("\n## ")[0]


def speed_of_card() -> tuple[str, str]:
    """The card's tables on speed, the last part of its figures: credscore's own, and the one with other readers of texts."""
    _, _, after = figures_of_card().partition("\n### Speed\n")
    own, heading, peers = after.partition("\n### ")[0].partition("\nOther readers of texts")
    return own, heading + peers


def _marked_down(text: str) -> str:
    """Plain text as Markdown that shows it, inside a table too."""
    return escape(text, quote=False).replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def made_by(page: Path) -> dict[str, bytes]:
    """The pictures that a page's own code blocks write, by name: what is shown is what they make."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "fixtures").symlink_to(ROOT / "fixtures")
        for _ in run(page.read_text(encoding="utf8"), page.name, folder):
            pass
        return {item.name: item.read_bytes() for item in sorted(folder.glob("*.svg"))}


def on_files(files: Any, config: Any) -> Any:
    """MkDocs: add the pages made from code and the pictures that the pages make."""
    from mkdocs.structure.files import File

    for place, content in pages().items():
        files.append(File.generated(config, place, content=content))
    tables = tables_of(figures_of_card())
    pictures = made_by(ROOT / "docs" / "plots.md") | {"held-out.svg": drawn(held_out(tables)), "selective.svg": drawn(selective(tables))}
    pictures |= {f"speed-{palette}.svg": drawn(speed(tables, palette)) for palette in TONES}
    for name, picture in pictures.items():
        files.append(File.generated(config, name, content=picture))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """MkDocs: put the card's figures where a page asks for them: all, those on speed, or those of other readers beside it."""
    own, peers = speed_of_card()
    parts = {"figures": figures_of_card(), "speed": own, "peers": peers}
    for name, figures in parts.items():
        markdown = markdown.replace(f"<!-- {name} of the card -->", figures)
    return markdown
