"""Passages that are no part of the report: newsletter and share lines, copyright, disclaimers, press-release furniture.

The text is cut into units: paragraphs, and sentences inside paragraphs. A strong phrase marks its unit; weak phrases
need company: a second hit in the unit or beside it, or a short unit at the head or tail of the text. Position and
neighbourhood after Kohlschütter et al. (2010), who show that shallow features of text blocks suffice.
"""

from bisect import bisect_right

from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground
from credscore.lexicon.scan import Match

_HEAD_UNITS, _TAIL_UNITS = 3, 8
_SHORT_UNIT = 12
_STRONG = 2


def find(ground: Ground) -> list[Evidence]:
    """Boilerplate evidence in reading order; spans are whole sentences or lines and do not overlap."""
    hits = ground.matches.get("boilerplate", [])
    if not hits:
        return []
    passage = ground.passage
    units = passage.sentences
    unit_starts = [start for start, _ in units]
    by_unit: dict[int, list[Match]] = {}
    for match in hits:
        start = passage.starts[match.first]
        unit = bisect_right(unit_starts, start) - 1
        if unit < 0 or start >= units[unit][1]:
            continue
        if match.term.at_start and match.first != passage.word_at(units[unit][0]) and not _only_marks(ground, units[unit][0], start):
            continue
        by_unit.setdefault(unit, []).append(match)
    marked: dict[int, Match] = {}
    weak: dict[int, list[Match]] = {}
    for unit, matches in by_unit.items():
        strong = [match for match in matches if match.term.strength >= _STRONG]
        start, end = units[unit]
        if strong:
            if not (ground.in_quote(start + 1, end - 1) and ground.in_quote(passage.starts[strong[0].first], end - 1)):
                marked[unit] = strong[0]
        elif len({match.term.id for match in matches}) > 1:
            marked[unit] = matches[0]
        else:
            weak[unit] = matches
    last = len(units) - 1
    for unit, matches in weak.items():
        start, end = units[unit]
        beside = unit - 1 in marked or unit + 1 in marked or unit - 1 in weak or unit + 1 in weak
        short = passage.word_at(end) - passage.word_at(start) <= _SHORT_UNIT
        at_edge = unit < _HEAD_UNITS or unit > last - _TAIL_UNITS
        if (beside or at_edge) and short:
            marked[unit] = matches[0]
    return [_evidence(ground, units[unit], marked[unit]) for unit in sorted(marked)]


def _only_marks(ground: Ground, start: int, at: int) -> bool:
    """Whether nothing but marks (bullets, brackets, asterisks) stands between a unit's start and a hit."""
    return not any(char.isalnum() for char in ground.passage.plain[start:at])


def _evidence(ground: Ground, unit: tuple[int, int], match: Match) -> Evidence:
    start, end = unit
    term = match.term
    return Evidence("boilerplate", term.kind, ground.field, start, end, ground.text(start, end), False, term.strength, term.note, term.id)
