"""The frame of nouns of saying, which take a possessor or "by": "the General Staff's vow to …", "claims made by the ministry"."""

from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import contents, phrases, subjects, verbs
from credscore.evidence.sourcing.relation import ATTITUDE, SPEECH, Relation, characters
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match

_OPENS_CONTENT: Final = frozenset(("that", "to", "of", "about"))
_AFTER_NOUN: Final = _OPENS_CONTENT | {"by", "from"}
_QUALIFIED: Final = 2
"""Words that may stand between a possessor and the noun of saying that is theirs."""

_MADE: Final = frozenset(("made", "raised", "leveled", "levelled", "lodged"))
"""Participles between a noun of saying and "by"."""

_THAT_IT_IS: Final = (["is", "that"], ["was", "that"])


def relation_of(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """Nouns of saying: "the General Staff's vow to …", "claims by the ministry that …", "a statement from the office"."""
    words = ground.passage.words
    after = match.last
    if words[after : after + 2] in _THAT_IT_IS:
        after += 1  # "his answer was that"
    cue = characters(ground, match)
    made = _is_made(words, match, view.last)
    after = after + 1 if made else _after_day(ground, after)  # "claims made by", "the announcement on Monday that"
    if after >= view.last or words[after] not in _AFTER_NOUN or not ground.joined(after):
        return None
    previous = match.first - 1
    while previous > view.first and match.first - previous <= _QUALIFIED and ground.joined(previous + 1) and _qualifies(ground, previous):
        previous -= 1  # "the report's broad conclusions about"
    source: tuple[int, int] | None = None
    said = match.term.kind == "noun"
    by = words[after] == "by"
    if by or words[after] == "from":
        source = phrases.right(ground, after + 1, view.last)
        if source is None or (by and not made and _has_subject(ground, view, match.first)):
            return None
        after = ground.next(source[1])
        if after >= view.last or (by and said and words[after] not in _OPENS_CONTENT):
            return Relation(source, cue, SPEECH if said else ATTITUDE, None)  # "despite claims by the ministry, …"
    elif previous >= view.first and phrases.is_possessive(ground, previous):
        source = phrases.antecedent(ground, previous - 1, view.first)
    elif previous >= view.first and not words[previous] and phrases.is_genitive(ground, match.first):
        source = phrases.antecedent(ground, ground.previous(match.first), view.first)  # "the guards' claim that"
    elif previous >= view.first and words[previous] in ("his", "her", "their", "its"):
        source = (previous, previous)
    if source is None or words[after] not in _OPENS_CONTENT:
        return None
    act = SPEECH if said and words[after] != "to" else ATTITUDE  # "the ministry's vow to go on" tells a plan
    return Relation(source, cue, act, contents.clip(ground, ground.passage.starts[after], view.end))


def is_noun(ground: Ground, view: SentenceView, match: Match) -> bool:
    """Whether what may be a verb of saying or a noun is the noun, by what stands on either side of it."""
    words = ground.passage.words
    after = match.last
    if after < view.last:
        if words[after] in phrases.AUXILIARIES:
            return True  # "the insurance claim was paid"
        if _is_made(words, match, view.last) or (words[after] == "by" and not _has_subject(ground, view, match.first)):
            return True  # "claims made by the ministry", "claims by the ministry"
        if words[after - 1] == "to" and match.term.kind == "promise" and words[after] in phrases.DETERMINERS:
            return True  # "from worker claims to a survey"
    if match.first > view.first and phrases.is_possessive(ground, match.first - 1):
        return True  # "the ministry's vow to", a noun with its possessor
    if verbs.is_modified(ground, view, match):
        return True  # "the most pressing questions about"
    return words[after : after + 2] in _THAT_IT_IS  # "his claim was that"


def _is_made(words: list[str], match: Match, ceiling: int) -> bool:
    """Whether it is told after a noun of saying who made it: "claims made by"."""
    after = match.last
    return after + 1 < ceiling and words[after] in _MADE and words[after + 1] == "by"


def _after_day(ground: Ground, at: int) -> int:
    """The word after the day of a statement: "Ode's announcement on Monday that"."""
    words = ground.passage.words
    day = at + 1 if words[at : at + 1] == ["on"] else at
    dated = day < len(words) and (words[day] in phrases.TIME_WORDS or (day == at and words[day] in phrases.TODAY)) and ground.joined(day)
    return day + 1 if dated else at


def _has_subject(ground: Ground, view: SentenceView, verb: int) -> bool:
    """Whether somebody who can speak stands right before a word, which is then a verb: "officials claim by letter that"."""
    subject = subjects.left_of(ground, view, verb - 1)
    return subject is not None and ground.joined(verb) and phrases.has_head(ground, *subject)


def _qualifies(ground: Ground, word: int) -> bool:
    """Whether a word may stand between a possessor and the noun that is theirs: "his strong support of"."""
    form = ground.passage.words[word]
    closed = form in phrases.DETERMINERS or form in phrases.PREPOSITIONS
    return len(form) > 3 and form.isalpha() and not closed and not ground.role(word)
