"""What kind of source a noun phrase is, by form and context: never from a list of real people, places or outlets."""

from typing import Final, NamedTuple

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases
from credscore.evidence.sourcing.names import FUNCTION_STARTS, PLACE_WORDS, PLURAL_VERBS, QUANTIFIERS, Names
from credscore.evidence.sourcing.phrases import AUXILIARIES, BEARERS, BODIES, DETERMINERS, PRONOUNS, TIME_WORDS, modifies
from credscore.native import record

NAMED_PERSON, ORGANIZATION, OUTLET, DOCUMENT = "named_person", "organization", "outlet", "document"
UNNAMED, VAGUE, AUTHOR = "unnamed", "vague", "author"

_AGENT_ENDINGS: Final = ("er", "or", "ist", "ian", "ant", "ee", "man", "woman", "ent")
_NO_AGENTS: Final = frozenset(
    "ardor armor behavior candor clamor color demeanor endeavor favor fervor flavor harbor honor humor labor odor parlor rancor rigor "
    "rumor splendor tumor valor vapor vigor caliber center centimeter fiber kilometer liter luster maneuver meter millimeter saber "
    "specter theater".split()
)
"""Words that only American spelling gives the ending of an agent: "a tumor", "a maneuver"."""

_SUBJECTIVE: Final = {"his": "he", "him": "he", "her": "she", "their": "they", "them": "they", "its": "it"}
_POINTING: Final = frozenset("the that this its their his her".split())
_THEIR: Final = frozenset(("his", "her", "their", "my"))
_JOINS: Final = frozenset("and or nor both".split())
_COUNTS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen another "
    "several multiple".split()
)
"""With these before it, a plural names particular people: "three officials"."""

_PRESENTS: Final = frozenset("a an the one his her their my our this that".split())
_ESTIMATED: Final = 2
"""Words before the number of a share: "at least 60% of voters"."""

_SHARES: Final = frozenset("percent half third quarter thirds quarters majority minority".split())
_UNIQUE: Final = frozenset(
    "president chancellor premier mayor governor senator congressman congresswoman king queen pope nominee candidate contender "
    "frontrunner billionaire businessman businesswoman mogul actor actress singer".split()
)
"""What one person at a time is in a report: with "the", somebody told of before ("the Republican nominee")."""

_DESCRIBED: Final = 3
"""Words up to the noun of a phrase that may point back: "the Republican presidential nominee"."""

_A_CROWD: Final = 20
"""From this number on, counted people are nobody in particular."""

_LONGEST_NAME: Final = 6
"""Words in which a name with its titles begins."""

_OF_THEM: Final = frozenset("them us these those other another first second third fourth fifth sixth last".split())
"""What stands for one of several before a name: "one of them, Anna Ode", "the second, Tom Ode"."""

_WRITTEN: Final = phrases.PAPERS | frozenset("post posts bulletin bulletins review reviews".split())
"""What may name a news organisation, and may be a document."""

_TELL_OF_PAPER: Final = frozenset(("by", "on", "about", "seen"))
_NOT_ITS_OWN: Final = frozenset("to obtained seen reviewed viewed examined leaked shared provided given verified accessed acquired".split())
"""How a news organisation comes by what it did not write: "a letter to the Gazette", "documents obtained by the Gazette"."""

_HEARSAY: Final = frozenset("reports accounts".split())
_UNSPECIFIC: Final = (QUANTIFIERS | _COUNTS | frozenset("media news press local unconfirmed initial early various different".split())) - {
    "one"
}
"""What may stand before reports that nobody could look up: "multiple reports", "unconfirmed media reports"."""


class Source(NamedTuple):
    """A source phrase understood: its kind, one form for all its mentions, and whether it only points back."""

    kind: str
    who: str
    anaphor: bool
    head: str
    plural: bool = False


def _source(kind: str, who: str, anaphor: bool, head: str, plural: bool = False) -> Source:
    return record(Source, (kind, who, anaphor, head, plural))


