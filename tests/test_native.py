"""The loops of the compiled build give what plain Python gives, whatever the text; `make compiled` runs this where they were built."""

from functools import cache, partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credscore.evidence.evidence import Span
from credscore.lexicon import scan
from credscore.lexicon.terms import bundled
from credscore.native import loops
from credscore.reading import compiled
from credscore.text import cut, segment
from credscore.text.fold import tables
from credscore.text.passage import Passage
from strategies import texts

built = pytest.mark.skipif(loops is None, reason="`make compiled` builds the loops")

_SIGNS = st.text(st.sampled_from("aBÉß7 \n'`´\"“”.!?…)]*_-—½\x1a\x85\xa0\x00İﬁ😀\ud800"), max_size=40)


def test_a_build_has_the_rules_compiled_and_the_loops_or_neither() -> None:
    assert (loops is not None) == compiled()


@cache
def _scanner() -> scan.Scanner:
    return scan.Scanner(bundled().terms)


def _settled(found: cut.Cut) -> tuple[Any, ...]:
    """All but the bytes of `runs` that are not 1, which mean nothing."""
    *others, runs, written, rare = found
    return (*others, written, rare, [at for at, byte in enumerate(runs) if byte == 1])


@built
@given(texts() | _SIGNS)
@settings(max_examples=500)
def test_a_text_is_cut_alike(text: str) -> None:
    """Shadows, words and where they begin; two single quotation marks, characters of other code pages and empty texts included."""
    assert _settled(loops.cut(text, *tables())) == _settled(cut.searched(text))


@built
@pytest.mark.parametrize("beside", ["", " Ж", " “"])
def test_every_character_is_cut_alike(beside: str) -> None:
    """In a text of known characters alone, and in one that holds what code page 1252 lacks."""
    for codes in range(0x80), range(0x100), range(0x10000), range(0x1F000, 0x1F700):
        text = " ".join(map(chr, codes)) + beside
        assert _settled(loops.cut(text, *tables())) == _settled(cut.searched(text))
    for code in (*range(0x300), *range(0x1E00, 0x2200)):
        text = f"a{chr(code)}b"
        assert _settled(loops.cut(text, *tables())) == _settled(cut.searched(text))


@built
@given(texts() | _SIGNS, st.integers(0, 30), st.integers(0, 400))
@settings(max_examples=500)
def test_sentences_may_end_at_the_same_places(text: str, start: int, length: int) -> None:
    """Inside any span of any string, one that is no shadow too, and beyond its end."""
    assert loops.stops(text, start, start + length) == segment.stops(text, start, start + length)


@built
@given(texts(), st.booleans())
@settings(max_examples=300)
def test_the_same_entries_stand_and_are_chosen(text: str, headline: bool) -> None:
    """With the bundled lexicon, slots and look-alikes included; hits are sorted whatever order they come in."""
    scanner = _scanner()
    engine = scanner._engine
    assert isinstance(engine, scan.Automaton)
    passage = Passage(text)
    words, cased = passage.words, passage.cased
    runs = engine._automaton.find_matches_as_indexes(f" {passage.folded} ".encode("latin-1"), overlapping=True)
    given_both = (passage.starts, runs, engine._alone, engine._around, words, cased, scan._stands)
    hits = scan._hits(*given_both)
    assert sorted(loops.hits(*given_both)) == sorted(hits)
    is_named = partial(scan._is_named, passage)
    for order in hits, hits[::-1]:
        chosen = (order, len(scanner._tracks), headline, words, cased, is_named, scan.Match)
        assert loops.chosen(*chosen) == scan._chosen(*chosen)


@built
def test_a_record_is_what_its_type_makes() -> None:
    made = loops.record(Span, (3, 7))
    assert made == Span(3, 7)
    assert type(made) is Span
    assert hash(made) == hash(Span(3, 7))
    for kind, values in (int, (3,)), (Span, None), (Span, [3, 7]):
        with pytest.raises(TypeError):
            loops.record(kind, values)  # type: ignore[arg-type, type-var]
