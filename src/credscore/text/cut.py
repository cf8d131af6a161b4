"""A text cut into words, with its shadows: by searches of Python's own, or in one loop where that was compiled."""

from itertools import accumulate
from typing import Final

from credscore.native import loops
from credscore.text.fold import encoded, shadows_of, tables

Cut = tuple[str, str, list[str], list[str], list[int], list[int], int, bool]
"""The shadows `plain` and `folded`, the words folded and with their case, where they begin, where the running ones do, how many are
not empty, and whether there are rare characters: the fields of `Passage` that bear these names."""


_TABLES: Final = (b"", {}) if loops is None else tables()


def cut(text: str) -> Cut:
    r"""The text cut.

    >>> cut("“So,” it said")[:5]
    ('"So," it said', ' so   it said', ['', 'so', '', '', 'it', 'said'], ['', 'So', '', '', 'it', 'said'], [0, 1, 4, 5, 6, 9, 14])
    """
    if type(text) is not str:  # NumPy's strings, and those of some HTML parsers
        text = str.__str__(text)
    return searched(text) if loops is None else loops.cut(text, *_TABLES)


def searched(text: str) -> Cut:
    """What `cut` gives, without the loops."""
    data, rare = encoded(text)
    plain, cased, folded = shadows_of(data)
    words, with_case = folded.split(" "), cased.split(" ")
    starts = [*accumulate([len(word) + 1 for word in words], initial=0)]
    runs = [start for start, word in zip(starts, with_case, strict=False) if word.islower()]  # one start more than words
    return plain, folded, words, with_case, starts, runs, len(words) - words.count(""), rare
