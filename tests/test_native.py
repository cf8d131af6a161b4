"""The loops of the compiled build give what plain Python gives, whatever the text; `make compiled` runs this where they were built."""

import bisect
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credscore.evidence import appositions, marks, notices, quotations
from credscore.evidence.evidence import Span
from credscore.lexicon import scan
from credscore.lexicon.terms import SLOTS, bundled
from credscore.native import loops
from credscore.reading import compiled
from credscore.text import cut, restore, segment
from credscore.text.fold import shadows, tables
from credscore.text.passage import Passage
from strategies import texts

built = pytest.mark.skipif(loops is None, reason="`make compiled` builds the loops")

_SIGNS = st.text(st.sampled_from("aBÉß7 \n'`´\"“”.!?…)]*_-—½\x1a\x85\xa0\x00İﬁ😀\ud800"), max_size=40)


def test_a_build_has_the_rules_compiled_and_the_loops_or_neither() -> None:
    assert (loops is not None) == compiled()


@cache
def _scanner() -> scan.Scanner:
    return scan.Scanner(bundled().terms)


@cache
def _engines() -> tuple[scan.Engine, scan.Engine]:
    """The automaton and the tables of the same forms."""
    made: list[scan.Engine] = []

    def both(literal: scan.Forms, slotted: scan.Forms) -> scan.Engine:
        made.extend((scan.Automaton(literal, slotted), scan.Tables(literal, slotted)))
        return made[0]

    scan.Scanner(bundled().terms, both)
    return made[0], made[1]


@built
@given(texts() | _SIGNS)
@settings(max_examples=500)
def test_a_text_is_cut_alike(text: str) -> None:
    """Shadows, words and where they begin; two single quotation marks, characters of other code pages and empty texts included."""
    assert loops.cut(text, *tables()) == cut.searched(text)


@built
@pytest.mark.parametrize("beside", ["", " Ж", " “"])
def test_every_character_is_cut_alike(beside: str) -> None:
    """In a text of known characters alone, and in one that holds what code page 1252 lacks."""
    for codes in range(0x80), range(0x100), range(0x10000), range(0x1F000, 0x1F700):
        text = " ".join(map(chr, codes)) + beside
        assert loops.cut(text, *tables()) == cut.searched(text)
    for code in (*range(0x300), *range(0x1E00, 0x2200)):
        text = f"a{chr(code)}b"
        assert loops.cut(text, *tables()) == cut.searched(text)


@built
def test_words_of_every_mixture_are_cut_alike() -> None:
    """Digits, capitals and letters outside ASCII in every order, and words that no space ends."""
    letters = "aA1ßÉª\x1a"
    text = " ".join(one + two + three for one in letters for two in ("", *letters) for three in ("", *letters))
    assert loops.cut(text, *tables()) == cut.searched(text)


@built
@given(texts() | _SIGNS, st.integers(0, 30), st.integers(0, 400))
@settings(max_examples=500)
def test_sentences_may_end_at_the_same_places(text: str, start: int, length: int) -> None:
    """Inside any span, and beyond its end."""
    about = shadows(text)[0], start, start + length, segment._CONTINUES_AFTER_STOP
    assert loops.stops(*about) == segment.stops(*about)


@built
@given(texts().map(lambda text: shadows(text)[0]) | st.text(st.sampled_from("a. \n\r\t\x0b\x1c\x85\xa0")))
@settings(max_examples=500)
def test_paragraphs_are_the_same(plain: str) -> None:
    """With every white space of Latin-1, those too that no shadow has."""
    assert loops.paragraphs(plain) == segment.paragraphs(plain)
    about = plain, 0, len(plain), segment._CONTINUES_AFTER_STOP
    assert loops.stops(*about) == segment.stops(*about)


