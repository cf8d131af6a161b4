"""Several accounts of one event beside each other: their scores, and the features in which they differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from credscore.score import Contribution, Score, Scorer, load
from credscore.text.document import Document


class Account(NamedTuple):
    """A document and its score."""

    document: Document
    score: Score


class Row(NamedTuple):
    """One feature across the accounts, in their order. `spread` is how far apart its amounts lie, in log-odds."""

    feature: str
    family: str
    spread: float
    cells: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Accounts scored by one model, in the order in which they were given.

    It tells how differently they are sourced and worded, not which of them is right.
    """

    accounts: tuple[Account, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be compared."""
        if not self.accounts:
            raise ValueError("A comparison needs at least one account; none was given.")
        if len({account.score.signature for account in self.accounts}) > 1:
            raise ValueError("The scores come from different models or versions: score all accounts with one scorer.")

    @property
    def ranked(self) -> tuple[Account, ...]:
        """The accounts, highest score first; equal scores as given."""
        return tuple(sorted(self.accounts, key=lambda account: -account.score.value))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The model's features with their contributions to the accounts as `ranked`, those that differ most in effect first."""
        by_name = [{item.feature: item for item in account.score.contributions} for account in self.ranked]
        made = []
        for feature in by_name[0]:
            cells = tuple(names[feature] for names in by_name)
            amounts = [cell.amount for cell in cells]
            made.append(Row(feature, cells[0].family, max(amounts) - min(amounts), cells))
        return tuple(sorted(made, key=lambda row: (-row.spread, row.feature)))

    @property
    def telling(self) -> tuple[tuple[Contribution, ...], ...]:
        """For each account as `ranked` its contributions, those first that lie farthest from the median of all accounts."""
        from statistics import median

        rows = self.rows
        middle = {row.feature: median(cell.amount for cell in row.cells) for row in rows}
        columns = zip(*(row.cells for row in rows), strict=True)
        return tuple(tuple(sorted(cells, key=lambda cell: -abs(cell.amount - middle[cell.feature]))) for cells in columns)

    @property
    def strongest(self) -> float:
        """The largest effect of any feature on any account, in log-odds without its sign: what a full bar stands for."""
        return max((abs(item.amount) for account in self.accounts for item in account.score.contributions), default=0.0)

    def _repr_html_(self) -> str | None:
        """The comparison in a notebook; `None`, which notebooks take as plain text, without the extra `report`."""
        from credscore.errors import MissingExtra
        from credscore.report import html

        try:
            return html.comparison_card(self)
        except MissingExtra:
            return None


def compare(documents: Iterable[str | Mapping[str, Any] | Document], scorer: Scorer | None = None) -> Comparison:
    """Score accounts of one event and set them side by side.

    Raises `UnscorableText` if one of them cannot be scored, `ValueError` if there is none.
    """
    scorer = scorer or load()
    known = [Document.of(document) for document in documents]
    return Comparison(tuple(Account(document, scorer.score_document(document)) for document in known))