def classify(ground: Ground, names: Names, first: int, last: int, head: int, speech: bool, quoted: bool) -> Source:
    """The kind of the noun phrase of words `first` to `last`: by its `head` if that is a noun, by its form if it is a name.

    An unknown noun that speaks is taken for a person; with a mere attitude it gets no kind. A name of which nothing tells
    is a person's if its words are `quoted`.
    """
    passage = ground.passage
    words, cased = passage.words, passage.cased
    opener = words[first]
    if first == last and opener in PRONOUNS:
        if opener == "you":
            return _source("", "", False, opener)  # the reader, or anybody
        if opener in ("i", "we"):
            return _source(AUTHOR, opener, False, opener)
        return _source(NAMED_PERSON, "", True, opener, opener == "they")
    if first == last and opener in _SUBJECTIVE:  # "his claim that", "according to her"
        pronoun = _SUBJECTIVE[opener]
        return _source(ORGANIZATION if pronoun == "it" else NAMED_PERSON, "", True, pronoun, pronoun == "they")
    if first == last and opener in ("both", "neither"):
        return _source(NAMED_PERSON, "", True, "they", True)
    if "and" in words[first:last]:  # "Ode and other experts": the one who is named counts
        joins = words.index("and", first, last)
        before = ground.previous(joins)
        if before >= first and ground.role(before) is None and not modifies(words[before]) and _name_begins(ground, first, before) == first:
            last = head = before
    word = words[head]
    role = _role_of(ground, head, last)
    begin = _name_begins(ground, first, head)
    if begin is not None:
        if begin == head and (opener in QUANTIFIERS or _is_share(ground, first, head) or names.is_class(cased[head])):
            return _source(VAGUE, _joined(words, first, last), False, word, True)
        if opener in ("a", "an") and begin == first + 1 and role is None:
            return _source(UNNAMED, _joined(words, first, last), False, word)  # "a Democrat", "a Berliner"
        kind = _kind_of_name(ground, names, begin, head, first, quoted)
        if kind in (NAMED_PERSON, ORGANIZATION) and word.endswith("s") and _is_counted(ground, first):
            return _source(UNNAMED, _joined(words, first, last), False, word, True)  # "three House Democrats"
        if kind == NAMED_PERSON:
            if begin < head and _is_crowd(ground, first, head):
                return _source(VAGUE, _joined(words, first, last), False, word, True)
            return _source(kind, word, False, word)
        if kind:
            return _source(kind, _joined(words, begin, head), False, word)
    if named_after(ground, head, last) or (first == last and _is_surname(ground, names, head)):
        return _source(NAMED_PERSON, words[last], False, word)
    plural = word.endswith("s") and not word.endswith("ss")
    phrase = _joined(words, first, last)
    points_back = opener in _POINTING and (head - first <= 1 or (opener == "the" and head - first <= _DESCRIBED and word in _UNIQUE))
    if role == "document" and ground.role(last) == "outlet" and ground.is_capital(last) and _NOT_ITS_OWN.isdisjoint(words[head:last]):
        return _source(OUTLET, phrase, False, word)  # "a report by the Gazette"
    if word in _HEARSAY and head == last and _UNSPECIFIC.issuperset(filter(None, words[first:head])):
        return _source(VAGUE, phrase, False, word, plural)
    if role in ("outlet", "document"):
        return _source(role, phrase, points_back, word, plural)
    if role in ("organization", "org_suffix", "spokesperson"):
        return _source(ORGANIZATION, phrase, points_back, word, plural)
    if opener in QUANTIFIERS or word in QUANTIFIERS or _is_share(ground, first, head):
        return _source(VAGUE, phrase, False, word, plural)
    if role == "source":
        return _source(UNNAMED, phrase, points_back, word, plural)
    if opener.isdecimal() and (plural or word == "people") and (int(opener[:9]) >= _A_CROWD or words[first + 1].isdecimal()):
        return _source(VAGUE, phrase, False, word, True)
    counted = opener in _COUNTS or opener in ("a", "an") or opener.isdecimal()
    if role == "vague" or (role == "person" and plural and ground.is_open_class(head) and opener not in DETERMINERS):
        return _source(UNNAMED if counted else VAGUE, phrase, False, word, plural)
    if role is not None:
        return _source(UNNAMED, phrase, points_back and head == last, word, plural)
    if cased[head].isupper() and len(word) > 1 and word.isalpha():
        return _source(ORGANIZATION, word, False, word)
    if words[last].isdecimal():
        return _source(VAGUE, phrase, False, word, True)
    if word == "old" and "year" in words[first:head]:
        return _source(UNNAMED, phrase, opener == "the", word)
    if opener in _COUNTS or opener.isdecimal():
        return _source(UNNAMED, phrase, False, word, plural)
    if plural and first == head and word.isalpha():
        return _source(VAGUE, phrase, False, word, plural)
    if (
        speech
        and (quoted or (opener in ("a", "an") and word.endswith(_AGENT_ENDINGS) and word not in _NO_AGENTS))
        and word.isalpha()
        and opener in _PRESENTS
    ):
        return _source(UNNAMED, phrase, points_back, word, plural)
    return _source("", phrase, opener in ("the", "that", "this"), word, plural)