@built
@given(texts() | st.text(st.sampled_from("ab1$@. *_/-Ж’")))
@settings(max_examples=500)
def test_no_respelling_is_missed(text: str) -> None:
    """What the search finds, the loop does not pass over; and it spares most texts the search."""
    plain = shadows(text)[0]
    assert loops.may_be_respelled(plain, restore._LEADS) or not restore.searched(plain)
    assert not loops.may_be_respelled("A man or a plan is what it is - or so they say, in 1 of 20 cases.", restore._LEADS)


@built
@given(texts() | st.text(st.sampled_from("aBÉt’drmevlLE .,:?!19 \n")))
@settings(max_examples=1000)
def test_marks_are_the_same(text: str) -> None:
    """Figures, marks, contractions and capitals."""
    plain, _, folded = shadows(text)
    (spans, capitals), (searched, capitals_searched) = (find(plain, folded, marks._CLASSES) for find in (loops.marks, marks.searched))
    assert (sorted(spans), capitals) == (sorted(searched), capitals_searched)


@built
@given(texts() | st.text(st.sampled_from("aBÉß1, ,-\n")))
@settings(max_examples=1000)
def test_appositions_open_at_the_same_places(text: str) -> None:
    plain, _, folded = shadows(text)
    assert loops.openings(plain, folded) == appositions.searched(plain, folded)


@built
@given(st.lists(st.sampled_from(["", "the", "which", "bridge", "été", "their"])), st.integers(0, 9), st.integers(0, 9))
def test_common_words_are_counted_alike(words: list[str], sample: int, enough: int) -> None:
    about = words, frozenset(("the", "which", "their")), 5, sample, enough
    assert loops.common_among(*about) == notices.common_among(*about)


@built
@given(st.lists(st.integers(0, 60), max_size=16, unique=True).map(sorted), st.integers(-3, 70), st.integers(-3, 70))
def test_spans_are_looked_up_alike(places: list[int], start: int, end: int) -> None:
    """Running words of a span, and which of some spans holds another."""
    assert loops.running(places, start, end) == bisect.bisect_left(places, end) - bisect.bisect_left(places, start)
    spans = [*zip(places[::2], places[1::2], strict=False)]
    about = [first for first, _ in spans], spans, start, end
    assert loops.around(*about) == quotations.around(*about)


@built
@given(st.sampled_from([*SLOTS]), st.sampled_from(["", "\t", "7", "1800", "18a", "a", "Bá", "É", "ß", "I"]))
def test_slots_take_the_same_words(slot: str, word: str) -> None:
    """A word beside a run of literal words, which `_FILLS` tells for the other engines."""
    fills = scan._FILLS[slot]
    around = [((1, slot, fills, [], [], 1, (-2, 0, 0, False, None)),)]
    assert len(loops.Runs(["in"]).hits("in x", [()], around, ["in", "x"], ["in", word], scan._stands)) == bool(fills(word))


@built
def test_loops_refuse_what_would_lead_them_astray() -> None:
    """Texts that are no shadows, shadows of two texts, tables of another size, and words that are none."""
    for refused, about in {
        "one byte": [(loops.paragraphs, "Ж"), (loops.stops, "Ж", 0, 1, "a"), (loops.may_be_respelled, "Ж", restore._LEADS)],
        "as long": [(loops.marks, "a", "ab", marks._CLASSES), (loops.openings, "a, b", "a b")],
        "class": [(loops.may_be_respelled, "a", b"a"), (loops.marks, "a", "a", b"a")],
    }.items():
        for loop, *arguments in about:
            with pytest.raises(ValueError, match=refused):
                loop(*arguments)
    with pytest.raises(TypeError):
        loops.common_among([7], frozenset(("the",)), 3, 1, 1)  # type: ignore[list-item]


