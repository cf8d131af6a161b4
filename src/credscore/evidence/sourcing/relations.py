"""Attribution relations: from each cue in a sentence to its source and its content, by the frame of the cue.

Frames (the tables of `cues.toml`): a verb of saying takes its source on the left or, after a quotation, on the right,
and its content on the other side; "according to" takes its source on the right; "was told by" is passive; nouns of
saying take a possessor. Cue, source and content are delimited as PolNeAR does: "that" and quotation marks belong to the
content, appositions to the source.
"""

from typing import Final, NamedTuple

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import contents, phrases, subjects, verbs
from credscore.evidence.sourcing.kinds import DOCUMENT
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match

SPEECH, ATTITUDE = "speech", "attitude"
ATTITUDES: Final = frozenset({"attitude", "to_infinitive"})
"""Tables of cues that tell what somebody believes, wants or plans."""

_SUPPOSED: Final = frozenset(("if", "unless"))
"""Before a subject, they make a statement one that may be: "if the ministry says so"."""

_LONG_SUBJECT: Final = 8
"""Words from which what stands before "is saying" may hold more than its subject."""

_OPENS_CONTENT: Final = frozenset(("that", "to", "of", "about"))
_AFTER_NOUN: Final = _OPENS_CONTENT | {"by", "from"}
_QUALIFIED: Final = 2
"""Words that may stand between a possessor and the noun of saying that is theirs."""

_LONGEST_HEADLINE, _LONG_WORD = 30, 4
"""Words of a line that may be a headline, and letters from which its words have a capital if they are not small words."""

_LONGEST_MEANS: Final = 8
"""Words of what somebody took or used to say it."""

_MADE: Final = frozenset(("made", "raised", "leveled", "levelled", "lodged"))
"""Participles between a noun of saying and "by"."""

_BY_TELEPHONE: Final = frozenset(("call", "calls"))
_CALLED_UP: Final = frozenset(("police", "911", "999", "security"))
_BEFORE_PARTICIPLE: Final = frozenset(("as", "when"))
_QUESTIONS: Final = frozenset(("what", "who", "whom"))
_DO: Final = frozenset(("do", "does", "did"))
_TO_BE: Final = (["to", "be"], ["to", "have"])
_THAT_IT_IS: Final = (["is", "that"], ["was", "that"])
_SAYING: Final = (["saying"], ["telling"])
_JOINS: Final = frozenset(("and", "but"))
_BEFORE_GERUND: Final = frozenset(
    "by after before without while when with since despite besides for of in from on against about than".split()
)
_RELAY_ENDS: Final = frozenset(
    "that on in at he she they it there the his her their a an by about of how what why if whether as i we".split()
)
_SHOWING: Final = frozenset("show shows showed suggest suggests suggested indicate indicates signal signals tells means reflects".split())
_POINTERS: Final = frozenset("it this these which what".split())
_LISTENERS: Final = frozenset("reporters journalists lawmakers parliament viewers listeners investors voters senators supporters".split())


class Relation(NamedTuple):
    """Word and character spans of one attribution; `source` in words (first, last), the others in characters."""

    source: tuple[int, int]
    cue: tuple[int, int]
    act: str
    content: tuple[int, int] | None
    relay: tuple[int, int] | None = None
    kind: str = ""
    """The kind of the source where the layout tells it."""

    otherwise: str = ""
    """Its kind where neither form nor context tells any."""

    judges: bool = False
    """Whether what is given is the source's opinion: what they believe, or what they call something."""


def find(ground: Ground, view: SentenceView, cues: list[Match]) -> list[Relation]:
    """The relations of one sentence, in the order of their cues."""
    relations: list[Relation] = []
    for match in cues:
        if relations and relations[-1].source[0] <= match.first <= relations[-1].source[1]:
            continue  # "according to multiple reports": a noun of the source, not a verb
        if relations and ground.passage.starts[match.first] < relations[-1].cue[1]:
            continue  # "was quoted by the paper as saying": one cue
        if match.first > view.first and ground.is_capital(match.first) and ground.joined(match.first) and not _is_headline(ground, view):
            continue  # a capital in mid-sentence: a title or a name
        relation = _relation(ground, view, match, relations)
        if relation is not None:
            if relations:
                relations[-1] = _up_to(ground, relations[-1], relation)
            relations.append(relation)
    return relations


