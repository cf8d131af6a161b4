"""The page around a report: which lines of a text stand above and below the report, among menus and lists of other stories.

The report is the run of lines that is richest in prose: each line that reads like prose counts for its length, every
other line against (maximum subsequence segmentation, Pasternack & Roth 2009). The lines above or below it are a frame only
where they say so themselves, by enough menu labels and other leftovers: lists, verses and transcripts have short lines
too, and no "Home", "Site map" or "Privacy policy" among them.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from credscore.evidence.ground import Ground

PL,SH=100,.4
DROP,RICH=1500,700
LEAST, LEAST_LABELS = 4, 3
"""Different lines of furniture, and menu labels among them, from which what stands above or below the report is a frame."""

MOST_LINES = 20
"""Lines of a frame for each line of furniture in it, at most."""

_PROSE_LENGTH, _MOST_COUNTED = 48, 360
"""Characters from which a line that ends like a sentence is prose, and up to which it counts."""

_AGAINST, _FURNITURE_AGAINST = -90, -210
"""What a line that is no prose counts, in characters of prose; and one known to be furniture. Found on L3S-GN1."""

_CLOSING = frozenset("\"')]* ")
_STOPS = frozenset(".!?")

_HEAD_REACH = 8
"""Lines above the report among which its own headline, date and writer are looked for."""

_DATE = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|(?:19|20)\d\d|ago|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thurs|fri|sat|sun)\b[.,]?"
    r"|(?:january|february|march|april|august|september|october|november|december)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_CONTENT_LENGTH = 4
"""Letters from which a word of a headline is looked for in the report."""

_OPEN_END = 120
"""Characters from which a line right below the report that does not end like a sentence still belongs to it."""


def lines_around(ground: Ground, furniture: Mapping[int, bool]) -> Iterator[int]:
    """The lines (numbers of paragraphs) of the frame; `furniture` holds the lines known to be no part of the report."""
    if len(furniture) < LEAST:
        return
    lines = ground.passage.paragraphs
    runs = _runs(ground.passage.plain, lines, furniture)
    if not runs:
        return
    before = 0
    for first, last in [*runs, (len(lines), len(lines))]:
        if first > before and _is_frame(ground, before, first, furniture):
            kept = _own_head(ground, before, first, last)
            if before and lines[before][1] - lines[before][0] >= _OPEN_END and before not in furniture:
                kept.add(before)
            yield from (line for line in range(before, first) if line not in kept)
        before = last


def _runs(plain: str, lines: list[tuple[int, int]], furniture: Collection[int]) -> list[tuple[int, int]]:
    """First and last (exclusive) lines of the runs rich in prose, in reading order."""
    runs: list[tuple[int, int, int]] = []
    best = total = begin = last = 0
    for line, (start, end) in enumerate(lines):
        if total <= 0 or total <= best - DROP:
            if best:
                runs.append((best, begin, last))
            best, total, begin = 0, 0, line
        if line in furniture:
            total += _FURNITURE_AGAINST
        elif end - start >= _PROSE_LENGTH and _ends_like_a_sentence(plain, start, end):
            total += min(end - start, _MOST_COUNTED)
        else:
            total += _AGAINST
        if total > best:
            best, last = total, line + 1
    if best:
        runs.append((best, begin, last))
    report = max(runs, default=None)
    return [(first, last) for run in runs if run is report or run[0] >= RICH for _, first, last in (run,)]


def _ends_like_a_sentence(plain: str, start: int, end: int) -> bool:
    """Whether a stop stands at the end, closing marks aside; a headline cut short by "..." has none."""
    while end > start and plain[end - 1] in _CLOSING:
        end -= 1
    return plain[end - 1] in _STOPS and plain[end - 3 : end] != "..."


def _is_frame(ground: Ground, first: int, last: int, furniture: Mapping[int, bool]) -> bool:
    """Whether lines `first` to `last` (exclusive) hold enough different lines of furniture."""
    lines = ground.passage.paragraphs
    within = [line for line in furniture if first <= line < last]
    plain = ground.passage.plain
    written = sum(e - s for at in range(first, last) if at not in furniture for s, e in (lines[at],) if e - s >= PL and _ends_like_a_sentence(plain, s, e))
    if written > SH * sum(e - s for s, e in lines[first:last]):
        return False
    if len(within) * MOST_LINES < last - first or len(within) < LEAST:
        return False
    said = {ground.passage.folded[slice(*lines[line])]: furniture[line] for line in within}
    return len(said) >= LEAST and sum(said.values()) >= LEAST_LABELS


def _own_head(ground: Ground, before: int, first: int, last: int) -> set[int]:
    """The lines above the report that are its own: headlines, whose words return in it, and lines of date and writer."""
    passage = ground.passage
    lines = passage.paragraphs
    if first == last:
        return set()
    said = set(passage.words[passage.word_at(lines[first][0]) : passage.word_at(lines[last - 1][1])])
    own = set()
    for line in range(max(first - _HEAD_REACH, before), first):
        start, end = lines[line]
        words = [word for word in passage.words[passage.word_at(start) : passage.word_at(end)] if word]
        content = [word for word in words if len(word) >= _CONTENT_LENGTH]
        repeated = 2 * sum(word in said for word in content) >= len(content) > 0
        if repeated or words[:1] == ["by"] or _DATE.search(passage.folded, start, end):
            own.add(line)
    return own
