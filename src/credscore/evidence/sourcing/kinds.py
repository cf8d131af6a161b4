"""What kind of source a noun phrase is, by form and context: never from a list of real people, places or outlets."""

from typing import NamedTuple

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing.phrases import DETERMINERS, PRONOUNS, TIME_WORDS, head_of

NAMED_PERSON, ORGANIZATION, OUTLET, DOCUMENT = "named_person", "organization", "outlet", "document"
UNNAMED, VAGUE, AUTHOR = "unnamed", "vague", "author"

_QUANTIFIERS = frozenset("some many most few all those other others these everyone everybody people numerous any".split())
_COUNTS = frozenset("one two three four five six seven eight nine ten eleven twelve another several multiple".split())
_PLACE_WORDS = frozenset(
    "north south east west northern southern eastern western new united central great upper lower islamic democratic "
    "republic saint san santa los las el la port fort lake mount cape".split()
)
"""First words of two-word place names; a country that speaks is an institution."""

_FUNCTION_STARTS = DETERMINERS | frozenset(
    "according in on at after but and for from by with as if when while he she they it we i you asked however also so "
    "now then there here what who how why where yet not".split()
)


_READ = 12
"""Mentions of a name that are looked at to tell a person from a place."""


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
        self._persons: dict[str, bool] = {}
        self._locations: dict[str, bool] = {}

    def is_person(self, name: str) -> bool:
        """Whether a capitalised word is a person's surname here: it follows a title or a given name somewhere."""
        known = self._persons.get(name)
        if known is None:
            known = self._persons[name] = any(self._person_at(at) for at in self._places(name))
        return known

    def is_place(self, name: str) -> bool:
        """Whether a capitalised word follows "in" or "across" somewhere, as places do and people do not."""
        known = self._locations.get(name)
        if known is None:
            words = self._ground.passage.words
            known = self._locations[name] = any(at > 0 and words[at - 1] in ("in", "across", "near") for at in self._places(name))
        return known

    def _places(self, name: str) -> list[int]:
        """Words at which the name stands, the first dozen."""
        passage = self._ground.passage
        plain, starts = passage.plain, passage.starts
        places = []
        offset = plain.find(name)
        while offset >= 0 and len(places) < _READ:
            at = passage.word_at(offset)
            if starts[at] == offset and passage.cased[at] == name:
                places.append(at)
            offset = plain.find(name, offset + len(name))
        return places

    def _person_at(self, at: int) -> bool:
        ground = self._ground
        before = ground.previous(at)
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


def classify(ground: Ground, names: Names, first: int, last: int, present: bool) -> Source:
    """The kind of the noun phrase of words `first` to `last`; `present` says that the cue is in the present tense."""
    passage = ground.passage
    words, cased = passage.words, passage.cased
    if first == last and words[first] in PRONOUNS:
        pronoun = words[first]
        if pronoun in ("i", "we", "you"):
            return Source(AUTHOR, pronoun, False, pronoun)
        return Source(NAMED_PERSON, "", True, pronoun, plural=pronoun == "they")
    head = head_of(ground, first, last)
    kind = ground.role(head)
    word = words[head]
    run = _name_run(ground, first, last)
    opener = words[first]
    plural = word.endswith("s") and not word.endswith("ss")
    phrase = " ".join(filter(None, words[first : last + 1]))
    if run is not None:
        begin, end = run
        named = _kind_of_name(ground, names, begin, end, first)
        if named == NAMED_PERSON and not (head > end and kind is not None and _possesses(ground, end)):
            if head >= begin or kind in ("person", "spokesperson", "relation", "person_title", None) or begin > head:
                return Source(NAMED_PERSON, words[end], False, word)
        elif kind is None or head <= end and not (kind in ("person", "spokesperson", "source", "vague", "relation")):
            return Source(named, " ".join(filter(None, words[begin : end + 1])), False, word)
    if kind in ("outlet", "document"):
        return Source(kind, phrase, _points_back(opener, first, last), word)
    if kind == "spokesperson":
        return Source(ORGANIZATION, phrase, _points_back(opener, first, last), word)
    if kind in ("organization", "org_suffix"):
        return Source(ORGANIZATION, phrase, _points_back(opener, first, last), word, plural)
    if kind == "source":
        return Source(UNNAMED, phrase, opener in ("the", "that") and last - first <= 1, word, plural)
    if kind in ("person", "person_title", "relation", "vague"):
        return _people(ground, kind, opener, word, phrase, first, last, head, plural, present)
    if cased[head].isupper() and len(word) > 1 and word.isalpha():
        return Source(ORGANIZATION, word, False, word)
    if run is not None:
        return Source(ORGANIZATION, " ".join(filter(None, words[run[0] : run[1] + 1])), False, word)
    if opener in _QUANTIFIERS or word in _QUANTIFIERS or (plural and opener not in ("the", "a", "an", "his", "her", "their")):
        return Source(VAGUE, phrase, False, word, plural)
    if opener in _COUNTS:
        return Source(UNNAMED, phrase, False, word, plural)
    return Source("", phrase, opener in ("the", "that", "this"), word, plural)


