"""Attributions told by layout, not by words: the signature under a post, a speaker's name and a colon before a quotation, a credit.

As in `— Ada Ruiz (@adaruiz)` under what she wrote, `Ruiz: "The bridge is safe."` in a transcript or a headline, and
`From the Harbor Post:` or `H/T Harbor Post` on a line of its own, in a text that takes over another's.
"""

import re
from collections.abc import Mapping, Set
from itertools import chain
from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases
from credscore.evidence.sourcing.kinds import AUTHOR, NAMED_PERSON, OUTLET
from credscore.evidence.sourcing.relation import SPEECH, Relation
from credscore.text.dates import MONTHS
from credscore.text.fold import DASH

_SIGNATURE: Final = re.compile(rf"(?P<sign>{DASH}) ?(?P<name>[^\W\d_][^\n(){DASH}]*?) ?\(@\w+\)")
_DATED: Final = re.compile(r"(?P<name>[^\W\d_][^\n()]*?) ?(?P<sign>\(@\w+\)) (?P<month>[^\W\d_]+) \d{1,2}(?:, \d{4})?\s*\Z")
"""A signature on a line of its own, with its date but without its dash: "Ada Ruiz (@adaruiz) May 3, 2016"."""

_MOST_NAMES: Final = 8
"""Words that the name in a signature may have."""

_TURN: Final = re.compile(r"[*_]{0,3}([A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,5})(?:: ?[*_]{0,3}|[*_]{1,3}:) ?(?=[^\s/])")
_CREDIT: Final = re.compile(
    r"[(\[]?(?:(From|Via)|([Vv]ia|[Hh]/[Tt]|(?:Source|SOURCE|Hat tip)(?=:)):?) ([^\W\d_][^\n,;:()\[\]]+?) ?(:?)[)\]]?"
)

_OPENS_CREDIT: Final = "([FVvHhS"
"""With one of these a credit begins."""

_SPOKEN_FOR: Final = ("document", "organization", "org_suffix")
"""Words with which a credit names no news organisation: "From the White House:", "Source: Ministry of Health"."""

_SMALL: Final = frozenset("the of and for s de da di del van von der den la le bin al el du dos das y".split())
"""Words of a name that have no capital."""

_NOT_A_NAME: Final = frozenset(
    "q a note update updated photo image video source sources related watch read listen correction live breaking exclusive opinion "
    "analysis review editorial".split()
)


def find(ground: Ground) -> list[Relation]:
    """The relations of a passage that no cue introduces, in reading order."""
    passage = ground.passage
    plain, paragraphs = passage.plain, passage.paragraphs
    signed = "(@" in plain
    found: list[Relation] = []
    spoken: dict[str, list[Relation]] = {}
    asked: set[str] = set()
    headline: list[Relation] = []
    for number, (start, end) in enumerate(paragraphs):
        turn = _TURN.match(plain, start, end) if plain.find(":", start, end) >= 0 else None
        if turn is not None and passage.words[passage.word_at(start)] not in _NOT_A_NAME:
            said = turn.end(), start + len(plain[start:end].rstrip())
            quoted = ground.quotations.around(turn.end(), turn.end() + 1)
            relation = _relation(ground, turn.span(1), (turn.end(1), turn.end(1) + 1), quoted or said)
            if quoted is not None:
                found.append(relation)
            else:
                name = turn[1].rpartition(" ")[2]
                ours = turn[1].lower().startswith("our ")  # "OUR EDITOR"
                spoken.setdefault(name, []).append(relation._replace(kind=AUTHOR) if ours else relation)
                if "?" in plain[slice(*said)]:
                    asked.add(name)
                if not number and not turn[1].isupper() and _is_told_of(ground, turn):
                    headline.append(relation)
        credit = _CREDIT.fullmatch(plain, start, end) if plain[start] in _OPENS_CREDIT else None
        if credit is not None and (credit[4] or credit[2]):
            found += _credited(ground, credit, number)
        signature = _signed(ground, number) if signed and plain.find("(@", start, end) >= 0 else None
        if signature is None and plain[start] in "\"'":
            signature = _under_quotation(ground, start, end)
        if signature is not None:
            found.append(signature)
    return sorted(chain(found, *spoken.values())) if _converse(spoken, asked) else headline + found


def _converse(spoken: Mapping[str, list[Relation]], asked: Set[str]) -> bool:
    """Whether words before a colon are the speakers of a transcript, by how often each of them speaks, and who asks something.

    In capitals several speak, and one of them again. Others are as often what a list tells of each thing in it: there two speak
    again and again, and ask.
    """
    capitals = [turns for name, turns in spoken.items() if name.isupper()]
    if len(capitals) > 1 and max(map(len, capitals)) > 1:
        return True
    again = [name for name, turns in spoken.items() if len(turns) > 1]
    return len(again) > 1 and not asked.isdisjoint(again)


