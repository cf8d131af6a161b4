"""Dask: a data frame's partitions, each scored where it is. joblib's jobs run on a cluster too, see `credscore.sklearn`."""

from typing import Any

from credscore import columns
from credscore.errors import MissingExtra
from credscore.score import Scorer, default_scorer


def score(frame: Any, scorer: Scorer | None = None, **names: Any) -> Any:
    """The scores of a Dask `DataFrame`, row for row and partition for partition, as another; nothing is computed yet.

    `names` are those of `columns.score`: `text="body"` names the column of texts. Raises `MissingExtra` without Dask, `TypeError`
    for another table and `KeyError` for a column that is not there.
    """
    try:
        from dask.dataframe import DataFrame
    except ImportError as error:
        raise MissingExtra("dask", "dask") from error
    if not isinstance(frame, DataFrame):
        raise TypeError(f"This takes a dask.dataframe.DataFrame, not a {type(frame).__name__}; one table is for credscore.columns.score.")
    scorer = scorer or default_scorer()
    empty = columns.score(frame._meta, scorer, **names)
    return frame.map_partitions(columns.score, scorer, meta=empty, **names)
