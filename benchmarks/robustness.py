"""Robustness: how far a score moves when nothing, or nothing honest, has changed.

On: the fixtures, and, where `CREDSCORE_DATA` names a corpus folder, every fortieth text of the article corpora. How: each document
is scored as it is and changed, both with its headline; a move is the difference in points (0–100). *Invariance*: changes that a
reader would call none. *Evasion*: every word that the score rests on, hidden from word lists. *Gaming*: what a writer who knows
the features could add or strike. *Restyling*: invented stories told in two manners. *Ceilings*: what a feature can do at most, as
its value is clamped to its training range.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from math import tanh
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

import credscore
from benchmarks import ROOT, corpora
from benchmarks.spelling import american, british, respelled
from benchmarks.tables import Cell, SkippedError, Table
from credscore.batch.sources import headline_of
from credscore.features.catalogue import BY_NAME
from credscore.model import LinearModel
from credscore.text.segment import ABBREVIATIONS
from credscore.training import data

FIXTURES = ROOT / "fixtures"
EVERY = 40
COLUMNS = ("change", "documents", "moved", "mean", "largest")

Change = Callable[[credscore.Document], credscore.Document]


# Invariance


def _of_text(change: Callable[[str], str]) -> Change:
    return lambda document: credscore.Document(change(document.text), title=document.title)


def _of_title(change: Callable[[str], str]) -> Change:
    return lambda document: credscore.Document(document.text, title=document.title and change(document.title))


def _both(change: Callable[[str], str]) -> Change:
    return lambda document: credscore.Document(change(document.text), title=document.title and change(document.title))


STRAIGHT = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')


def _well_decoded(change: Change) -> Change:
    """A change of texts without wrong decoding: their quotation marks are other characters, and they were wrapped before it."""

    def changed(document: credscore.Document) -> credscore.Document:
        notices = corpora.scorer().reader.read(document).notices
        return document if any(notice.code == "mojibake" for notice in notices) else change(document)

    return changed


_OPENING = re.compile(r'(^|(?<=[\s(\[—–]))"', re.MULTILINE)


def curled(text: str) -> str:
    """Straight double quotation marks as curly ones.

    >>> curled('"Yes," she said. He said: "No."')
    '“Yes,” she said. He said: “No.”'
    """
    return _OPENING.sub("“", text).replace('"', "”")


def wrapped(text: str, width: int = 72) -> str:
    """Each paragraph in lines of at most `width` characters, with blank lines between paragraphs."""
    paragraphs = []
    for paragraph in filter(None, map(str.strip, text.split("\n"))):
        line, *words = paragraph.split(" ")
        lines = []
        for word in words:
            if len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}"
        paragraphs.append("\n".join([*lines, line]))
    return "\n\n".join(paragraphs)


def first_half(text: str) -> str:
    """The paragraphs up to the middle of a text."""
    paragraphs = text.split("\n")
    kept: list[str] = []
    while paragraphs and (not kept or 2 * sum(map(len, kept)) < len(text)):
        kept.append(paragraphs.pop(0))
    return "\n".join(kept)


_PERSON = re.compile(r"([A-Z][a-z]+) ([A-Z][a-z]+)")
_INVENTED = ("Quellan", "Ostrava", "Wim", "Brandsetter", "Yelverton", "Zanduw", "Kestrelby", "Ulm")


def renamed(document: credscore.Document) -> credscore.Document:
    """Every named source under an invented name of another length, everywhere; names that are words too stay as they are."""
    reader = corpora.scorer().reader
    fields = f"{document.title or ''}\n{document.text}"
    small = set(re.findall(r"\b[a-z]+\b", fields))
    sources = [item for item in reader.read(document).evidence if item.layer == "sourcing"]
    crowds = {word for item in sources if item.kind == "vague" for word in item.text.split()}
    people = [_PERSON.fullmatch(item.text) for item in sources if item.kind == "named_person"]
    parts = dict.fromkeys(part for person in people if person for part in person.groups() if part not in crowds)
    free = [part for part in parts if not reader.knows(part.lower()) and part.lower() not in small and part.lower() not in ABBREVIATIONS]
    new = {name: _INVENTED[number % len(_INVENTED)] + "aeiou"[number // len(_INVENTED) % 5] for number, name in enumerate(free[:40])}
    if not new:
        return document
    new |= {name.upper(): invented.upper() for name, invented in new.items()}  # as a transcript or a headline has it
    pattern = re.compile("(?<![A-Za-z])(" + "|".join(new) + ")(?![A-Za-z])")
    return _both(lambda field: pattern.sub(lambda name: new[name[0]], field))(document)


INVARIANCE: Mapping[str, Change] = {
    "named sources renamed": renamed,
    "American spelling": _both(lambda text: respelled(text, american)),
    "British spelling": _both(lambda text: respelled(text, british)),
    "straight quotation marks": _well_decoded(_both(lambda text: text.translate(STRAIGHT))),
    "curly quotation marks": _both(curled),
    "lines wrapped at 72 characters": _well_decoded(_of_text(wrapped)),
    "carriage returns": _of_text(lambda text: text.replace("\n", "\r\n")),
    "headline in title case": _of_title(lambda title: re.sub(r"\b[a-z]", lambda letter: letter[0].upper(), title)),
    "the text twice": _of_text(lambda text: f"{text}\n\n{text}"),
    "the first half": _of_text(first_half),
}
"""Changes that a reader would call none; the last two keep the manner of a text, not all of its contents."""

# Evasion

_WORDING = ("loaded", "booster", "hedge", "weasel")


def hidden(trick: Callable[[str], str]) -> Change:
    """Every wording finding of the writer's own with the longest of its words under a trick."""

    def change(document: credscore.Document) -> credscore.Document:
        reader = corpora.scorer().reader
        found = [
            item
            for item in reader.read(document).evidence
            if item.layer in _WORDING and item.field == "text" and not item.in_quote and item.term
        ]
        pieces, done = [], 0
        for item in sorted(found, key=lambda item: item.start):
            words = [word for word in re.findall("[A-Za-z]+", item.text) if reader.knows(word.lower())]
            word = max(words, key=len, default="")
            if item.start >= done and len(word) > 3:
                pieces += [document.text[done : item.start], item.text.replace(word, trick(word), 1)]
                done = item.end
        return credscore.Document("".join([*pieces, document.text[done:]]), title=document.title)

    return change


