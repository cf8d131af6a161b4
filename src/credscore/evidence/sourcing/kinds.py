"""What kind of source a noun phrase is, by form and context: never from a list of real people, places or outlets."""

from bisect import bisect_left
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing.phrases import DETERMINERS, PRONOUNS, TIME_WORDS, modifies

NAMED_PERSON, ORGANIZATION, OUTLET, DOCUMENT = "named_person", "organization", "outlet", "document"
UNNAMED, VAGUE, AUTHOR = "unnamed", "vague", "author"

_QUANTIFIERS: Final = frozenset("some many most few all those other others these everyone everybody numerous any".split())
_AGENT_ENDINGS: Final = ("er", "or", "ist", "ian", "ant", "ee", "man", "woman", "ent")
_NO_AGENTS: Final = frozenset(
    "ardor armor behavior candor clamor color demeanor endeavor favor fervor flavor harbor honor humor labor odor parlor rancor rigor "
    "rumor splendor tumor valor vapor vigor caliber center centimeter fiber kilometer liter luster maneuver meter millimeter saber "
    "specter theater".split()
)
"""Words that only American spelling gives the ending of an agent: "a tumor", "a maneuver"."""

_CLASS_MARKERS: Final = _QUANTIFIERS | frozenset("fellow young older percent".split())
_BEFORE_ANYBODY: Final = frozenset("among both by between".split())
"""What stands before people at large ("among Democrats") and before a person ("by Waters")."""

_POINTING: Final = frozenset("the that this its their his her".split())
_PLURAL_VERBS: Final = frozenset("are have say want think believe see don aren haven".split())
"""What stands after several; "were" may stand after one ("if Ode were to")."""

_CLAUSE_STARTS: Final = frozenset("that but as while because if when where although though whether".split())
"""Words after which a subject begins."""

_COUNTS: Final = frozenset("one two three four five six seven eight nine ten eleven twelve another several multiple".split())
_PLACE_WORDS: Final = frozenset(
    "north south east west northern southern eastern western new united central great upper lower islamic democratic "
    "republic saint san santa los las el la port fort lake mount cape".split()
)
"""First words of two-word place names; a country that speaks is an institution."""

_FUNCTION_STARTS: Final = DETERMINERS | frozenset(
    "according in on at after but and for from by with as if when while he she they it we i you asked however also so "
    "now then there here what who how why where yet not".split()
)


_PRESENTS: Final = frozenset("a an the one his her their my our this that".split())
_SHARES: Final = frozenset("percent half third quarter thirds quarters majority minority".split())
_PERSONAL: Final = frozenset("he she his her him who himself herself".split())
_IMPERSONAL: Final = frozenset("its which itself".split())
_A_CROWD: Final = 20
"""From this number on, counted people are nobody in particular."""

_LOCATING: Final = frozenset("in across near inside outside throughout".split())
_STATE: Final = frozenset(
    "government president ministry minister foreign defense defence military army parliament capital border borders embassy economy "
    "police interior constitution currency navy territory".split()
)
"""What a country or city has and a person has not."""

_SAID_IT: Final = (["said", "it"], ["says", "it"])
_PARTICLES: Final = frozenset("de da di du del der den van von bin ibn al el la le ten ter".split())
"""Small words inside names of people: "Jan de Ode"."""

_NEAR: Final = 14
"""Words after a name in which a pronoun is taken to refer to it."""

_is_word = itemgetter(0)
_SEARCHED: Final = 40
_READ: Final = 12
"""Mentions of a name that are looked at to tell a person from a place."""


_OFTEN, _CLOSE = 3, 90
"""Mentions of a name the passage is about, and words from one to the next in the mean: a rate, so that length does not tell."""