def _up_to(ground: Ground, relation: Relation, following: Relation) -> Relation:
    """A relation whose content ends where another statement is joined to it: "denied it and the guards said that it was so"."""
    content, first = relation.content, following.source[0]
    if content is None or first == 0 or following.act != SPEECH or following.source == relation.source:
        return relation
    start = ground.passage.starts[first]
    joins = first - 1 if ground.passage.words[first - 1] else first - 2
    if not content[0] < start < content[1] or ground.passage.words[joins] not in _JOINS or relation.cue[1] > start:
        return relation
    if ground.quotations.around(start, start + 1) is not None:
        return relation
    end = ground.passage.starts[joins]
    return relation._replace(content=contents.clip(ground, content[0], end)) if end > content[0] else relation


def _is_headline(ground: Ground, view: SentenceView) -> bool:
    """Whether no word of a line but small ones lacks a capital: there a capital tells nothing of a verb."""
    if view.last - view.first > _LONGEST_HEADLINE:
        return False
    cased = ground.passage.cased[view.first : view.last]
    return not any(len(form) >= _LONG_WORD and form.islower() and form not in phrases.SMALL_WORDS for form in cased)


def _relation(ground: Ground, view: SentenceView, match: Match, before: list[Relation]) -> Relation | None:
    kind = match.term.kind
    if kind == "according":
        return _according(ground, view, match)
    if kind == "passive":
        return _by_agent(ground, view, match)
    if match.term.track == "cue:noun":
        return _noun(ground, view, match)
    return _verb(ground, view, match, before)


def _characters(ground: Ground, match: Match) -> tuple[int, int]:
    return ground.passage.starts[match.first], ground.passage.end_of(match.last - 1)