def _signed(ground: Ground, number: int) -> Relation | None:
    """The signature in paragraph `number`, under the words before it in the paragraph or those of the paragraph above."""
    passage = ground.passage
    plain, paragraphs = passage.plain, passage.paragraphs
    start, end = paragraphs[number]
    signature = _SIGNATURE.search(plain, start, end) or _dated(ground, number)
    if signature is None:
        return None
    name, sign = signature.span("name"), signature.span("sign")
    small = plain[name[0]].islower()  # who signs a post in small letters
    if len(signature["name"].split()) > (1 if small else _MOST_NAMES):
        return None
    before = (start, sign[0]) if start < sign[0] < name[0] else paragraphs[number - 1] if number else None
    content = None if before is None else (before[0], before[0] + len(plain[slice(*before)].rstrip()))
    relation = _relation(ground, name, (sign[0], sign[0] + 1), content)
    return relation._replace(kind=NAMED_PERSON) if small else relation


def _dated(ground: Ground, number: int) -> re.Match[str] | None:
    """The signature that is the whole of paragraph `number`, where the dash before it ends the paragraph above."""
    if number == 0:
        return None
    plain, paragraphs = ground.passage.plain, ground.passage.paragraphs
    signature = _DATED.match(plain, *paragraphs[number])
    if signature is None or signature["month"].lower() not in MONTHS:
        return None
    return signature if plain[slice(*paragraphs[number - 1])].rstrip().endswith(DASH) else None


def _under_quotation(ground: Ground, start: int, end: int) -> Relation | None:
    """Who said a quotation that is a paragraph of its own but for a name: `"The bridge is safe." — Ada Ruiz, engineer`."""
    plain = ground.passage.plain
    quoted = ground.quotations.around(start, start + 1)
    if quoted is None or quoted[0] != start or quoted[1] >= end or plain[quoted[1] - 2] not in ".,!?":
        return None
    dash = end - len(plain[quoted[1] : end].lstrip())
    if plain[dash : dash + 1] != DASH and not plain.startswith("- ", dash):
        return None
    opens, closes = end - len(plain[dash + 1 : end].lstrip()), dash + len(plain[dash:end].rstrip())
    if opens >= closes or any(mark in plain[opens:closes] for mark in '":?!') or not _is_name(ground, opens, closes):
        return None
    return _relation(ground, (opens, closes), (dash, dash + 1), quoted)


def _is_name(ground: Ground, start: int, end: int) -> bool:
    """Whether each word up to the first comma, but small ones, has a capital."""
    passage = ground.passage
    comma = passage.plain.find(",", start, end)
    words = range(passage.word_at(start), passage.word_at(comma if comma >= 0 else end))
    names = [at for at in words if passage.words[at] and passage.words[at] not in _SMALL]
    return bool(names) and all(ground.is_capital(at) for at in names)


def _credited(ground: Ground, credit: re.Match[str], number: int) -> list[Relation]:
    """The credit in paragraph `number`, with the paragraph after it if it ends in a colon: whose words those are.

    It names somebody only if each of its words but small ones has a capital; a name of which nothing tells is an outlet's.
    """
    passage = ground.passage
    content = passage.paragraphs[number + 1] if credit[4] and number + 1 < len(passage.paragraphs) else None
    relation = _relation(ground, credit.span(3), credit.span(1 if credit[1] else 2), content)
    first, last = relation.source
    words = passage.words[first : last + 1]
    if not _is_name(ground, *credit.span(3)) or not phrases.TIME_WORDS.isdisjoint(words):
        return []
    told = ground.is_title(first) or any(ground.role(at) in _SPOKEN_FOR for at in range(first, last + 1))
    return [relation if told else relation._replace(kind=OUTLET)]


def _is_told_of(ground: Ground, turn: re.Match[str]) -> bool:
    """Whether a headline's "Ode: bridge is safe" names somebody: who is named again in the text, or a known noun ("Poll:")."""
    name = turn[1].rpartition(" ")[2]
    known = ground.role(ground.passage.word_at(turn.end(1)) - 1) is not None
    return known or ground.passage.plain.find(name, turn.end()) >= 0


def _relation(ground: Ground, name: tuple[int, int], cue: tuple[int, int], content: tuple[int, int] | None) -> Relation:
    passage = ground.passage
    return Relation((passage.word_at(name[0]), passage.word_at(name[1]) - 1), cue, SPEECH, content)