def person_begins(ground: Ground, names: Names, last: int) -> int | None:
    """Where the name of a person that the passage introduces begins, if it ends with word `last`."""
    if ground.role(last) not in (None, "person") or not names.is_introduced(ground.passage.cased[last]):
        return None
    begin = _name_begins(ground, ground.capitals_before(last, max(last - _LONGEST_NAME, 0)), last)
    return begin if begin is not None and _kind_of_name(ground, names, begin, last, begin, False) == NAMED_PERSON else None


def _role_of(ground: Ground, head: int, last: int) -> str | None:
    """The role of a phrase's head. A post, in small letters, is no newspaper, nor is a paper by somebody or about something."""
    role, words = ground.role(head), ground.passage.words
    if role != "outlet" or words[head] not in _WRITTEN or ground.is_capital(head):
        return role
    if words[head] not in phrases.PAPERS:
        return "document"
    owned = head > 1 and phrases.is_possessive(ground, head - 1) and ground.role(head - 2) is not None  # "the council's paper"
    told = head < last and ground.joined(head + 1) and (words[head + 1] in _TELL_OF_PAPER or words[head + 1].endswith("ed"))
    return "document" if owned or told else "outlet"


def _is_share(ground: Ground, first: int, head: int) -> bool:
    """Whether a phrase names a part of many: "two thirds of voters", "another 31%"."""
    words = ground.passage.words
    opening = words[first : min(first + _ESTIMATED, head) + 1]
    number = next((first + at for at, word in enumerate(opening) if word.isdecimal()), None)
    return (number is not None and phrases.is_percentage(ground, number)) or not _SHARES.isdisjoint(words[first : head + 1])


def _joined(words: list[str], first: int, last: int) -> str:
    return " ".join(filter(None, words[first : last + 1]))


def _name_begins(ground: Ground, first: int, head: int) -> int | None:
    """Where the run of capitalised words that ends with the head begins; `None` if the head is no name.

    A capital that only opens the sentence makes no name: "Officials", "Police".
    """
    if not ground.is_capital(head):
        return None
    begin = ground.capitals_before(head, first)
    words = ground.passage.words
    while begin < head and begin == first and words[begin] in FUNCTION_STARTS:
        begin = ground.next(begin)
    if words[begin] in TIME_WORDS or (begin == head == first and (words[begin] in FUNCTION_STARTS or _only_begins(ground, begin))):
        return None
    return begin


def _only_begins(ground: Ground, at: int) -> bool:
    """Whether a capital merely opens a sentence on a common noun."""
    role = ground.role(at)
    return role is not None and role not in ("person_title", "org_suffix")


def named_after(ground: Ground, head: int, last: int) -> bool:
    """Whether a person's name ends a phrase, as an apposition or after the title: "a spokeswoman for the fund, Anna Ode",
    "Secretary of State Anna Ode", "the first witness, its former captain Anna Ode", "one of them, Anna Ode".
    """
    of_them = ground.passage.words[head] in _OF_THEM and ground.gap(ground.next(head)) == ", "
    if not (of_them or ground.role(head) in BEARERS) or ground.role(last) not in (None, "person") or not ground.is_capital(last):
        return False
    begin = ground.capitals_before(last, head + 1)
    before = ground.previous(begin)
    if ground.gap(begin).startswith(","):
        for at in range(last - 1, begin - 1, -1):
            if ground.role(at) is not None:  # "Assistant Hall Director Ada Ode", "Dr Ode"
                return at < last - 1 or ground.is_title(at)
        return begin < last or ground.role(head) == "relation" or ground.before(head) in _THEIR  # "her mother, Anna"
    if begin == last:
        return False
    titled = ground.is_title(head) and begin == head + 2 and ground.passage.words[head + 1] == "of" and ground.is_title(begin)
    presented = before > head and ground.role(before) in BEARERS and any("," in ground.gap(at) for at in range(head + 1, before + 1))
    return (titled or presented) and ground.role(last - 1) is None


