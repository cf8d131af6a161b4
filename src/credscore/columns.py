"""Scores as columns: a table in, a table of the same kind out, one row a row. pandas, Polars, Arrow, or a dict of lists.

    >>> from credscore import columns
    >>> made = columns.score({"id": ["a", "b"], "text": ["Too short.", ""]})
    >>> made["id"], made["error"]
    (['a', 'b'], ['too_short', 'empty'])

A dict of lists is also what `datasets.map(…, batched=True)` hands to a function and takes from it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from credscore.score import Failure, Score, Scorer, default_scorer

if TYPE_CHECKING:
    from credscore.model import LinearModel

Column = list[Any]
Kinds = dict[str, type]

_FIELDS: Kinds = {
    "id": str, "source": str, "date": str, "value": float, "low": float, "high": float, "logit": float, "words": int,
    "notices": str, "error": str, "signature": str,
}  # fmt: skip


def kinds_of(model: "LinearModel") -> Kinds:
    """The columns of scores, each with the type of its cells, any of which may be `None`: what is told, then every feature."""
    return {**_FIELDS, **{weight.feature: float for weight in model.weights}}


def row_of(result: Score | Failure, kinds: Iterable[str]) -> dict[str, Any]:
    """A result as one row: notices by their codes with spaces between, an error by its code, features by their names."""
    if isinstance(result, Failure):
        return {**dict.fromkeys(kinds), "id": _storable(result.id), "error": result.code}
    told = {
        "id": _storable(result.id),
        "source": _storable(result.source),
        "date": _storable(result.date),
        "value": result.value,
        "low": result.interval[0],
        "high": result.interval[1],
        "logit": result.logit,
        "words": result.words,
        "notices": " ".join(notice.code for notice in result.notices),
        "error": None,
        "signature": str(result.signature),
    }
    return {name: told[name] if name in told else result.features[name] for name in kinds}


def _storable(told: str | None) -> str | None:
    """Half a surrogate pair, which no table can hold, becomes a question mark."""
    return told and told.encode("utf8", "replace").decode("utf8")


def score(
    table: Any,
    scorer: Scorer | None = None,
    *,
    text: str = "text",
    id: str = "id",  # noqa: A002 - the name of the field
    title: str = "title",
    source: str = "source",
    date: str = "date",
    jobs: int = 1,
) -> Any:
    """The scores of a table's rows, in their order, as a table of the same kind: the columns of `kinds_of`.

    `table` is a pandas or Polars `DataFrame`, an Arrow `Table` or `RecordBatch`, or a dict of lists. The names are those of its
    columns, of which `text` must be there, and every one that is named otherwise than here. A row that cannot be scored has the
    code of its failure under `error`. pandas keeps its index. Raises `KeyError` for a column that is not there, and `TypeError` for
    what is no table.
    """
    family = type(table).__module__.partition(".")[0]
    if family not in _FAMILIES and not isinstance(table, Mapping):
        raise TypeError(f"A table is of pandas, Polars or Arrow, or a dict of lists; this is {type(table).__name__}.")
    names, taken, made = _FAMILIES.get(family, _OF_LISTS)
    there = list(names(table))
    wanted = {"text": text, "id": id, "title": title, "source": source, "date": date}
    for field, column in wanted.items():
        if column not in there and (field == "text" or column != field):
            raise KeyError(f"The table has no column {column!r}; its columns are {', '.join(map(str, there))}. Name it with {field}=.")
    given = {field: taken(table, column) for field, column in wanted.items() if column in there}
    scorer = scorer or default_scorer()
    kinds = kinds_of(scorer.model)
    columns: dict[str, Column] = {name: [] for name in kinds}
    for result in scorer.score_many(_rows(given), jobs=jobs, keep_evidence=False):
        for name, cell in row_of(result, kinds).items():
            columns[name].append(cell)
    return made(columns, kinds, table)


def _rows(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for cells in zip(*columns.values(), strict=True):
        yield dict(zip(columns, cells, strict=True))


def _pandas(columns: dict[str, Column], kinds: Kinds, table: Any) -> Any:
    import pandas

    kind = {str: "string", float: "float64", int: "Int64"}
    return pandas.DataFrame({name: pandas.Series(cells, table.index, kind[kinds[name]]) for name, cells in columns.items()})


def _polars(columns: dict[str, Column], kinds: Kinds, _: Any) -> Any:
    import polars

    return polars.DataFrame(columns, dict(kinds))


def _arrow(columns: dict[str, Column], kinds: Kinds, table: Any) -> Any:
    return type(table).from_pydict(columns, schema=arrow_schema(kinds))


def arrow_schema(kinds: Kinds) -> Any:
    """The Arrow schema of some columns."""
    import pyarrow

    kind = {str: pyarrow.string(), float: pyarrow.float64(), int: pyarrow.int64()}
    return pyarrow.schema([(name, kind[of]) for name, of in kinds.items()])


_Family = tuple[Callable[[Any], Iterable[str]], Callable[[Any, str], Sequence[Any]], Callable[[dict[str, Column], Kinds, Any], Any]]
_OF_LISTS: _Family = (lambda table: table, lambda table, name: table[name], lambda columns, kinds, table: columns)
_FAMILIES: dict[str, _Family] = {
    "pandas": (
        lambda table: table.columns,
        lambda table, name: table[name].astype(object).where(table[name].notna(), None).tolist(),
        _pandas,
    ),
    "polars": (lambda table: table.columns, lambda table, name: table[name].to_list(), _polars),
    "pyarrow": (lambda table: table.schema.names, lambda table, name: table.column(name).to_pylist(), _arrow),
}
"""For each kind of table: the names of its columns, the cells of one, and how a table is made from columns."""
