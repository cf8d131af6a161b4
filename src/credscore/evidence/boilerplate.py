"""Passages that are no part of the report: newsletter and share lines, copyright, disclaimers, press-release furniture.

The text is cut into units: lines, and the sentences of long lines. A strong phrase marks its unit; weak phrases need
company: another entry in the unit, a hit in a neighbour, or a place at the head or tail of the text. Position and
neighbourhood after Kohlschütter et al. (2010), who show that shallow features of text blocks suffice.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping

from credscore.evidence.evidence import Evidence
from credscore.evidence.frame import lines_around
from credscore.evidence.ground import Ground
from credscore.lexicon.scan import Match

_HEAD_UNITS, _TAIL_UNITS = 3, 8
_LONG_LINE = 180
LAB = 25
_SHORT_UNIT, _NEIGHBOUR_UNIT, _BRIDGED_UNIT = 75, 120, 150
"""Characters up to which a weak hit marks a unit at the head or tail, beside another hit, and a unit without a hit between two."""

_STRONG = 2
_LEAST_TELLING = frozenset(("related_links", "navigation"))
"""Kinds that give way to any other in the same unit: "Newsletter: click here" is about the newsletter."""

_SIGNS = ("©", "(c)", "###", "-30-")
_SIGN = re.compile(r"[ *_\\-]*(?:(?P<copyright>©|\(c\) ?\d{4})|(?P<press_release>#{3,} *$|30- *$))")
"""Units known by a sign, which folding drops: a copyright mark, the end marks of a press release. The group is the kind."""

_AGENCY = re.compile(r"(?:[A-Z][\w.'-]+(?:,? [A-Z][\w.'-]+){0,3},? ?)?\([A-Z][\w.&'/ -]{1,30}\)(?: ?[-\x97]{1,2})?")
_AGENCY_REACH = 24
"""Characters into the first lines within which a dateline's agency may begin (a date stamp may stand before it)."""

_SIGN_NOTES = {
    "copyright": "claims the rights in the text; no part of the report",
    "press_release": "marks the text as a release by its subject",
    "related_links": "stands in the page around the report, among menus and lists of other stories",
    "navigation": "stands in the page around the report, among menus and lists of other stories",
}
_NOTE_AGENCY = "the agency a report came from; no part of what it says"


def find(ground: Ground) -> list[Evidence]:
    """Boilerplate evidence in reading order; spans are whole lines or sentences, or the agency in a dateline."""
    hits = ground.matches.get("boilerplate", [])
    found = _datelines(ground)
    signed = any(sign in ground.passage.plain for sign in _SIGNS)
    if hits or signed:
        found += _Units(ground).marked(hits, signed)
    found.sort(key=lambda item: item.start)
    return _without_overlaps(found)


def _without_overlaps(found: list[Evidence]) -> list[Evidence]:
    """Of overlapping spans the longer: a line that is boilerplate as a whole holds its own dateline."""
    kept: list[Evidence] = []
    for item in found:
        if kept and item.start < kept[-1].end:
            if item.end - item.start > kept[-1].end - kept[-1].start:
                kept[-1] = item
        else:
            kept.append(item)
    return kept


