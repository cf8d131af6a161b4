"""Why to read a score with care: what kind of text this is, when it is not the news report the model was made for.

Notices never change a number. Codes are stable; messages are for people.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from math import ceil
from typing import Final, NamedTuple

from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground
from credscore.native import loops

SHORT: Final = 150
_ENGLISH: Final = frozenset(
    "the of and to a in that is was it for on with as he be at by this had not are but from or have an they which one were "
    "all we when there can more if no out so said what up its about than into them who has been their will would his her she i you".split()
)
_ENGLISH_SHARE: Final = 0.22
_SAMPLE: Final = 500
"""Words at the head of a text by which its language is judged."""

_ENOUGH: Final = ceil(_ENGLISH_SHARE * _SAMPLE)
_LONGEST: Final = max(map(len, _ENGLISH))

_STAMP: Final = re.compile(r"(?:\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)\b", re.IGNORECASE)
_TURN: Final = re.compile(r"[*_]{0,3}(?:Q|A|[A-Z][A-Za-z.'-]{1,20}(?: [A-Z][A-Za-z.'-]{1,20}){0,2})(?:[*_]{0,3}\s?:|:[*_]{1,3})\s")
_ITEM: Final = re.compile(r"(?:#?\d{1,2}[.):]|\d{1,2} )\s*\S")


class Notice(NamedTuple):
    """A stable `code` and what it means for this text."""

    code: str
    message: str


def common_among(words: list[str], common: frozenset[str], _longest: int, sample: int, enough: int) -> int:
    """How many of the words at the head of a text are common ones, up to what is enough; without the loops."""
    count = 0
    for word in words[:sample]:
        if word in common:
            count += 1
            if count == enough:
                break
    return count


_common: Final = common_among if loops is None else loops.common_among


def _english_share(words: list[str]) -> float:
    """Share of common English words among the words at the head of a text; a lower bound where fewer words tell."""
    common = _common(words, _ENGLISH, _LONGEST, _SAMPLE, _ENOUGH)
    if common == _ENOUGH:
        return common / _SAMPLE
    sample = list(islice(filter(None, words), _SAMPLE))
    return len([word for word in sample if word in _ENGLISH]) / len(sample)


def notices_of(ground: Ground, furniture: Sequence[Evidence], words: int, voice: int) -> tuple[Notice, ...]:
    """The notices of a document, from its body: its ground, its boilerplate, its number of words, and how often the
    writer speaks in the first person.
    """
    passage = ground.passage
    found = []

    def say(code: str, message: str) -> None:
        found.append(Notice(code, message))

    if words < SHORT:
        say("short_text", f"only {words} words: a few findings decide the score")
    if words >= 20:
        share = _english_share(passage.words)
        if share < _ENGLISH_SHARE:
            say("not_english", f"only {share:.0%} of the words are common English ones; the word lists are English")
        ended = sum(1 for _, end in passage.sentences if passage.plain[end - 1] in ".!?\"')")
        if 2 * ended < len(passage.sentences) and len(passage.sentences) > 3:
            say(
                "not_prose",
                f"only {ended} of {len(passage.sentences)} lines and sentences end like a sentence; this may be a list or a page frame",
            )
    openings = [passage.plain[start : start + 48] for start, _ in passage.paragraphs]
    numbered = [opening for opening in openings if opening[0] in "0123456789#"]
    spoken = [opening for opening in openings if ":" in opening]
    for code, pattern, least, message in _FORMS:
        count = sum(1 for opening in (spoken if pattern is _TURN else numbered) if pattern.match(opening))
        if count >= least and 5 * count >= len(openings):
            say(code, message.format(count=count))
    kinds = {item.kind for item in furniture}
    for kind, code, message in _FURNITURE:
        if kind in kinds:
            say(code, message)
    skipped = sum(end - start for start, end in ground.skipped)
    if 2 * skipped > len(passage.text):
        say("mostly_boilerplate", f"{skipped / len(passage.text):.0%} of the text is not part of a report")
    if voice >= 5 and 60 * voice >= words:
        say("opinion", f"the writer speaks in the first person {voice} times: this may be comment, not report")
    return tuple(found)


_BROKEN: Final = "wrongly decoded characters"
"""Told in a notice of its own."""

_USUAL: Final = ("line breaks", "invisible characters")
"""What many an honest text has, and is not worth a notice."""


def undone(counts: Sequence[Mapping[str, int]]) -> tuple[Notice, ...]:
    """The notices of what was put back in the fields of a document before they were read (`credscore.text.restore`)."""
    found = []

    def say(code: str, message: str) -> None:
        found.append(Notice(code, message))

    total = sum(map(Counter, counts), Counter())
    broken = total.pop(_BROKEN, 0)
    for label in _USUAL:
        del total[label]
    if broken > 1:
        say("mojibake", f"{broken} places look wrongly decoded (such as â€™ for an apostrophe) and were read as UTF-8; decode the text so")
    if total:
        say("undone", "put back before reading: " + ", ".join(f"{count} {label}" for label, count in total.items()))
    return tuple(found)


_FORMS: Final = (
    ("live_blog", _STAMP, 4, "{count} paragraphs begin with a time: this may be a live blog"),
    ("transcript", _TURN, 5, "{count} paragraphs begin with a speaker's name and a colon: this may be a transcript"),
    ("listicle", _ITEM, 4, "{count} paragraphs begin with a number: this may be a list article"),
)
_FURNITURE: Final = (
    ("press_release", "press_release", "press-release furniture was found: the text speaks for those it is about"),
    ("sponsored", "sponsored", "a sponsored-content label was found: somebody paid for this text"),
    ("ai_disclosure", "ai_assisted", "a notice says that a machine helped to make this text"),
)
