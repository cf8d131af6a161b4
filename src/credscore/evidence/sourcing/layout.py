"""Attributions told by layout, not by words: the signature under a post, a speaker's name and a colon before a quotation.

As in `— Ada Ruiz (@adaruiz)` under what she wrote, and `Ruiz: "The bridge is safe."` in a transcript or a headline.
"""

import re

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing.relations import SPEECH, Relation
from credscore.text.fold import DASH

_SIGNATURE = re.compile(rf"{DASH} ?([A-Z][^\n(){DASH}]{{1,50}}?) ?\(@\w{{1,30}}\)")
_TURN = re.compile(r"([A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,5}): ?(?=\")")
_NOT_A_NAME = frozenset("q a note update updated photo image video source sources related watch read listen correction".split())


def find(ground: Ground) -> list[Relation]:
    """The relations of a passage that no cue introduces, in reading order."""
    passage = ground.passage
    plain, paragraphs = passage.plain, passage.paragraphs
    signed = "(@" in plain
    turns = ': "' in plain or ':"' in plain
    if not signed and not turns:
        return []
    found: list[Relation] = []
    for number, (start, end) in enumerate(paragraphs):
        turn = _TURN.match(plain, start, end) if turns else None
        if turn is not None and passage.words[passage.word_at(start)] not in _NOT_A_NAME:
            quoted = ground.quotations.around(turn.end(), turn.end() + 1)
            if quoted is not None:
                found.append(_relation(ground, turn.span(1), (turn.end(1), turn.end(1) + 1), quoted))
        signature = _SIGNATURE.search(plain, start, end) if signed and plain.find("(@", start, end) >= 0 else None
        if signature is not None:
            before = (start, signature.start()) if signature.start() > start else paragraphs[number - 1] if number else None
            content = None if before is None else (before[0], before[0] + len(plain[slice(*before)].rstrip()))
            found.append(_relation(ground, signature.span(1), (signature.start(), signature.start() + 1), content))
    return found


def _relation(ground: Ground, name: tuple[int, int], cue: tuple[int, int], content: tuple[int, int] | None) -> Relation:
    passage = ground.passage
    return Relation((passage.word_at(name[0]), passage.word_at(name[1]) - 1), cue, SPEECH, content)
