"""What is put back before reading: words hidden from word lists, and what was lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import credscore
from credscore.lexicon.scan import Scanner
from credscore.lexicon.terms import bundled
from credscore.text.passage import Passage
from credscore.text.restore import Repair, Restored, restored
from strategies import texts

KNOWS = Scanner(bundled().terms).knows

PUT_BACK = {
    "Cyrillic": ("the rеgimе fell", "the regime fell"),
    "Greek": ("the rεgimε fell", "the regime fell"),
    "all Cyrillic": ("a сор said", "a cop said"),
    "mathematical letters": ("the 𝐫𝐞𝐠𝐢𝐦𝐞 fell", "the regime fell"),
    "small capitals": ("the ʀᴇɢɪᴍᴇ fell", "the regime fell"),
    "ligature": ("oﬃcials said", "officials said"),
    "zero width": ("the re\u200bgi\u2060me fell", "the regime fell"),
    "soft hyphen": ("the re\xadgime fell", "the regime fell"),
    "directions": ("the \u202eregime\u202c fell", "the regime fell"),
    "loose accent": ("the cafe\u0301 shut", "the café shut"),
    "struck through": ("the r̶e̶gi̶m̶e fell", "the regime fell"),
    "emoji": ("the re😀gi😀me fell", "the regime fell"),
    "digits": ("the r3g1me fell", "the regime fell"),
    "a first digit": ("a 7raitor left", "a traitor left"),
    "signs": ("tr@itors and $hills", "traitors and shills"),
    "spaces": ("the r e g i m e fell", "the regime fell"),
    "hyphens": ("the r-e-g-i-m-e fell", "the regime fell"),
    "after an apostrophe": ("the mayor’s r e g i m e fell", "the mayor’s regime fell"),
    "in single quotation marks": ("the 'r e g i m e' fell", "the 'regime' fell"),
    "several words": ("now t h e r e g i m e fell", "now the regime fell"),
    "entities": ("the regime&rsquo;s &quot;men&quot;", "the regime’s \"men\""),
    "numbered entities": ("the r&#101;gi&#x6d;e fell", "the regime fell"),
    "mojibake": ("donâ€™t say itâ€™s cafÃ©", "don’t say it’s café"),
}  # fmt: skip


@pytest.mark.parametrize("case", PUT_BACK)
def test_it_is_put_back(case: str) -> None:
    """Each trick gives the text a person reads, and every character of it leads back to some of the caller's."""
    given_text, expected = PUT_BACK[case]
    made = restored(Passage(given_text), KNOWS)
    assert made is not None
    assert made.text == expected
    assert made.undone
    check_ways_back(given_text, made)


ORDINARY = (
    "H1N1, G20, B2B, 4th, 1980s, COVID-19, 5pm, 1000s and mp3",
    "Ring A. B. C. Dunn of the U.S.S.R.",
    "Mail ada@gazette.example today!",
    "AT&T and R&D; at last",
    "Путин said, TNFα and β-carotene",
    "Łukasz Žižek said “no” — twice…",
    "I love it 😀 truly",
    "São Paulo, SÃO PAULO",
    "Section 1(a) b c",
    "The Q&A; x y z",
    "$5m and $800",
    "日本語 and हिन्दी",
    "J.R.R. Vane and A-B",
    "Ð¿ÑÐ¸",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_spellings_are_left_alone(text: str) -> None:
    """Names, abbreviations, addresses, figures and foreign words are what they are."""
    assert restored(Passage(text), KNOWS) is None


def test_the_fixtures_pay_for_nothing(documents: list[credscore.Document]) -> None:
    """No fixture has anything to put back: the cheap searches say so, and the text is read as it is."""
    assert all(restored(Passage(document.text), KNOWS) is None for document in documents)


def check_ways_back(text: str, made: Restored) -> None:
    """Each character of a restored text has a place in the text, in order; a whole is never shorter than its parts."""
    last = 0
    for at in range(len(made.text)):
        start, end = made.span(at, at + 1)
        assert last <= start < end <= len(text)
        last = start
    if made.text:
        assert made.span(0, len(made.text))[1] <= len(text)


@given(texts())
def test_any_text_has_a_way_back(text: str) -> None:
    """Whatever is put back, spans lead into the caller's string."""
    made = restored(Passage(text), KNOWS)
    if made is not None:
        check_ways_back(text, made)
        assert made.undone


@given(
    st.text("abc", max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.sampled_from(("", "x", "yz"))), max_size=4)
)
def test_a_repair_remembers(text: str, cuts: list[tuple[int, int, str]]) -> None:
    """A repair replaces its pieces and knows where each character was."""
    pieces, done = [], 0
    for start, size, new in sorted(cuts):
        if done <= start < start + size <= len(text):
            pieces.append((start, start + size, new))
            done = start + size
    repair = Repair(text, pieces)
    inside = {at for start, end, _ in pieces for at in range(start, end)}
    kept = [at for at in range(len(repair.text)) if repair.before(at)[0] not in inside]
    assert [repair.text[at] for at in kept] == [text[at] for at in range(len(text)) if at not in inside]
    assert [repair.before(at) for at in kept] == [(at, at + 1) for at in range(len(text)) if at not in inside]


