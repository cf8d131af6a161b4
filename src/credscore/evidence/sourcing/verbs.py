"""Whether a word of the lists is a verb of saying where it stands, and whether it tells that something was said."""

from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases
from credscore.evidence.sourcing.relation import ATTITUDES
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match

_NOBODY: Final = frozenset(("neither", "nor", "nobody", "none"))
_UNSAID: Final = frozenset("will would ll may might could can should must not never t cannot neither".split())
"""With these nothing has been said: it is planned, possible or denied ("will announce", "may confirm", "did not say")."""

_MERELY: Final = frozenset(("just", "only", "merely", "simply"))
_ADJECTIVES: Final = frozenset("key main open new old many other big further more serious possible such these those any false".split())
_NOUN_REACH: Final = 4
"""Words before a noun in which its determiner stands: "a long public update saying"."""

DONE: Final = frozenset(
    "continue continues continued continuing began begun begins beginning started starts went came managed used dared had chose".split()
)
KEEPING: Final = frozenset("keep keeps kept".split())
_ASPECTS: Final = DONE | KEEPING | frozenset("stop stops stopped up forward out ahead back recalled recalls".split())
"""Words before a gerund of saying with which it is said: "keeps saying", "came out saying"."""

USING: Final = frozenset("took takes used uses".split())
MEANS: Final = frozenset(
    "to speech speeches interview platform appearance post column address remarks letter statement rally podium pulpit tweet tweets debate "
    "conference show program programme comments moment opportunity chance stage floor microphone".split()
)
"""With the first and one of these something is said: "took to the radio to say", "used his speech to accuse"."""

_TOLD_OF: Final = frozenset(
    "criticized criticised denounced praised endorsed recommended proposed mocked cited mentioned outlined highlighted hailed touted "
    "championed advocated applauded disputed recounted discussed called described characterized characterised dubbed deemed echoed rebuked "
    "berated chastised scolded rejected expressed defended challenged".split()
)
"""Participles of verbs that need no content, which tell of speech when "by" follows: "a plan endorsed by"."""

_NOT_TOLD_OF: Final = frozenset(
    "responded replied disagreed concurred boasted bragged commented complained emailed texted learned added noticed notified".split()
)
"""Verbs of saying without an object, or of which others tell more often than who says it ("learned by children")."""

LIKELY: Final = frozenset(
    "seems seemed seem appears appeared appear tends tended tend likely unlikely ready willing unwilling quick poised set "
    "bound inclined loath slow going need needs needed ought tried try trying tries failed fails fit".split()
)
"""Words between a subject and "to" with a verb of saying: with the first it is said ("went on to say"), with these perhaps."""

ASKED: Final = frozenset("that to if whether why how what about".split())
"""Words with which what somebody was told or asked begins: "was asked by a reporter whether"."""

_PLURALS: Final = frozenset(
    "i we you they who that people police women men some many most few all both those others percent majority public data".split()
)
_MAKING: Final = frozenset("make makes made making let lets letting hear hears heard see sees saw watch watched watching".split())
"""What one does that another does something: "made Ode promise", "heard Ode claim"."""

_ARTICLES: Final = frozenset("a an the two three his her their no".split())
_SHOWN: Final = frozenset(
    "link links evidence difference differences association associations correlation proof indication indications effect "
    "relationship connection increase decrease rise decline".split()
)
"""What research finds or does not find: "found no link between"."""

_FOUND_REACH: Final = 3
"""Words after "found" in which what was found is named."""

_LIKE_THEIR_PAST: Final = frozenset("read put set forecast".split())
TELLING: Final = frozenset("told tell tells telling informed assured reminded".split())


def is_modified(ground: Ground, view: SentenceView, match: Match) -> bool:
    """Whether an adjective stands right before what may be a noun, so that it is one."""
    words = ground.passage.words
    before = match.first - 1
    if before < view.first or not ground.joined(match.first) or (match.last < view.last and words[match.last] == "that"):
        return False
    if _may_speak(ground, before):
        return False
    if _is_one_of(ground, view, before):
        return True
    return phrases.modifies(words[before]) or words[before].endswith("ing") or words[before] in _ADJECTIVES


