"""Passages that are no part of the report: newsletter and share lines, copyright, disclaimers, press-release furniture.

The text is cut into units: lines, and the sentences of long lines. A strong phrase marks its unit; weak phrases need
company: another entry in the unit, a hit in a neighbour, or a place at the head or tail of the text. Where they are many,
the lines among them are the page around the report. Position and neighbourhood after Kohlschütter et al. (2010), who
show that shallow features of text blocks suffice.
"""

import re
from typing import Final

from credscore.evidence import frame
from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground
from credscore.lexicon.scan import Match
from credscore.native import bisect_right
from credscore.text.passage import Passage

_HEAD_UNITS, _TAIL_UNITS = 3, 8
_LONG_LINE: Final = 30
_SHORT_UNIT, _NEIGHBOUR_UNIT, _BRIDGED_UNIT = 12, 20, 25
"""Running words up to which a weak hit marks a unit at the head or tail, beside another hit, and a unit without a hit between two."""

_STRONG: Final = 2
_LEAST_TELLING: Final = frozenset(("related_links", "navigation"))
"""Kinds that give way to any other in the same unit: "Newsletter: click here" is about the newsletter."""

_SIGNS: Final = (("©", "©"), ("(", "(c)"), ("#", "###"), ("#", "# # #"), ("3", "-30-"))
"""Signs, each after a character of it that most texts lack."""

_SIGN: Final = re.compile(
    r"[ *_\\-]*(?:(?P<copyright>©|\(c\) ?(?:.{0,60}\D)?\d{4}\W*$|\(c\) ?\d{4})|(?P<press_release>(?:# ?){3,}$|30- *$))"
)
"""Units known by a sign, which folding drops: a copyright mark, the end marks of a press release. The group is the kind."""

_AGENCY: Final = re.compile(r"(?:[A-Z][\w.'-]+(?:,? [A-Z][\w.'-]+){0,3},? ?)?\((?![A-Z]-[A-Z])[A-Z][\w.&'/ -]{1,30}\)(?: ?[-\x97]{1,2})?")
_AGENCY_REACH: Final = 24
"""Characters into the first lines within which a dateline's agency may begin (a date stamp may stand before it)."""

_NOTE_FRAME: Final = "stands in the page around the report, among menus and lists of other stories"
_NOTES: Final = {
    "copyright": "claims the rights in the text; no part of the report",
    "press_release": "marks the text as a release by its subject",
    "related_links": _NOTE_FRAME,
    "navigation": _NOTE_FRAME,
}
_NOTE_AGENCY: Final = "the agency a report came from; no part of what it says"


def find(ground: Ground) -> list[Evidence]:
    """Boilerplate evidence in reading order; spans are whole lines or sentences, or the agency in a dateline."""
    passage = ground.passage
    hits = [match for match in ground.matches.get("boilerplate", ()) if match.term.at != "label" or _is_label(passage, match)]
    found = _datelines(ground)
    plain = passage.plain
    signed = any(first in plain and sign in plain for first, sign in _SIGNS)
    if hits or signed:
        found += _Units(ground).marked(hits, signed)
    found.sort(key=lambda item: item.start)
    return _without_overlaps(found)


