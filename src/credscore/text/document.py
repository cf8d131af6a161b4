"""`Document`: what the caller hands in. `Passage`: one string of it, folded, cut into words, sentences, paragraphs."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from credscore.text.fold import running, shadows
from credscore.text.segment import Segmentation, is_wrapped, paragraphs, punkt, sentences, unwrapped


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be read, with what is known of it.

    `title` is the headline, `source` the publisher (used for nothing but grouping results), `id` any label.
    """

    text: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    date: str | None = None

    @classmethod
    def of(cls, document: "str | Mapping[str, Any] | Document") -> "Document":
        """A `Document` from a string, a mapping with `text` (and `id`, `title`, `source`, `date`), or itself.

        Raises `TypeError` for anything else, saying what was given.
        """
        if isinstance(document, Document):
            made = document
        elif isinstance(document, str):
            made = cls(document)
        elif isinstance(document, Mapping):
            if "text" not in document:
                raise TypeError("A document given as a mapping needs the key 'text'; it has " + ", ".join(map(repr, document)))
            known = {key: document.get(key) for key in ("id", "title", "source", "date")}
            made = cls(document["text"], **{key: None if value is None else str(value) for key, value in known.items()})
        else:
            raise TypeError(f"A document is a string, a mapping with 'text', or a Document; this is {type(document).__name__}.")
        if not isinstance(made.text, str):
            raise TypeError(f"The text of a document is a string; this is {type(made.text).__name__}.")
        return made


class Passage:
    """One string as the rules see it.

    `plain` and `folded` are its shadows (see `credscore.text.fold`), `words` the folded words, `cased` the same words
    with their case; both hold an empty string wherever two separators meet (punctuation before a space), so that
    neighbours in the list are neighbours in the text.
    `starts[i]` is where word `i` begins, one beyond the end of the word before it; the last stands beyond the text.
    `sentences` and `paragraphs` are character spans. `runs` has a byte for each character: 1 where a running word begins.
    """

    __slots__ = ("cased", "folded", "paragraphs", "plain", "runs", "sentences", "starts", "text", "words", "wrapped")

    def __init__(self, text: str, segmentation: Segmentation = "rules") -> None:
        self.text = text
        plain, cased, self.folded = shadows(text)
        self.words = self.folded.split(" ")
        self.cased = cased.split(" ")
        self.starts = [*accumulate([len(word) + 1 for word in self.words], initial=0)]
        self.runs = running(plain)
        self.wrapped = is_wrapped(plain)
        self.paragraphs = paragraphs(plain, self.wrapped)
        if self.wrapped:
            plain = unwrapped(plain)
        self.plain = plain
        self.sentences = (punkt if segmentation == "punkt" else sentences)(plain, self.paragraphs)

    def word_at(self, offset: int) -> int:
        """Index of the first word that begins at or after `offset`."""
        return bisect_left(self.starts, offset, 0, len(self.words))

    def end_of(self, word: int) -> int:
        """Where word `word` ends."""
        return self.starts[word + 1] - 1
