"""Folding, segmentation and paragraphs: offsets never move, glyphs fall into classes, wrapping changes nothing."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import credscore
from credscore.text.document import Document
from credscore.text.fold import DASH, fold, shadows
from credscore.text.passage import Passage
from credscore.text.segment import ABBREVIATIONS, is_wrapped, may_be_wrapped, paragraphs, punkt, sentences
from strategies import HOSTILE, plain_prose, texts

# Folding


@given(texts())
@settings(max_examples=300)
def test_shadows_are_as_long_as_the_text(text: str) -> None:
    """One character in, one out, in all three shadows: the ground under every offset."""
    for shadow in shadows(text):
        assert len(shadow) == len(text)


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_each_hostile_piece_keeps_its_length(piece: str) -> None:
    """No ligature, emoji, surrogate or special case letter grows or shrinks."""
    assert [len(shadow) for shadow in shadows(f"a{piece}b" * 3)] == [3 * len(f"a{piece}b")] * 3


def test_every_character_keeps_its_length() -> None:
    """Every code point of the basic plane, lone surrogates included, folds to one character."""
    everything = "".join(map(chr, range(0x10000)))
    assert {len(shadow) for shadow in shadows(everything)} == {0x10000}


def test_running_words_are_those_of_small_letters() -> None:
    """No capital in them, so that no name is one; a digit beside small letters does no harm."""
    passage = Passage("The 20th bus of iBus 7, an 8 at Ǆ’s été")
    assert [passage.words[passage.starts.index(start)] for start in passage.runs] == ["20th", "bus", "of", "an", "at", "s", "été"]
    assert [passage.running(at, at + 9) for at in (0, 4, 5)] == [1, 2, 2]


@given(texts())
def test_cased_and_folded_agree(text: str) -> None:
    """The folded shadow is the cased one in lower case, and both have words at the same places."""
    _, cased, folded = shadows(text)
    assert folded == cased.lower()
    assert [char == " " for char in cased] == [char == " " for char in folded]


@pytest.mark.parametrize(
    ("glyphs", "plain"),
    (
        ("\"“”„‟«»″＂〝〞❝❞", '"'),
        ("'‘’‚‛‹›′＇`´❛❜", "'"),
        ("–—―‒", DASH),
        ("-‐‑−", "-"),
        (" \xa0\u2003\u2009\u202f\u3000\ufeff\u200b", " "),
        ("\n\u2028\u2029", "\n"),
        ("…", "."),
        ("?？", "?"),
        ("!！", "!"),
        ("eéèêëēę", "e"),
        ("LŁ", "L"),
    ),
)  # fmt: skip
def test_glyph_classes(glyphs: str, plain: str) -> None:
    """Marks, dashes, spaces and accented letters that read alike are alike in the plain shadow."""
    kept = {"é", "è", "ê", "ë"}  # letters of code page 1252 may keep their accent
    assert {char: shadows(char)[0] for char in glyphs if char not in kept} == {char: plain for char in glyphs if char not in kept}


@pytest.mark.parametrize("char", [chr(code) for code in range(0x20, 0x7F)])
def test_ascii_stands_for_itself(char: str) -> None:
    """Plain text is its own plain shadow (but for the grave accent, which is used as a quotation mark)."""
    assert shadows(char)[0] == ("'" if char == "`" else char)


@pytest.mark.parametrize(
    ("term", "folded"),
    (("so-called", "so called"), ("don’t", "don t"), ("DON'T", "don t"), ("Kyïv", "kyïv"), ("naïve", "naïve"), ("Łódź", "lódz")),
)
def test_fold_gives_the_form_the_scan_sees(term: str, folded: str) -> None:
    """A lexicon term folds as the text does."""
    assert fold(term) == folded


# Sentences


def cut(text: str) -> list[str]:
    """The sentences of a text as strings."""
    passage = Passage(text)
    return [text[start:end] for start, end in passage.sentences]


@pytest.mark.parametrize(
    "expected",
    (
        ["He left.", "She stayed."],
        ["He left!", "Who stayed?", "Nobody."],
        ["Mr. Ode and Dr. Ruiz met.", "They left."],
        ["The U.S. Army came.", "It left."],
        ["It fell at 6.40 a.m. on Tuesday.", "Cars were lost."],
        ["It cost $1.5 million.", "They paid."],
        ["J. K. Keane wrote it.", "It sold."],
        ["“It is safe.”", "He left."],
        ["“It is safe,” he said.", "“It is new.”"],
        ['"Is it safe?" he asked.', "Nobody knew."],
        ["He said it (the bridge was closed.)", "It fell."],
        ["Prices rose, e.g. in Jan. and Feb. this year.", "They fell later."],
        ["Ruiz Inc. and Keane Ltd. merged.", "It was big."],
        ["He waited… and left.", "She stayed."],
        ["Wait... what?", "Nothing."],
        ["No. 10 was closed.", "He left."],
        ["He asked why?! and left.", "She stayed."],
        ["It was **bold.**", "It was not."],
        ["So did I.", "It fell."],
    ),
    ids=lambda expected: expected[0],
)
def test_sentences(expected: list[str]) -> None:
    """Full stops of abbreviations, initials and figures end no sentence; marks and brackets stay with theirs."""
    assert cut(" ".join(expected)) == expected


@pytest.mark.parametrize("word", sorted(ABBREVIATIONS - {"al", "no", "fig", "mass", "wash", "miss", "sun", "sat"}))
def test_abbreviations_keep_their_stop(word: str) -> None:
    """Each abbreviation of the list holds its sentence together before a capital."""
    assert len(cut(f"He met {word.capitalize()}. Ruiz there.")) == 1


@given(texts())
@settings(max_examples=200)
def test_sentences_lie_in_paragraphs_and_in_order(text: str) -> None:
    """Sentences and paragraphs are in order, do not overlap, hold no white space at their ends and miss no letter."""
    passage = Passage(text)
    for spans in (passage.paragraphs, passage.sentences):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = [False] * len(text)
    for start, end in passage.sentences:
        assert any(first <= start and end <= last for first, last in passage.paragraphs)
        covered[start:end] = [True] * (end - start)
    assert all(covered[at] for at, char in enumerate(passage.cased and shadows(text)[1]) if char != " ")


@given(texts())
@settings(max_examples=200)
def test_words_and_their_offsets(text: str) -> None:
    """Words index the text: each stands where `starts` says, and `word_at` and `end_of` find it again."""
    passage = Passage(text)
    _, cased, folded = shadows(text)
    for number, word in enumerate(passage.words):
        start = passage.starts[number]
        assert folded[start : start + len(word)] == word
        assert cased[start : start + len(word)] == passage.cased[number]
        assert passage.word_at(start) == number
        assert passage.end_of(number) == start + len(word)


# Paragraphs and wrapped text


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("one\ntwo", ["one", "two"]),
        ("one\n\n\n  two  \n", ["one", "two"]),
        ("one\r\n\r\ntwo", ["one", "two"]),
        ("one\u2029two", ["one", "two"]),
        ("", []),
        ("\n \n", []),
    ),
    ids=ascii,
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    """A line is a paragraph, white space around it is not, and empty lines are none."""
    plain = shadows(text)[0]
    assert [text[start:end] for start, end in paragraphs(plain)] == expected


def wrap(text: str, width: int = 72) -> str:
    """Each paragraph broken at a width, as in mail."""
    return "\n\n".join("\n".join(textwrap.wrap(part, width, break_on_hyphens=False)) for part in text.split("\n\n"))


LONG = (
    "The bridge over the wide grey river was closed to all traffic early in the morning, said Ada Ruiz, the mayor of the town. "
    "“It is safe,” said Tom Keane, an engineer at the ministry, “and it will stay open for a long time to come.”"
)


def test_wrapped_text_is_known() -> None:
    """Text broken at 72 columns is told from lines that are paragraphs."""
    assert is_wrapped(wrap(LONG + "\n\n" + LONG))
    assert not is_wrapped(LONG + "\n" + LONG + "\n" + LONG + "\n" + LONG)
    assert is_wrapped(wrap(LONG + "\n\n" + LONG) + "\n" + "https://example.com/" + "a-long-address/" * 6 + "\nis where it stands.")
    assert not is_wrapped("* one\n* two\n* three\n* four\n* five")


def test_ragged_lines_are_paragraphs() -> None:
    """Lines that would have taken the next word were broken by somebody, though they end without a full stop."""
    headings = [
        "What the mayor said of the bridge over the wide grey river",
        "The bridge over the river will stay open to all traffic, Ruiz said",
    ]
    assert not is_wrapped("\n".join(headings * 4))


SHORT = [
    "The bridge over the river is closed.",
    "Ada Ruiz, the mayor of the town, said so on Monday at a meeting.",
    "Nobody was hurt, she said.",
    "“It is safe,” said Tom Keane, an engineer at the ministry for all roads.",
    "It opens in May.",
]


def test_few_breaks_tell_of_a_width_that_every_line_keeps_to() -> None:
    """Where nearly all paragraphs fit a line, one break is enough; a line that is wider says that no width was kept to."""
    text = "\n\n".join(SHORT)
    assert wrap(text, 70).count("\n") == text.count("\n") + 1
    assert is_wrapped(wrap(text, 70))
    assert credscore.read(wrap(text, 70)).features == credscore.read(text).features
    assert not is_wrapped(wrap(text, 70) + "\n\n" + LONG)
    assert not is_wrapped(text.replace("closed.\n\n", "closed\n"))


def test_a_headline_over_a_byline_wraps_nothing() -> None:
    """A headline is as wide as itself; what follows it begins with a capital."""
    headline = "City council agrees to close the old bridge over the river until next spring"
    brief = [f"{headline}\nBy Ada Ruiz", *("The bridge is shut, and the ferry takes its place at noon." for _ in range(4))]
    assert not is_wrapped("\n\n".join(brief))


def test_headings_among_long_paragraphs_wrap_nothing() -> None:
    """Lines of one width are headings, not a wrapped paragraph, where most other lines are wider than any wrapped text."""
    headings = [
        "What the mayor said of the bridge over the wide grey river that day",
        "Seven answers to the many questions about its closure and the tolls",
    ]
    assert is_wrapped("\n".join(headings * 2))
    assert not is_wrapped("\n\n".join((LONG, LONG, "\n".join(headings * 2), LONG)))


@pytest.mark.parametrize("blank", ("\n \n", "\r\n\r\n", "\n\t\n\n", "\n\n\n"), ids=ascii)
def test_blank_lines_part_wrapped_paragraphs(blank: str) -> None:
    """A line of white space parts paragraphs as an empty one does, carriage returns included."""
    text = wrap("\n\n".join((LONG, LONG, LONG)))
    changed = text.replace("\n\n", blank) if "\r" not in blank else text.replace("\n", "\r\n")
    assert len(Passage(changed).paragraphs) == len(Passage(text).paragraphs) == 3
    assert credscore.read(changed).features == credscore.read(text).features


@given(st.lists(st.sampled_from(["", " ", LONG, *SHORT, *textwrap.wrap(LONG, 72), *textwrap.wrap(LONG, 110)]), max_size=12))
def test_no_wrapped_text_is_passed_over(lines: list[str]) -> None:
    """The look at how wide lines are spares most texts the longer one, and never tells otherwise."""
    text = "\n".join(lines)
    assert may_be_wrapped(paragraphs(text)) or not is_wrapped(text)


@given(plain_prose())
def test_wrapping_changes_no_feature(text: str) -> None:
    """Breaking paragraphs at 72 columns moves no feature and no count of words or sentences."""
    plain, wrapped = credscore.read(text), credscore.read(wrap(text))
    assert wrapped.features == plain.features
    assert (wrapped.words, wrapped.sentences) == (plain.words, plain.sentences)


@given(plain_prose())
def test_a_line_break_parts_paragraphs_as_a_blank_line_does(text: str) -> None:
    """Nothing runs from one paragraph into the next, whatever stands between them: no entry, no name, no subject."""
    lines = [line for line in text.split("\n") if line.strip()]
    assume(not is_wrapped("\n".join(lines)))
    assert credscore.read("\n".join(lines)).features == credscore.read("\n\n".join(lines)).features


@pytest.mark.parametrize(
    "text",
    (
        "We met Ada\nRuiz said the bridge was shut.",
        "It was said to be a sad\nclown act.",
        "Ode feuds with Bill Ruiz\nRepublicans have mocked the idea and said it was an excuse.",
        "It was the company's head of\ncommunications, Melanie Otway, who said so.",
        "The yard is closed in\nOldport, a town of 900, was quiet.",
        "They walked among\nDemocrats said it was an excuse.",
        "Oldport said\nit would stay shut. Oldport said so again.",
        "It was first reported by\nOBC said the bridge was shut.",
    ),
)
def test_paragraphs_of_one_line(text: str) -> None:
    assert credscore.read(text).features == credscore.read(text.replace("\n", "\n\n")).features


@pytest.mark.parametrize("width", (60, 72, 80, 100))
def test_wrapping_at_other_widths(width: int) -> None:
    """The usual widths are all understood."""
    text = "\n\n".join((LONG, LONG, LONG))
    assert credscore.read(wrap(text, width)).features == credscore.read(text).features


def test_other_kinds_of_strings_read_alike() -> None:
    """NumPy's strings and those of HTML parsers are strings, whatever they say of themselves."""

    class Marked(str):
        __slots__ = ()

        def __str__(self) -> str:
            return "marked"

    for text in (LONG, LONG.replace("b", "ƀ")):
        expected = credscore.read(text, title="The bridge").to_dict()
        assert credscore.read(Marked(text), title=Marked("The bridge")).to_dict() == expected