BOLD = {ord(letter): 0x1D400 + number for number, letter in enumerate(ascii_uppercase + ascii_lowercase)}
EVASION: Mapping[str, Change] = {
    "Cyrillic letters": hidden(lambda word: word.translate(str.maketrans("aeopcyxi", "аеорсухі"))),
    "bold mathematical letters": hidden(lambda word: word.translate(BOLD)),
    "zero-width spaces": hidden("\u200b".join),
    "soft hyphens": hidden("\xad".join),
    "struck through": hidden(lambda word: "\u0336".join(word) + "\u0336"),
    "letters set apart": hidden(" ".join),
    "hyphens between letters": hidden("-".join),
    "digits for letters": hidden(lambda word: word.translate(str.maketrans("aeio", "4310"))),
    "an emoji inside": hidden(lambda word: f"{word[:2]}😀{word[2:]}"),
    "HTML entities": hidden(lambda word: "".join(f"&#{ord(char)};" for char in word)),
    "wrongly decoded text": _of_text(lambda text: text.encode("utf8").decode("cp1252", "replace")),
    "a letter left out": hidden(lambda word: word[:2] + word[3:]),
}
"""Ways to hide a word from a word list; the last one, a misspelling, is not undone."""

# Gaming

_SOURCES = (
    "“It will be finished before the winter,” said Tamsin Vell, an engineer at the water board.",
    "“We were told in March,” Doran Pyke, the deputy mayor, said in an interview.",
    "Lise Okoro, a professor of geology at the university, said the figures were sound.",
    "Henrik Sallow, who runs the ferry, told the Gazette that he had seen the papers.",
    "According to Maud Teller, a lawyer for the families, the hearing will be held in May.",
    "“There is no reason to wait,” said Ivo Marsh, a spokesman for the harbour.",
    "Nessa Quill, the auditor, wrote in her report that the money had been returned.",
    "“Nobody asked us,” said Petra Lune, who owns a shop on the square.",
    "Colin Stray, a member of the council, said that he would vote against it.",
    "Ada Brightwater, the head of the union, said her members had agreed.",
)


def _added(*sentences: str) -> Change:
    return _of_text(lambda text: text + "\n\n" + " ".join(sentences))


def without(*layers: str) -> Change:
    """The text without every finding of some layers in the writer's own words."""

    def change(document: credscore.Document) -> credscore.Document:
        kept, done = [], 0
        for item in sorted(corpora.scorer().reader.read(document).evidence, key=lambda item: item.start):
            if item.layer in layers and item.field == "text" and not item.in_quote and item.start >= done:
                kept.append(document.text[done : item.start])
                done = item.end
        return credscore.Document("".join([*kept, document.text[done:]]), title=document.title)

    return change


GAMING: dict[str, Change] = {
    "ten invented named sources": _added(*_SOURCES),
    "ten hedges": _added(*["It may be that the matter is likely to come before the council."] * 5),
    "a wire-style dateline": _of_text(lambda text: "OSTREL, May 4 (Northline) - " + text),
    "a correction line": _added("Correction: An earlier version of this article gave the wrong date for the hearing."),
    "'declined to comment', five times": _added(*["The ministry declined to comment."] * 5),
    "'could not be verified', five times": _added(*["The account could not be independently verified."] * 5),
    "ten dates and figures": _added(*["On Tuesday, 4 May, 212 people met in room 14."] * 5),
    "an invented document, five times": _added(*["A report by the county auditor said that the bridge was safe."] * 5),
    "all loaded terms deleted": without("loaded"),
    "all loaded terms, boosters and weasels deleted": without("loaded", "booster", "weasel"),
    "all boilerplate deleted": without("boilerplate"),
    "no headline": lambda document: credscore.Document(document.text),
}


