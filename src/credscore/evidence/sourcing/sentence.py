"""`SentenceView`: a sentence as the rules of this package read it."""

from typing import NamedTuple


class SentenceView(NamedTuple):
    """A sentence by words (`first` to `last`, exclusive), characters and its number in the passage."""

    first: int
    last: int
    start: int
    end: int
    number: int
