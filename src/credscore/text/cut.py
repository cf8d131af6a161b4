"""A text cut into words, with its shadows: by searches of Python's own, or in one loop where that was compiled."""

from itertools import accumulate

from credscore.native import loops
from credscore.text.fold import TABLES, encoded, running, shadows_of

Cut = tuple[str, str, list[str], list[str], list[int], bytearray]
"""The shadows `plain` and `folded`, the words folded and with their case, where they begin, and where the running ones do:
the fields of `Passage` that bear these names."""


def cut(text: str) -> Cut:
    r"""The text cut.

    >>> cut("“So,” it said")[:5]
    ('"So," it said', ' so   it said', ['', 'so', '', '', 'it', 'said'], ['', 'So', '', '', 'it', 'said'], [0, 1, 4, 5, 6, 9, 14])
    """
    data = encoded(text)
    return searched(data) if loops is None else loops.cut(data, TABLES)


def searched(data: bytes) -> Cut:
    """What `cut` gives, from the text as bytes of code page 1252."""
    plain, cased, folded = shadows_of(data)
    words = folded.split(" ")
    return plain, folded, words, cased.split(" "), [*accumulate([len(word) + 1 for word in words], initial=0)], running(plain)