def _everything(document: credscore.Document) -> credscore.Document:
    for name, change in GAMING.items():
        if name != "all of these together":
            document = change(document)
    return document


GAMING["all of these together"] = _everything
"""What a writer who knows the features could do to a finished text, without another word of reporting."""

# Measuring


class Move(NamedTuple):
    """Points before and after a change."""

    before: float
    after: float

    @property
    def points(self) -> float:
        """How far the score moved, up or down."""
        return self.after - self.before


@cache
def fixtures() -> tuple[credscore.Document, ...]:
    """The fixture documents with their headlines."""
    return tuple(_document(path) for path in sorted((FIXTURES / "documents").glob("*.md")))


def _document(path: Path) -> credscore.Document:
    title, text = headline_of(path.read_text(encoding="utf8"))
    return credscore.Document(text, id=path.stem, title=title)


def restyled() -> list[list[Cell]]:
    """The invented stories that are told twice, plainly and luridly, with the score of either telling."""
    score = corpora.scorer().score_document
    stories = [_document(path) for path in sorted((FIXTURES / "restyled").glob("*.md"))]
    values = {document.id or "": score(document).value for document in stories}
    rows: list[list[Cell]] = []
    for lurid, plain in (("tabloid", "report"), ("hoax", "wire")):
        for name, retold in values.items():
            if name.endswith(lurid):
                story = name.removesuffix(f"-{lurid}")
                told = values[f"{story}-{plain}"]
                rows.append([story, plain, told, lurid, retold, abs(told - retold)])
    return rows


@cache
def sampled() -> tuple[credscore.Document, ...]:
    """Every fortieth text of the article corpora that can be scored. Raises `SkippedError` where there is no corpus folder."""
    names = (*data.ARTICLES, *data.SIDE_TESTS)
    found = [
        credscore.Document(row["text"], title=row.get("title") or None)
        for name in names
        for row in islice(corpora.rows(f"articles/{name}"), 0, None, EVERY)
    ]
    return tuple(document for document in found if isinstance(corpora.scorer().try_score(document), credscore.Score))


def moves(change: Change, documents: Sequence[credscore.Document]) -> Iterator[Move]:
    """Each document before and after a change; those that can no longer be scored are left out."""
    scorer = corpora.scorer()
    for document in documents:
        after = scorer.try_score(change(document))
        if isinstance(after, credscore.Score):
            yield Move(_before(document), after.value)


@cache
def _before(document: credscore.Document) -> float:
    return corpora.scorer().score_document(document).value


def row(name: str, change: Change, documents: Sequence[credscore.Document]) -> list[Cell]:
    """How often, on average and at most a change moves a score, up or down, in points."""
    sizes = [abs(move.points) for move in moves(change, documents)]
    return [name, len(sizes), sum(size > 0 for size in sizes), sum(sizes) / len(sizes), max(sizes)]


def gain(name: str, change: Change, documents: Sequence[credscore.Document]) -> list[Cell]:
    """How often a change raises a score, what it gains on average and at most, in points."""
    gains = [move.points for move in moves(change, documents)]
    return [name, len(gains), sum(points > 0 for points in gains), sum(gains) / len(gains), max(gains)]


def ceiling(model: LinearModel, feature: str) -> float:
    """The most points a feature can move a score, from one end of its training range to the other: 100·tanh(swing / 4)."""
    (weight,) = [weight for weight in model.weights if weight.feature == feature]
    return 100 * tanh(abs(weight.weight) * (weight.high - weight.low) / 4)


def ceilings(model: LinearModel) -> list[list[Cell]]:
    """The features that can move a score farthest, with the most points each can move it."""
    rows: list[list[Cell]] = [[BY_NAME[weight.feature].label, ceiling(model, weight.feature)] for weight in model.weights]
    return sorted(rows, key=lambda row: -float(row[1] or 0))[:10]


def run() -> list[Table]:
    """Invariance, evasion and gaming on the fixtures and on real news, and the ceilings."""
    tables = []
    places = [("fixtures", fixtures())]
    with suppress(SkippedError):
        places.append(("real news", sampled()))
    for place, documents in places:
        tables += [
            Table(f"Invariance, {place}: points moved", COLUMNS, [row(*item, documents) for item in INVARIANCE.items()]),
            Table(f"Evasion, {place}: points moved", COLUMNS, [row(*item, documents) for item in EVASION.items()]),
            Table(f"Gaming, {place}: points gained", COLUMNS, [gain(*item, documents) for item in GAMING.items()]),
        ]
    columns = ("story", "told as", "points", "and as", "points of that", "apart")
    tables.append(Table("Restyling: the same story told twice", columns, restyled()))
    note = "From one end of the range of nearly all training texts to the other; beyond it a value counts as at the end."
    return [*tables, Table("The most points one feature can move a score", ("feature", "points"), ceilings(corpora.scorer().model), note)]
