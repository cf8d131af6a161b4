"""What a noun may be in a source phrase: looked up word by word next to a cue, never searched for in the whole text."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from credscore.lexicon.terms import Term
from credscore.text.passage import Passage

ROLES: Final = (
    "spokesperson", "source", "outlet", "document", "org_suffix", "organization", "person", "relation", "vague", "person_title",
)  # fmt: skip
"""Roles of nouns; where a word has several, the first here is its main one."""


class Noun(NamedTuple):
    """A noun's main role, whether it may be a title before a name, and whether it may name people at large."""

    role: str
    title: bool
    open_class: bool


def _noun(kinds: tuple[str, ...]) -> Noun:
    return Noun(next(role for role in ROLES if role in kinds), "person_title" in kinds, "vague" in kinds)


_Silent = tuple[int, str, list[str], list[str]]
"""The words around a noun that make it something else: where one of them stands from the noun's last word, that one, all before and
all after. A look at the one tells of most that they do not stand there."""


class _Ending(NamedTuple):
    """What may end with a word: look-alikes, and the words before each noun, the longest first."""

    silent: list[_Silent]
    nouns: list[tuple[list[str], Noun]]


def _silence(endings: dict[str, _Ending], look_alike: list[str], form: list[str]) -> None:
    """Remember the words around a noun that make it something else ("general election")."""
    for begin in range(len(look_alike) - len(form) + 1):
        end = begin + len(form)
        if look_alike[begin:end] == form:
            before, after = look_alike[: end - 1], look_alike[end:]
            beside, wanted = (1, after[0]) if after else (-1, before[-1]) if before else (0, form[-1])
            endings[form[-1]].silent.append((beside, wanted, before, after))


class Nouns:
    """The nouns of a lexicon by their last word."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        roles: dict[str, tuple[str, ...]] = {}
        for term in terms:
            kind = (term.kind,)
            for form in term.terms:
                roles[form] = roles[form] + kind if form in roles else kind
        nouns = {kinds: _noun(kinds) for kinds in set(roles.values())}
        endings: dict[str, _Ending] = {}
        for form, kinds in roles.items():
            *lead, word = form.split(" ")
            ending = endings.get(word)
            if ending is None:
                ending = endings[word] = _Ending([], [])
            ending.nouns.append((lead, nouns[kinds]))
        for term in terms:
            for look_alike in term.unless:
                for form in term.terms:
                    _silence(endings, look_alike.split(" "), form.split(" "))
        self._endings: dict[str, Noun | _Ending] = {}
        for word, ending in endings.items():
            ending.nouns.sort(key=lambda item: -len(item[0]))
            alone = not ending.silent and not ending.nouns[0][0]  # most nouns are one word and nothing else
            self._endings[word] = ending.nouns[0][1] if alone else ending

    def at(self, passage: Passage, word: int) -> Noun | None:
        """The noun that ends with word `word`, the longest first, all on one line; `None` if the lexicon has none."""
        words = passage.words
        ending = self._endings.get(words[word])
        if ending is None or isinstance(ending, Noun):
            return ending
        last = len(words) - 1
        for beside, wanted, before, after in ending.silent:
            if 0 <= word + beside <= last and words[word + beside] == wanted:
                begin, end = word - len(before), word + 1 + len(after)
                if begin >= 0 and words[begin:word] == before and words[word + 1 : end] == after and passage.on_one_line(begin, end):
                    return None
        for lead, noun in ending.nouns:
            begin = word - len(lead)
            if not lead or (
                begin >= 0 and words[word - 1] == lead[-1] and words[begin:word] == lead and passage.on_one_line(begin, word + 1)
            ):
                return noun
        return None
