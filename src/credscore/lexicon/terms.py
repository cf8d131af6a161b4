"""Lexicon entries as reviewed data: one TOML file a layer, one table a kind, one line an entry.

The loader refuses what it cannot trust and names the file, the entry and the remedy: unknown keys, a source that is
not listed or never used, a term that can never match, the same term in two wording layers, a proper noun.
"""

import gc
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from credscore.errors import LexiconError
from credscore.text.fold import UNKNOWN, fold

WORDING = ("hedge", "booster", "weasel", "loaded", "boilerplate", "style", "register")
"""Layers that measure wording; no term may stand in two of them."""

STRUCTURE = ("cue", "noun", "sourcing_phrase")
"""Layers that only help to find who says what; they may share terms with the wording layers."""

NOUNS = ("noun", "noun_of_mind")
"""Tables of cues that hold nouns."""

COMPILED = "en.jsonl"
LAYERS = (*WORDING, *STRUCTURE)
SLOTS = {"#": "a number", "^": "a capitalised word", "*": "any word", "$": "the sign of dollar, pound, euro or yen"}
PLACES = ("", "start", "label")
_FIRST_LETTER_LOWER = frozenset({"hedge", "booster", "weasel", "style", "register"})
_KEYS = {"id", "terms", "source", "note", "unless", "case", "strength", "at"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CHOICE = re.compile(r"\(([^()]*)\)")
_MOST_WAYS = 1000
"""Ways to write one form; more are a mistake, and would take memory."""

_SLOT = re.compile(r"(?:(?<!\S)|(?<=-))[#^*$](?=[\s'-]|$)")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a lexicon.

    `terms` are the ways to write it and `unless` its look-alikes: words as the scan sees them and slots, a space between two.
    `strength` is 1–3 for loaded terms (3: no newsroom prints it in its own voice), 1–2 for boilerplate (2: marks its
    sentence alone); 1 elsewhere. `lower_only` terms are not matched where capitals make them a name ("Will", "US").
    `at` says where boilerplate terms count: "start" where they begin a line or sentence, "label" where they also are
    all of it, or all before a mark ("Share", "Posted: Monday"), empty anywhere.
    """

    id: str
    layer: str
    kind: str
    note: str
    source: str
    terms: tuple[str, ...]
    unless: tuple[str, ...] = ()
    strength: int = 1
    lower_only: bool = False
    at: str = ""

    @property
    def track(self) -> str:
        """Where its matches are kept: its layer, but nouns of saying apart from verbs ("claim" may be either)."""
        return "cue:noun" if self.layer == "cue" and self.kind in NOUNS else self.layer


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms of a language, with the works they come from and a digest of the files."""

    terms: tuple[Term, ...]
    sources: Mapping[str, str]
    digest: str


def ways_to_write(form: str) -> list[str]:
    """Every way to write a form with choices in brackets, one of which may be nothing. Raises `ValueError` for a bad bracket.

    >>> ways_to_write("(has|have) not (yet|) replied")
    ['has not yet replied', 'has not replied', 'have not yet replied', 'have not replied']
    """
    if not any(sign in form for sign in "(|)"):
        return [form]
    pieces = _CHOICE.split(form)
    if any(sign in piece for piece in pieces[::2] for sign in "(|)"):
        raise ValueError("has a bracket that is not closed, stands in another, or is missing around a choice")
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    if prod(map(len, choices)) > _MOST_WAYS:
        raise ValueError(f"can be written in more than {_MOST_WAYS} ways")
    return [" ".join("".join(way).split()) for way in product(*choices)]


def words_of(term: str) -> tuple[str, ...]:
    """A term's words as the scan sees them, slots kept.

    >>> words_of("^-backed terrorism"), words_of("don't")
    (('^', 'backed', 'terrorism'), ('don', 't'))
    """
    kept = _SLOT.sub(lambda slot: f"slot{ord(slot[0])}slot", term)
    folded = fold(kept.strip())
    for slot in SLOTS:
        folded = folded.replace(f"slot{ord(slot)}slot", slot)
    return tuple(folded.split(" "))


def parse(name: str, data: Mapping[str, Any]) -> tuple[list[Term], dict[str, str]]:
    """The terms and sources of one lexicon file already read from TOML; `name` is used in messages."""

    def refuse(what: str, remedy: str) -> LexiconError:
        return LexiconError(f"{name}: {what}. {remedy}")

    layer = data.get("layer")
    if not isinstance(layer, str) or layer not in LAYERS:
        raise refuse(f"layer {layer!r} is not known", f"Write one of {', '.join(LAYERS)}.")
    sources = data.get("sources")
    if not isinstance(sources, Mapping) or not all(isinstance(value, str) for value in sources.values()):
        raise refuse("the table [sources] is missing or holds something other than text", 'Write key = "citation" lines.')
    terms: list[Term] = []
    used: set[str] = set()
    ids: set[str] = set()
    for kind, table in data.items():
        if kind in ("layer", "sources"):
            continue
        if not isinstance(table, Mapping) or set(table) - {"note", "entries"} or not _is_text(table.get("note")):
            raise refuse(f"table [{kind}] is not of the form note, entries", "Give it a note for the reader and entries.")
        if not isinstance(table.get("entries", []), list):
            raise refuse(f"the entries of [{kind}] are no list", 'Write entries = [{ id = "…", source = "…" }, …].')
        for entry in table.get("entries", ()):
            term = _term(layer, kind, table["note"], entry, refuse)
            if term.id in ids:
                raise refuse(f"the id {term.id!r} stands twice", "Merge the two entries or rename one.")
            cited = entry["source"]
            if cited not in sources:
                raise refuse(f"entry {term.id!r} names the source {cited!r}, which is not in [sources]", "Add it there.")
            ids.add(term.id)
            used.add(cited)
            terms.append(term)
    if unused := set(sources) - used:
        raise refuse(f"no entry uses the source {', '.join(sorted(unused))}", "Delete it from [sources].")
    return terms, {f"{layer}:{key}": value for key, value in sources.items()}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _term(layer: str, kind: str, note: str, entry: Any, refuse: Any) -> Term:
    if not isinstance(entry, Mapping):
        raise refuse(f"an entry of [{kind}] is {entry!r}", 'Write it as { id = "…", source = "…" }.')
    label = entry.get("id")
    if not isinstance(label, str) or not _ID.fullmatch(label):
        raise refuse(f"the id {label!r} in [{kind}] is not in kebab-case", "Use lower-case letters, digits and hyphens.")
    if unknown := set(entry) - _KEYS:
        raise refuse(
            f"entry {label!r} has the unknown key {', '.join(sorted(map(str, unknown)))}", f"Known are {', '.join(sorted(_KEYS))}."
        )
    for key in ("terms", "unless"):
        forms = entry.get(key, [label])
        if not isinstance(forms, list) or not forms or not all(isinstance(form, str) and form for form in forms):
            raise refuse(f"{key} of entry {label!r} is {forms!r}", 'Write a list of texts: ["first form", "second form"].')
    if not _is_text(entry.get("note", note)):
        raise refuse(f"entry {label!r} has the note {entry['note']!r}", "Write a text for the reader, or leave it out.")
    place = entry.get("at", "")
    if place not in PLACES:
        raise refuse(f"entry {label!r} has at {place!r}", 'Write "start" or "label" or leave it out.')
    if not isinstance(entry.get("source"), str):
        raise refuse(f"entry {label!r} has no source", "Name the work it comes from, by its key in [sources].")
    case = entry.get("case", "lower" if layer in _FIRST_LETTER_LOWER else "any")
    if case not in ("lower", "any"):
        raise refuse(f"entry {label!r} has case {case!r}", 'Write "lower" or "any".')
    strength = entry.get("strength", 1)
    if strength not in (1, 2, 3) or type(strength) is not int:
        raise refuse(f"entry {label!r} has strength {strength!r}", "Write 1, 2 or 3.")
    try:
        written = [way for form in entry.get("terms", [label.replace("-", " ")]) for way in ways_to_write(form)]
        unlike = [way for form in entry.get("unless", ()) for way in ways_to_write(form)]
    except ValueError as error:
        raise refuse(f"a term of entry {label!r} {error}", 'Write choices as in "(has|have) not (yet|) replied".') from error
    forms = tuple(map(words_of, written))
    look_alikes = tuple(map(words_of, unlike))
    for form, words in zip([*written, *unlike], forms + look_alikes, strict=True):
        if UNKNOWN in "".join(words):
            raise refuse(
                f"the term {form!r} of entry {label!r} has letters that are not told apart here",
                "Write it with the letters of Western Europe (code page 1252).",
            )
        if not all(words) or all(word in SLOTS for word in words):
            raise refuse(
                f"the term {form!r} of entry {label!r} can never match",
                "Separate its words by one space, hyphen or apostrophe and give it at least one literal word.",
            )
    if len(set(forms)) < len(forms):
        raise refuse(f"entry {label!r} lists a term twice", "Remember that a hyphen, an apostrophe and a space are the same here.")
    for form, words in zip(unlike, look_alikes, strict=True):
        if not any(_contains(words, inner) for inner in forms):
            raise refuse(f"the look-alike {form!r} of entry {label!r} holds none of its terms", "Delete it or write the term into it.")
    return Term(
        id=label,
        layer=layer,
        kind=kind,
        note=entry.get("note", note),
        source=f"{layer}:{entry['source']}",
        terms=tuple(map(" ".join, forms)),
        unless=tuple(map(" ".join, look_alikes)),
        strength=strength,
        lower_only=case == "lower",
        at=place,
    )


def _contains(words: tuple[str, ...], inner: tuple[str, ...]) -> bool:
    """Whether `inner` matches somewhere inside `words`, a slot on either side standing for any word."""
    return any(
        all(a == b or a in SLOTS or b in SLOTS for a, b in zip(words[at:], inner, strict=False))
        for at in range(len(words) - len(inner) + 1)
    )


def combine(named: Iterable[tuple[str, bytes]]) -> Lexicon:
    """A lexicon from `(file name, content)` pairs. Raises `LexiconError` naming file, term and remedy."""
    everything: list[Term] = []
    sources: dict[str, str] = {}
    owner: dict[str, tuple[str, Term]] = {}
    digest = hashlib.sha256()
    import tomllib

    for name, content in sorted(named):
        try:
            data = tomllib.loads(content.decode("utf8"))
        except (ValueError, RecursionError) as error:  # bad UTF-8, bad TOML, numbers of thousands of digits, endless nesting
            raise LexiconError(f"{name}: not a readable TOML file ({error}). Save it as UTF-8 TOML.") from error
        terms, cited = parse(name, data)
        for term in terms:
            if term.layer in WORDING:
                for form in term.terms:
                    other = owner.setdefault(form, (name, term))
                    if other[1] is not term:
                        raise LexiconError(
                            f"{name}: {form!r} of entry {term.id!r} stands in {other[0]} too (entry {other[1].id!r}). "
                            "Keep it in the layer that describes it best."
                        )
        everything += terms
        sources |= cited
        digest.update(name.encode() + b"\0" + content.replace(b"\r\n", b"\n") + b"\0")
    return Lexicon(tuple(everything), sources, digest.hexdigest()[:12])


def reviewed() -> Lexicon:
    """The English lexicon as its TOML files say, every check made; what `compile.py` writes down for fast loading."""
    return combine((path.name, path.read_bytes()) for path in Path(__file__).with_name("en").glob("*.toml"))


def to_json(lexicon: Lexicon) -> str:
    """A checked lexicon in the form that loads in milliseconds, one entry a line; the notes, which many share, stand in the first."""
    notes = {note: number for number, note in enumerate(dict.fromkeys(term.note for term in lexicon.terms))}
    rows = [json.dumps([*(asdict(term) | {"note": notes[term.note]}).values()], ensure_ascii=False) for term in lexicon.terms]
    head = json.dumps({"digest": lexicon.digest, "sources": dict(lexicon.sources), "notes": [*notes]}, ensure_ascii=False)
    return head + "\n" + "\n".join(rows) + "\n"


def from_json(text: str) -> Lexicon:
    """The inverse of `to_json`."""
    first, *rows = text.splitlines()
    head = json.loads(first)
    notes = head["notes"]
    terms = []
    for row in json.loads("[" + ",".join(rows) + "]"):
        name, layer, kind, note, source, forms, unless, *rest = row
        terms.append(Term(name, layer, kind, notes[note], source, tuple(forms), tuple(unless), *rest))
    return Lexicon(tuple(terms), head["sources"], head["digest"])


@contextmanager
def no_garbage() -> Iterator[None]:
    """A lexicon is many objects and no garbage: to look for some while it is built would take a quarter of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def bundled() -> Lexicon:
    """The English lexicon that ships with the package, from its compiled form (a test keeps it equal to the TOML files)."""
    with no_garbage():
        return from_json(Path(__file__).with_name(COMPILED).read_text(encoding="utf8"))