def _is_label(passage: Passage, match: Match) -> bool:
    """Whether a line begins or a mark stands before a hit, and a line ends or a mark and a space stand after it."""
    first, last, _ = match
    words, plain = passage.words, passage.plain
    after = passage.starts[last] - 1
    if last < len(words) and words[last] and plain[after] != "\n":
        return False
    if first and words[first - 1] and plain[passage.starts[first] - 1] == " ":
        return False
    return plain[after : after + 1] != ","


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
        self._lengths: list[int] = []
        for line in passage.paragraphs:
            start, end = line
            length = passage.running(start, end)
            if length <= _LONG_LINE:
                self._spans.append(line)
                self._lengths.append(length)
                continue
            for sentence in passage.sentences[passage.sentence_at(start) : passage.sentence_at(end - 1) + 1]:
                begin, stop = sentence
                self._spans.append(sentence)
                self._lengths.append(passage.running(begin, stop))
        self._starts = [start for start, _ in self._spans]

    def marked(self, hits: list[Match], signed: bool) -> list[Evidence]:
        """Evidence for every unit that its hits, its neighbours and its place mark."""
        chosen, weak = self._hit(hits)
        last = len(self._spans) - 1
        for unit, match in weak.items():
            length = self._length(unit)
            beside = length <= _NEIGHBOUR_UNIT and any(at in chosen or at in weak for at in (unit - 1, unit + 1))
            at_edge = length <= _SHORT_UNIT and (unit < _HEAD_UNITS or (unit > last - _TAIL_UNITS and not self._is_subhead(unit, match)))
            if beside or at_edge:
                chosen[unit] = match
        for unit in [unit + 1 for unit in chosen if unit + 2 in chosen and unit + 1 not in chosen]:
            if self._length(unit) <= _BRIDGED_UNIT and self._holds_words(unit):
                chosen[unit] = chosen[unit - 1]
        if signed:
            plain = self._ground.passage.plain
            for unit, (start, end) in enumerate(self._spans):
                sign = None if unit in chosen else _SIGN.match(plain[start:end])
                if sign is not None and sign.lastgroup is not None:
                    chosen[unit] = sign.lastgroup
        if len(chosen) + len(weak) >= frame.LEAST:
            self._mark_frame(chosen, weak)
        return [self._evidence(unit, chosen[unit]) for unit in sorted(chosen)]

    def _holds_words(self, unit: int) -> bool:
        """Whether there is more in a unit than a rule of dashes or stars."""
        start, end = self._spans[unit]
        return not self._ground.passage.folded[start:end].isspace()

    def _hit(self, hits: list[Match]) -> tuple[dict[int, Match | str], dict[int, Match]]:
        """The units marked by their own hits, each with the most telling, and those with one weak hit."""
        by_unit: dict[int, list[Match]] = {}
        for match in hits:
            unit = self._unit_of(match)
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
        return chosen, weak

    def _mark_frame(self, chosen: dict[int, Match | str], weak: dict[int, Match]) -> None:
        """Add the lines of the page around the report (see `credscore.evidence.frame`) to those chosen."""
        labels = {unit for unit in (*chosen, *weak) if self._length(unit) <= frame.LABEL}
        if len(labels) < frame.LEAST_LABELS:
            return
        known = {self._starts[unit]: unit for unit in {*chosen, *labels}}
        lines = self._ground.passage.paragraphs
        furniture = {}
        for line, (start, end) in enumerate(lines):
            unit = known.get(start, -1)
            if unit >= 0 and self._spans[unit][1] == end:
                furniture[line] = unit in labels
        for line in frame.lines_around(self._ground.passage, furniture):
            start, end = lines[line]
            for unit in range(bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)):
                if unit not in chosen:
                    chosen[unit] = weak.get(unit) or ("navigation" if self._length(unit) <= frame.LABEL else "related_links")

    def _is_subhead(self, unit: int, match: Match) -> bool:
        """Whether the name of a section ("Health") stands right above a paragraph: that of a part of the report."""
        return match.term.kind == "navigation" and match.term.at == "label" and self._length(unit + 1) > _SHORT_UNIT

    def _length(self, unit: int) -> int:
        """Running words of a unit; 0 after the last."""
        return self._lengths[unit] if unit < len(self._lengths) else 0

    def _unit_of(self, match: Match) -> int | None:
        """The unit in which a hit counts; `None` where it stands in the wrong place or in somebody's quoted words."""
        passage = self._ground.passage
        plain = passage.plain
        offset = passage.starts[match.first]
        unit = bisect_right(self._starts, offset) - 1
        if unit < 0 or offset >= self._spans[unit][1]:
            return None
        start, end = self._spans[unit]
        if match.term.at and not self._opens(offset, start):
            return None
        if self._lengths[unit] > _SHORT_UNIT and plain[start] in "\"'" and self._ground.in_quote(start, min(offset + 1, end)):
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

    def _evidence(self, unit: int, match: Match | str) -> Evidence:
        start, end = self._spans[unit]
        text = self._ground.text(start, end)
        if isinstance(match, str):
            return Evidence("boilerplate", match, self._ground.field, start, end, text, False, _STRONG, _NOTES[match])
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
