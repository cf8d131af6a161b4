"""A text cut into segments, so that every finding's characters can be marked however findings overlap."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from credscore.evidence.evidence import Evidence
from credscore.text.passage import Passage


class Segment(NamedTuple):
    """Neighbouring characters that belong to the same findings.

    `found` are the numbers of the findings that cover them, `opens` of those that begin here, `told` of the
    attributions whose cue or content they are.
    """

    text: str
    found: tuple[int, ...]
    opens: tuple[int, ...]
    told: tuple[int, ...]


def paragraphs(text: str, evidence: Iterable[tuple[int, Evidence]]) -> list[list[Segment]]:
    """The segments of a text, paragraph by paragraph; joined they are the text, and no character is left out.

    `evidence` are numbered findings in `text`. The cost is linear in the text and in the findings that cover one place,
    of which detectors give a bounded number.

    >>> item = Evidence("hedge", "epistemic", "text", 3, 6, "may", False, 1, "")
    >>> [(segment.text, segment.found) for segment in paragraphs("It may.", [(0, item)])[0]]
    [('It ', ()), ('may', (0,)), ('.', ())]
    """
    begin: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    finish: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    for number, item in evidence:
        spans = [(item.start, item.end, True)]
        if item.attribution is not None:
            spans += [(span.start, span.end, False) for span in (item.attribution.cue, item.attribution.content) if span is not None]
        for start, end, found in spans:
            begin[start].append((number, found))
            finish[end].append((number, found))
    starts = {start for start, _ in Passage(text).paragraphs[1:]}
    pieces: list[list[Segment]] = [[]]
    covering: dict[tuple[int, bool], int] = {}
    cuts = sorted({0, len(text)} | starts | begin.keys() | finish.keys())
    for start, end in pairwise(cuts):
        for key in finish.get(start, ()):
            covering[key] -= 1
            if not covering[key]:
                del covering[key]
        opened = begin.get(start, ())
        for key in opened:
            covering[key] = covering.get(key, 0) + 1
        if start in starts:
            pieces.append([])
        pieces[-1].append(
            Segment(
                text[start:end],
                tuple(sorted(number for number, found in covering if found)),
                tuple(sorted(number for number, found in opened if found)),
                tuple(sorted(number for number, found in covering if not found)),
            )
        )
    return pieces