LINES = """
The neo-Nazi regime of traitors certainly lied, critics say. Ada Ruiz, the mayor, told reporters that the disgraceful stunt had failed.
Officials familiar with the matter, who asked not to be named, said it was reportedly planned. The ministry declined to comment.
"""
STORY = LINES.replace("\n", " ").strip() + "\n\n" + LINES.replace("\n", " ").strip()
WORDS = ("regime", "traitors", "certainly", "disgraceful", "stunt", "reportedly", "officials", "told")
TRICKS = {
    "Cyrillic": lambda word: word.translate(str.maketrans("aeopcyi", "аеорсуі")),
    "zero width": "\u200b".join,
    "soft hyphens": "\xad".join,
    "hyphens": "-".join,
    "spaces": " ".join,
    "emoji": lambda word: f"{word[:2]}😀{word[2:]}",
    "entities": lambda word: "".join(f"&#{ord(char)};" for char in word),
    "digits": lambda word: word.translate(str.maketrans("aeios", "43105")),
    "bold": lambda word: "".join(chr(0x1D41A + ord(char) - 97) for char in word),
    "accents": lambda word: "\u0336".join(word) + "\u0336",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_hiding_words_moves_no_score(trick: str, scorer: credscore.Scorer) -> None:
    """A text with its words hidden scores exactly as the text a person reads, its evidence stands in the text as given, a notice tells."""
    hidden = STORY
    for word in WORDS:
        hidden = hidden.replace(word, TRICKS[trick](word))
    assert hidden != STORY
    plain, score = scorer.score(STORY, title="A disgraceful regime"), scorer.score(hidden, title="A disgraceful regime")
    assert score.logit == plain.logit
    assert [(item.layer, item.kind) for item in score.evidence] == [(item.layer, item.kind) for item in plain.evidence]
    for item in score.evidence:
        assert item.field == "title" or hidden[item.start : item.end] == item.text
    told = next(notice.message for notice in score.notices if notice.code == "undone")
    assert "put back" in told


def test_a_headline_is_put_back_too() -> None:
    """A hidden word of a headline is found there, at its place in the headline as given."""
    title = "The disgr\u200baceful st&#117;nt"
    found = [item for item in credscore.read("It fell.", title=title).evidence if item.field == "title" and item.layer == "loaded"]
    assert found
    assert all(title[item.start : item.end] == item.text for item in found)


def test_wrong_decoding_is_told_and_mended() -> None:
    """A text that was decoded wrongly scores as it should have, with a notice."""
    right = STORY.replace("it was", "it’s “what” was")
    wrong = right.encode("utf8").decode("cp1252", "replace").replace("\ufffd", "\x9d")
    score = credscore.score(wrong)
    assert "mojibake" in {notice.code for notice in score.notices}
    assert score.logit == credscore.score(right).logit
