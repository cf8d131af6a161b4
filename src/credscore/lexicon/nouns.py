"""What a noun may be in a source phrase: looked up word by word next to a cue, never searched for in the whole text."""

from collections.abc import Iterable
from typing import NamedTuple

from credscore.lexicon.terms import Term
from credscore.text.document import Passage

ROLES = (
    "spokesperson", "source", "outlet", "document", "org_suffix", "organization", "person", "relation", "vague", "person_title",
)  # fmt: skip
"""Roles of nouns; where a word has several, the first here is its main one."""


class Noun(NamedTuple):
    """A noun's main role, whether it may be a title before a name, and whether it may name people at large."""

    role: str
    title: bool
    open_class: bool


class Nouns:
    """The nouns of a lexicon by their last word."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        roles: dict[tuple[str, ...], set[str]] = {}
        for term in terms:
            for form in term.terms:
                roles.setdefault(form, set()).add(term.kind)
        self._silent: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for term in terms:
            for look_alike in term.unless:
                for form in term.terms:
                    self._silence(look_alike, form)
        self._single: dict[str, Noun] = {}
        self._longer: dict[str, list[tuple[tuple[str, ...], Noun]]] = {}
        for form, kinds in sorted(roles.items(), key=lambda item: (-len(item[0]), item[0])):
            noun = Noun(next(role for role in ROLES if role in kinds), "person_title" in kinds, "vague" in kinds)
            if len(form) == 1:
                self._single[form[0]] = noun
            else:
                self._longer.setdefault(form[-1], []).append((form[:-1], noun))

    def _silence(self, look_alike: tuple[str, ...], form: tuple[str, ...]) -> None:
        """Remember the words around a noun that make it something else ("general election")."""
        for begin in range(len(look_alike) - len(form) + 1):
            end = begin + len(form)
            if look_alike[begin:end] == form:
                self._silent.setdefault(form[-1], []).append((look_alike[: end - 1], look_alike[end:]))

    def at(self, passage: Passage, word: int) -> Noun | None:
        """The noun that ends with word `word`, the longest first; `None` if the lexicon has none."""
        words = passage.words
        last = words[word]
        for before, after in self._silent.get(last, ()):
            if (
                word >= len(before)
                and tuple(words[word - len(before) : word]) == before
                and tuple(words[word + 1 : word + 1 + len(after)]) == after
            ):
                return None
        for lead, noun in self._longer.get(last, ()):
            if word >= len(lead) and tuple(words[word - len(lead) : word]) == lead:
                return noun
        return self._single.get(last)
