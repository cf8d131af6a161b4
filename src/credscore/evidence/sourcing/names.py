"""Whose a name is, by how a passage uses it: a person's, a place's, an institution's or an outlet's. Never from a list of names."""

from itertools import islice
from operator import itemgetter
from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing.phrases import BEARERS, BODIES, DETERMINERS, TIME_WORDS, head_of
from credscore.native import bisect_left

QUANTIFIERS: Final = frozenset("some many most few all those other others these everyone everybody numerous any".split())
_CLASS_MARKERS: Final = QUANTIFIERS | frozenset("fellow young older percent".split())
_BEFORE_ANYBODY: Final = frozenset("among both by between".split())
"""What stands before people at large ("among Democrats") and before a person ("by Waters")."""

PLURAL_VERBS: Final = frozenset("are have say want think believe see don aren haven".split())
"""What stands after several; "were" may stand after one ("if Ode were to")."""

CLAUSE_STARTS: Final = frozenset("that but as while because if when where although though whether once until".split())
"""Words after which a subject begins."""

PLACE_WORDS: Final = frozenset(
    "north south east west northern southern eastern western new united central great upper lower islamic democratic "
    "republic saint san santa los las el la port fort lake mount cape".split()
)
"""First words of two-word place names; a country that speaks is an institution."""

FUNCTION_STARTS: Final = DETERMINERS | frozenset(
    "according in on at after but and for from by with as if when while he she they it we i you asked however also so "
    "now then there here what who how why where yet not just once".split()
)
_PERSONAL: Final = frozenset("he she his her him who himself herself".split())
_IMPERSONAL: Final = frozenset("its which itself".split())
_LOCATING: Final = frozenset("in across near inside outside throughout".split())
_STATE: Final = frozenset(
    "government president ministry minister foreign defense defence military army parliament capital border borders embassy economy "
    "police interior constitution currency navy territory".split()
)
"""What a country or city has and a person has not."""

_SAID_IT: Final = (["said", "it"], ["says", "it"])
_PARTICLES: Final = frozenset("de da di du del der den van von bin ibn al el la le ten ter".split())
"""Small words inside names of people: "Jan de Ode"."""

_TELLS_OF: Final = frozenset("a an the one".split())
"""First words of what is told right after a name."""

_TOLD: Final = 12
"""Words after a name in which it is told what its bearer is."""

_NEAR: Final = 14
"""Words after a name in which a pronoun is taken to refer to it."""

_is_word = itemgetter(0)
_SEARCHED: Final = 40
_READ: Final = 12
"""Mentions of a name that are looked at to tell a person from a place."""

_OFTEN, _CLOSE = 3, 90
"""Mentions of a name the passage is about, and words from one to the next in the mean: a rate, so that length does not tell."""


