"""Ray Data: `map_batches` over Arrow tables."""

from typing import Any

from credscore import columns
from credscore.engines import check
from credscore.score import Scorer, default_scorer


def score(dataset: Any, scorer: Scorer | None = None, **names: Any) -> Any:
    """The scores of a Ray `Dataset`, row for row, as another; nothing is computed yet.

    `names` are those of `columns.score`: `text="body"` names the column of texts. Raises `MissingExtra` without Ray, `TypeError`
    for another table and `KeyError` for a column that is not there.
    """
    check(dataset, "ray.data", "Dataset", extra="ray")
    scorer = scorer or default_scorer()
    if there := dataset.columns():  # Ray may not know them before it reads
        columns.score({name: [] for name in there}, scorer, **names)  # a wrong name is told here, not by a worker
    return dataset.map_batches(columns.score, batch_format="pyarrow", fn_kwargs={"scorer": scorer, **names})