@built
@given(texts(), st.booleans())
@settings(max_examples=300)
def test_the_same_entries_stand_and_are_chosen(text: str, headline: bool) -> None:
    """With the bundled lexicon, slots and look-alikes included; hits are sorted whatever order they come in."""
    scanner = _scanner()
    passage = Passage(text)
    automaton, tables_ = (engine.hits(passage, passage.cased) for engine in _engines())
    assert sorted(tables_) == sorted(automaton)
    for order in automaton, automaton[::-1]:
        chosen = (passage, order, len(scanner._tracks), headline)
        assert loops.chosen(*chosen, scan._is_named, scan.Match) == scan._chosen(*chosen)


@built
def test_tables_hold_runs_of_any_words() -> None:
    """Runs inside one another, words of other letters, none at all; what is no run is refused."""
    text = "été in the end of the été"
    words = text.split(" ")
    runs = ["in", "in the", "in the end", "the", "the end of", "été", "of the été", "of the éty", "the end of the"]
    entries = [((-1 - run.count(" "), number, 0, False, None),) for number, run in enumerate(runs)]
    hits = loops.Runs(runs).hits(text, entries, [()] * len(runs), words, words, scan._stands)
    assert [(at, runs[entry[1]]) for at, entry in hits] == [
        (0, "été"), (1, "in"), (1, "in the"), (1, "in the end"), (2, "the"), (2, "the end of"), (2, "the end of the"), (4, "of the été"),
        (5, "the"), (6, "été"),
    ]  # fmt: skip
    assert loops.Runs([]).hits(text, [], [], words, words, scan._stands) == []
    for refused in ["", "in  the", " in", "in ", "in\tthe", "in\t the", "in\nthe"]:
        with pytest.raises(ValueError, match="one space"):
            loops.Runs(["in", refused])
    with pytest.raises(UnicodeEncodeError):
        loops.Runs(["Ж"])


@built
def test_tables_refuse_what_would_lead_them_astray() -> None:
    """A text of other letters, words that are not the text's, and being built anew."""
    tables_ = loops.Runs(["in"])
    for text, words in ("in Ж", ["in", ""]), ("in the end", ["in", "the"]), ("in", ["in", "the"]):
        with pytest.raises(ValueError, match=r"one byte|fewer|more"):
            tables_.hits(text, [()], [()], words, words, scan._stands)
    for alone, around, cased in ([], [()], ["in"]), ([()], [], ["in"]), ([()], [()], []):
        with pytest.raises(ValueError, match="as many"):
            tables_.hits("in", alone, around, ["in"], cased, scan._stands)
    with pytest.raises(ValueError, match="as many"):
        loops.Runs.__new__(loops.Runs).hits("in", [], [], ["in"], ["in"], scan._stands)
    with pytest.raises(ValueError, match="already"):
        tables_.__init__(["in"])  # type: ignore[misc]


@built
@given(
    st.lists(st.integers(-3, 2**40), max_size=12).map(sorted),
    st.integers(-4, 2**40 + 1),
    st.integers(0, 14),
    st.integers(0, 14) | st.none(),
)
def test_places_among_numbers_are_found_alike(numbers: list[int], wanted: int, first: int, last: int | None) -> None:
    """From any place to any other inside the list, and to its end."""
    ends = (first,) if last is None else (first, min(last, len(numbers)))
    assert loops.bisect_left(numbers, wanted, *ends) == bisect.bisect_left(numbers, wanted, *ends)
    assert loops.bisect_right(numbers, wanted, *ends) == bisect.bisect_right(numbers, wanted, *ends)
    with pytest.raises(ValueError, match="negative"):
        loops.bisect_left(numbers, wanted, -1)
    assert loops.bisect_right(numbers, 2**63 - 1) == len(numbers)


@built
def test_a_record_is_what_its_type_makes() -> None:
    made = loops.record(Span, (3, 7))
    assert made == Span(3, 7)
    assert type(made) is Span
    assert hash(made) == hash(Span(3, 7))
    for kind, values in (int, (3,)), (Span, None), (Span, [3, 7]):
        with pytest.raises(TypeError):
            loops.record(kind, values)  # type: ignore[arg-type, type-var]
