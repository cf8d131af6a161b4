"""Who or what a name is, told right after it: "Ada Ruiz, a bridge engineer," and "Tom Keane, 42,".

An apposition that follows a name and opens with an article, a possessive, "who", an age or a title (Quirk et al. 1985, 17.65).
"""

import re
from typing import Final

from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground
from credscore.evidence.sourcing.phrases import AUXILIARIES
from credscore.native import bisect_left, loops
from credscore.text.dates import MONTHS, WEEKDAYS

_OPENS: Final = re.compile(r", (?:\d{1,3}(?=,)|[a-z]+(?= ))")
_RELATIVE: Final = frozenset(("who", "whose"))
_OPENERS: Final = _RELATIVE | frozenset(("a", "an", "the", "one", "his", "her", "its", "former"))
_IN_LISTS: Final = frozenset(("", "and", "or", "of", "the"))
_CLOSES: Final = re.compile(r"[,.;:\n\"\x97]")
_LONGEST: Final = 120
"""Characters of an apposition that are shown."""

_NO_NAMES: Final = frozenset((*WEEKDAYS, *MONTHS)) | frozenset(
    "however instead still meanwhile then now thus indeed yet also again first second third finally moreover nevertheless furthermore "
    "therefore today yesterday tomorrow later earlier here there yes no well so ultimately recently currently previously additionally "
    "similarly clearly obviously unfortunately sadly like look listen see and but or when while if as because although though after "
    "before for with from i it he she we they you that this".split()
)
"""Words that begin a sentence with a capital, or are a date, and are no part of a name."""

_BEFORE_ADVERBIALS: Final = frozenset(("in", "on", "at", "near", "since", "until"))
"""With these before it a name is an adverbial of place or time: "In Vessen, the council"."""

_NO_PART: Final = _NO_NAMES | _BEFORE_ADVERBIALS
_NOTE: Final = "says who or what a name is, right after it"


def searched(plain: str, folded: str) -> list[tuple[int, int]]:
    """Commas after a word with a capital, and where the first word ends of what may explain it; without the loops."""
    spans = [opening.span() for opening in _OPENS.finditer(plain)]
    return [(comma, told) for comma, told in spans if plain[folded.rfind(" ", 0, comma) + 1].isupper()]


_openings: Final = searched if loops is None else loops.openings


def find(ground: Ground) -> list[Evidence]:
    """Style evidence of kind explained_name: the name and what is told of it."""
    passage = ground.passage
    plain, starts = passage.plain, passage.starts
    quoted = bool(ground.quotations.spans)
    found = []
    comma: int
    told: int
    for comma, told in _openings(plain, passage.folded):
        last = bisect_left(starts, comma) - 1
        if last < 0 or starts[last + 1] != comma + 1 or ground.is_skipped(comma):
            continue
        first = _name_before(ground, last)
        if first is None or not _opens(ground, last + 2):
            continue
        closing = _CLOSES.search(plain, told, told + _LONGEST)
        start, end = starts[first], closing.start() if closing else told
        if _explains(ground, last + 2, passage.word_at(end)):
            in_quote = quoted and ground.in_quote(start, end)
            found.append(Evidence("style", "explained_name", ground.field, start, end, passage.text[start:end], in_quote, 1, _NOTE))
    return found


def _name_before(ground: Ground, last: int) -> int | None:
    """The first word of the name that ends with word `last`; `None` if there is none, or it is an adverbial."""
    words = ground.passage.words
    if not ground.is_capital(last) or words[last] in _NO_NAMES:
        return None
    first = last
    while first and ground.joined(first) and ground.is_capital(first - 1) and words[first - 1] not in _NO_PART:
        first -= 1
    return None if ground.before(first) in _BEFORE_ADVERBIALS else first


def _opens(ground: Ground, word: int) -> bool:
    """Whether an apposition may begin with a word: an article, an age, a title, or one word more before the title."""
    opens = ground.passage.words[word]
    return opens in _OPENERS or opens.isdecimal() or ground.is_title(word) or ground.is_title(word + 1)


def _explains(ground: Ground, first: int, last: int) -> bool:
    """Whether words `first` to `last` (exclusive) tell something of a name, and are neither a clause nor more names.

    "In Vessen's Old Town, the source said" is a clause, "Vessen, the Ode and Kremnitz" a list.
    """
    words = ground.passage.words[first:last]
    if words[0] in _RELATIVE:
        return True
    if not ground.cue_words.isdisjoint(range(first, last)) or not AUXILIARIES.isdisjoint(words):
        return False
    return words[0] != "the" or not all(words[at - first] in _IN_LISTS or ground.is_capital(at) for at in range(first, last))
