"""Whom a verb of saying has for its subject: what stands before it, after it, before an aside, or what it shares with another verb."""

from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import contents, kinds, phrases, verbs
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match
from credscore.text.fold import DASH

_NO_SUBJECT: Final = frozenset("to not any the a an his her their its our my no of for in on and".split())
_MAY_SPEAK: Final = phrases.BODIES | {"document"}
"""Roles of nouns before a "that" which may speak: "the board that had praised her"."""

_SPEAKERS: Final = frozenset(("person", "vague", "source"))
"""Roles of nouns after "from" which speak in the participle after them."""

_LEADS: Final = frozenset(
    "lead leads led leading force forces forced forcing cause causes caused prompt prompts prompted prompting".split()
)
_ASIDES: Final = frozenset("of from who whose phd ph md jr".split())
"""First words of what may stand between a name and its apposition: "Ode, of Oldport, a lawyer", "Ode, who left, citing her age"."""

_BEFORE_TITLE: Final = frozenset(("former", "then", "longtime", "veteran", "onetime"))
"""What may stand between a verb and the title of its source: `"…," said former Ode Group president Ada Ruiz`."""

_LONGEST_BRACKET: Final = 24
"""Words in brackets that may stand between a subject and its verb: "a doctor (we cannot name her) says"."""

_COORDINATORS: Final = frozenset(("and", "but", "then", "or"))
_APPOSITIVES: Final = frozenset("a an the his her their its one two three himself herself".split())
_PUT_IN: Final = frozenset(
    "who whose which when then now of in on at for like meanwhile however though too also among along including instead again".split()
)


def with_name(ground: Ground, view: SentenceView, source: tuple[int, int]) -> tuple[int, int]:
    """A source with the full name that opens its sentence before it, where a comma is missing: "Ada Ode, a strategist doubts that"."""
    last = ground.previous(source[0])
    if last <= view.first or ground.gap(source[0]) != ", " or not ground.is_capital(last) or ground.role(last) is not None:
        return source
    name = phrases.left(ground, last, view.first)
    if name is None or name[0] == last or not phrases.only_opens(ground, view.first, name[0]):
        return source
    dated = not phrases.CLOSERS.isdisjoint(ground.passage.words[name[0] : last + 1])
    return source if dated or ground.capitals_before(last, name[0]) > name[0] else (name[0], source[1])


def led(ground: Ground, to: int, floor: int) -> tuple[int, int] | None:
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


def shared(ground: Ground, view: SentenceView, at: int, cue_word: str, near: tuple[int, int] | None) -> tuple[int, int] | None:
    """The subject that a participle or a second verb shares: "Ode shook her head and said", "…, adding that".

    `near` is the source of the attribution before it in the sentence.
    """
    words = ground.passage.words
    participle = cue_word.endswith("ing")
    if not participle and not (at >= view.first and (words[at] in _COORDINATORS or not words[at])):
        return None
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


def is_thing(ground: Ground, source: tuple[int, int]) -> bool:
    """Whether what stands before a participle is what somebody issued: "the board released a statement confirming"."""
    return ground.role(source[1]) == "document"


def left_of(ground: Ground, view: SentenceView, at: int) -> tuple[int, int] | None:
    """The subject that ends with word `at`, or before the aside that ends there; `None` if no noun phrase does."""
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
        last = ground.previous(at)
        source = _around_parenthesis(ground, view, last)
        if source is None and ")" in gap and (opens := _bracket(ground, last, view.first)) > view.first:
            return phrases.left(ground, ground.previous(opens), view.first)
        return source
    if words[at] == "s" and words[at - 1] == "let":
        return None
    if words[at] in _NO_SUBJECT or (words[at].isdecimal() and ground.before(at) not in ("in", "of", "from")):  # "six in 10"
        return None
    if words[at] == "who" or (words[at] == "that" and at > view.first and ground.joined(at) and ground.role(at - 1) in _MAY_SPEAK):
        return at, at
    if words[at] == "which" and at > view.first and ground.gap(at) == ", ":
        body = ground.previous(at)  # "the attorney's office, which ruled that"
        return (at, at) if ground.is_capital(body) or ground.role(body) in _MAY_SPEAK else None
    if words[at - 1] == "from" and at > view.first and words[at + 1].endswith("ing") and ground.role(at) in _SPEAKERS:
        return at, at  # "calls from people saying"
    return phrases.left(ground, at, view.first)


