"""Quotations: which characters are somebody else's words.

Marks pair by what stands beside them, not by their glyph, so curly, straight and mixed marks read alike. A paragraph
that ends inside a quotation hands it on only if the next one opens with a mark (newsroom practice for long
quotations); otherwise an unclosed quotation ends with its paragraph, so it can never swallow the rest of the article.
British single marks are read where they cannot be apostrophes.
"""

import re
from typing import Final

from credscore.native import bisect_right, loops
from credscore.text.passage import Passage

_BEFORE_OPENING: Final = frozenset(" \t\n([{\x97-*_:,.\"'/>")
_NOT_INSIDE: Final = frozenset(" \t\n")
_SINGLE_OPENING: Final = re.compile(
    r"'(?=[A-Za-z0-9$.])(?<![^\s(\[\x97\"*_]')"
)  # the mark first, so that the search leaps from mark to mark
_SINGLE_CLOSING: Final = re.compile(r"'(?![A-Za-z0-9])(?<=[^\s(\[]')")
_ELISION: Final = frozenset("em til tis twas cause bout n cos round neath tween".split())
_WORD: Final = re.compile(r"[A-Za-z0-9]{1,8}")
_LONGEST_SINGLE: Final = 900
_CLOSINGS_READ: Final = 12


def around(starts: list[int], spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The span, of some in order and without overlaps, that holds `start` to `end`; without the loops."""
    at = bisect_right(starts, start) - 1
    return spans[at] if at >= 0 and end <= spans[at][1] else None


_around: Final = around if loops is None else loops.around


class Quotations:
    """Spans of quotations, marks included, in order and without overlaps."""

    __slots__ = ("_starts", "spans")

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]

    def around(self, start: int, end: int) -> tuple[int, int] | None:
        """The quotation that holds `start` to `end` between its marks, if there is one."""
        if not self.spans:
            return None
        return _around(self._starts, self.spans, start, end)

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quotations that begin between `start` and `end`."""
        first = bisect_right(self._starts, start - 1)
        last = bisect_right(self._starts, end - 1)
        return self.spans[first:last]


def find(passage: Passage) -> Quotations:
    """The quotations of a passage."""
    plain = passage.plain
    spans = _double(plain, passage.paragraphs) if '"' in plain else []
    if _opens_single(plain):
        singles = _single(plain, passage.paragraphs, spans)
        if singles:
            spans = _outer(sorted(spans + singles))
    return Quotations(spans)


def _opens_single(plain: str) -> bool:
    """Whether a single mark stands after a space or at the head of a line: one in a word opens nothing."""
    at = plain.find("'")
    while at >= 0:
        if at == 0 or plain[at - 1] in " \n":
            return True
        at = plain.find("'", at + 1)
    return False


def _outer(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that begin inside another: a quotation in a quotation is part of it."""
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _double(plain: str, paragraphs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    handed_on = False
    for number, (start, end) in enumerate(paragraphs):
        opened = -1
        mark = plain.find('"', start, end)
        if mark < 0:
            handed_on = False
            continue
        while mark >= 0:
            last = mark
            while last + 1 < end and plain[last + 1] == '"':  # doubled marks are one mark
                last += 1
            may_open = (mark == start or plain[mark - 1] in _BEFORE_OPENING) and last + 1 < end and plain[last + 1] not in _NOT_INSIDE
            may_close = mark > start and plain[mark - 1] not in _NOT_INSIDE
            if opened < 0:
                if may_open:
                    opened = mark
                elif handed_on and may_close and not _since(spans, start):
                    spans.append((start, last + 1))  # the quotation of the paragraph before ends here, unmarked at its head
            elif may_close and not (may_open and plain[mark - 1] in " \t("):
                spans.append((opened, last + 1))
                opened = -1
            elif may_open:  # a second opening: the first was never closed
                opened = mark
            mark = plain.find('"', last + 1, end)
        handed_on = False
        if opened >= 0:
            following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else -1
            handed_on = following >= 0 and plain[following] == '"'
            spans.append((opened, end if handed_on or opened == start else _sentence_end(plain, opened, end)))
    return spans


def _since(spans: list[tuple[int, int]], start: int) -> bool:
    """Whether a quotation was found at or after `start`."""
    return bool(spans) and spans[-1][0] >= start


def _sentence_end(plain: str, start: int, end: int) -> int:
    """Where the sentence around an unclosed mark ends: the least it can hold."""
    for at in (plain.find(stop, start + 1, end) for stop in (". ", "! ", "? ")):
        if at >= 0:
            end = min(end, at + 1)
    return end


def _single(plain: str, paragraphs: list[tuple[int, int]], doubles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    openings = [mark.start() for mark in _SINGLE_OPENING.finditer(plain)]
    if not openings:
        return []
    closings = [mark.end() for mark in _SINGLE_CLOSING.finditer(plain)]
    inside = Quotations(doubles)
    ends = [end for _, end in paragraphs]
    spans: list[tuple[int, int]] = []
    free = 0
    for number, start in enumerate(openings):
        if start < free or inside.around(start, start + 1):
            continue
        word = _WORD.match(plain, start + 1)
        if word and (word[0].lower() in _ELISION or word[0].rstrip("s").isdecimal()):
            continue
        paragraph = bisect_right(ends, start)
        limit = min(ends[paragraph] if paragraph < len(ends) else len(plain), start + _LONGEST_SINGLE)
        following = openings[number + 1] if number + 1 < len(openings) else limit
        first = bisect_right(closings, start + 2)
        end = _closing(plain, closings[first : first + _CLOSINGS_READ], limit, following)
        if end:
            spans.append((start, end))
            free = end
    return spans


def _closing(plain: str, closings: list[int], limit: int, following: int) -> int:
    """The closing mark among candidates: after punctuation for sure, else one that is no plural possessive; 0 for none."""
    fallback = possessive = 0
    for end in closings:
        if end > limit:
            break
        before = plain[end - 2]
        if before in ",.!?":
            return end
        if before == "s":
            possessive = possessive or end
        else:
            fallback = fallback or end
        if fallback and end > following:
            break
    return fallback or possessive