_HEARSAY: Final = frozenset("reports accounts".split())
_UNSPECIFIC: Final = (_QUANTIFIERS | _COUNTS | frozenset("media news press local unconfirmed initial early various different".split())) - {
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


class Names:
    """Which single names belong to people, judged lazily from how the passage uses them."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._bearers: dict[str, str] = {}
        self._index: dict[str, list[int]] | None = None
        self._introduces: bool | None = None
        self._small: dict[str, bool] = {}

    def bearer(self, name: str) -> str:
        """Who or what bears a capitalised word: a "place", a "person", an "institution", an "outlet", or "" where nothing tells.

        A place stands after "in" or before "'s government" somewhere; a person follows a title or a given name, or is
        "he" or "her" later, as an institution is "it" or "its".
        """
        known = self._bearers.get(name)
        if known is None:
            places = self._places(name)
            if any(self._outlet_at(at) for at in places):
                known = "outlet"
            elif any(self._place_at(at) for at in places):
                known = "place"
            elif any(self._person_at(at) for at in places) or any(self._apposed(at) for at in places):
                known = "person"
            else:
                votes = self._pronouns(places)
                known = "person" if votes > 0 else "institution" if votes < 0 else ""
            self._bearers[name] = known
        return known

    def _outlet_at(self, at: int) -> bool:
        """Whether the name is told as the one that reported: "as reported by the OBC"."""
        ground = self._ground
        if ground.before(at) == "the":
            at -= 1
        elif not ground.passage.cased[at].isupper():
            return False
        return ground.before(at) == "by" and ground.before(at - 1) == "reported"

    def _place_at(self, at: int) -> bool:
        following = self._ground.following(at, 3)
        owns = following[:1] == ["s"]
        if owns and not _STATE.isdisjoint(following[1:]):
            return True
        return not owns and self._ground.before(at) in _LOCATING

    def is_class(self, name: str) -> bool:
        """Whether a capitalised plural names people at large ("Democrats"): "some", "many", "among" stand before it somewhere,
        or a plural verb after it.
        """
        if not name.endswith("s"):
            return False
        places = self._places(name)
        before = {self._ground.before(at) for at in places}
        if not _CLASS_MARKERS.isdisjoint(before) or (not _BEFORE_ANYBODY.isdisjoint(before) and self.bearer(name) != "person"):
            return True
        if not any(at and self._ground.joined(at) for at in places) and self._stands_small(name):
            return True  # "Divers found it": the capital only opens sentences
        return any(self._plural_at(at) for at in places) and not self.bearer(name)

    def _stands_small(self, name: str) -> bool:
        """Whether the word of a name stands in the passage without its capital, too; not looked for where names are many."""
        known = self._small.get(name)
        if known is None:
            passage, small = self._ground.passage, name.lower()
            offset = passage.plain.find(small) if len(self._small) < _SEARCHED else -1
            at = bisect_left(passage.starts, offset) if offset >= 0 else 0
            known = self._small[name] = offset >= 0 and passage.starts[at] == offset and passage.cased[at] == small
        return known

    def _plural_at(self, at: int) -> bool:
        """Whether the name is the subject of a plural verb and nothing else is."""
        ground = self._ground
        if _PLURAL_VERBS.isdisjoint(ground.following(at, 1)):
            return False
        before = ground.before(at)
        return before in _CLAUSE_STARTS or (not before and not ground.joined(at) and "," not in ground.gap(at))

    def is_persons(self, name: str) -> bool:
        """Whether a name of which nothing tells is a person's: "Ode said".

        Not in a passage that introduces its people ("Ada Ode", "Mayor Ode") and names this one in passing: there it is
        more often a capital that stands for its government, or a firm. Who is named throughout is who it is about.
        """
        passage = self._ground.passage
        places = self._places(name)
        if len(places) >= _OFTEN:
            between = passage.words[places[0] : places[-1]]
            if len(between) - between.count("") <= _CLOSE * (len(places) - 1):
                return True
        if self._introduces is None:
            self._introduces = self._introduces_people()
        return not self._introduces

    def _introduces_people(self) -> bool:
        """Whether some person is named in full in the passage."""
        after_capital = False
        for at, form in enumerate(self._ground.passage.cased):
            capital = form != "" and form[0].isupper()
            if capital and after_capital and not self._ground.role(at) and self._person_at(at):
                return True
            after_capital = capital
        return False

    def is_firm(self, run: list[int]) -> bool:
        """Whether the words of a long name are a firm's: ", which" follows it somewhere, or its first words alone name it, as a
        person's last one does, and are "it" ("Blue Heron Kilns said", "Blue Heron closed its plant").
        """
        passage = self._ground.passage
        name = [passage.cased[at] for at in run]
        size = len(name)
        if run[-1] - run[0] >= size:
            return False  # "Ada C. Ruiz": initials are people's
        for at in self._places(name[0]):
            here = passage.cased[at : at + size]
            if at + size > len(passage.words) or not passage.on_one_line(at, at + size):
                continue
            if here == name:
                if passage.words[at + size : at + size + 2] == ["", "which"]:
                    return True
            elif here[:-1] == name[:-1] and not here[-1][:1].isupper() and self._pronouns([at + size - 2]) < 0:
                return True
        return False

    def _pronouns(self, places: list[int]) -> int:
        """How much more often "he" or "her" follows the name than "its" or "which", before another name comes."""
        passage = self._ground.passage
        words, cased = passage.words, passage.cased
        votes = 0
        for place in places:
            near = zip(words[place + 1 : place + 2 * _NEAR], cased[place + 1 : place + 2 * _NEAR], strict=True)
            for word, form in islice(filter(_is_word, near), _NEAR):  # blank lines are no words, so wrapping tells nothing
                if word in _PERSONAL:
                    votes += 1
                    break
                if word in _IMPERSONAL or (word == "it" and self._ground.following(place, 2) in _SAID_IT):  # "Oldport said it would"
                    votes -= 1
                    break
                if form[:1].isupper() and word not in TIME_WORDS and word not in _FUNCTION_STARTS:
                    break
        return votes

    def _places(self, name: str) -> list[int]:
        """Words at which the name stands, the first dozen."""
        if self._index is not None:
            return self._index.get(name, [])
        if len(self._bearers) > _SEARCHED:
            return self._indexed().get(name, [])
        passage = self._ground.passage
        plain, starts, cased = passage.plain, passage.starts, passage.cased
        places: list[int] = []
        offset = plain.find(name)
        while offset >= 0 and len(places) < _READ:
            at = bisect_left(starts, offset)
            if starts[at] == offset and cased[at] == name:
                places.append(at)
            offset = plain.find(name, offset + len(name))
        return places

    def _indexed(self) -> dict[str, list[int]]:
        """The places of all capitalised words, for a text that holds too many names to search for each."""
        index: dict[str, list[int]] = {}
        for at, word in enumerate(self._ground.passage.cased):
            if word and word[0].isupper():
                places = index.setdefault(word, [])
                if len(places) < _READ:
                    places.append(at)
        self._index = index
        return index

    def _apposed(self, at: int) -> bool:
        """Whether the name is followed by what is told of people alone: ", who", ", a retired plumber"."""
        ground, after = self._ground, at + 2
        words = ground.passage.words
        if words[at + 1 : after] != [""] or after >= len(words) or not ground.gap(after).startswith(","):
            return False
        if words[after] in ("a", "an"):
            return "person" in (ground.role(after + 1), ground.role(after + 2))
        return words[after] in ("who", "whose")

    def _person_at(self, at: int) -> bool:
        ground = self._ground
        before = ground.previous(at)
        while before > 0 and ground.passage.cased[before] in _PARTICLES:
            before = ground.previous(before)
        if before < 0 or not ground.joined(at):
            return False
        if ground.is_title(before):
            return True
        word = ground.passage.words[before]
        if not ground.is_capital(before) or word in _FUNCTION_STARTS or word in TIME_WORDS or word in _PLACE_WORDS:
            return False
        cased = ground.passage.cased
        if ground.role(before) and ground.role(before) not in ("person", "relation", "spokesperson"):
            return False
        if cased[before].isupper() and len(word) > 2:
            return False
        after = at + 1  # "Hong Kong Airways": the word is not the last of its run
        return not (after < len(cased) and cased[after] and ground.is_capital(after) and ground.joined(after) and ground.role(after))


def classify(ground: Ground, names: Names, first: int, last: int, head: int, speech: bool, quoted: bool) -> Source:
    """The kind of the noun phrase of words `first` to `last`: by its `head` if that is a noun, by its form if it is a name.

    An unknown noun that speaks is taken for a person; with a mere attitude it gets no kind. A name of which nothing tells
    is a person's if its words are `quoted`.
    """
    passage = ground.passage
    words, cased = passage.words, passage.cased
    opener = words[first]
    if first == last and opener in PRONOUNS:
        if opener in ("i", "we", "you"):
            return Source(AUTHOR, opener, False, opener)
        return Source(NAMED_PERSON, "", True, opener, plural=opener == "they")
    if first == last and opener in ("both", "neither"):
        return Source(NAMED_PERSON, "", True, "they", plural=True)
    if "and" in words[first:last]:  # "Ode and other experts": the one who is named counts
        joins = words.index("and", first, last)
        before = ground.previous(joins)
        if before >= first and ground.role(before) is None and not modifies(words[before]) and _name_begins(ground, first, before) == first:
            last = head = before
    word = words[head]
    role = ground.role(head)
    begin = _name_begins(ground, first, head)
    if begin is not None:
        if begin == head and (opener in _QUANTIFIERS or names.is_class(cased[head])):
            return Source(VAGUE, _joined(words, first, last), False, word, True)
        if opener in ("a", "an") and begin == first + 1 and role is None:
            return Source(UNNAMED, _joined(words, first, last), False, word)  # "a Democrat", "a Berliner"
        kind = _kind_of_name(ground, names, begin, head, first, quoted)
        if kind == NAMED_PERSON:
            return Source(kind, word, False, word)
        if kind:
            return Source(kind, _joined(words, begin, head), False, word)
    elif _named_after(ground, head, last):
        return Source(NAMED_PERSON, words[last], False, word)
    plural = word.endswith("s") and not word.endswith("ss")
    phrase = _joined(words, first, last)
    points_back = opener in _POINTING and head - first <= 1
    if role == "document" and ground.role(last) == "outlet" and ground.is_capital(last) and "to" not in words[head:last]:
        return Source(OUTLET, phrase, False, word)  # "a report by the Gazette"
    if word in _HEARSAY and head == last and _UNSPECIFIC.issuperset(filter(None, words[first:head])):
        return Source(VAGUE, phrase, False, word, plural)
    if role in ("outlet", "document"):
        return Source(role, phrase, points_back, word, plural)
    if role in ("organization", "org_suffix", "spokesperson"):
        return Source(ORGANIZATION, phrase, points_back, word, plural)
    if opener in _QUANTIFIERS or word in _QUANTIFIERS or word in _SHARES or not _SHARES.isdisjoint(words[first:head]):
        return Source(VAGUE, phrase, False, word, plural)
    if role == "source":
        return Source(UNNAMED, phrase, points_back, word, plural)
    if opener.isdecimal() and (plural or word == "people") and (int(opener[:9]) >= _A_CROWD or words[first + 1].isdecimal()):
        return Source(VAGUE, phrase, False, word, True)
    counted = opener in _COUNTS or opener in ("a", "an") or opener.isdecimal()
    if role == "vague" or (role == "person" and plural and ground.is_open_class(head) and opener not in DETERMINERS):
        return Source(UNNAMED if counted else VAGUE, phrase, False, word, plural)
    if role is not None:
        return Source(UNNAMED, phrase, points_back and head == last, word, plural)
    if cased[head].isupper() and len(word) > 1 and word.isalpha():
        return Source(ORGANIZATION, word, False, word)
    if words[last].isdecimal():
        return Source(VAGUE, phrase, False, word, True)
    if word == "old" and "year" in words[first:head]:
        return Source(UNNAMED, phrase, opener == "the", word)
    if opener in _COUNTS or opener.isdecimal():
        return Source(UNNAMED, phrase, False, word, plural)
    if plural and first == head and word.isalpha():
        return Source(VAGUE, phrase, False, word, plural)
    if (
        speech
        and (quoted or (opener in ("a", "an") and word.endswith(_AGENT_ENDINGS) and word not in _NO_AGENTS))
        and word.isalpha()
        and opener in _PRESENTS
    ):
        return Source(UNNAMED, phrase, points_back, word, plural)
    return Source("", phrase, opener in ("the", "that", "this"), word, plural)


def _joined(words: list[str], first: int, last: int) -> str:
    return " ".join(filter(None, words[first : last + 1]))


def _name_begins(ground: Ground, first: int, head: int) -> int | None:
    """Where the run of capitalised words that ends with the head begins; `None` if the head is no name.

    A capital that only opens the sentence makes no name: "Officials", "Police".
    """
    if not ground.is_capital(head):
        return None
    begin = head
    while begin > first and ground.joined(begin) and ground.is_capital(ground.previous(begin)):
        begin = ground.previous(begin)
    words = ground.passage.words
    while begin < head and begin == first and words[begin] in _FUNCTION_STARTS:
        begin = ground.next(begin)
    if words[begin] in TIME_WORDS or (begin == head == first and (words[begin] in _FUNCTION_STARTS or _only_begins(ground, begin))):
        return None
    return begin


def _only_begins(ground: Ground, at: int) -> bool:
    """Whether a capital merely opens a sentence on a common noun."""
    role = ground.role(at)
    return role is not None and role not in ("person_title", "org_suffix")


def _named_after(ground: Ground, head: int, last: int) -> bool:
    """Whether a person's name stands in apposition to the head: "a spokeswoman, Anna Ode"."""
    after = ground.next(head)
    return (
        after < last
        and ground.role(head) in ("person", "spokesperson", "relation", "person_title")
        and ground.gap(after).startswith(",")
        and ground.is_capital(after)
        and ground.is_capital(last)
        and ground.joined(last)
    )


def _kind_of_name(ground: Ground, names: Names, begin: int, end: int, first: int, quoted: bool) -> str:
    """The kind of a run of capitalised words; empty if it is a title or role and no name ("the Prime Minister")."""
    passage = ground.passage
    words, cased = passage.words, passage.cased
    kinds = [ground.role(at) for at in range(begin, end + 1)]
    last_kind = kinds[-1]
    if begin > first and ground.is_title(begin - 1 if words[begin - 1] else begin - 2):
        return NAMED_PERSON
    if last_kind in ("outlet", "document"):
        return OUTLET if last_kind == "outlet" else DOCUMENT
    if last_kind in ("organization", "org_suffix"):
        return ORGANIZATION
    if any(kind in ("person_title", "person", "spokesperson", "relation") for kind in kinds[:-1]):
        return NAMED_PERSON
    if last_kind is not None:  # a surname may be a word for people too ("Dan Backer"), a title or role alone is no name
        return NAMED_PERSON if last_kind == "person" and end == begin + 1 and kinds[0] is None else ""
    real = [at for at in range(begin, end + 1) if words[at]]
    if any(kind in ("outlet", "organization", "org_suffix") for kind in kinds):
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
    if words[real[0]] in _PLACE_WORDS:
        return ORGANIZATION
    if words[begin - 1 if begin else 0] == "the" and begin > first:
        return ORGANIZATION
    if any(len(cased[at]) > 2 and cased[at].isupper() for at in real) and not all(cased[at].isupper() for at in real):
        return ORGANIZATION
    if names.bearer(cased[real[0]]) == "place" or len(real) > 4 or (len(real) > 2 and not quoted and names.is_firm(real)):
        return ORGANIZATION
    return NAMED_PERSON