@given(plain_prose())
def test_carriage_returns_change_no_feature(text: str) -> None:
    """Windows line ends read like the others."""
    assert credscore.read(text.replace("\n", "\r\n")).features == credscore.read(text).features


@given(plain_prose())
def test_straight_and_curly_marks_read_alike(text: str) -> None:
    """Typographic or typewriter quotation marks and apostrophes: the same features."""
    straight = text.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")
    assert credscore.read(straight).features == credscore.read(text).features


# The alternative segmentation


def test_punkt_cuts_plain_prose_as_the_rules_do() -> None:
    """nltk's Punkt with our abbreviations, without any data, agrees on plain prose."""
    text = "Mr. Ode left. He came back on Tuesday. It was late."
    assert punkt(text, [(0, len(text))]) == sentences(text, [(0, len(text))])


@given(texts())
@settings(max_examples=40)
def test_punkt_reads_any_text(text: str) -> None:
    """The alternative segmentation keeps the offsets too."""
    for start, end in Passage(text, "punkt").sentences:
        assert 0 <= start < end <= len(text)


def test_punkt_is_a_way_to_score() -> None:
    """A scorer with Punkt scores and says so in its signature; other names are refused."""
    score = credscore.load(segmentation="punkt").score("Ada Ruiz said the bridge was safe. " * 10)
    assert "punkt" in str(score.signature)
    with pytest.raises(ValueError, match="segmentation"):
        credscore.load(segmentation="spacy")  # type: ignore[arg-type]


# Documents


def test_documents_from_all_they_may_be_made_of() -> None:
    """A string, a mapping and a document make the same document; ids become text, unknown keys are left alone."""
    made = Document("It fell.", id="7", title="Bridge", source="gazette.example")
    assert Document.of(made) is made
    assert Document.of({"text": "It fell.", "id": 7, "title": "Bridge", "source": "gazette.example", "more": 1}) == made
    assert Document.of("It fell.") == Document("It fell.")


@pytest.mark.parametrize("wrong", (None, 7, b"bytes", ["list"], {"title": "no text"}, {"text": None}, {"text": b"bytes"}))
def test_what_is_no_document_is_refused(wrong: object) -> None:
    """Anything else is a `TypeError` that says what was given."""
    with pytest.raises(TypeError, match=r"text|string|document"):
        Document.of(wrong)  # type: ignore[arg-type]
