"""A lexicon of your own: entries added or overridden from a file or a mapping, entries, kinds and layers switched off.

>>> from credscore.lexicon.terms import bundled
>>> own = {
...     "layer": "loaded",
...     "sources": {"desk": "House style of the desk"},
...     "name_calling": {"note": "mocks somebody", "entries": [{"id": "quill-pusher", "source": "desk", "strength": 2}]},
... }
>>> lexicon = extended(bundled(), own, without=["weasel", "loaded:sheeple"])
>>> [term.kind for term in lexicon.terms if term.id == "quill-pusher"]
['name_calling']
>>> lexicon.digest == bundled().digest
False
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from credscore.errors import LexiconError
from credscore.lexicon.terms import WORDING, Lexicon, Term, parse

Own = str | Path | Mapping[str, Any]
"""A TOML file by its path, or a mapping of the same form: `layer`, `[sources]`, a table for each kind."""


def extended(lexicon: Lexicon, *own: Own, without: Iterable[str] = ()) -> Lexicon:
    """`lexicon` with entries of your own and without what you switch off; its digest, and so every signature, follows.

    An entry of yours replaces the entry of the same id in its layer, and takes its terms from every other wording entry.
    `without` names layers ("weasel"), kinds ("loaded/name_calling") and entries ("loaded:sheeple"); scare quotes are found
    by a rule and stay. Raises `LexiconError` for a bad file, as for the bundled ones, and for a name that switches nothing
    off. Nothing keeps you from listing names of people or countries, as the bundled files never do: scores then follow them.
    """
    terms = list(lexicon.terms)
    sources = dict(lexicon.sources)
    digest = hashlib.sha256(lexicon.digest.encode())
    for number, item in enumerate(own, 1):
        name, data = _loaded(item, number)
        added, cited = parse(name, data)
        terms = [*_yielding(terms, added), *added]
        sources |= cited
        digest.update(json.dumps(data, sort_keys=True).encode() + b"\0")
    for name in sorted(set(without)):
        kept = [term for term in terms if name not in (term.layer, f"{term.layer}/{term.kind}", f"{term.layer}:{term.id}")]
        if len(kept) == len(terms):
            raise LexiconError(
                f"{name!r} switches nothing off. Write a layer (weasel), a kind (loaded/name_calling) or an entry (loaded:id)."
            )
        terms = kept
        digest.update(name.encode() + b"\0")
    if tuple(terms) == lexicon.terms:
        return lexicon
    return Lexicon(tuple(terms), sources, digest.hexdigest()[:12])


def _loaded(item: Own, number: int) -> tuple[str, Mapping[str, Any]]:
    if isinstance(item, Mapping):
        return f"your lexicon {number}", item
    import tomllib  # only those with a file of their own pay for it

    try:
        return str(item), tomllib.loads(Path(item).read_text(encoding="utf8"))
    except OSError as error:
        raise LexiconError(f"{item}: cannot be read ({error.strerror}). Give the path of a TOML file.") from error
    except (ValueError, RecursionError) as error:  # bad UTF-8, bad TOML, numbers of thousands of digits, endless nesting
        raise LexiconError(f"{item}: not a readable TOML file ({error}). Save it as UTF-8 TOML.") from error


def _yielding(terms: Iterable[Term], added: Iterable[Term]) -> list[Term]:
    """The terms that are left beside the added ones."""
    ids = {(term.layer, term.id) for term in added}
    taken = {form for term in added if term.layer in WORDING for form in term.terms}
    kept = []
    for term in terms:
        if (term.layer, term.id) in ids:
            continue
        forms = tuple(form for form in term.terms if form not in taken) if term.layer in WORDING else term.terms
        if forms:
            kept.append(term if forms == term.terms else replace(term, terms=forms))
    return kept
