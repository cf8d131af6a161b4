"""Attribution relations: from each cue in a sentence to its source and its content, by the frame of the cue.

Frames (the tables of `cues.toml`): a verb of saying takes its source on the left or, after a quotation, on the right,
and its content on the other side; "according to" takes its source on the right; "was told by" is passive; nouns of
saying take a possessor. Cue, source and content are delimited as PolNeAR does: "that" and quotation marks belong to the
content, appositions to the source.
"""

from typing import Final, NamedTuple

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import contents, phrases
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match
from credscore.text.fold import DASH

_NO_SUBJECT: Final = frozenset("to not the a an his her their its our my no of for in on and".split())
SPEECH, ATTITUDE = "speech", "attitude"
_ATTITUDES: Final = frozenset({"attitude", "to_infinitive"})
"""Tables of cues that tell what somebody believes, wants or plans."""

_NOBODY: Final = frozenset(("neither", "nor", "nobody", "none"))
_UNSAID: Final = frozenset("will would ll may might could can should must not never t cannot neither".split())
"""With these nothing has been said: it is planned, possible or denied ("will announce", "may confirm", "did not say")."""

_LONG_SUBJECT: Final = 8
"""Words from which what stands before "is saying" may hold more than its subject."""

_AFTER_NOUN: Final = frozenset(("by", "from", "that", "to", "of", "about"))
_QUALIFIED: Final = 2
"""Words that may stand between a possessor and the noun of saying that is theirs."""

_LONGEST_HEADLINE, _LONG_WORD = 30, 4
"""Words of a line that may be a headline, and letters from which its words have a capital if they are not small words."""

_DONE: Final = frozenset(
    "continue continues continued continuing began begun begins beginning started starts went came managed used dared had chose".split()
)
_LIKELY: Final = frozenset(
    "seems seemed seem appears appeared appear tends tended tend likely unlikely unable ready willing unwilling quick poised set "
    "bound inclined loath slow going need needs needed ought tried try trying tries failed fails fit".split()
)
"""Words between a subject and "to" with a verb of saying: with the first it is said ("went on to say"), with these perhaps."""

_SAYING: Final = (["saying"], ["telling"])
_ASKED: Final = frozenset("that to if whether why how what about".split())
"""Words with which what somebody was told or asked begins: "was asked by a reporter whether"."""

_BODIES: Final = frozenset(("organization", "org_suffix", "outlet", "document"))
"""Roles of nouns before a "that" which may speak: "the board that had praised her"."""

_LEADS: Final = frozenset(
    "lead leads led leading force forces forced forcing cause causes caused prompt prompts prompted prompting".split()
)

_COORDINATORS: Final = frozenset(("and", "but", "then", "or"))
_BEFORE_GERUND: Final = frozenset(
    "by after before without while when with since despite besides for of in from on against about than".split()
)
_RELAY_ENDS: Final = frozenset(
    "that on in at he she they it there the his her their a an by about of how what why if whether as i we".split()
)
_PLURALS: Final = frozenset(
    "i we you they who that people police women men some many most few all both those others percent majority public data".split()
)
_SHOWING: Final = frozenset("show shows showed suggest suggests suggested indicate indicates signal signals tells means reflects".split())
_POINTERS: Final = frozenset("it this these which what".split())
_ARTICLES: Final = frozenset("a an the two three his her their no".split())
_LIKE_THEIR_PAST: Final = frozenset("read put set forecast".split())
_APPOSITIVES: Final = frozenset("a an the his her their its one two three himself herself".split())
_PUT_IN: Final = frozenset(
    "who whose which when then now of in on at for like meanwhile however though too also among along including instead again".split()
)
_TELLING: Final = frozenset("told tell tells telling informed assured reminded".split())
_LISTENERS: Final = frozenset("reporters journalists lawmakers parliament viewers listeners investors voters senators supporters".split())


class Relation(NamedTuple):
    """Word and character spans of one attribution; `source` in words (first, last), the others in characters."""

    source: tuple[int, int]
    cue: tuple[int, int]
    act: str
    content: tuple[int, int] | None
    relay: tuple[int, int] | None = None
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
            relations.append(relation)
    return relations


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
    if kind == "noun":
        return _noun(ground, view, match)
    return _verb(ground, view, match, before)


