"""`Document`: what the caller hands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
