"""Sentences and paragraphs of a text, by rules that read every character once.

A sentence ends at `.`, `!` or `?` (with closing quotation marks or brackets) before white space, unless the word
before is an abbreviation or an initial, or the next word begins in lower case. A line break ends one too, unless the
text is wrapped at a fixed width: then only a blank line does, or one of white space, so that wrapping changes nothing.
`punkt` is nltk's unsupervised segmenter with our abbreviations, as an alternative to compare with.
"""

import re
from itertools import pairwise
from typing import Final, Literal

from credscore.native import loops

Segmentation = Literal["rules", "punkt"]
"""The names that `credscore.load(segmentation=…)` accepts; part of every signature."""

RULES_VERSION: Final = "rules-1"

ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof rev fr st sen rep gov gen col lt sgt capt cmdr adm maj cpl det insp hon messrs mt ft no nos vs etc "
    "jr sr inc corp ltd co llc bros dept dist univ assn ave blvd rd jan feb mar apr jun jul aug sept sep oct nov dec mon "
    "tue tues wed thu thur thurs fri ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo "
    "mont neb nev okla ore pa tenn tex va vt wash wis wyo approx est fig eds ed vol pp al cf eg ie".split()
)
"""Words that keep their full stop inside a sentence (Associated Press Stylebook: titles, months, states)."""

_END: Final = re.compile(r"[.!?][\"')\]*_]*+(?=\s)")
_LETTERS_AND_STOPS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ."
_LONGEST_ABBREVIATION: Final = 12
_WRAPPED_WIDTH: Final = (50, 120)
_FULL_LINES: Final = 0.8
"""Share of the lines of a wrapped text that take no further word, and that no width is too narrow for; the rest are headings,
addresses and lines somebody broke."""

_FEW_BREAKS: Final = 3
"""Fewer breaks inside paragraphs tell of no width, unless every line of the text keeps to it."""

_SPACE: Final = frozenset(" \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0")
_CLOSING: Final = frozenset("\"')]")
_CONTINUES_AFTER_STOP: Final = "abcdefghijklmnopqrstuvwxyz,;:%)&"


def may_be_wrapped(lines: list[tuple[int, int]]) -> bool:
    """Whether enough of the lines, as `paragraphs` tells them, are narrow enough for `is_wrapped`: in most texts they are not."""
    widest = _WRAPPED_WIDTH[1]
    return len([None for start, end in lines if end - start <= widest]) >= _FULL_LINES * len(lines)


def is_wrapped(plain: str) -> bool:
    """Whether single line breaks only wrap lines: most lines that one ends fill a width, stop in the middle of a sentence, and break
    where the next word would no longer have fitted; few lines of the text are wider than any such width.
    """
    lines = plain.split("\n")
    if len(lines) < 4:
        return False
    inner = [(line, following) for line, following in pairwise(lines) if line.strip() and following.strip()]
    if not inner:
        return False
    if len(inner) < _FEW_BREAKS:
        if any(following.lstrip()[0].isupper() for _, following in inner):  # a headline and its byline keep to a width too
            return False
        width = max([len(line.strip()) for line in lines if " " in line.strip()], default=0)
    else:
        width = sorted([len(line) for line, _ in inner])[-1 - len(inner) // 4]  # addresses that fit no line stand out
    if not _WRAPPED_WIDTH[0] <= width <= _WRAPPED_WIDTH[1]:
        return False
    open_ended = sum(1 for line, _ in inner if line.rstrip()[-1] not in ".!?:\"')*")
    filled = sum(1 for line, _ in inner if len(line) >= _WRAPPED_WIDTH[0])
    full = sum(1 for line, following in inner if len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) >= width)
    if not (2 * open_ended > len(inner) and 2 * filled > len(inner) and full >= _FULL_LINES * len(inner)):
        return False
    written = [line for line in lines if line.strip()]
    return sum(1 for line in written if len(line) <= _WRAPPED_WIDTH[1]) >= _FULL_LINES * len(written)


_WRAP: Final = re.compile(r"(?<=\S)([^\S\n]*)\n(?=[^\S\n]*\S)")


def unwrapped(plain: str) -> str:
    r"""Spaces where line breaks only wrap lines, so that no rule can tell.

    >>> unwrapped("The end\nof it.\n\nNext")
    'The end of it.\n\nNext'
    """
    return _WRAP.sub(r"\1 ", plain)


def paragraphs(plain: str) -> list[tuple[int, int]]:
    """Spans of paragraphs, which are lines once a wrapped text is unwrapped, without the white space around them."""
    spans = []
    at = 0
    for part in plain.split("\n"):
        body = part.strip()
        if body:
            start = at + part.index(body[0])
            spans.append((start, start + len(body)))
        at += len(part) + 1
    return spans


def stops(plain: str, start: int, last: int, continues: str) -> list[tuple[int, int, int]]:
    """Where a sentence may end inside a span: the mark that may end it, the end of what closes after that, and what follows the white
    space there, which is none of what `continues` a sentence.
    """
    found = []
    last = min(last, len(plain))
    for mark in _END.finditer(plain, start, last):
        end = mark.end()
        following = end + 1
        while following < last and plain[following] in _SPACE:
            following += 1
        if following < last and plain[following] not in continues:
            found.append((mark.start(), end, following))
    return found


_stops: Final = stops if loops is None else loops.stops


def _ends_sentence(plain: str, stop: int) -> bool:
    """Whether the full stop at `stop` ends a sentence: not after an abbreviation or an initial."""
    if plain[stop + 1] in _CLOSING:
        return True
    near = plain[max(stop - _LONGEST_ABBREVIATION, 0) : stop]
    letters = near[len(near.rstrip(_LETTERS_AND_STOPS)) :]
    if not letters:
        return True
    before = stop - len(letters)
    if before and plain[before - 1].isalnum():
        return True
    if letters.lower().lstrip(".") in ABBREVIATIONS:
        return False
    if "." in letters:  # U.S., a.m., J.K.: a sentence may end here, but a capital after it more often names something
        return len(letters.rsplit(".", 1)[1]) > 1
    return not (len(letters) == 1 and letters.isupper() and letters != "I")


def sentences(plain: str, within: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the sentences inside some paragraphs, without the white space around them.

    >>> sentences('He left. Mr. Ode said: "No." The U.S. Army came!', [(0, 48)])
    [(0, 8), (9, 28), (29, 48)]
    """
    spans = []
    for start, last in within:
        for stop, end, following in _stops(plain, start, last, _CONTINUES_AFTER_STOP):
            if plain[stop] != "." or _ends_sentence(plain, stop):
                spans.append((start, end))
                start = following
        spans.append((start, last))
    return spans


def punkt(plain: str, within: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the sentences inside some paragraphs by nltk's Punkt with our abbreviations (no data needed)."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types.update(ABBREVIATIONS)
    tokenizer = PunktSentenceTokenizer(parameters)
    return [(start + first, start + last) for start, end in within for first, last in tokenizer.span_tokenize(plain[start:end])]