def _characters(ground: Ground, match: Match) -> tuple[int, int]:
    return ground.passage.starts[match.first], ground.passage.end_of(match.last - 1)


def _according(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    source = phrases.right(ground, ground.next(match.last - 1), view.last)
    if source is None or (ground.passage.words[match.first] == "per" and not _is_per(ground, view, match.first, source)):
        return None
    cue = _characters(ground, match)
    end = ground.passage.end_of(source[1])
    content = None if cue[0] - view.start <= 2 else contents.before(ground, view, cue[0], view.start)
    content = content or contents.clip(ground, end, view.end)
    return Relation(source, cue, SPEECH, content if content[0] < content[1] else None)


def _is_per(ground: Ground, view: SentenceView, per: int, source: tuple[int, int]) -> bool:
    """Whether "per" names a source: "…, per the ministry", "Per Ode, …", but not "$5 per barrel"."""
    apart = per == view.first or not ground.joined(per)
    return apart and (ground.is_capital(source[0]) or ground.passage.words[source[0]] in phrases.DETERMINERS)


def _noun(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """Nouns of saying: "the General Staff's vow to …", "claims by the ministry that …", "a statement from the office"."""
    words = ground.passage.words
    after = match.last
    if after >= view.last or words[after] not in _AFTER_NOUN or not ground.joined(after):
        return None
    cue = _characters(ground, match)
    previous = match.first - 1
    while previous > view.first and match.first - previous <= _QUALIFIED and ground.joined(previous + 1) and _qualifies(ground, previous):
        previous -= 1  # "the report's broad conclusions about"
    source: tuple[int, int] | None = None
    if words[after] in ("by", "from"):
        source = phrases.right(ground, after + 1, view.last)
        if source is None:
            return None
        after = ground.next(source[1])
        if after >= view.last:
            return Relation(source, cue, SPEECH, None)
    elif previous >= view.first and words[previous] == "s" and ground.gap(previous) == "'":
        source = phrases.antecedent(ground, previous - 1, view.first)
    elif previous >= view.first and words[previous] in ("his", "her", "their", "its"):
        source = (previous, previous)
    if source is None or words[after] not in ("that", "to", "of", "about"):
        return None
    act = ATTITUDE if words[after] == "to" else SPEECH  # "the ministry's vow to go on" tells a plan
    return Relation(source, cue, act, contents.clip(ground, ground.passage.starts[after], view.end))


def _qualifies(ground: Ground, word: int) -> bool:
    """Whether a word may stand between a possessor and the noun that is theirs: "his strong support of"."""
    form = ground.passage.words[word]
    closed = form in phrases.DETERMINERS or form in phrases.PREPOSITIONS
    return len(form) > 3 and form.isalpha() and not closed and not ground.role(word)


def _verb(ground: Ground, view: SentenceView, match: Match, before: list[Relation]) -> Relation | None:
    passage = ground.passage
    words = passage.words
    kind = match.term.kind
    if match.first in ground.noun_cues:
        if match.last < view.last and words[match.last] in phrases.AUXILIARIES:
            return None  # "the insurance claim was paid"
        if match.first > view.first and words[match.first - 1] == "s" and ground.gap(match.first - 1) == "'":
            return None  # "the ministry's vow to", a noun with its possessor
    cue_word = words[match.first]
    at, passive = phrases.skip_auxiliaries(ground, match.first - 1, view.first)
    if passive and not cue_word.endswith("ing"):
        return _by_agent(ground, view, match)
    if cue_word.endswith("ed") and words[match.first - 1] == "those":
        return None  # "those asked say": people are told by what was done to them
    led = None
    if at > view.first and words[at] == "to":
        steps = _chain(ground, at, view.first)
        if steps < at:
            at, passive = phrases.skip_auxiliaries(ground, steps, view.first)
        else:
            led = _led(ground, at, view.first)
    cue = _characters(ground, match)
    if at + 1 < match.first and words[at + 1]:
        cue = passage.starts[at + 1], cue[1]
    source: tuple[int, int] | None = None
    shared: tuple[int, int] | None = None
    inverted = _inverted(ground, view, match, at, kind)
    if inverted is not None:
        source = inverted
    else:
        detached = cue_word.endswith("ing") and at >= view.first and (not words[at] or words[at] in _BEFORE_GERUND)
        # not the words before ", adding" and "by adding"
        source = led or (None if detached else _subject(ground, view, at))
        if source is None or not phrases.has_head(ground, source[0], source[1]) or (cue_word.endswith("ing") and _is_thing(ground, source)):
            shared = _shared_subject(ground, view, at, cue_word, before, cue[0])
            source = shared or source or (None if detached and words[at] else _subject(ground, view, at))
        elif cue_word.endswith("ing") and source[1] - source[0] > (2 if at + 1 == match.first else _LONG_SUBJECT):
            # "his office sent a letter saying": no more than the subject
            subject = phrases.subject(ground, source[0], at)
            source = subject if subject is not None and subject[0] == source[0] else source
        if source is None and kind == "said":
            return _by_agent(ground, view, match)
    if source is None:
        return None
    if inverted is None and led is None and at + 1 == match.first and _is_base(match, cue_word) and _is_singular(ground, source):
        return None
    if cue_word in _SHOWING and words[source[1]] in _POINTERS and source[0] == source[1]:
        return None  # "this shows that": the writer's own argument
    if cue_word == "found" and not _is_finding(ground, view, match.last, source):
        return None
    listener = None
    follows = match.last
    if cue_word in _TELLING:
        listener, follows = _listener(ground, match.last, view.last)
    if shared is None or follows >= view.last:
        content = contents.find(ground, view, cue, source, follows, inverted is not None, kind, _floor(view, before, cue[0]))
    else:
        content = contents.after(ground, view, follows, kind)
    if content is not None and content[0] >= content[1]:
        content = None
    if content is None and kind != "said":
        return None
    unsaid = kind in _ATTITUDES or _is_denied(words, source) or (at + 1 < match.first and _is_unsure(words[at + 1 : match.first]))
    return Relation(source, cue, ATTITUDE if unsaid else SPEECH, content, listener, kind in ("attitude", "called"))


def _chain(ground: Ground, to: int, floor: int) -> int:
    """The word before the verbs that lead up to "to" in "went on to say", "is likely to deny"; `to` itself if none do."""
    words = ground.passage.words
    at = to - 1
    if at > floor and words[at] == "on" and ground.joined(at):
        at -= 1
    leads = at > floor and ground.joined(to) and (words[at] in _DONE or (words[at] in _LIKELY and at not in ground.cue_words))
    return at - 1 if leads else to


def _led(ground: Ground, to: int, floor: int) -> tuple[int, int] | None:
    """Whom something leads to say it: "forced the ministry to admit"."""
    source = phrases.left(ground, to - 1, floor) if ground.joined(to) else None
    if source is None:
        return None
    words = ground.passage.words
    for at in range(source[1] - 1, source[0], -1):
        if words[at] in _LEADS:
            source = at + 1, source[1]
            break
    led = source[0] > floor and words[source[0] - 1] in _LEADS and ground.gap(source[0] - 1) == " " and phrases.has_head(ground, *source)
    return source if led else None


def _is_denied(words: list[str], source: tuple[int, int]) -> bool:
    """Whether nobody has said it: "neither side has confirmed", "nor have they commented"."""
    first, last = source
    return not _NOBODY.isdisjoint(words[max(first - 2, 0) : last + 1])


def _is_unsure(between: list[str]) -> bool:
    """Whether the words between a subject and its verb leave open that it was said."""
    return not (_UNSAID.isdisjoint(between) and _LIKELY.isdisjoint(between))


def _is_finding(ground: Ground, view: SentenceView, follows: int, source: tuple[int, int]) -> bool:
    """Whether somebody found that something is so; people who "found a knife" found a thing."""
    words = ground.passage.words
    if follows >= view.last or words[follows] not in _ARTICLES or not ground.joined(follows):
        return True
    return ground.role(phrases.head_of(ground, *source)) in ("document", "outlet")


def _is_base(match: Match, word: str) -> bool:
    """Whether a cue is the base form of its verb ("support"), which has a plural subject or is a noun."""
    forms = match.term.terms
    return word not in _LIKE_THEIR_PAST and (
        word + "s" in forms or word + "ing" in forms or (word[-1] == "e" and word[:-1] + "ing" in forms)
    )


def _is_singular(ground: Ground, source: tuple[int, int]) -> bool:
    """Whether a subject takes "-s": then "Ode support" is a noun with its modifier, and not as in "did Ode support"."""
    words = ground.passage.words
    word = words[phrases.head_of(ground, *source)]
    if word.endswith("s") or word in _PLURALS or "and" in words[source[0] : source[1]] or "percent" in words[source[0] : source[1]]:
        return False
    return source[0] == 0 or words[source[0] - 1] not in phrases.AUXILIARIES


def _floor(view: SentenceView, before: list[Relation], cue: int) -> int:
    """Where content before a cue may begin: after the cue and source of the relation before it in the sentence."""
    if not before or before[-1].content is None:
        return view.start
    near = before[-1]
    return near.cue[1] if near.cue[1] < cue and near.content is not None and near.content[1] <= near.cue[0] else view.start


def _shared_subject(ground: Ground, view: SentenceView, at: int, cue_word: str, before: list[Relation], cue: int) -> tuple[int, int] | None:
    """The subject that a participle or a second verb shares: "Ode shook her head and said", "…, adding that"."""
    words = ground.passage.words
    participle = cue_word.endswith("ing")
    if not participle and not (at >= view.first and (words[at] in _COORDINATORS or not words[at])):
        return None
    near = before[-1].source if before and before[-1].cue[1] < cue else None
    relative = near is not None and words[near[0]] in ("who", "that")  # "the mayor met those who had come, and said"
    clause = view.first if participle else _segment(ground, at, view.first)
    opens = ground.passage.starts[clause]
    quoted = ground.quotations.around(max(opens - 1, 0), opens + 1) is not None
    source = None if quoted else phrases.subject(ground, clause, max(at, clause))
    if source is None and (near is None or relative) and not quoted and clause > view.first:
        source = phrases.subject(ground, view.first, clause)
    if not participle and source is not None and not words[at] and ground.previous(at) == source[1]:
        return None  # "The minister, asked about it": she was asked
    source = near or source if participle and not relative else source or near
    return source if source is None or source[1] < at else None


def _is_thing(ground: Ground, source: tuple[int, int]) -> bool:
    """Whether what stands before a participle is what somebody issued: "the board released a statement confirming"."""
    return ground.role(source[1]) == "document"


def _subject(ground: Ground, view: SentenceView, at: int) -> tuple[int, int] | None:
    words = ground.passage.words
    if words[at] in phrases.CLOSERS:
        at = phrases.before_asides(ground, at, view.first)
    if at < view.first:
        return None
    if not words[at]:
        if ground.joined(after := ground.next(at)):  # "Ode Jr. said"
            return phrases.left(ground, ground.previous(after), view.first)
        gap = ground.gap(ground.next(at))
        if "," not in gap and ")" not in gap and DASH not in gap:
            return None
        return _around_parenthesis(ground, view, ground.previous(at))
    if words[at] in _NO_SUBJECT or (words[at].isdecimal() and words[at - 1] not in ("in", "of")):  # "six in 10"
        return None
    if words[at] == "who" or (words[at] == "that" and at > view.first and ground.joined(at) and ground.role(at - 1) in _BODIES):
        return at, at
    return phrases.left(ground, at, view.first)


def _around_parenthesis(ground: Ground, view: SentenceView, last: int) -> tuple[int, int] | None:
    """The source in "Ode, a senior adviser, said" or "Ode (D), meanwhile, said": the name before what is put in."""
    words = ground.passage.words
    opens = _segment(ground, last, view.first)
    before = ground.previous(opens)
    while before >= view.first:  # an age, a party and its state, where somebody comes from, or what stands in brackets
        first = _segment(ground, before, view.first)
        aside = words[first] in ("of", "from") or len(words[first]) == 1 or (first == before and words[first].isdecimal())
        if "(" not in ground.gap(first) and not (aside and first > view.first and ground.gap(first).startswith(",")):
            break
        before = ground.previous(first)
    if before < view.first or not any(mark in ground.gap(opens) for mark in (",", "(", DASH)):
        return None
    word = words[opens]
    participle = word.endswith(("ing", "ed")) and not ground.role(opens) and ground.role(last) not in ("person", "person_title")
    appositive = not (participle or word in _PUT_IN) and (
        word in _APPOSITIVES or word.isdecimal() or bool(ground.role(opens)) or bool(ground.role(last)) or ground.is_capital(opens)
    )
    if not (appositive or participle or word in _PUT_IN or word.endswith("ly")):
        return None
    name = phrases.left(ground, before, view.first)
    if name is None or not (ground.is_capital(name[1]) or ground.role(name[1]) or ground.role(phrases.head_of(ground, *name))):
        return None
    while True:  # "Ode, the fund's lawyer, treasurer and strategist, said", "Ode, the aide who runs the fund, which is small, said"
        begins = _segment(ground, name[0], view.first)
        if words[begins] not in _APPOSITIVES and not ground.role(name[0]):
            break
        before = ground.previous(begins if words[begins] in _APPOSITIVES else name[0])
        if before < view.first or "," not in ground.gap(ground.next(before)) or not ground.is_capital(before):
            break
        further = phrases.left(ground, before, view.first)
        if further is None:
            break
        name = further
    introduces = appositive or (word in ("who", "whose", "which") and name[0] < name[1])
    return name[0], last if introduces else name[1]  # "Ode, who was in town, said": a name alone is known, its clause is an aside


def _segment(ground: Ground, last: int, floor: int) -> int:
    """The first word of the run without punctuation that ends with word `last`."""
    words = ground.passage.words
    while last > floor and (not words[last] or ground.joined(last)):
        last -= 1
    return last


def _inverted(ground: Ground, view: SentenceView, match: Match, at: int, kind: str) -> tuple[int, int] | None:
    """The source after its verb: `"…," said the minister`. Only right after a quotation or a comma."""
    words = ground.passage.words
    if kind not in ("said", "quote_only") or words[match.first] in _TELLING:
        return None
    if at >= view.first and words[at]:
        return None
    first = match.last
    if first >= view.last or not words[first] or not ground.joined(first):
        return None
    gap = ground.gap(match.first)
    if '"' not in gap and "'" not in gap and "," not in gap and at >= view.first:
        return None
    if words[first] in ("he", "she", "they"):
        quoted = '"' in gap or "'" in gap
        return (first, first) if quoted or ("," in gap and not (first + 1 < view.last and ground.joined(first + 1))) else None
    if not (ground.is_capital(first) or words[first] in phrases.DETERMINERS or ground.role(first) or ground.role(ground.next(first))):
        return None
    if words[first] in ("that", "this", "it") or words[first] in phrases.TIME_WORDS:
        return None
    quoted = '"' in gap or "'" in gap
    source = phrases.right(ground, first, view.last)
    if source is not None and match.first == view.first:
        return source if '"' in ground.gap(ground.next(source[1])) else None
    if not quoted and (at < view.first or _around_parenthesis(ground, view, ground.previous(at)) is not None):
        return None
    if source is None or quoted:
        return source
    after = ground.next(source[1])
    closed = after >= view.last or words[after] in contents.ADVERBIALS or not ground.joined(after)
    return source if closed else None


def _by_agent(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """The passive: "was first reported by the paper" (content before), "Ode was told by an officer that …"."""
    words = ground.passage.words
    by = match.last - 1 if words[match.last - 1] == "by" else match.last
    if words[by : by + 1] == ["to"]:  # "was described to her by"
        by += 2
    if by >= view.last or words[by] != "by":
        return None
    source = phrases.right(ground, by + 1, view.last)
    if source is None:
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
    told = after < view.last and words[after] in _ASKED
    content = contents.clip(ground, ground.passage.starts[after], view.end) if told else contents.before(ground, view, cue[0], view.start)
    return Relation(source, cue, SPEECH, content)


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
