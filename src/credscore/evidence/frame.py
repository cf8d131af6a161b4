"""The page around a report: which lines stand above, below or between it, among menus and lists of other stories.

A run of lines is rich in prose where lines that read like prose outweigh the others (maximum subsequence segmentation,
Pasternack & Roth 2009). The richest run is the report; another long one may be its second half, or readers' letters, and
is left alone. What remains is a frame only where it says so itself, by enough labels of menus: lists, verses and
transcripts have short lines too, but no "Home", "Site map" and "Privacy policy" among them. All limits were found on four
fifths of L3S-GN1 (Kohlschütter et al. 2010) and on clean articles, where hardly a frame may be found.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Final

from credscore.text.dates import MONTHS, WEEKDAYS
from credscore.text.passage import Passage

LEAST, LEAST_LABELS = 3, 2
"""Different lines of furniture, and menu labels among them, without which lines are no frame."""

MOST_LINES: Final = 20
"""Lines of a frame to each line of furniture in it, at most, unless most of them are as short as labels."""

LABEL: Final = 3
"""Running words up to which a line of furniture is a label of a menu."""

_RICH, _BROKEN = 117, 250
"""Running words of prose that make a run besides the report, and of what outweighs prose that end a run."""

_PROSE_LINE, _MOST_COUNTED = 4, 60
"""Running words from which a line that ends like a sentence is prose, and up to which it counts."""

_LINE_AGAINST, _FURNITURE_AGAINST = 12, 30
"""What a line that is no prose takes away, and one known to be furniture, in running words of prose."""

_PARAGRAPH, _MOST_PARAGRAPHS = 17, 0.4
"""Running words from which prose is more than the summary of another story, and its share of a frame at most."""

_FEWEST, _FEWEST_PARAGRAPHS = 3, 2
"""Lines of prose in a row that are a piece of the report, though menus stand around them, and paragraphs among them."""

_HEAD_REACH: Final = 12
"""Lines above a run among which its own headline, date and writer are looked for."""

_OPEN_END: Final = 20
"""Running words from which a line right below a run still belongs to it though no full stop ends it."""

_CONTENT_LENGTH: Final = 4
"""Letters from which a word of a headline is looked for in the report."""

_CLOSING: Final = "\"')]* "
_DATE: Final = re.compile(
    rf"\b(?:\d{{1,2}}[:.]\d\d|(?:19|20)\d\d|ago|{'|'.join((*WEEKDAYS, *MONTHS))}"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thurs|fri|sat|sun)\b"
)


def lines_around(passage: Passage, furniture: Mapping[int, bool]) -> Iterator[int]:
    """The lines (numbers of paragraphs) of frames, in order. `furniture` holds the lines known to be no part of the report,
    and of each whether it is a menu label.
    """
    runs = _runs(passage, furniture)
    before = 0
    for first, last in chain(runs, [(len(passage.paragraphs),) * 2] if runs else ()):
        if first > before and _is_frame(passage, before, first, furniture):
            own = _own_head(passage, before, first, last)
            if before and before not in furniture and _length(passage, before) >= _OPEN_END:
                own.add(before)
            own |= _passages(passage, before, first, furniture)
            yield from (line for line in range(before, first) if line not in own)
        before = last


def _length(passage: Passage, line: int) -> int:
    return passage.running(*passage.paragraphs[line])


def _runs(passage: Passage, furniture: Collection[int]) -> list[tuple[int, int]]:
    """First and last (exclusive) lines of the report and of other runs rich in prose, in reading order."""
    found: list[tuple[int, int, int]] = []
    best = total = begin = last = 0
    for line in range(len(passage.paragraphs)):
        if total <= max(0, best - _BROKEN):
            if best:
                found.append((best, begin, last))
            best, total, begin = 0, 0, line
        if line in furniture:
            total -= _FURNITURE_AGAINST
        elif _is_prose(passage, line):
            total += min(_length(passage, line), _MOST_COUNTED)
        else:
            total -= _LINE_AGAINST
        if total > best:
            best, last = total, line + 1
    if best:
        found.append((best, begin, last))
    richest = max(found, default=None)
    return [run[1:] for run in found if run == richest or run[0] >= _RICH]


def _is_prose(passage: Passage, line: int) -> bool:
    """Whether a line is not short and a full stop ends it, closing marks aside; a headline cut short by "..." has none, and
    only a paragraph may end with the colon before a quotation.
    """
    length = _length(passage, line)
    if length < _PROSE_LINE:
        return False
    end = passage.paragraphs[line][1]
    close = passage.plain[end - 8 : end].rstrip(_CLOSING)
    noted = close.rstrip("0123456789")
    if noted != close and noted.endswith(('"', "'", ")")):  # the number of a footnote: 'They said: "No."1'
        close = noted.rstrip(_CLOSING)
    if close.endswith(":"):
        return length >= _PARAGRAPH
    return close.endswith((".", "!", "?")) and not close.endswith("...")


def _is_frame(passage: Passage, first: int, last: int, furniture: Mapping[int, bool]) -> bool:
    """Whether lines `first` to `last` (exclusive) hold enough furniture of different words, and little that is written out."""
    within = [line for line in range(first, last) if line in furniture]
    if len(within) < LEAST:
        return False
    short = sum(1 for line in range(first, last) if _length(passage, line) <= LABEL)
    if MOST_LINES * len(within) < last - first and 2 * short < last - first:
        return False
    said = {passage.folded[slice(*passage.paragraphs[line])].strip(): furniture[line] for line in within}
    if len(said) < LEAST or sum(said.values()) < LEAST_LABELS:
        return False
    lengths = {line: _length(passage, line) for line in range(first, last)}
    written = [line for line in lengths if lengths[line] >= _PARAGRAPH and line not in furniture and _is_prose(passage, line)]
    return sum(map(lengths.__getitem__, written)) <= _MOST_PARAGRAPHS * sum(lengths.values())


def _passages(passage: Passage, first: int, last: int, furniture: Collection[int]) -> set[int]:
    """Lines of prose that follow one another, some of them paragraphs: the report goes on between two pieces of the page."""
    found: set[int] = set()
    group: list[int] = []
    for line in range(first, last + 1):
        if line < last and line not in furniture and _is_prose(passage, line):
            group.append(line)
            continue
        if len(group) >= _FEWEST and sum(_length(passage, at) >= _PARAGRAPH for at in group) >= _FEWEST_PARAGRAPHS:
            found.update(group)
        group = []
    return found


def _own_head(passage: Passage, before: int, first: int, last: int) -> set[int]:
    """The lines above a run that are its own: headlines, whose words return in it, and lines of date and writer."""
    lines = passage.paragraphs
    if first == last:
        return set()
    said = set(_words(passage, lines[first][0], lines[last - 1][1]))
    own = set()
    for line in range(max(first - _HEAD_REACH, before), first):
        words = _words(passage, *lines[line])
        content = [word for word in words if len(word) >= _CONTENT_LENGTH]
        repeated = 3 * sum(word in said for word in content) >= len(content) > 0
        if repeated or words[:1] == ["by"] or _DATE.search(passage.plain[slice(*lines[line])].lower()):
            own.add(line)
    return own


def _words(passage: Passage, start: int, end: int) -> list[str]:
    return [word for word in passage.words[passage.word_at(start) : passage.word_at(end)] if word]
