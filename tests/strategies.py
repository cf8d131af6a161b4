"""Texts for property tests: plain prose, hostile characters, and prose with hostile characters in it."""

from hypothesis import strategies as st

HOSTILE = (
    "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "ﬁ", "ﬄ", "ß", "İ", "ı", "ǆ", "K", "\u0301", "\u0308\u0323",
    "e\u0301", "\u200d", "\u200b", "\ufeff",
    "\u202e", "\u200f", "שלום", "مرحبا", "日本語",
    "한국어", "हिन्दी", "\ud800", "\udfff", "\udc80", "\x00", "\x01", "\x1a", "\x1c", "\x85",
    "\u2028", "\u2029", "\xa0", "\xad", "\u3000", "‘", "’", "‚", "“", "”", "„", "«", "»",
    "‹", "›", '"', "'", "''", "``", "`", "´", "„“",
    "‟", "″", "′", "＂", "＇", "…", "–", "—", "―", "-", "‑", "−", "?", "!", "?!", "¿", "¡",
    ".", "..", ",", ":", ";", "(", ")", "[", "]",
    "{", "*", "_", "#", "^", "|", "\\", "/", "<b>", "&amp;", "½", "²", "Ⅷ", "１", "Ａ",
    "\r\n", "\r", "\n", "\n\n", "\t", "\v", "\f", " ", "  ",
    "\U0010ffff", "\uffff", "\ufffd", "𝐀", "ͅ",
)  # fmt: skip
"""Characters and clusters that break offsets, case folding, quotation pairing or terminals elsewhere."""

FRAGMENTS = (
    "Ada Ruiz said", "Ruiz said:", "according to the ministry", "a source familiar with the matter", "critics say", "he added",
    "she told reporters", "“It is safe,”", '"It is safe,"', "‘It is safe,’", "'It is safe,'", "the neo-Nazi regime", "disgraceful",
    "reportedly", "may", "certainly", "everyone knows", "many experts", "some people", "it is widely believed", "so-called “experts”",
    "declined to comment", "could not be independently verified", "Subscribe to our newsletter.", "Follow us on Facebook",
    "All rights reserved.", "the report said", "officials, speaking on condition of anonymity,", "the Daily Gazette reported",
    "NOT SAFE", "WAKE UP!", "Who knows?", "don’t", "won't", "12,000", "6.40", "on Tuesday", "the U.S. Army", "Mr. Smith", "J. K. Keane",
    "the bridge fell", "in the town", "was closed", "and", "but", "the", "I think", "you must", "Correction:", "By Ada Ruiz",
    "(Reuters) -", "# Title", "* item", "said", "told", "who said", "in which", "of the", "1.", "a.m.", "the agency said in a statement",
)  # fmt: skip
"""Pieces of news prose that the rules look for."""

_spaces = st.sampled_from((" ", " ", " ", " ", "", "\n", "\n\n", ", ", ". ", "—"))
_wild = st.text(st.characters(codec=None, exclude_categories=()), max_size=12)
_piece = st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), st.sampled_from(HOSTILE), _wild)


def texts(max_pieces: int = 40) -> st.SearchStrategy[str]:
    """Any string: random characters, hostile ones, and news prose with both strewn in."""
    woven = st.lists(st.tuples(_piece, _spaces), max_size=max_pieces).map(lambda pairs: "".join(piece + space for piece, space in pairs))
    return st.one_of(woven, woven, _wild, st.text(st.sampled_from("".join(HOSTILE)), max_size=60))


def scorable_texts() -> st.SearchStrategy[str]:
    """Texts long enough for a score, hostile pieces included, with too few control characters to count as binary."""
    prose = st.lists(st.sampled_from(FRAGMENTS), min_size=25, max_size=60)
    strewn = st.lists(st.tuples(st.integers(0, 60), st.sampled_from([piece for piece in HOSTILE if piece >= " "])), max_size=8)

    def weave(pieces: list[str], extra: list[tuple[int, str]]) -> str:
        for at, piece in extra:
            pieces = [*pieces[:at], piece, *pieces[at:]]
        ended = [piece + (". " if number % 4 == 3 else "\n\n" if number % 11 == 10 else " ") for number, piece in enumerate(pieces)]
        return (
            "".join(ended) + "The bridge was closed on Tuesday and people in the town went home by the long road round the grey lake. " * 3
        )

    return st.builds(weave, prose, strewn)


def plain_prose() -> st.SearchStrategy[str]:
    """Paragraphs of well-formed sentences without hostile characters."""
    sentence = st.sampled_from(
        (
            "The bridge over the wide grey river was closed to carts and barrows before the geese woke in the morning.",
            "Ada Ruiz, the mayor, said the paint would take until the last frost to dry and cost less than a new ferry.",
            "“It is safe,” said Tom Keane, an engineer at the ministry, “and it will stay open until the swans tire of it.”",
            "Critics say the council may have known about the cracks for seven years, but no document shows that it did.",
            "Two officials familiar with the hinges said on Tuesday that the report reached the minister inside a cake tin in March.",
            "The hinge company did not respond when asked about the rust, and its spokesman could not be reached on his raft.",
            "Everyone in the town certainly remembers the disgraceful stunt of the cronies who built it.",
            "About 300 people crossed it each day, according to the agency, and nearly 40 of them carried ladders.",
        )
    )
    paragraph = st.lists(sentence, min_size=2, max_size=5).map(" ".join)
    return st.lists(paragraph, min_size=2, max_size=5).map("\n\n".join)