class _Units:
    """Lines and sentences of long lines, and which of them are marked."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        passage = ground.passage
        self._spans: list[tuple[int, int]] = []
        sentence_starts = [start for start, _ in passage.sentences]
        for start, end in passage.paragraphs:
            if end - start <= _LONG_LINE:
                self._spans.append((start, end))
                continue
            at = bisect_right(sentence_starts, start) - 1
            while at < len(sentence_starts) and sentence_starts[at] < end:
                self._spans.append(passage.sentences[at])
                at += 1

    def marked(self, hits: list[Match], signed: bool) -> list[Evidence]:
        """Evidence for every unit that its hits, its neighbours and its place mark."""
        spans = self._spans
        length = [end - start for start, end in spans]
        starts = [start for start, _ in spans]
        by_unit: dict[int, list[Match]] = {}
        for match in hits:
            unit = self._unit_of(match, starts)
            if unit is not None:
                by_unit.setdefault(unit, []).append(match)
        chosen: dict[int, Match | str] = {}
        weak: dict[int, Match] = {}
        for unit, matches in by_unit.items():
            telling = [match for match in matches if match.term.kind not in _LEAST_TELLING] or matches
            strong = [match for match in matches if match.term.strength >= _STRONG]
            if strong or len({match.term.id for match in matches}) > 1:
                chosen[unit] = max(telling, key=lambda match: match.term.strength)
            else:
                weak[unit] = telling[0]
        last = len(spans) - 1
        for unit, match in weak.items():
            beside = length[unit] <= _NEIGHBOUR_UNIT and any(at in chosen or at in weak for at in (unit - 1, unit + 1))
            at_edge = length[unit] <= _SHORT_UNIT and (unit < _HEAD_UNITS or unit > last - _TAIL_UNITS)
            if beside or at_edge:
                chosen[unit] = match
        for unit in [unit + 1 for unit in chosen if unit + 2 in chosen and unit + 1 not in chosen]:
            if length[unit] <= _BRIDGED_UNIT:
                chosen[unit] = chosen[unit - 1]
        if signed:
            plain = self._ground.passage.plain
            for unit, (start, end) in enumerate(spans):
                sign = None if unit in chosen else _SIGN.match(plain[start:end])
                if sign is not None and sign.lastgroup is not None:
                    chosen[unit] = sign.lastgroup
        chosen |= self._frame(chosen, weak)
        return [self._evidence(unit, chosen[unit]) for unit in sorted(chosen)]

    def _frame(self, chosen: Mapping[int, Match | str], weak: Mapping[int, Match]) -> dict[int, Match | str]:
        """The units of the page around the report that nothing marked yet, by its lines (see `credscore.evidence.frame`)."""
        lines = self._ground.passage.paragraphs
        spans = self._spans
        known = {start: end for start, end in (spans[unit] for unit in chosen)}
        labels = {spans[unit] for unit in chosen if spans[unit][1] - spans[unit][0] <= LAB} | {spans[unit] for unit, match in weak.items() if match.term.at == "label" or spans[unit][1] - spans[unit][0] <= LAB}
        known |= labels
        furniture = {line: span in labels for line, span in enumerate(lines) if known.get(span[0]) == span[1]}
        found: dict[int, Match | str] = {}
        around = {lines[line][0]: lines[line][1] for line in lines_around(self._ground, furniture)}
        if not around:
            return found
        ends = 0
        for unit, (start, _) in enumerate(spans):
            ends = around.get(start, ends)
            if start < ends and unit not in chosen:
                found[unit] = weak.get(unit) or self._kind_in_frame(unit)
        return found

    def _kind_in_frame(self, unit: int) -> str:
        start, end = self._spans[unit]
        return "related_links" if end - start > 30 else "navigation"

    def _is_label(self, match: Match | str, start: int, end: int) -> bool:
        return not isinstance(match, str) and match.term.at == "label" and not any(map(str.isalpha, self._ground.passage.plain[self._ground.passage.end_of(match.last - 1) : end]))

    def _unit_of(self, match: Match, starts: list[int]) -> int | None:
        """The unit in which a hit counts; `None` where it stands in the wrong place or in somebody's quoted words."""
        passage = self._ground.passage
        offset = passage.starts[match.first]
        unit = bisect_right(starts, offset) - 1
        if unit < 0 or offset >= self._spans[unit][1]:
            return None
        start, end = self._spans[unit]
        if match.term.at and not self._opens(offset, start):
            return None
        if match.term.at == "label" and not self._closes(passage.end_of(match.last - 1), end):
            return None
        if end - start > _SHORT_UNIT and passage.plain[start] in "\"'" and self._ground.in_quote(start, min(offset + 1, end)):
            return None
        return unit

    def _opens(self, offset: int, start: int) -> bool:
        """Whether nothing but marks (bullets, brackets, asterisks) stands between the unit's or a sentence's start and a hit."""
        plain = self._ground.passage.plain
        at = offset - 1
        while at >= start and not plain[at].isalnum():
            if plain[at] in ".!?" and plain[at + 1].isspace():
                return True
            at -= 1
        return at < start

    def _closes(self, offset: int, end: int) -> bool:
        """Whether a hit that stops at `offset` is the end of its unit or by a mark and a space."""
        plain = self._ground.passage.plain
        return offset + 1 >= end or (plain[offset] != "," and not plain[offset + 1].isalnum())

    def _evidence(self, unit: int, match: Match | str) -> Evidence:
        start, end = self._spans[unit]
        text = self._ground.text(start, end)
        if isinstance(match, str):
            return Evidence("boilerplate", match, self._ground.field, start, end, text, False, _STRONG, _SIGN_NOTES[match])
        term = match.term
        return Evidence("boilerplate", term.kind, self._ground.field, start, end, text, False, term.strength, term.note, term.id)


def _datelines(ground: Ground) -> list[Evidence]:
    """Datelines by their form: "(AGENCY)" or "CITY (AGENCY) —" at the head of the first lines."""
    passage = ground.passage
    plain = passage.plain
    found = []
    for start, end in passage.paragraphs[:_HEAD_UNITS]:
        opening = plain.find("(", start, min(start + 2 * _AGENCY_REACH, end))
        if opening < 0:
            continue
        for begin in (start, opening):
            agency = _AGENCY.match(plain, begin, end)
            if agency and begin - start <= _AGENCY_REACH and any(char.isupper() for char in agency[0]):
                stop = agency.end()
                text = ground.text(begin, stop)
                found.append(Evidence("boilerplate", "dateline_agency", ground.field, begin, stop, text, False, 1, _NOTE_AGENCY))
                break
    return found