def _around_parenthesis(ground: Ground, view: SentenceView, last: int) -> tuple[int, int] | None:
    """The source in "Ode, a senior adviser, said" or "Ode (D), meanwhile, said": the name before what is put in."""
    words = ground.passage.words
    opens = _segment(ground, last, view.first)
    before = ground.previous(opens)
    while before >= view.first:  # an age, a party and its state, where somebody comes from, or what stands in brackets
        first = _segment(ground, before, view.first)
        aside = words[first] in _ASIDES or len(words[first]) == 1 or (first == before and words[first].isdecimal())
        if "(" not in ground.gap(first) and not (aside and first > view.first and ground.gap(first).startswith(",")):
            break
        before = ground.previous(first)
    if before < view.first or not any(mark in ground.gap(opens) for mark in (",", "(", DASH)):
        return None
    word = words[opens]
    lower = not ground.is_capital(opens)
    participle = lower and word.endswith(("ing", "ed")) and not ground.role(opens) and ground.role(last) not in ("person", "person_title")
    appositive = not (participle or word in _PUT_IN) and (
        word in _APPOSITIVES or word.isdecimal() or bool(ground.role(opens)) or bool(ground.role(last)) or not lower
    )
    if not (appositive or participle or word in _PUT_IN or (lower and word.endswith("ly"))):
        return None
    name = phrases.left(ground, before, view.first)
    if name is None:
        return None
    if kinds.named_after(ground, name[1], last):  # "one of them, Ada Ode, said"
        return name[0], last
    if not (ground.is_capital(name[1]) or ground.role(name[1]) or ground.role(phrases.head_of(ground, *name))):
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


def _bracket(ground: Ground, last: int, floor: int) -> int:
    """The first word of the brackets that close after word `last`; -1 where none open near."""
    for at in range(last, max(last - _LONGEST_BRACKET, floor), -1):
        if ground.passage.words[at] and "(" in ground.gap(at):
            return at
    return -1


def _segment(ground: Ground, last: int, floor: int) -> int:
    """The first word of the run without punctuation that ends with word `last`."""
    words = ground.passage.words
    while last > floor and (not words[last] or ground.joined(last)):
        last -= 1
    return last


def inverted(ground: Ground, view: SentenceView, match: Match, at: int, kind: str) -> tuple[int, int] | None:
    """The source after its verb: `"…," said the minister`. Only right after a quotation or a comma."""
    words = ground.passage.words
    if kind not in ("said", "quote_only") or words[match.first] in verbs.TELLING:
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
    noun = ground.is_capital(first) or words[first] in phrases.DETERMINERS or ground.role(first) or ground.role(ground.next(first))
    if not (noun or words[first] in _BEFORE_TITLE):
        return None
    if words[first] in ("that", "this", "it") or words[first] in phrases.TIME_WORDS:
        return None
    quoted = '"' in gap or "'" in gap
    source = phrases.right(ground, first, view.last)
    if source is not None and match.first == view.first:
        return source if _precedes_quotation(ground, view, ground.next(source[1])) else None
    if source is None or quoted:
        return source
    after = ground.next(source[1])
    closed = after >= view.last or words[after] in contents.ADVERBIALS or not ground.joined(after)
    if at < view.first or not closed:
        return None
    presented = ground.role(first) == "person" and first + 1 < view.last and ground.is_capital(first + 1)  # "…, says analyst Ada Ruiz"
    return source if presented or _around_parenthesis(ground, view, ground.previous(at)) is None else None


def _precedes_quotation(ground: Ground, view: SentenceView, at: int) -> bool:
    """Whether a quotation opens at word `at`, or after what tells where and when: `Added Ode on Monday, "…"`."""
    if '"' in ground.gap(at):
        return True
    return (
        at < view.last
        and ground.passage.words[at] in contents.ADVERBIALS
        and contents.opens_after(ground, ground.passage.starts[at], view.end) > 0
    )