def _is_surname(ground: Ground, names: Names, word: int) -> bool:
    """Whether a word for one person is the surname of somebody named in full: "Ada Singer", then "Singer said"."""
    passage = ground.passage
    one = ground.role(word) == "person" and not passage.words[word].endswith("s")
    return one and ground.is_capital(word) and names.is_introduced(passage.cased[word])


def _is_counted(ground: Ground, first: int) -> bool:
    """Whether a phrase begins with a number in words, or with one in digits that no crowd has."""
    word = ground.passage.words[first]
    return word in _COUNTS or (word.isdecimal() and int(word[:9]) < _A_CROWD)


def _is_crowd(ground: Ground, first: int, head: int) -> bool:
    """Whether two capitalised words or more name people at large: "most Native Odes", "Native Odes say"."""
    words = ground.passage.words
    if "and" in words[first:head] or "or" in words[first:head] or ground.before(first) in _JOINS:
        return False  # "Ada Ode and Tom Ruiz say"
    if words[first] in QUANTIFIERS:
        return True
    if words[head + 1 : head + 2] and words[head + 1] in PLURAL_VERBS and ground.joined(head + 1):
        return not (first and words[first - 1] in AUXILIARIES)
    return False


def _kind_of_name(ground: Ground, names: Names, begin: int, end: int, first: int, quoted: bool) -> str:
    """The kind of a run of capitalised words; empty if it is a title or role and no name ("the Prime Minister")."""
    passage = ground.passage
    words, cased = passage.words, passage.cased
    kinds = [ground.role(at) for at in range(begin, end + 1)]
    last_kind = kinds[-1]
    if begin > first:
        before = begin - 1 if words[begin - 1] else begin - 2
        if ground.is_title(before):
            return NAMED_PERSON
        if not any(kinds) and ground.role(before) in BODIES and words[before][-1] != "s" and ground.gap(begin) == " ":
            return OUTLET if ground.role(before) == "outlet" else ORGANIZATION  # "the charity Blue Heron"
    if last_kind in ("outlet", "document"):
        return OUTLET if last_kind == "outlet" else DOCUMENT
    if last_kind in ("organization", "org_suffix") or passage.plain.find(" & ", passage.starts[begin], passage.starts[end]) >= 0:
        return ORGANIZATION  # "Ode & Sons"
    if any(kind in BEARERS for kind in kinds[:-1]):
        return NAMED_PERSON
    if (
        last_kind == "person"
        and begin == end
        and ground.before(begin) == "the"
        and not ground.is_title(end)
        and not names.stands_small(cased[end])
    ):
        return ORGANIZATION  # "the Guardian", where nobody is called a guardian
    if last_kind is not None:  # a surname may be a word for people too ("Dan Backer"), a title or role alone is no name
        own = last_kind == "person" and end == begin + 1 and kinds[0] is None and ground.before(begin) != "the"
        return NAMED_PERSON if own else ""
    real = [at for at in range(begin, end + 1) if words[at]]
    if any(kind in BODIES for kind in kinds):
        return OUTLET if "outlet" in kinds else ORGANIZATION
    if len(real) == 1:
        name = cased[begin]
        if names.bearer(name) == "outlet":
            return OUTLET
        if len(name) > 1 and name.isupper():
            return NAMED_PERSON if passage.plain.startswith(":", passage.end_of(begin)) else ORGANIZATION  # in a transcript
        if first < begin and words[first] == "the" and begin - first == 1:
            return ORGANIZATION
        bearer = names.bearer(name)
        return NAMED_PERSON if bearer == "person" or (not bearer and (quoted or names.is_persons(name))) else ORGANIZATION
    if words[real[0]] in PLACE_WORDS:
        return ORGANIZATION
    if words[begin - 1 if begin else 0] == "the" and begin > first:
        return ORGANIZATION
    if any(len(cased[at]) > 2 and cased[at].isupper() for at in real) and not all(cased[at].isupper() for at in real):
        return ORGANIZATION
    told = names.told_to_be(cased[real[-1]])
    if told:
        return OUTLET if told == "outlet" else ORGANIZATION
    if names.bearer(cased[real[0]]) == "place" or len(real) > 4 or (len(real) > 2 and not quoted and names.is_firm(real)):
        return ORGANIZATION
    return NAMED_PERSON
