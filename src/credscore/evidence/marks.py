"""What no word list finds: exclamation and question marks, capitals used for emphasis, figures, contractions."""

import re
from itertools import compress, count

from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground

_MARK = re.compile(r"[0-9!?](?:(?<=[0-9])[0-9]*+(?:[.,:][0-9]++)*+|[!?]*+)")
"""A figure or a run of marks: one class at the head, so that one search leaps to either."""

_SHORT = frozenset(("NO", "WE", "SO"))
_EMPHASISED = frozenset(
    "ALL AND ANY ARE BAD BUT CAN EVER EVERY FREE FROM GET GOOD HAS HAVE HIS HOW JUST LIES MORE MOST MUST NEVER NO NOBODY NOT NOTHING NOW "
    "ONLY OUR OUT REAL REALLY SHOULD SO STILL STOP THAT THE THEIR THEM THEY THIS TOO TRUTH VERY WAS WE WERE WHAT WHEN WHO WHY WILL "
    "WITH WRONG YES YOU YOUR ALWAYS ABSOLUTELY BREAKING SHOCKING URGENT WARNING ALERT EXPOSED HUGE BIG NEW".split()
)
"""Common words that, in capitals, are emphasis and never an abbreviation."""

_CONTRACTED = re.compile(r"'(?:[tdm]|re|ve|ll)", re.IGNORECASE)
_NOTES = {
    "number": "a figure that can be checked",
    "contraction": "a contraction of spoken language",
    "exclamation": "an exclamation mark of the writer's",
    "question": "a question put by the writer",
    "shouting": "capitals used for emphasis",
}


_NO_LETTER = ("", " ")


def _kind(mark: str) -> str:
    return "exclamation" if "!" in mark else "question" if "?" in mark else "number"


def _runs(capitals: list[int], ground: Ground) -> list[tuple[int, int]]:
    """Runs of words in capitals with nothing but a space or a comma between them, as (first, last)."""
    runs: list[tuple[int, int]] = []
    for at in capitals:
        if runs and ground.previous(at) == runs[-1][1] and ground.gap(at) in (" ", ", "):
            runs[-1] = (runs[-1][0], at)
        elif len(ground.passage.cased[at]) > 1:
            runs.append((at, at))
    return runs


def find(ground: Ground) -> list[Evidence]:
    """Style evidence of kinds exclamation, question, shouting, number and contraction."""
    passage = ground.passage
    plain, folded, cased, starts = passage.plain, passage.folded, passage.cased, passage.starts
    spans = [(*mark.span(), _kind(mark[0])) for mark in _MARK.finditer(plain)]
    for mark in _CONTRACTED.finditer(plain):
        start, end = mark.span()
        if folded[end : end + 1] in _NO_LETTER and folded[start - 1 : start] not in _NO_LETTER:
            spans.append((folded.rfind(" ", 0, start) + 1, end, "contraction"))
    for first, last in _runs(list(compress(count(), map(str.isupper, cased))), ground):
        inside = [word for word in cased[first : last + 1] if len(word) > 1]
        if any(word in _EMPHASISED for word in inside) and (
            len(inside) > 1 or ground.field == "title" or len(inside[0]) > 2 or inside[0] in _SHORT
        ):
            spans.append((starts[first], passage.end_of(last), "shouting"))
    spans.sort()
    text, field = passage.text, ground.field
    around = ground.quotations.around
    quoted = bool(ground.quotations.spans)
    return [
        Evidence("style", kind, field, start, end, text[start:end], quoted and around(start, end) is not None, 1, _NOTES[kind])
        for start, end, kind in spans
        if not (ground.skipped and ground.is_skipped(start))
    ]
