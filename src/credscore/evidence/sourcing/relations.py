"""Attribution relations: from each cue in a sentence to its source and its content, by the frame of the cue.

Frames (the tables of `cues.toml`): a verb of saying takes its source on the left or, after a quotation, on the right,
and its content on the other side; "according to" takes its source on the right; "was told by" is passive; nouns of
saying take a possessor. Cue, source and content are delimited as PolNeAR does: "that" and quotation marks belong to the
content, appositions to the source.
"""

from typing import NamedTuple

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases
from credscore.lexicon.scan import Match
from credscore.text.fold import DASH

_SHORT_ADVERBIAL = frozenset(
    "on in at during after before as when while by from late early last this yesterday today earlier later recently via through "
    "monday tuesday wednesday thursday friday saturday sunday adding referring speaking citing to of following".split()
)
_NO_SUBJECT = frozenset("to not the a an his her their its our my no of for in on and".split())
_UNSAID = frozenset("will would may might could can should must not never t cannot".split())
_COORDINATORS = frozenset(("and", "but", "then", "or"))
_BEFORE_PARTICIPLE = frozenset(("adding", "saying", "arguing", "claiming", "noting", "insisting", "explaining", "warning", "stressing"))
_RELAY_ENDS = frozenset("that on in at he she they it there the his her their a an by about of how what why if whether as i we".split())
_AFTER_STATEMENT = frozenset(
    "adding referring speaking citing according when while as who which noting pointing echoing recalling describing using and but".split()
)
_NEW_STATEMENT = frozenset("but while who whose which although though according a an prompting calling".split())
"""Words after a comma with which the writer speaks again; chosen on the training part of PolNeAR, as the next."""
_NEW_CLAUSE = frozenset("and the he she they it".split())
"""The same after what somebody does, wants or calls something, but not after what somebody says."""
_PLURALS = frozenset("i we you they who people police women men some many most few all both those others percent majority public".split())
_APPOSITIVES = frozenset("who whose which a an the his her their its one two three himself herself".split())
_PUT_IN = frozenset(
    "when then now of in on at for like meanwhile however though too also among along including instead again".split()
)
_TELLING = frozenset("told tell tells telling informed assured reminded".split())
_LISTENERS = frozenset("reporters journalists lawmakers parliament viewers listeners investors voters senators supporters".split())


_ADVERBIAL_REACH = 90
"""Characters of time and place that may stand between a verb of saying and the quotation that follows it."""

_NARRATED = 0.25
"""Share of a content in two pieces that may be the narrator's words between them ("…," she said, "…")."""


