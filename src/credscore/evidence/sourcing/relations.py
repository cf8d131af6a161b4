"""Attribution relations: from each cue in a sentence to its source and its content, by the frame of the cue.

Frames (the tables of `cues.toml`): a verb of saying takes its source on the left or, after a quotation, on the right,
and its content on the other side; "according to" takes its source on the right; "was told by" is passive; nouns of
saying take a possessor. Cue, source and content are delimited as PolNeAR does: "that" and quotation marks belong to the
content, appositions to the source.
"""

from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import according, contents, nouns, passives, phrases, subjects, verbs
from credscore.evidence.sourcing.relation import ATTITUDE, ATTITUDES, SPEECH, Relation, characters
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match
from credscore.lexicon.terms import NOUNS
from credscore.native import record

_SUPPOSED: Final = frozenset(("if", "unless"))
"""Before a subject, they make a statement one that may be: "if the ministry says so"."""

_LONG_SUBJECT: Final = 8
"""Words from which what stands before "is saying" may hold more than its subject."""

_LONGEST_HEADLINE, _LONG_WORD = 30, 4
"""Words of a line that may be a headline, and letters from which its words have a capital if they are not small words."""

_LONGEST_MEANS: Final = 8
"""Words of what somebody took or used to say it."""

_CALLING: Final = frozenset("call calls called calling".split())
_CALLED_UP: Final = frozenset("police 911 999 security me us him her them".split())
"""Whom one calls by telephone, where nothing says what they are called."""

_QUESTIONS: Final = frozenset(("what", "who", "whom"))
_HEARING: Final = frozenset(("heard", "hears"))
_HEARERS: Final = frozenset("court tribunal inquest inquiry jury jurors hearing committee council".split())
"""Who tells by hearing: "the inquest heard that the brakes had failed"."""

_DO: Final = frozenset(("do", "does", "did"))
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
        return according.relation_of(ground, view, match)
    if kind == "passive":
        return passives.by_agent(ground, view, match)
    if kind in NOUNS:
        return nouns.relation_of(ground, view, match)
    return _verb(ground, view, match, before)


def _verb(ground: Ground, view: SentenceView, match: Match, before: list[Relation]) -> Relation | None:
    passage = ground.passage
    words = passage.words
    kind = match.term.kind
    if match.first in ground.noun_cues and nouns.is_noun(ground, view, match):
        return None
    cue_word = words[match.first]
    at, passive = phrases.skip_auxiliaries(ground, match.first - 1, view.first)
    if passive and not cue_word.endswith("ing"):
        return passives.by_agent(ground, view, match) if verbs.is_told_of(match, cue_word) else None
    if _says_nothing(ground, view, match, at):
        return None
    if at + 1 == match.first and cue_word.endswith("ed") and words[match.last : match.last + 1] == ["by"]:
        agent = passives.reduced(ground, view, match)
        if agent is not None:
            return agent if verbs.is_told_of(match, cue_word) else None
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
    cue = characters(ground, match)
    if at + 1 < match.first and words[at + 1]:
        cue = passage.starts[at + 1], cue[1]
    if cue_word.endswith("ing") and at + 1 == match.first and verbs.is_object(ground, view, match.first):
        return None
    quoting = before[-1].cue if before and cue_word == "saying" and at >= view.first and words[at] == "as" else None
    if quoting is not None and (said := phrases.left(ground, at - 1, view.first)) and passage.starts[said[0]] >= quoting[1]:
        content = contents.after(ground, view, match.last, kind)  # "state radio quoted Ode as saying"
        return Relation(said, characters(ground, match), SPEECH, content)
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
            # "his office sent a letter saying": no more than the subject
            subject = phrases.subject(ground, source[0], at)
            source = subject if subject is not None and subject[0] == source[0] else source
        if source is None and kind == "said":
            return passives.by_agent(ground, view, match)
    if source is None:
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
    if cue_word in _HEARING and words[source[1]] not in _HEARERS:
        return None
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
    if content is None and (kind != "said" or (follows >= view.last and _is_mentioned(ground, view, source))):
        return None
    unsaid = (
        kind in ATTITUDES
        or verbs.is_denied(words, source)
        or ground.before(source[0]) in _SUPPOSED
        or (at + 1 < match.first and verbs.is_unsure(words[at + 1 : match.first]))
    )
    return record(Relation, (source, cue, ATTITUDE if unsaid else SPEECH, content, listener, "", "", kind in ("attitude", "called")))


def _is_mentioned(ground: Ground, view: SentenceView, source: tuple[int, int]) -> bool:
    """Whether a clause at the end of a sentence only mentions that something was said: "believes everything he says"."""
    opens = ground.passage.plain[view.end : view.end + 2].lstrip()[:1]
    return opens not in ('"', "'") and not phrases.only_opens(ground, view.first, source[0])


def _says_nothing(ground: Ground, view: SentenceView, match: Match, at: int) -> bool:
    """Whether a verb of the lists tells of no statement where it stands, after the words that end with word `at`."""
    words = ground.passage.words
    cue_word = words[match.first]
    if cue_word.endswith("ing") and at > view.first and words[at - 1 : match.first] == ["forward", "to"]:
        return True  # "looking forward to talking about it"
    return match.term.kind == "called" and cue_word in _CALLING and _is_telephoned(ground, view, match)


def _is_telephoned(ground: Ground, view: SentenceView, match: Match) -> bool:
    """Whether somebody called by telephone: "called police", "called her on Monday", but not "called police brutality a scourge"."""
    words = ground.passage.words
    after = match.last if words[match.last - 1] in _CALLED_UP else match.last + 1
    if after > view.last or words[after - 1] not in _CALLED_UP:
        return False
    if after == view.last:
        return True
    if contents.opens_after(ground, ground.passage.starts[after] - 1, view.end) or any(mark in ground.gap(after) for mark in "\"':"):
        return False  # 'called her, among other things, "a liar"'
    return not ground.joined(after) or words[after] in phrases.SMALL_WORDS or words[after] in contents.ADVERBIALS


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
    if words[means] in verbs.USING and not verbs.MEANS.isdisjoint(words[means + 1 : at + 1]):
        return means - 1  # "took to the radio on Monday to say", "used his speech to accuse"
    leads = at > floor and ground.joined(to) and (words[at] in verbs.DONE or (words[at] in verbs.LIKELY and at not in ground.cue_words))
    return at - 1 if leads else to


def _floor(view: SentenceView, before: list[Relation], cue: int) -> int:
    """Where content before a cue may begin: after the cue and source of the relation before it in the sentence."""
    if not before or before[-1].content is None:
        return view.start
    near = before[-1]
    return near.cue[1] if near.cue[1] < cue and near.content is not None and near.content[1] <= near.cue[0] else view.start


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
