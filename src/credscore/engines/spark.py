"""Spark: `mapInArrow`, so that rows go to Python and back as Arrow batches."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from credscore import columns
from credscore.engines import check
from credscore.score import Scorer, default_scorer

_KINDS = {str: "string", float: "double", int: "bigint"}


def score(frame: Any, scorer: Scorer | None = None, **names: Any) -> Any:
    """The scores of a Spark `DataFrame`, a row a row, as another; nothing is computed yet. Join on `id`: Spark keeps no order.

    `names` are those of `columns.score`: `text="body"` names the column of texts. Raises `MissingExtra` without Spark, `TypeError`
    for another table and `KeyError` for a column that is not there.
    """
    check(frame, "pyspark.sql", "DataFrame", extra="spark")
    scorer = scorer or default_scorer()
    columns.score({name: [] for name in frame.columns}, scorer, **names)  # a wrong name is told here, not by a worker
    schema = ", ".join(f"`{name}` {_KINDS[kind]}" for name, kind in columns.kinds_of(scorer.model).items())
    return frame.mapInArrow(partial(_scored, scorer=scorer, names=names), schema)


def _scored(batches: Iterable[Any], scorer: Scorer, names: dict[str, Any]) -> Iterator[Any]:
    for batch in batches:
        yield columns.score(batch, scorer, **names)