class Relation(NamedTuple):
    """Word and character spans of one attribution; `source` in words (first, last), the others in characters."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    cue_match: Match
    content: tuple[int, int] | None
    relay: tuple[int, int] | None
    cue_word: str
    planned: bool = False
    """Whether nothing has been said: the cue is planned, possible or denied ("will announce", "may confirm", "did not say")."""


class SentenceView(NamedTuple):
    """A sentence by words (`first` to `last`, exclusive), characters and its number in the passage."""

    first: int
    last: int
    start: int
    end: int
    number: int


def find(ground: Ground, view: SentenceView, cues: list[Match]) -> list[Relation]:
    """The relations of one sentence, in the order of their cues."""
    relations: list[Relation] = []
    for match in cues:
        if relations and relations[-1].source is not None and relations[-1].source[0] <= match.first <= relations[-1].source[1]:
            continue  # "according to multiple reports": a noun of the source, not a verb
        if match.first > view.first and ground.is_capital(match.first) and ground.joined(match.first):
            continue  # a capital in mid-sentence: a title or a name
        relation = _relation(ground, view, match, relations)
        if relation is not None:
            relations.append(relation)
    return relations


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
    if source is None:
        return None
    cue = _characters(ground, match)
    end = ground.passage.end_of(source[1])
    content = None if cue[0] - view.start <= 2 else _before(ground, view, cue[0], view.start)
    content = content or _clip(ground, end, view.end)
    return Relation(source, cue, match, content if content[0] < content[1] else None, None, ground.passage.words[match.first])


def _noun(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """Nouns of saying: "the General Staff's vow to …", "claims by the ministry that …", "a statement from the office"."""
    words = ground.passage.words
    after = match.last
    if after >= view.last or not words[after] or not ground.joined(after):
        return None
    cue = _characters(ground, match)
    previous = match.first - 1
    source: tuple[int, int] | None = None
    if words[after] in ("by", "from"):
        source = phrases.right(ground, after + 1, view.last)
        if source is None:
            return None
        after = ground.next(source[1])
        if after >= view.last:
            return Relation(source, cue, match, None, None, words[match.first])
    elif previous >= view.first and words[previous] == "s" and ground.gap(previous) == "'":
        source = phrases.left(ground, previous - 1, view.first)
    elif previous >= view.first and words[previous] in ("his", "her", "their", "its"):
        source = (previous, previous)
    if source is None or words[after] not in ("that", "to", "of", "about"):
        return None
    return Relation(source, cue, match, _clip(ground, ground.passage.starts[after], view.end), None, words[match.first])


def _verb(ground: Ground, view: SentenceView, match: Match, before: list[Relation]) -> Relation | None:
    passage = ground.passage
    words = passage.words
    kind = match.term.kind
    if match.last < view.last and words[match.last] in phrases.AUXILIARIES and match.first in ground.noun_cues:
        return None  # "the insurance claim was paid"
    cue_word = words[match.first]
    at, passive = phrases.skip_auxiliaries(ground, match.first - 1, view.first)
    if passive and not cue_word.endswith("ing"):
        return _by_agent(ground, view, match)
    cue = _characters(ground, match)
    if at + 1 < match.first and words[at + 1]:
        cue = passage.starts[at + 1], cue[1]
    source: tuple[int, int] | None = None
    shared: tuple[int, int] | None = None
    inverted = _inverted(ground, view, match, at, kind)
    if inverted is not None:
        source = inverted
    else:
        detached = cue_word.endswith("ing") and at >= view.first and not words[at]  # ", adding that"
        source = None if detached else _subject(ground, view, at)
        if source is None or not phrases.has_head(ground, *source) or (cue_word.endswith("ing") and _is_thing(ground, source)):
            shared = _shared_subject(ground, view, at, cue_word, before, cue[0])
            source = shared or source or _subject(ground, view, at)
        elif cue_word.endswith("ing") and source[1] - source[0] > 2:  # "his office sent a letter saying": no more than the subject
            subject = phrases.subject(ground, source[0], at)
            source = subject if subject is not None and subject[0] == source[0] else source
        if source is None and kind == "said":
            return _by_agent(ground, view, match)
    if source is None:
        return None
    if inverted is None and at + 1 == match.first and _is_base(match, cue_word) and _is_singular(ground, source):
        return None
    listener = None
    follows = match.last
    if cue_word in _TELLING:
        listener, follows = _listener(ground, match.last, view.last)
    floor = _floor(view, before, cue[0])
    if shared is not None and follows < view.last:
        after = follows if words[follows] else ground.next(follows)
        content: tuple[int, int] | None = (
            _clip(ground, passage.starts[after], _until(ground, view, after, kind in ("said", "quote_only"))) if after < view.last else None
        )
    else:
        content = _content(ground, view, cue, source, follows, inverted is not None, kind, floor)
    if content is not None and content[0] >= content[1]:
        content = None
    if content is None and kind != "said":
        return None
    planned = at + 1 < match.first and not _UNSAID.isdisjoint(words[at + 1 : match.first])
    return Relation(source, cue, match, content, listener, cue_word, planned)


def _is_base(match: Match, word: str) -> bool:
    """Whether a cue is the base form of its verb ("support"), which has a plural subject or is a noun."""
    forms = match.term.terms
    return (word + "s",) in forms or (word + "ing",) in forms or (word[-1] == "e" and (word[:-1] + "ing",) in forms)


def _is_singular(ground: Ground, source: tuple[int, int]) -> bool:
    """Whether a subject takes "-s": then "Ode support" is a noun with its modifier, and not as in "did Ode support"."""
    words = ground.passage.words
    word = words[phrases.head_of(ground, *source)]
    if word.endswith("s") or word in _PLURALS or "and" in words[source[0] : source[1]]:
        return False
    return source[0] == 0 or words[source[0] - 1] not in phrases.AUXILIARIES


def _shared_subject(ground: Ground, view: SentenceView, at: int, cue_word: str, before: list[Relation], cue: int) -> tuple[int, int] | None:
    """The subject that a participle or a second verb shares: "Ode shook her head and said", "…, adding that"."""
    words = ground.passage.words
    participle = cue_word.endswith("ing")
    if not participle and not (at >= view.first and (words[at] in _COORDINATORS or not words[at])):
        return None
    near = before[-1].source if before and before[-1].cue[1] < cue else None
    clause = view.first if participle else _segment(ground, at, view.first)
    opens = ground.passage.starts[clause]
    quoted = ground.quotations.around(max(opens - 1, 0), opens + 1) is not None
    source = None if quoted else phrases.subject(ground, clause, max(at, clause))
    if source is None and near is None and not quoted and clause > view.first:
        source = phrases.subject(ground, view.first, clause)
    source = near or source if participle else source or near
    return source if source is None or source[1] < at else None


def _is_thing(ground: Ground, source: tuple[int, int]) -> bool:
    """Whether what stands before a participle is what somebody issued: "the board released a statement confirming"."""
    return ground.role(source[1]) == "document"


def _subject(ground: Ground, view: SentenceView, at: int) -> tuple[int, int] | None:
    words = ground.passage.words
    if at < view.first:
        return None
    if not words[at]:
        gap = ground.gap(ground.next(at))
        if "," not in gap and ")" not in gap and DASH not in gap:
            return None
        return _around_parenthesis(ground, view, ground.previous(at))
    if words[at] in _NO_SUBJECT or words[at].isdecimal():
        return None
    if words[at] == "who":
        return at, at
    return phrases.left(ground, at, view.first)


def _around_parenthesis(ground: Ground, view: SentenceView, last: int) -> tuple[int, int] | None:
    """The source in "Ode, a senior adviser, said" or "Ode (D), meanwhile, said": the name before what is put in."""
    words = ground.passage.words
    opens = _segment(ground, last, view.first)
    before = ground.previous(opens)
    while before >= view.first:  # an age, or what stands in brackets
        first = _segment(ground, before, view.first)
        if "(" not in ground.gap(first) and not (first == before and words[first].isdecimal()):
            break
        before = ground.previous(first)
    if before < view.first or not any(mark in ground.gap(opens) for mark in (",", "(", DASH)):
        return None
    word = words[opens]
    appositive = word not in _PUT_IN and (
        word in _APPOSITIVES or word.isdecimal() or bool(ground.role(opens)) or bool(ground.role(last)) or ground.is_capital(opens)
    )
    if not appositive and word not in _PUT_IN and not word.endswith(("ing", "ed", "ly")):
        return None
    name = phrases.left(ground, before, view.first)
    if name is None or not (ground.is_capital(name[1]) or ground.role(name[1]) or ground.role(phrases.head_of(ground, *name))):
        return None
    while words[name[0]] in _APPOSITIVES or ground.role(name[0]):  # "Ode, the fund's lawyer, treasurer and strategist, said"
        before = ground.previous(name[0])
        if before < view.first or "," not in ground.gap(name[0]) or not ground.is_capital(before):
            break
        further = phrases.left(ground, before, view.first)
        if further is None:
            break
        name = further
    return name[0], last if appositive else name[1]


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
    closed = after >= view.last or words[after] in _SHORT_ADVERBIAL or not ground.joined(after)
    return source if closed else None


def _by_agent(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """The passive: "was first reported by the paper" (content before), "Ode was told by an officer that …"."""
    words = ground.passage.words
    by = match.last - 1 if words[match.last - 1] == "by" else match.last
    if by >= view.last or words[by] != "by":
        return None
    source = phrases.right(ground, by + 1, view.last)
    if source is None:
        return None
    cue = ground.passage.starts[match.first], ground.passage.end_of(by)
    after = ground.next(source[1])
    told = after < view.last and words[after] in ("that", "to")
    content = _clip(ground, ground.passage.starts[after], view.end) if told else _before(ground, view, cue[0], view.start)
    return Relation(source, cue, match, content, None, words[match.first])


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
        if word in phrases.TIME_WORDS or (word in _RELAY_ENDS and last >= 0):
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


def _floor(view: SentenceView, before: list[Relation], cue: int) -> int:
    """Where content before a cue may begin: after the cue and source of the relation before it in the sentence."""
    if not before or before[-1].content is None:
        return view.start
    near = before[-1]
    return near.cue[1] if near.cue[1] < cue and near.content is not None and near.content[1] <= near.cue[0] else view.start


def _content(
    ground: Ground,
    view: SentenceView,
    cue: tuple[int, int],
    source: tuple[int, int],
    follows: int,
    inverted: bool,
    kind: str,
    floor: int,
) -> tuple[int, int] | None:
    passage = ground.passage
    words = passage.words
    source_start = passage.starts[source[0]]
    if inverted and cue[0] > view.start + 1:
        return _before(ground, view, cue[0], floor)
    if inverted:  # 'Said Ode, "…"'
        return _clip(ground, passage.end_of(source[1]), view.end)
    after = follows if follows >= view.last or words[follows] else ground.next(follows)
    ended = after >= view.last
    quoted = _quotation_before(ground, source_start)
    if quoted is not None and _belongs(ground, quoted, after, ended, kind):
        said = _lead_in(quoted, view, floor), quoted[1]
        later = ground.quotations.within(cue[1], view.end)
        if later and passage.plain.endswith(", ", 0, later[0][0]):
            return one_span(said, _clip(ground, later[0][0], view.end))  # interposed: "…," he said, "…"
        return said
    if ended:
        return _before(ground, view, source_start, floor) if source_start > view.start else None
    end = _until(ground, view, after, kind in ("said", "quote_only"))
    gap = ground.gap(after)
    word = words[after]
    if kind == "quote_only":
        spans = ground.quotations.within(cue[1], min(end, passage.starts[after] + 2))
        return spans[0] if spans else None
    if kind == "to_infinitive":
        return _clip(ground, passage.starts[after], end)
    if kind == "said" and word in _SHORT_ADVERBIAL:
        later = ground.quotations.within(cue[1], min(end, cue[1] + _ADVERBIAL_REACH))
        if later and passage.plain.endswith((", ", ": "), 0, later[0][0]):
            return _clip(ground, later[0][0], end)  # 'said on Monday in the town hall, "…"'
    if word == "that" or ":" in gap or '"' in gap:
        start = passage.starts[after]
        spans = ground.quotations.within(cue[1], start + 1)
        return _clip(ground, spans[-1][0] if spans else start, end)
    if (
        kind == "said"
        and gap.startswith(",")
        and word not in _AFTER_STATEMENT
        and source_start > view.start + 1
        and _ends_clause(passage.plain, source_start)
    ):
        earlier = _before(ground, view, source_start, floor)
        if earlier is not None:  # interposed: "the plan, she said, was even better"
            return one_span(earlier, _clip(ground, passage.starts[after], end))
    closes = "," in gap or DASH in gap or ";" in gap or word in _SHORT_ADVERBIAL
    if closes and kind in ("said", "attitude") and source_start > view.start + 1 and _ends_clause(passage.plain, source_start):
        earlier = _before(ground, view, source_start, floor)
        if earlier is not None and earlier[1] - earlier[0] > 12:
            return earlier
    if kind == "said" and word in _SHORT_ADVERBIAL and word not in ("to", "of"):
        start = _after_adverbial(ground, after, view.last)
        if start == after and _opens_quotation(ground, view.end):
            return None  # "said in a statement." and then the quotation
        return _clip(ground, passage.starts[start], end) if start < view.last else None
    return _clip(ground, passage.starts[after], end)


def _quotation_before(ground: Ground, at: int) -> tuple[int, int] | None:
    """The quotation that ends right before `at`, in the same line."""
    plain = ground.passage.plain
    while at > 0 and (plain[at - 1] in " ,(" or plain[at - 1] == DASH):
        at -= 1
    if not at or plain[at - 1] not in "\"'":
        return None
    quoted = ground.quotations.around(at - 1, at)
    return quoted if quoted is not None and quoted[1] <= at else None


def one_span(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    """One span for a content in two pieces: with what stands between them where that is short, else the longer piece."""
    if second[1] <= first[1]:
        return first
    if second[0] - first[1] <= _NARRATED * (second[1] - first[0]):
        return first[0], second[1]
    return max(first, second, key=lambda piece: piece[1] - piece[0])


def _belongs(ground: Ground, quoted: tuple[int, int], after: int, ended: bool, kind: str) -> bool:
    """Whether a quotation belongs to the source and cue right after it, by its last mark and by what follows the cue."""
    plain = ground.passage.plain
    last = quoted[1] - 1
    while last > quoted[0] and plain[last] in "\"' ":
        last -= 1
    if plain[last] in ",-" or plain[last] == DASH or plain[quoted[1] : quoted[1] + 1] == ",":
        return True
    if kind not in ("said", "quote_only"):
        return False
    if ended:
        return True
    return plain[last] in "?!" and ground.passage.words[after] != "that" and ":" not in ground.gap(after)


def _lead_in(quoted: tuple[int, int], view: SentenceView, floor: int) -> int:
    """Where content that ends with a quotation begins: with it, or with the words of its sentence that lead up to it."""
    return quoted[0] if quoted[0] - view.start < 3 or floor > view.start else view.start


def _opens_quotation(ground: Ground, end: int) -> bool:
    """Whether the next sentence opens with a quotation."""
    plain = ground.passage.plain
    while end < len(plain) and plain[end] in " \n":
        end += 1
    return plain[end : end + 1] == '"' and ground.quotations.around(end, end + 1) is not None


def _ends_clause(plain: str, at: int) -> bool:
    """Whether a clause or quotation ends right before `at`: then what stands there may be the content."""
    at -= 1
    while at >= 0 and plain[at] in " \n":
        at -= 1
    return at >= 0 and (plain[at] in ",\"'?!" or plain[at] == DASH)


def _after_adverbial(ground: Ground, at: int, ceiling: int) -> int:
    """Where content begins after "said on Wednesday in an alert to airlines": at "that", a comma, a colon, a quotation."""
    words = ground.passage.words
    first = at
    while at < ceiling:
        if words[at]:
            if words[at] == "that" and at > first:
                return at
            if at > first and not ground.joined(at):
                return at
            if at - first in (2, 3) and words[at - 1] in phrases.TIME_WORDS:
                return at
        at += 1
    return first


def _before(ground: Ground, view: SentenceView, end: int, floor: int) -> tuple[int, int] | None:
    """Content before its source: the quotation that ends here, or the clause from `floor` or the sentence's start."""
    plain = ground.passage.plain
    while end > view.start and (plain[end - 1] in " ,\n\t(" or plain[end - 1] == DASH):
        end -= 1
    if end - view.start < 3:
        around = ground.quotations.around(max(view.start - 3, 0), max(view.start - 2, 1))
        return around if around and around[1] <= view.start else None
    quoted = ground.quotations.around(end - 1, end)
    if quoted is not None and quoted[1] <= end + 1:
        return min(quoted[0], _lead_in(quoted, view, floor)), quoted[1]
    return floor, end


