"""What no word list finds: exclamation and question marks, capitals used for emphasis, figures, contractions.

What is looked for is rare, so the text is first reduced to classes, one byte a character, in which a search leaps from find
to find: `0` is a digit, `!` an exclamation or question mark, `A` a capital, `.` what may stand between digits, `'` an apostrophe.
"""

import re
from typing import Final

from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground
from credscore.native import bisect_right, loops, record

_CLASS_OF: Final = {**dict.fromkeys("0123456789", b"0"), **dict.fromkeys("!?", b"!"), **dict.fromkeys(".,:", b"."), "'": b"'"}
_CLASSES: Final = b"".join(_CLASS_OF.get(char, b"A" if char.isupper() else b" ") for char in map(chr, range(256)))
_FIGURE: Final = re.compile(rb"00*+(?:\.00*+)*")
_RUN: Final = re.compile(rb"!!*+")
_CAPITALS: Final = re.compile(rb"AAA*+")

_SHORT: Final = frozenset(("NO", "WE", "SO"))
_EMPHASISED: Final = frozenset(
    "ALL AND ANY ARE BAD BUT CAN EVER EVERY FREE FROM GET GOOD HAS HAVE HIS HOW JUST LIES MORE MOST MUST NEVER NO NOBODY NOT NOTHING NOW "
    "ONLY OUR OUT REAL REALLY SHOULD SO STILL STOP THAT THE THEIR THEM THEY THIS TOO TRUTH VERY WAS WE WERE WHAT WHEN WHO WHY WILL "
    "WITH WRONG YES YOU YOUR ALWAYS ABSOLUTELY BREAKING SHOCKING URGENT WARNING ALERT EXPOSED HUGE BIG NEW".split()
)
"""Common words that, in capitals, are emphasis and never an abbreviation."""

_CONTRACTED: Final = re.compile(r"'(?:[tdm]|re|ve|ll)", re.IGNORECASE)
_NOTES: Final = {
    "number": "a figure that can be checked",
    "contraction": "a contraction of spoken language",
    "exclamation": "an exclamation mark of the writer's",
    "question": "a question put by the writer",
    "shouting": "capitals used for emphasis",
}


_NO_LETTER: Final = ("", " ")


Found = tuple[int, int, str]
"""A span and its kind."""


def searched(plain: str, folded: str, classes_of: bytes) -> tuple[list[Found], list[int]]:
    """Figures, exclamation and question marks and contractions of a text, and where two and more capitals begin; without the loops."""
    classes = plain.encode("latin-1").translate(classes_of)
    spans = [(*figure.span(), "number") for figure in _FIGURE.finditer(classes)]
    for run in _RUN.finditer(classes):
        start, end = run.span()
        spans.append((start, end, "question" if plain.find("!", start, end) < 0 else "exclamation"))
    for mark in _CONTRACTED.finditer(plain):
        start, end = mark.span()
        if folded[end : end + 1] in _NO_LETTER and folded[start - 1 : start] not in _NO_LETTER:
            spans.append((folded.rfind(" ", 0, start) + 1, end, "contraction"))
    return spans, [run.start() for run in _CAPITALS.finditer(classes)]


_found: Final = searched if loops is None else loops.marks


def _shouting(ground: Ground, capitals: list[int]) -> list[tuple[int, int]]:
    """Words in capitals, first and last, around common words that nobody abbreviates."""
    passage = ground.passage
    cased, starts = passage.cased, passage.starts
    found = []
    reach = 0
    for at in capitals:
        if at < reach:
            continue
        first = last = bisect_right(starts, at) - 1
        if cased[first] in _EMPHASISED:
            while _goes_on(ground, first, ground.previous(first)):
                first = ground.previous(first)
            while len(cased[first]) == 1:  # "I" and "A" begin nothing
                first = ground.next(first)
            while _goes_on(ground, ground.next(last), last):
                last = ground.next(last)
            inside = [word for word in cased[first : last + 1] if len(word) > 1]
            if len(inside) > 1 or ground.field == "title" or len(inside[0]) > 2 or inside[0] in _SHORT:
                found.append((first, last))
        reach = starts[last + 1]
    return found


def _goes_on(ground: Ground, word: int, before: int) -> bool:
    """Whether `word` and the word before it are in capitals, with nothing but a space or a comma between them."""
    cased = ground.passage.cased
    return before >= 0 and word < len(cased) and cased[word].isupper() and cased[before].isupper() and ground.gap(word) in (" ", ", ")


def find(ground: Ground) -> list[Evidence]:
    """Style evidence of kinds exclamation, question, shouting, number and contraction."""
    passage = ground.passage
    starts = passage.starts
    spans: list[Found]
    spans, capitals = _found(passage.plain, passage.folded, _CLASSES)
    if capitals:
        spans += [(starts[first], passage.end_of(last), "shouting") for first, last in _shouting(ground, capitals)]
    spans.sort()
    text, field = passage.text, ground.field
    quoted = bool(ground.quotations.spans)
    skipped = bool(ground.skipped)
    found: list[Evidence] = []
    for start, end, kind in spans:
        if not (skipped and ground.is_skipped(start)):
            in_quote = quoted and ground.in_quote(start, end)
            item = ("style", kind, field, start, end, text[start:end], in_quote, 1, _NOTES[kind], "", None, False)
            found.append(record(Evidence, item))
    return found