def _people(
    ground: Ground, kind: str, opener: str, word: str, phrase: str, first: int, last: int, head: int, plural: bool, present: bool
) -> Source:
    """People without a name: withheld (`unnamed`) or an open class (`vague`)."""
    if opener in _QUANTIFIERS or word in _QUANTIFIERS:
        return Source(VAGUE, phrase, False, word, plural)
    if ground.is_open_class(head) and (kind == "vague" or (plural and first == head)):
        counted = opener in _COUNTS or opener in ("a", "an") or opener.isdecimal()
        return Source(UNNAMED if counted else VAGUE, phrase, False, word, plural)
    points_back = opener in ("the", "that", "this") and head == last and not any(ground.is_capital(at) for at in range(first + 1, last + 1))
    if plural and first == head and present:
        return Source(VAGUE, phrase, False, word, plural)
    return Source(UNNAMED, phrase, points_back, word, plural)


def _points_back(opener: str, first: int, last: int) -> bool:
    return opener in ("the", "that", "this", "its", "their") and last - first <= 1


def _possesses(ground: Ground, at: int) -> bool:
    after = at + 1
    words = ground.passage.words
    return after < len(words) and words[after] == "s" and ground.gap(after) == "'"


def _name_run(ground: Ground, first: int, last: int) -> tuple[int, int] | None:
    """The last run of capitalised words that could be a name, skipping an opening word that only begins the sentence."""
    words = ground.passage.words
    best = None
    at = first
    while at <= last:
        if ground.is_capital(at) and not (at == first and words[at] in _FUNCTION_STARTS) and words[at] not in TIME_WORDS:
            end = at
            while end < last:
                following = end + 1 if words[end + 1] else end + 2
                if following > last or not ground.is_capital(following) or not ground.joined(following):
                    break
                end = following
            if not (at == end == first and _only_begins(ground, at, last)):
                longer = best is None or end - at > best[1] - best[0]
                if longer or not _possesses(ground, end):
                    best = (at, end) if best is None or not _is_person_run(ground, *best) else best
            at = end + 1
        else:
            at += 1
    return best


def _is_person_run(ground: Ground, begin: int, end: int) -> bool:
    return end > begin and not any(
        ground.role(at) in ("organization", "outlet", "org_suffix", "document") for at in range(begin, end + 1)
    )


def _only_begins(ground: Ground, at: int, last: int) -> bool:
    """Whether a capital merely opens a sentence: the word is a plain noun, or a lower-case word follows it."""
    if ground.role(at):
        return True
    return at < last and ground.passage.words[at + 1] != "" and not ground.is_capital(at + 1) and ground.passage.words[at + 1] != "s"


def _kind_of_name(ground: Ground, names: Names, begin: int, end: int, first: int) -> str:
    passage = ground.passage
    words, cased = passage.words, passage.cased
    kinds = [ground.role(at) for at in range(begin, end + 1)]
    last_kind = kinds[-1]
    if begin > first and ground.is_title((begin - 1 if words[begin - 1] else begin - 2)):
        return NAMED_PERSON
    if last_kind in ("outlet", "document"):
        return OUTLET if last_kind == "outlet" else DOCUMENT
    if last_kind in ("organization", "org_suffix"):
        return ORGANIZATION
    if any(kind in ("person_title", "person", "spokesperson", "relation") for kind in kinds[:-1]):
        return NAMED_PERSON
    if last_kind in ("person", "person_title", "spokesperson"):
        return UNNAMED
    real = [at for at in range(begin, end + 1) if words[at]]
    if any(kind in ("outlet", "organization", "org_suffix") for kind in kinds):
        return OUTLET if "outlet" in kinds else ORGANIZATION
    if len(real) == 1:
        name = cased[begin]
        if len(name) > 1 and name.isupper():
            return ORGANIZATION
        if first < begin and words[first] == "the" and begin - first == 1:
            return ORGANIZATION
        return NAMED_PERSON if names.is_person(name) and not names.is_place(name) else ORGANIZATION
    if words[real[0]] in _PLACE_WORDS:
        return ORGANIZATION
    if words[begin - 1 if begin else 0] == "the" and begin > first:
        return ORGANIZATION
    if any(len(cased[at]) > 2 and cased[at].isupper() for at in real) and not all(cased[at].isupper() for at in real):
        return ORGANIZATION
    if names.is_place(cased[real[0]]) or len(real) > 4:
        return ORGANIZATION
    return NAMED_PERSON
