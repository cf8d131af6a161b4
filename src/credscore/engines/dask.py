"""Dask: a data frame's partitions, each scored where it is. joblib's jobs run on a cluster too, see `credscore.sklearn`."""

from typing import Any

from credscore import columns
from credscore.engines import check
from credscore.score import Scorer, default_scorer


def score(frame: Any, scorer: Scorer | None = None, **names: Any) -> Any:
    """The scores of a Dask `DataFrame`, row for row and partition for partition, as another; nothing is computed yet.

    `names` are those of `columns.score`: `text="body"` names the column of texts. Raises `MissingExtra` without Dask, `TypeError`
    for another table and `KeyError` for a column that is not there.
    """
    check(frame, "dask.dataframe", "DataFrame", extra="dask")
    scorer = scorer or default_scorer()
    empty = columns.score(frame._meta, scorer, **names)
    return frame.map_partitions(columns.score, scorer, meta=empty, **names)