class Names:
    """Which single names belong to people, judged lazily from how the passage uses them."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._bearers: dict[str, str] = {}
        self._introduced: set[str] = set()
        self._index: dict[str, list[int]] | None = None
        self._introduces: bool | None = None
        self._small: dict[str, bool] = {}
        self._places_of: dict[str, list[int]] = {}
        self._persons: dict[str, bool] = {}
        self._told: dict[str, str] = {}

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
                self._introduced.add(name)
            elif any(self._holds_places_at(at) for at in places):
                known = "place"
            else:
                votes = self._pronouns(places)
                known = "person" if votes > 0 else "institution" if votes < 0 else ""
            self._bearers[name] = known
        return known

    def is_introduced(self, name: str) -> bool:
        """Whether a capitalised word is told to be a person's name: after a title or a given name, or before ", who"."""
        small = name.lower()
        if len(name) < 2 or small in FUNCTION_STARTS or small in TIME_WORDS:
            return False
        self.bearer(name)
        return name in self._introduced

    def _outlet_at(self, at: int) -> bool:
        """Whether the name is told as the one that reported: "as reported by the OBC"."""
        ground = self._ground
        if ground.before(at) == "the":
            at -= 1
        elif not ground.passage.cased[at].isupper():
            return False
        return ground.before(at) == "by" and ground.before(at - 1) == "reported"

    def _place_at(self, at: int) -> bool:
        passage = self._ground.passage
        following = self._ground.following(at, 3)
        owns = following[:1] == ["s"] or passage.plain.startswith("'", passage.end_of(at))  # "in Odes' ward"
        if owns and not _STATE.isdisjoint(following[1:]):
            return True
        return not owns and self._ground.before(at) in _LOCATING

    def _holds_places_at(self, at: int) -> bool:
        """Whether something in the name's land is named: "in Odeland's Harbour Province"."""
        ground, passage = self._ground, self._ground.passage
        if ground.before(at) not in _LOCATING or not passage.plain.startswith("'", passage.end_of(at)):
            return False
        follows = ground.next(at)
        if passage.words[follows : follows + 1] == ["s"]:
            follows = ground.next(follows)
        return follows < len(passage.words) and ground.is_capital(follows)

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
        if not any(self._stands_inside(at) for at in places) and (self.stands_small(name) or not self.bearer(name)):
            return True  # "Divers found it": the capital only opens sentences
        return any(self._plural_at(at) for at in places) and not self.bearer(name)

    def _stands_inside(self, at: int) -> bool:
        """Whether a sentence goes on at word `at`: its capital is none that opens one."""
        ground = self._ground
        return at > 0 and (ground.joined(at) or "," in ground.gap(at))

    def stands_small(self, name: str) -> bool:
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
        if PLURAL_VERBS.isdisjoint(ground.following(at, 1)):
            return False
        before = ground.before(at)
        return before in CLAUSE_STARTS or (not before and not ground.joined(at) and "," not in ground.gap(at))

    def is_persons(self, name: str) -> bool:
        """Whether a name of which nothing tells is a person's: "Ode said".

        Not in a passage that introduces its people ("Ada Ode", "Mayor Ode") and names this one in passing: there it is
        more often a capital that stands for its government, or a firm. Who is named throughout is who it is about.
        """
        known = self._persons.get(name)
        if known is None:
            known = self._persons[name] = self._is_about(name) or not self._introduces_anybody()
        return known

    def _is_about(self, name: str) -> bool:
        """Whether a name is named throughout the passage."""
        passage = self._ground.passage
        places = self._places(name)
        if len(places) >= _OFTEN:
            between = passage.words[places[0] : places[-1]]
            return len(between) - between.count("") <= _CLOSE * (len(places) - 1)
        return False

    def _introduces_anybody(self) -> bool:
        """Whether some person is named in full in the passage."""
        if self._introduces is None:
            self._introduces = self._introduces_people()
        return self._introduces

    def _introduces_people(self) -> bool:
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
                if form[:1].isupper() and word not in TIME_WORDS and word not in FUNCTION_STARTS:
                    break
        return votes

    def _places(self, name: str) -> list[int]:
        """Words at which the name stands, the first dozen."""
        if self._index is not None:
            return self._index.get(name, [])
        if len(self._bearers) > _SEARCHED:
            return self._indexed().get(name, [])
        known = self._places_of.get(name)
        if known is not None:
            return known
        passage = self._ground.passage
        plain, starts, cased = passage.plain, passage.starts, passage.cased
        places: list[int] = []
        offset = plain.find(name)
        while offset >= 0 and len(places) < _READ:
            at = bisect_left(starts, offset)
            if starts[at] == offset and cased[at] == name:
                places.append(at)
            offset = plain.find(name, offset + len(name))
        self._places_of[name] = places
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

    def told_to_be(self, name: str) -> str:
        """What the passage says right after a name that its bearer is, if that is no person: "Blue Heron, a charity in Oldport"
        is an "organization", another an "outlet"; empty if it says nothing of the kind.
        """
        known = self._told.get(name)
        if known is None:
            known = self._told[name] = next(filter(None, map(self._told_at, self._places(name))), "")
        return known

    def _told_at(self, at: int) -> str:
        ground, after = self._ground, at + 2
        words = ground.passage.words
        if words[at + 1 : after] != [""] or after >= len(words) or words[after] not in _TELLS_OF or not ground.gap(after).startswith(","):
            return ""
        last = after
        while last - after < _TOLD and last + 1 < len(words) and words[last + 1] and ground.joined(last + 1):
            last += 1
        head = head_of(ground, after, last)
        role = ground.role(head)
        if role not in BODIES or ground.role(last) in BEARERS or any(map(ground.is_capital, range(after, head))):
            return ""
        return "outlet" if role == "outlet" else "organization"

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
        if not ground.is_capital(before) or word in FUNCTION_STARTS or word in TIME_WORDS or word in PLACE_WORDS:
            return False
        cased = ground.passage.cased
        if ground.role(before) and ground.role(before) not in ("person", "relation", "spokesperson"):
            return False
        if cased[before].isupper() and len(word) > 2:
            return False
        after = at + 1  # "Hong Kong Airways": the word is not the last of its run
        return not (after < len(cased) and cased[after] and ground.is_capital(after) and ground.joined(after) and ground.role(after))
