"""Floor 5: the same scores on more than one machine. Each engine is a few lines around `credscore.columns.score`.

An adapter takes an engine's table and gives an engine's table with the columns of `credscore.columns`, lazily where the engine is
lazy. The scorer travels with the work, so that all workers score with the same model. Each process unpacks it once, or with a
lexicon of your own once a partition. Workers need the same credscore: the column `signature` says what scored each row.
"""

from importlib import import_module
from typing import Any

from credscore.errors import MissingExtra


def check(table: Any, module: str, kind: str, extra: str) -> None:
    """Raises `MissingExtra` where the engine is not installed, `TypeError` for a table that is none of its own."""
    try:
        own = getattr(import_module(module), kind)
    except ImportError as error:
        raise MissingExtra(module.partition(".")[0], extra) from error
    if not isinstance(table, own):
        raise TypeError(f"This takes a {module}.{kind}, not a {type(table).__name__}; one table is for credscore.columns.score.")
