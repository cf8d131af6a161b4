"""A batch: documents in, the line of each result out, made where the document is scored."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from credscore.batch.write import Form
from credscore.many import mapped
from credscore.score import Failure, Score, Scorer, characters, check_prior
from credscore.text.document import Document


class Line(NamedTuple):
    """A result as it is written, with what a run counts. It is a tenth of the score to hand from one process to another."""

    text: str
    id: str | None
    failure: Failure | None


def lines(scorer: Scorer, documents: Iterable[Document | Failure], form: Form, *, jobs: int = 1, prior: float = 0.5) -> Iterator[Line]:
    """The lines of the results, in the order of the documents, streaming. Raises `ValueError` for an impossible prior or `jobs`."""
    check_prior(prior)
    return mapped(partial(_line, scorer, form.line, prior), documents, jobs, characters)


def _line(scorer: Scorer, write: Callable[[Score | Failure], str], prior: float, document: Document | Failure) -> Line:
    result = scorer.try_score(document, prior=prior)
    return Line(write(result), result.id, result if isinstance(result, Failure) else None)


class Ids:
    """The ids that were met, on the disk as soon as they are many: memory stays flat. The first few that came again are kept."""

    def __init__(self) -> None:
        import sqlite3

        self._seen = sqlite3.connect("", isolation_level=None)  # no file that anybody sees
        self._seen.execute("PRAGMA cache_size = -4096")
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY) WITHOUT ROWID")
        self._seen.execute("BEGIN")
        self.doubled = 0
        self.examples: list[str] = []

    def add(self, name: str | None) -> None:
        """An id was met; a document without one doubles none."""
        if name is None:
            return
        key = name.encode("utf8", "surrogatepass")
        if not self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount:
            self.doubled += 1
            if len(self.examples) < 3:
                self.examples.append(name)