def _according(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    source = phrases.right(ground, ground.next(match.last - 1), view.last)
    if source is None or (ground.passage.words[match.first] == "per" and not _is_per(ground, view, match.first, source)):
        return None
    cue = _characters(ground, match)
    content = None
    if phrases.only_opens(ground, view.first, match.first):
        source = _before_clause(ground, view, source)
    else:
        content = contents.before(ground, view, cue[0], view.start)
    content = content or contents.clip(ground, phrases.end(ground, source[1]), view.end)
    read = match.term.id == "according-to" and _is_read(ground, view, match.first, source[0])
    return Relation(source, cue, SPEECH, content if content[0] < content[1] else None, otherwise=DOCUMENT if read else "")


def _is_read(ground: Ground, view: SentenceView, cue: int, source: int) -> bool:
    """Whether "according to" names what was read, and no measure ("paid according to the job"): apart from its clause, not of a pronoun."""
    word = ground.passage.words[source]
    apart = cue == view.first or not ground.joined(cue) or phrases.only_opens(ground, view.first, cue)
    return apart and word not in phrases.POSSESSIVES and word not in phrases.PERSONAL and word not in phrases.CLOSERS


def _before_clause(ground: Ground, view: SentenceView, source: tuple[int, int]) -> tuple[int, int]:
    """The source that opens a sentence without what would be its apposition if the sentence did not end with it: what it said."""
    if ground.next(source[1]) < view.last:
        return source
    return source[0], phrases.core_end(ground, phrases.head_of(ground, *source), source[1])


def _is_per(ground: Ground, view: SentenceView, per: int, source: tuple[int, int]) -> bool:
    """Whether "per" names a source: "…, per the ministry", "Per Ode, …", but not "$5 per barrel"."""
    apart = per == view.first or not ground.joined(per)
    return apart and (ground.is_capital(source[0]) or ground.passage.words[source[0]] in phrases.DETERMINERS)


def _noun(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """Nouns of saying: "the General Staff's vow to …", "claims by the ministry that …", "a statement from the office"."""
    words = ground.passage.words
    after = match.last
    if words[after : after + 2] in _THAT_IT_IS:
        after += 1  # "his answer was that"
    cue = _characters(ground, match)
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


def _is_made(words: list[str], match: Match, ceiling: int) -> bool:
    """Whether it is told after a noun of saying who made it: "claims made by", but not "calls made by"."""
    after = match.last
    return after + 1 < ceiling and words[after] in _MADE and words[after + 1] == "by" and words[match.first] not in _BY_TELEPHONE


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


def _verb(ground: Ground, view: SentenceView, match: Match, before: list[Relation]) -> Relation | None:
    passage = ground.passage
    words = passage.words
    kind = match.term.kind
    if match.first in ground.noun_cues and _is_noun(ground, view, match):
        return None
    cue_word = words[match.first]
    at, passive = phrases.skip_auxiliaries(ground, match.first - 1, view.first)
    if passive and not cue_word.endswith("ing"):
        return _by_agent(ground, view, match)
    if cue_word.endswith("ing") and at > view.first and words[at - 1 : match.first] == ["forward", "to"]:
        return None  # "looking forward to talking about it"
    if kind == "called" and _is_telephoned(ground, match.last, view.last):
        return None
    if cue_word == "said" and words[match.last : match.last + 2] in _TO_BE:
        return None  # "a couple said to be in their thirties"
    if at + 1 == match.first and cue_word.endswith("ed") and words[match.last : match.last + 1] == ["by"]:
        if verbs.is_told_of(match, cue_word):
            return _reduced(ground, view, match)
        if kind != "said":
            return None  # "the school promoted by Ode", "a meeting interrupted by guards"
    if cue_word.endswith("ed") and (ground.before(match.first) == "those" or _is_owned(ground, view, match)):
        return None  # "those asked say": people are told by what was done to them; "Ode's reported doubts"
    led = None
    if at > view.first and words[at] == "to":
        steps = _chain(ground, at, view.first)
        if steps < at:
            at, passive = phrases.skip_auxiliaries(ground, steps, view.first)
        else:
            led = subjects.led(ground, at, view.first)
    if cue_word.endswith("ing") and at + 1 == match.first and at > view.first and words[at] in verbs.KEEPING:
        at, _ = phrases.skip_auxiliaries(ground, at - 1, view.first)  # "kept saying"
    cue = _characters(ground, match)
    if at + 1 < match.first and words[at + 1]:
        cue = passage.starts[at + 1], cue[1]
    if cue_word.endswith("ing") and at + 1 == match.first and verbs.is_object(ground, view, match.first):
        return None
    source: tuple[int, int] | None = None
    shared: tuple[int, int] | None = None
    inverted = subjects.inverted(ground, view, match, at, kind)
    if inverted is not None:
        source = inverted
    else:
        detached = cue_word.endswith("ing") and at >= view.first and (not words[at] or words[at] in _BEFORE_GERUND)
        # not the words before ", adding" and "by adding"
        source = led or (None if detached else subjects.left_of(ground, view, at))
        if (
            source is None
            or not phrases.has_head(ground, source[0], source[1])
            or (cue_word.endswith("ing") and subjects.is_thing(ground, source))
        ):
            near = before[-1].source if before and before[-1].cue[1] < cue[0] else None
            shared = subjects.shared(ground, view, at, cue_word, near)
            source = shared or source or (None if detached and words[at] else subjects.left_of(ground, view, at))
        elif cue_word.endswith("ing") and source[1] - source[0] > (2 if at + 1 == match.first else _LONG_SUBJECT):
            source = subjects.of_participle(ground, view, source, at)
        if source is None and kind == "said":
            return _by_agent(ground, view, match)
    if source is None or (words[source[0]] == "any" and source[0] == source[1]):
        return None
    if kind in ("said", "of_for") and words[source[0] - 1] in _DO and words[source[0] - 2] in _QUESTIONS and _is_question(ground, view):
        return None  # "What did Ode say?"
    if inverted is None and shared is None and words[source[0]] in ("a", "an") and match.last < view.last and words[match.last]:
        source = subjects.with_name(ground, view, source)
    base = inverted is None and led is None and at + 1 == match.first and verbs.is_base(match, cue_word)
    noun = base and match.first in ground.noun_cues and not _governs(ground, view, match)
    if base and verbs.is_singular(ground, source, shared is not None, noun):
        return None
    if cue_word in _SHOWING and words[source[1]] in _POINTERS and source[0] == source[1]:
        return None  # "this shows that": the writer's own argument
    if cue_word == "found" and not verbs.is_finding(ground, view, match.last, source):
        return None
    listener = None
    follows = match.last
    if cue_word in verbs.TELLING:
        listener, follows = _listener(ground, match.last, view.last)
    if shared is None or follows >= view.last:
        content = contents.find(ground, view, cue, source, follows, inverted is not None, kind, _floor(view, before, cue[0]))
    else:
        content = contents.after(ground, view, follows, kind)
    if content is not None and content[0] >= content[1]:
        content = None
    if content is None and kind != "said":
        return None
    unsaid = (
        kind in ATTITUDES
        or verbs.is_denied(words, source)
        or ground.before(source[0]) in _SUPPOSED
        or (at + 1 < match.first and verbs.is_unsure(words[at + 1 : match.first]))
    )
    return Relation(source, cue, ATTITUDE if unsaid else SPEECH, content, listener, judges=kind in ("attitude", "called"))


def _is_noun(ground: Ground, view: SentenceView, match: Match) -> bool:
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


def _is_question(ground: Ground, view: SentenceView) -> bool:
    """Whether a sentence ends with a question mark outside quotations."""
    return ground.passage.plain[view.start : view.end].rstrip(" \n").endswith("?")


def _is_owned(ground: Ground, view: SentenceView, match: Match) -> bool:
    """Whether a participle stands after a possessor; after a contracted "has" it has an object of its own: "Ode's claimed that"."""
    owner = match.first - 2
    if owner < view.first or ground.passage.words[owner] in phrases.PRONOUNS:
        return False
    return phrases.is_possessive(ground, owner + 1) and not _governs(ground, view, match)


def _governs(ground: Ground, view: SentenceView, match: Match) -> bool:
    """Whether what may be a noun has an object or a clause, as a verb has: "Odes claim the seat", "Odes fear that"."""
    follows = match.last
    if follows >= view.last or not ground.joined(follows):
        return False
    word = ground.passage.words[follows]
    return word == "that" or word in phrases.DETERMINERS or word in phrases.PRONOUNS or ground.is_capital(follows)


def _chain(ground: Ground, to: int, floor: int) -> int:
    """The word before the verbs that lead up to "to" in "went on to say", "is likely to deny"; `to` itself if none do."""
    words = ground.passage.words
    at = to - 1
    if at > floor and words[at] == "on" and ground.joined(at):
        at -= 1
    means = at
    while means > floor and at - means < _LONGEST_MEANS and ground.joined(means + 1) and words[means] not in verbs.USING:
        means -= 1
    if words[means] in verbs.USING and words[means - 1] != "it" and (words[means + 1] == "to" or words[means + 1] in phrases.DETERMINERS):
        return means - 1  # "took to the radio on Monday to say", "used his speech to accuse"
    leads = at > floor and ground.joined(to) and (words[at] in verbs.DONE or (words[at] in verbs.LIKELY and at not in ground.cue_words))
    return at - 1 if leads else to


def _floor(view: SentenceView, before: list[Relation], cue: int) -> int:
    """Where content before a cue may begin: after the cue and source of the relation before it in the sentence."""
    if not before or before[-1].content is None:
        return view.start
    near = before[-1]
    return near.cue[1] if near.cue[1] < cue and near.content is not None and near.content[1] <= near.cue[0] else view.start


def _by_agent(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """The passive: "was first reported by the paper" (content before), "Ode was told by an officer that …"."""
    words = ground.passage.words
    by = match.last - 1 if words[match.last - 1] == "by" else match.last
    if words[by : by + 1] == ["to"]:  # "was described to her by"
        by += 2
    if by >= view.last or words[by] != "by":
        return None
    source = phrases.right(ground, by + 1, view.last)
    if source is None or words[by + 1].isdecimal():  # "was raised by 0.1 points"
        return None
    cue = ground.passage.starts[match.first], ground.passage.end_of(by)
    after = ground.next(source[1])
    if words[after : after + 1] == ["as"] and words[after + 1 : after + 2] in _SAYING:  # "Ode was quoted by the paper as saying"
        said, cue = (
            phrases.left(ground, _before_be(ground, match.first, view.first), view.first),
            (cue[0], ground.passage.end_of(after + 1)),
        )
        content = contents.after(ground, view, after + 2, "said")
        return None if said is None else Relation(said, cue, SPEECH, content, phrases.span(ground, *source))
    told = after < view.last and words[after] in verbs.ASKED
    content = contents.clip(ground, ground.passage.starts[after], view.end) if told else contents.before(ground, view, cue[0], view.start)
    return Relation(source, cue, SPEECH, content)


def _reduced(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """The passive without its "be", after the noun that it tells of: "a plan announced by the ministry"."""
    relation = _by_agent(ground, view, match)
    if relation is None or not phrases.has_head(ground, *relation.source):
        return None
    if any(word.endswith("ing") for word in ground.following(match.last, 2)):
        return None  # "concluded by closing the road"
    before = ground.before(match.first)
    if before == "as":
        return relation._replace(content=contents.before(ground, view, ground.passage.starts[match.first - 1], view.start))
    if before in _BEFORE_PARTICIPLE or ground.following(relation.source[1], 1) == ["if"] or match.first == view.first:
        return relation  # "when asked by Ode", "asked by a reporter if", "Asked by Ode to answer, she"
    told = phrases.left(ground, match.first - 1, view.first)
    return relation._replace(content=None if told is None else phrases.span(ground, *told), judges=match.term.kind == "called")


def _is_telephoned(ground: Ground, at: int, ceiling: int) -> bool:
    """Whether somebody called by telephone: "called police", but not "called police brutality a scourge"."""
    words = ground.passage.words
    if at >= ceiling or words[at] not in _CALLED_UP:
        return False
    after = at + 1
    return after >= ceiling or not ground.joined(after) or words[after] in phrases.SMALL_WORDS or words[after] in contents.ADVERBIALS


def _before_be(ground: Ground, verb: int, floor: int) -> int:
    return phrases.skip_auxiliaries(ground, verb if ground.passage.words[verb] in phrases.AUXILIARIES else verb - 1, floor)[0]


def _listener(ground: Ground, after: int, ceiling: int) -> tuple[tuple[int, int] | None, int]:
    """The addressee of "told": a span if it may be an outlet ("told Reuters", "told the paper"), and the word that follows."""
    passage = ground.passage
    words = passage.words
    at = after
    if at < ceiling and words[at] in ("me", "us", "him", "her", "them", "you") and ground.joined(at):
        return None, at + 1
    if at < ceiling and words[at] in ("the", "a", "an", "his", "her", "their"):
        at += 1
    last = -1
    while at < ceiling and words[at] and ground.joined(at):
        word = words[at]
        if word in phrases.TIME_WORDS or (last >= 0 and (word in _RELAY_ENDS or phrases.begins_anew(ground, at))):
            break
        listens = word == "s" or word in _LISTENERS or ground.is_capital(at) or ground.role(at)
        if not listens and not (last < 0 and ground.role(ground.next(at))):
            break
        last = at
        at += 1
    if last < 0:
        return None, after
    relay = phrases.span(ground, after, last)
    outlet = ground.is_capital(last) or ground.role(last) == "outlet" or words[last] in _LISTENERS
    return (relay if outlet else None), at