def _is_one_of(ground: Ground, view: SentenceView, last: int) -> bool:
    """Whether the words up to `last` ask for a plural noun: "one of the older questions raised by"."""
    words = ground.passage.words
    for at in range(last, max(last - _NOUN_REACH, view.first + 1), -1):
        if words[at] in phrases.DETERMINERS:
            return words[at - 1] == "of" and words[at - 2] in phrases.PARTITIVES
        if not words[at] or _may_speak(ground, at) or not ground.joined(at):
            return False
    return False


def _may_speak(ground: Ground, word: int) -> bool:
    """Whether the word before a cue may be its subject, or a cue itself, and so tells nothing of it."""
    return ground.is_capital(word) or ground.role(word) is not None or word in ground.cue_words


def is_object(ground: Ground, view: SentenceView, cue: int) -> bool:
    """Whether a gerund is what a verb right before it governs ("warrant adding it"), and nobody's statement."""
    words = ground.passage.words
    before, follows = cue - 1, ground.next(cue)
    if before < view.first or not ground.joined(cue) or _may_speak(ground, before):
        return False
    if follows < view.last and (words[follows] in ASKED or '"' in ground.gap(follows)):
        return False  # "Ode came forward alleging that"
    if words[before] in _ASPECTS or words[before] in phrases.SMALL_WORDS or words[before] in phrases.PRONOUNS:
        return False
    return phrases.DETERMINERS.isdisjoint(words[max(before - _NOUN_REACH, view.first) : before])


def is_denied(words: list[str], source: tuple[int, int]) -> bool:
    """Whether nobody has said it: "neither side has confirmed", "nor have they commented"."""
    first, last = source
    return not _NOBODY.isdisjoint(words[max(first - 2, 0) : last + 1])


def is_unsure(between: list[str]) -> bool:
    """Whether the words between a subject and its verb leave open that it was said."""
    if between[-2:-1] == ["not"] and between[-1] in _MERELY:
        between = between[:-2]  # "did not just reveal that"
    return not (_UNSAID.isdisjoint(between) and LIKELY.isdisjoint(between))


def is_finding(ground: Ground, view: SentenceView, follows: int, source: tuple[int, int]) -> bool:
    """Whether somebody found that something is so; people who "found a knife" found a thing."""
    words = ground.passage.words
    if follows >= view.last or words[follows] not in _ARTICLES or not ground.joined(follows):
        return True
    role = ground.role(phrases.head_of(ground, *source))
    shown = not _SHOWN.isdisjoint(words[follows + 1 : follows + 1 + _FOUND_REACH])
    return role in ("document", "outlet") or (shown and role in ("person", "vague"))


def is_base(match: Match, word: str) -> bool:
    """Whether a cue is the base form of its verb ("support"), which has a plural subject or is a noun."""
    forms = match.term.terms
    return word not in _LIKE_THEIR_PAST and (
        word + "s" in forms or word + "ing" in forms or (word[-1] == "e" and word[:-1] + "ing" in forms)
    )


def is_told_of(match: Match, word: str) -> bool:
    """Whether the passive of a cue tells what somebody says or thinks: "was endorsed by", but not "was attacked by" or "learned by"."""
    kind = match.term.kind
    return word not in _NOT_TOLD_OF if kind == "said" else word in _TOLD_OF or kind in ATTITUDES


def is_singular(ground: Ground, source: tuple[int, int], shared: bool, noun: bool) -> bool:
    """Whether a subject takes "-s": then "Ode support" is a noun with its modifier, and not as in "did Ode support".

    A name may end in "-s" whatever it names, so one that has a verb already (`shared`) is taken for one person's ("Odes says he
    was able to get there and tell them"), and so is one before what may be a `noun` ("Odes claim mirrors hers").
    """
    words = ground.passage.words
    head = phrases.head_of(ground, *source)
    if words[head] in _PLURALS or "and" in words[source[0] : source[1]] or "percent" in words[source[0] : source[1]]:
        return False
    before = words[source[0] - 1] if source[0] else ""
    if before in phrases.AUXILIARIES or (before == "and" and not shared and _is_coordinated(ground, source[0] - 1)):
        return False
    named = ground.is_capital(head) and ground.role(head) is None
    return (named and (shared or noun or before in _MAKING)) or not words[head].endswith("s")


def _is_coordinated(ground: Ground, conjunction: int) -> bool:
    """Whether "and" adds one to another who speaks: "both he and Ode say"."""
    if conjunction == 0 or not ground.joined(conjunction):
        return False
    return ground.passage.words[conjunction - 1] in phrases.PRONOUNS or ground.is_capital(conjunction - 1)
