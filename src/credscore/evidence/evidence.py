"""The evidence record: a span of the caller's string, what it is, and a note a reader understands."""

from typing import Any, NamedTuple


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive, code points) of the field the evidence stands in."""

    start: int
    end: int


class Attribution(NamedTuple):
    """Who says what, in the terms of PARC and PolNeAR (Pareti 2015; Newell et al. 2018).

    `mode` is direct, indirect or mixed; `act` is speech (said, wrote, claimed, reported) or attitude (believes, plans).
    `relay` is an outlet the source spoke to ("told Reuters"). `basis`, `reason` and `condition` hold the words that
    tell how an unnamed source knows, why it is unnamed, and on what condition it spoke, here or where the source it points
    back to was introduced; `told` lists all that is told of it (see `credscore.evidence.sourcing.told`), and is empty for a bare
    "a source".
    """

    source: Span | None
    cue: Span | None
    content: Span | None
    mode: str
    act: str
    anaphor: bool = False
    antecedent: Span | None = None
    relay: Span | None = None
    basis: str | None = None
    reason: str | None = None
    condition: str | None = None
    told: tuple[str, ...] = ()
    who: str = ""
    """The speaker in one form for all their mentions, to count distinct sources by; never part of the score."""


class Evidence(NamedTuple):
    """One finding. `text == field[start:end]`, always, in the string the caller gave.

    `in_quote` says that the words stand inside a quotation: they are then somebody else's. `strength` is 1 where a
    layer is not graded. `term` is the lexicon entry that found it, empty where a rule did. `attributed` wording stands,
    without quotation marks, in what somebody is reported to have said ("she said that it was in fact …"): theirs as well,
    though the writer chose to repeat or to paraphrase it.
    """

    layer: str
    kind: str
    field: str
    start: int
    end: int
    text: str
    in_quote: bool
    strength: int
    note: str
    term: str = ""
    attribution: Attribution | None = None
    attributed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The evidence as JSON types; a sourcing evidence has its attribution's fields beside its own."""
        record: dict[str, Any] = {
            "layer": self.layer,
            "kind": self.kind,
            "field": self.field,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "in_quote": self.in_quote,
            "strength": self.strength,
            "note": self.note,
        }
        if self.term:
            record["term"] = self.term
        if self.attributed:
            record["attributed"] = True
        if self.attribution is not None:
            for name, value in zip(Attribution._fields, self.attribution, strict=True):
                if name != "who":
                    record[name] = list(value) if isinstance(value, tuple) else value
        return record

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "Evidence":
        """The inverse of `to_dict`."""
        attribution = None
        if "cue" in record:
            fields: dict[str, Any] = {name: record.get(name) for name in Attribution._fields if name != "who"}
            for name in ("source", "cue", "content", "antecedent", "relay"):
                fields[name] = None if fields[name] is None else Span(*fields[name])
            fields["told"] = tuple(fields["told"] or ())
            attribution = Attribution(**fields)
        own = {name: record[name] for name in cls._fields if name not in ("term", "attribution", "attributed")}
        return cls(**own, term=record.get("term", ""), attribution=attribution, attributed=record.get("attributed", False))
