"""The explanation as one HTML file: no request leaves it, and nothing in a text can act in it.

Jinja2 escapes everything that comes from a document; the page's own style and script are the only markup that is passed
as it is, and a Content-Security-Policy names their digests, so that no other style sheet, script, picture or connection
is allowed. Views round numbers and place them on an axis; all else comes from the score.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from credscore.errors import MissingExtra
from credscore.evidence.evidence import Evidence
from credscore.features.catalogue import BY_NAME
from credscore.report.comparison import Comparison
from credscore.report.marked import Segment, paragraphs
from credscore.report.shown import LAYERS, NOT_CHECKED, kind_label, label_of, layer_of, legible, standing, told_of, varied
from credscore.report.sources import Voice, Withheld, voices, withheld
from credscore.report.waterfall import Axis, waterfall
from credscore.score import Contribution, Score

if TYPE_CHECKING:
    from jinja2 import Environment

_CLIPPED = 52
_OPENING = 64
_LOADED = ("loaded", "booster")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_ACCOUNTS = len(_LETTERS)


class Finding(NamedTuple):
    """A piece of evidence with the contributions it counts in; `id` is its name in the page."""

    id: str
    evidence: Evidence
    layer: str
    counted: tuple[Contribution, ...]


class Sheet:
    """A scored document as the templates see it. `key` (letters) sets its names in the page apart from those of other sheets."""

    def __init__(self, score: Score, text: str, title: str | None, key: str = "T") -> None:
        self.score = score
        self.key = key
        self.opening = _clip(text, _OPENING)
        self.label = label_of(score, title)
        self.text = text
        self.title = title
        self._number = {id(item): number for number, item in enumerate(score.evidence)}

    @cached_property
    def findings(self) -> list[Finding]:
        """All evidence, each with where it counts, in the order of the score."""
        counted: dict[int, list[Contribution]] = {}
        for contribution in self.score.contributions:
            for item in contribution.evidence:
                counted.setdefault(id(item), []).append(contribution)
        return [
            Finding(f"{self.key}{number}", item, layer_of(item), tuple(counted.get(id(item), ())))
            for number, item in enumerate(self.score.evidence)
        ]

    @property
    def in_reading_order(self) -> list[Finding]:
        """All findings, the headline's first."""
        return sorted(self.findings, key=lambda finding: (finding.evidence.field != "title", finding.evidence.start, finding.evidence.end))

    def ids(self, evidence: Sequence[Evidence]) -> str:
        """The names of some evidence in the page, in reading order, separated by spaces."""
        ordered = sorted(evidence, key=lambda item: (item.field != "title", item.start, item.end))
        return " ".join(f"{self.key}{self._number[id(item)]}" for item in ordered)

    def _field(self, field: str, text: str) -> list[list[Segment]]:
        return paragraphs(text, ((number, item) for number, item in enumerate(self.score.evidence) if item.field == field))

    @cached_property
    def paragraphs(self) -> list[list[Segment]]:
        """The body in segments."""
        return self._field("text", self.text)

    @cached_property
    def headline(self) -> list[Segment]:
        """The headline in segments; empty where none was given."""
        return [segment for paragraph in self._field("title", self.title or "") for segment in paragraph]

    def layers_at(self, segment: Segment) -> list[tuple[str, str]]:
        """`(layer, classes)` of the marks on a segment, the outermost first; each layer once.

        A mark is pale (`q`) where all its findings are somebody else's words.
        """
        made = []
        for layer in LAYERS:
            there = [self.findings[number].evidence for number in segment.found if self.findings[number].layer == layer.key]
            if there:
                pale = " q" if all(item.in_quote for item in there) else ""
                made.append((layer.key, f"l-{layer.key} k-{there[-1].kind}{pale}"))
        return made

    @cached_property
    def counts(self) -> Counter[str]:
        """Findings by layer."""
        return Counter(finding.layer for finding in self.findings)

    @cached_property
    def voices(self) -> list[Voice]:
        """The table of sources."""
        return voices(self.text, self.score.evidence)

    @property
    def withheld(self) -> Withheld:
        """What is told of the unnamed."""
        return withheld(self.score.evidence)

    @property
    def heard(self) -> list[tuple[str, int]]:
        """Sources by kind, the most common kind first."""
        return Counter(voice.kind for voice in self.voices).most_common()

    @property
    def absent(self) -> list[Contribution]:
        """What was looked for and not found."""
        return [item for item in self.score.contributions if item.value == 0.0 and not item.evidence]

    @property
    def unmeasured(self) -> list[Contribution]:
        """What could not be measured in this text."""
        return [item for item in self.score.contributions if item.value is None]

    def words_of(self, layer: str, *, in_quote: bool) -> list[tuple[str, int, str]]:
        """`(wording, times, ids)` of a layer's findings in the body and headline, strongest first."""
        groups: dict[str, list[Evidence]] = {}
        for item in self.score.evidence:
            if item.layer == layer and item.in_quote is in_quote:
                groups.setdefault(item.text.casefold(), []).append(item)
        ordered = sorted(groups.values(), key=lambda items: (-items[0].strength, -len(items), items[0].start))
        return [(items[0].text, len(items), self.ids(items)) for items in ordered]