def _until(ground: Ground, view: SentenceView, word: int, said: bool) -> int:
    """Where content that begins at `word` ends: at a comma after which the writer speaks again, else with the sentence."""
    words = ground.passage.words
    starts = ground.passage.starts
    at = word + 1
    while at < view.last:
        if not words[at]:
            after = ground.next(at)
            if after < view.last and "," in ground.gap(after) and _resumes(words[after], said):
                around = ground.quotations.around
                if around(starts[after], starts[after] + 1) is None:
                    return starts[at] - 1 if ground.passage.plain[starts[at] - 1] == "," else starts[at]
            at = after
        at += 1
    return view.end


def _resumes(word: str, said: bool) -> bool:
    if word in _NEW_STATEMENT or (word.endswith("ing") and word != "including"):
        return True
    return not said and (word in _NEW_CLAUSE or word.endswith("ed"))


def _clip(ground: Ground, start: int, end: int) -> tuple[int, int]:
    """Trim spaces, leading commas and the final full stop; a quotation that runs past the sentence is taken whole."""
    plain = ground.passage.plain
    while start < end and (plain[start] in " ,\n\t:" or plain[start] == DASH):
        start += 1
    quoted = ground.quotations.around(start, min(start + 2, end)) if start < end else None
    if quoted is not None and quoted[0] >= start - 1:
        start = quoted[0]
        if quoted[1] > end:
            return start, quoted[1]
    elif end > start:
        running = ground.quotations.around(end - 1, end)
        if running is not None and running[0] >= start and running[1] > end:
            return start, running[1]
    while end > start and plain[end - 1] in " .\n\t!?":
        end -= 1
    return start, max(start, end)
