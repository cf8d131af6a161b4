"""The loops of the compiled build give what plain Python gives, whatever the text; `make compiled` runs this where they were built."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credscore.lexicon import scan
from credscore.native import loops
from credscore.reading import compiled
from credscore.text import cut, segment
from credscore.text.fold import TABLES, encoded
from credscore.text.passage import Passage
from strategies import texts

built = pytest.mark.skipif(loops is None, reason="`make compiled` builds the loops")

_SIGNS = st.text(st.sampled_from("aBÉß7 \n'`´\"“”.!?…)]*_-—½\x1a\x85\xa0\x00İﬁ😀\ud800"), max_size=40)


def test_a_build_has_the_rules_compiled_and_the_loops_or_neither() -> None:
    assert (loops is not None) == compiled()


def _settled(found: cut.Cut) -> tuple[Any, ...]:
    """All but the bytes of `runs` that are not 1, which mean nothing."""
    *others, runs = found
    return (*others, [at for at, byte in enumerate(runs) if byte == 1])


@built
@given(texts() | _SIGNS)
@settings(max_examples=500)
def test_a_text_is_cut_alike(text: str) -> None:
    """Shadows, words and where they begin; two single quotation marks, characters of other code pages and empty texts included."""
    data = encoded(text)
    assert _settled(loops.cut(data, TABLES)) == _settled(cut.searched(data))


@built
def test_every_character_is_cut_alike() -> None:
    data = encoded(" ".join(map(chr, range(0x3000))))
    assert _settled(loops.cut(data, TABLES)) == _settled(cut.searched(data))


@built
@given(texts() | _SIGNS, st.integers(0, 30), st.integers(0, 400))
@settings(max_examples=500)
def test_sentences_may_end_at_the_same_places(text: str, start: int, length: int) -> None:
    """Inside any span of any string, one that is no shadow too, and beyond its end."""
    assert loops.stops(text, start, start + length) == segment.stops(text, start, start + length)


@built
@given(texts())
@settings(max_examples=200)
def test_runs_begin_at_the_same_words(text: str) -> None:
    """Of all runs of words, in the order of their ends, as the automaton gives them."""
    passage = Passage(text)
    bounds = passage.starts[:12]
    runs = [(0, start, end) for end in bounds for start in bounds if start < end]
    assert loops.places(f" {passage.folded} ".encode("latin-1"), runs) == scan._places(passage.starts, runs)