class _Own(NamedTuple):
    """A style sheet or script of the page, and its digest for the Content-Security-Policy."""

    source: str
    digest: str


@cache
def _own(*names: str) -> _Own:
    """Files of the page's own, which hold nothing of any document, joined and not escaped."""
    from markupsafe import Markup

    source = "".join(_environment().get_template(name).render() for name in names)
    return _Own(Markup(source), "sha256-" + b64encode(sha256(source.encode()).digest()).decode())


@cache
def _environment() -> "Environment":
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise MissingExtra("jinja2", "report") from error
    environment = Environment(
        loader=PackageLoader("credscore.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "signed": _signed,
        "direction": _direction,
        "legible": legible,
        "clip": _clip,
        "kind": kind_label,
        "standing": standing,
        "told": told_of,
        "varied": varied,
    }
    environment.globals |= {
        "LAYERS": LAYERS,
        "LABELS": {layer.key: layer.label for layer in LAYERS},
        "NOT_CHECKED": NOT_CHECKED,
        "LOADED": _LOADED,
        "FEATURES": BY_NAME,
    }
    return environment


def _signed(amount: float, places: int = 2) -> str:
    """An amount with its sign, a true minus.

    >>> _signed(-0.516), _signed(0.0)
    ('−0.52', '±0.00')
    """
    rounded = f"{amount:+.{places}f}"
    if not float(rounded):
        return "±" + rounded[1:]
    return rounded.replace("-", "−")


def _direction(amount: float) -> str:
    """The class of an amount: `up`, `down`, or `level` where it is shown as zero."""
    return {"+": "up", "−": "down", "±": "level"}[_signed(amount)[0]]


def _clip(text: str, most: int = _CLIPPED) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _page(template: str, **values: Any) -> str:
    environment = _environment()
    return environment.get_template(template).render(style=_own("apparatus.css", "page.css"), script=_own("page.js"), **values)


def _card(template: str, **values: Any) -> str:
    environment = _environment()
    return environment.get_template(template).render(style=_own("apparatus.css"), **values)


def page(score: Score, text: str, title: str | None = None) -> str:
    """The report of one document as a whole page; `text` and `title` are what was scored.

    Raises `MissingExtra` without the extra `report`, `ValueError` if the text is not the one that was scored.
    """
    sheet = Sheet(score, text, title)
    _check(sheet)
    return _page("report.html.j2", sheet=sheet, fall=waterfall(score))


def comparison_page(comparison: Comparison) -> str:
    """Several accounts beside each other as a whole page.

    Raises `MissingExtra` without the extra `report`, `ValueError` for more than 26 accounts.
    """
    return _page("comparison.html.j2", **_compared(comparison))


def card(score: Score) -> str:
    """A score as a fragment for a notebook: the number, its reasons and the words behind them, without the text."""
    return _card("card.html.j2", sheet=Sheet(score, "", None), fall=waterfall(score))


def comparison_card(comparison: Comparison) -> str:
    """A comparison as a fragment for a notebook."""
    return _card("comparison_card.html.j2", **_compared(comparison))


def _compared(comparison: Comparison) -> dict[str, Any]:
    if len(comparison.accounts) > MOST_ACCOUNTS:
        raise ValueError(f"{len(comparison.accounts)} accounts are too many to read beside each other; give at most {MOST_ACCOUNTS}.")
    sheets = [
        Sheet(score, document.text, document.title, letter) for letter, (document, score) in zip(_LETTERS, comparison.ranked, strict=False)
    ]
    for sheet in sheets:
        _check(sheet)
    reach = comparison.strongest or 1.0
    return {
        "sheets": sheets,
        "rows": comparison.rows,
        "telling": comparison.telling,
        "axis": Axis(-reach, reach),
        "counts": sum((sheet.counts for sheet in sheets), Counter()),
        "signature": comparison.accounts[0].score.signature,
    }


def _check(sheet: Sheet) -> None:
    """Refuse a text whose characters are not those of the evidence: marks in the wrong places would be a lie."""
    where = {"text": sheet.text, "title": sheet.title or ""}
    for item in sheet.score.evidence:
        if where[item.field][item.start : item.end] != item.text:
            raise ValueError(
                f"The {item.field} is not the one that was scored: characters {item.start}–{item.end} differ from the evidence."
            )
