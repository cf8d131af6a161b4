"""The corpus folder that `CREDSCORE_DATA` names: labelled examples with their features measured once, and rows of gold files.

Without the variable the parts that need real news are skipped. How the folder is laid out is described where the corpora
are listed (`credscore.training.data` and the README of the folder). No text is ever printed or written.
"""

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

import credscore
from benchmarks.tables import SkippedError
from credscore.training import data, fit
from credscore.training.data import Example
from credscore.training.fit import Floats

VARIABLE = "CREDSCORE_DATA"
PARTS = ("development", "reporting")
"""Gold rows are divided: one part to look at while the rules are written, one for figures to report."""


@dataclass(frozen=True, eq=False, slots=True)
class Measured:
    """Examples and their features, row by row. Two are the same only if they are one, so a fit can be kept by its training texts."""

    examples: list[Example]
    values: Floats

    def take(self, rows: Sequence[int]) -> "Measured":
        """Some of the rows."""
        return Measured([self.examples[row] for row in rows], self.values[list(rows)])


def joined(parts: Iterable[Measured]) -> Measured:
    """Corpora one after the other."""
    kept = list(parts)
    return Measured([example for part in kept for example in part.examples], np.concatenate([part.values for part in kept]))


def folder() -> Path:
    """The corpus folder. Raises `SkippedError` where none is named."""
    named = os.environ.get(VARIABLE)
    if not named:
        raise SkippedError(f"needs real news: set {VARIABLE} to a corpus folder")
    path = Path(named)
    if not path.is_dir():
        raise SkippedError(f"{VARIABLE} names {named}, which is no folder")
    return path


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one file of the folder, such as `gold/documents`. Raises `SkippedError` where it is not there."""
    path = folder() / f"{name}.jsonl.gz"
    if not path.is_file():
        raise SkippedError(f"{path} is not there")
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def fifth(label: str) -> str:
    """The part a row belongs to where one in five is reported: by the checksum of its label."""
    return PARTS[crc32(label.encode()) % 5 == 0]


@cache
def scorer() -> credscore.Scorer:
    """The bundled model."""
    return credscore.load()


def read(text: str) -> credscore.Reading:
    """Evidence and features of a text."""
    return scorer().reader.read(credscore.Document(text))


@cache
def articles() -> Mapping[str, Measured]:
    """The article corpora and the side tests by name, without duplicates in or across them, of 80 words and more."""
    names = (*data.ARTICLES, *data.SIDE_TESTS)
    missing = [name for name in names if not (folder() / "articles" / f"{name}.jsonl.gz").is_file()]
    if missing:
        raise SkippedError(f"the folder lacks articles/{', '.join(missing)}")
    everything = data.without_duplicates(example for name in names for example in data.corpus(folder(), name))
    measured = Measured(everything, fit.measure(everything))
    return {name: measured.take([row for row, example in enumerate(everything) if example.corpus == name]) for name in names}


@cache
def publishers() -> Measured:
    """The texts of rated publishers, without duplicates, of 80 words and more."""
    if not (folder() / "sources" / "domains.csv").is_file():
        raise SkippedError("the folder lacks sources/domains.csv")
    everything = data.without_duplicates(data.publishers(folder()))
    return Measured(everything, fit.measure(everything))
