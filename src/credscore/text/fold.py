"""One character in, one character out: the shadows of a text that every rule reads.

`plain` keeps letters' case and the layout but has one glyph for each kind of quotation mark, dash and space.
`cased` has a single space for every character that is no letter or digit, and `folded` is the same in lower case.
All are exactly as long as the text, so an offset into a shadow is an offset into the caller's string: nothing is
ever mapped back, whatever the text holds (ligatures, emoji, combining marks, lone surrogates, NULs).

How: code page 1252 holds the typographic glyphs of English in one byte each, so encoding with replacement and two
`bytes.translate` calls do the whole work in C (25 µs for four KB). What it lacks is looked up in `_RARE` first,
and what is still unknown becomes `UNKNOWN`, which counts as a letter.
"""

import unicodedata
from typing import Final

UNKNOWN: Final = "\x1a"
"""Stands for a character outside code page 1252 with no plain equivalent; part of a word, never of a term."""

DASH: Final = "\x97"
"""Stands for en and em dashes and the horizontal bar, so that a hyphen stays a hyphen."""

_QUESTION: Final = "\x01"  # "?" is what the encoder writes for an unknown character, so the real one steps aside


def _rare() -> dict[int, str]:
    table = {
        **dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0xFEFF, *range(0x200B, 0x2010)], " "),
        **dict.fromkeys([0x2028, 0x2029], "\n"),
        **dict.fromkeys([0x2010, 0x2011, 0x2212], "-"),
        **dict.fromkeys([0x2012, 0x2015], "—"),
        **dict.fromkeys([0x201B, 0x2032, 0x2035, 0x275B, 0x275C, 0xFF07], "'"),
        **dict.fromkeys([*range(0x20A0, 0x20AC), *range(0x20AD, 0x20C1)], "¤"),  # the block of currencies but for the euro
        **dict.fromkeys([0x201F, 0x2033, 0x2036, 0x275D, 0x275E, 0x301D, 0x301E, 0xFF02], '"'),
    }
    for code in (*range(0x100, 0x250), *range(0x1E00, 0x1F00)):  # accented Latin: the letter below the accent
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    table.update({0x141: "L", 0x142: "l", 0x110: "D", 0x111: "d", 0x131: "i"})
    table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in table})  # full width
    table.update({0xFFE1: "£", 0xFFE5: "¥", 0xFF1F: _QUESTION})
    return table


def _tables() -> tuple[bytes, bytes]:
    plain, cased = bytearray(range(256)), bytearray(b" " * 256)
    plain[ord("?")], plain[1] = 0x1A, ord("?")
    for byte in (0x84, 0x93, 0x94, 0xAB, 0xBB):
        plain[byte] = ord('"')
    for byte in (0x82, 0x91, 0x92, 0x60, 0xB4, 0x8B, 0x9B):
        plain[byte] = ord("'")
    plain[0x96] = plain[0x97] = ord(DASH)
    plain[0x85] = ord(".")
    for byte, letter in zip((0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F), b"SOZsozY", strict=True):
        plain[byte] = letter  # the letters that code page 1252 keeps where Latin-1 has control characters
    plain[0xA0] = ord(" ")
    plain[0x0D] = ord(" ")
    for byte in range(256):
        if chr(byte).isalnum() and byte not in b"\xb2\xb3\xb9\xbc\xbd\xbe":  # superscripts and fractions are no words
            cased[byte] = byte
    cased[0x1A] = 0x1A
    return bytes(plain), bytes(cased)


_RARE: Final = _rare()
_PLAIN, _CASED = _tables()


def encoded(text: str) -> tuple[bytes, bool]:
    """The text in code page 1252, as long as it is, before glyphs of a kind are made one; and whether it holds what the page lacks."""
    stepped = text.replace("?", _QUESTION)
    if stepped.isascii():
        return stepped.encode(), False
    data = stepped.encode("cp1252", "replace")
    rare = b"?" in data
    return (stepped.translate(_RARE).encode("cp1252", "replace") if rare else data), rare


def tables() -> tuple[bytes, dict[str, int]]:
    """What `credscore._loops` cuts by: four tables of 256 bytes, and the byte of `plain` for each known character beyond Latin-1, 256
    more where code page 1252 lacks it.

    The first table holds `plain` of a code of Latin-1, the others of a byte of `plain` that of `cased`, that of `folded`, and what it
    tells of its word: 1 for a small letter, 2 for a capital, 4 where it folds to another, 8 where it is no ASCII.
    """
    latin, page, rare = "".join(map(chr, range(256))), bytes(range(128, 160)).decode("cp1252", "ignore"), "".join(map(chr, _RARE))
    plain_of_latin, plain_of_page, plain_of_rare = (encoded(chars)[0].translate(_PLAIN) for chars in (latin, page, rare))
    wide = {char: 256 + byte for char, byte in zip(rare, plain_of_rare, strict=True)}
    folded = _CASED.translate(latin.lower().encode("latin-1"))
    traits = bytes(
        chr(char).islower() + 2 * chr(char).isupper() + 4 * (to != char) + 8 * (char >= 128)
        for char, to in zip(_CASED, folded, strict=True)
    )
    return plain_of_latin + _CASED + folded + traits, {**wide, **dict(zip(page, plain_of_page, strict=True))}


def shadows(text: str) -> tuple[str, str, str]:
    r"""`(plain, cased, folded)`, each as long as `text`.

    >>> shadows("“Stop!” said Łukasz — twice…")
    ('"Stop!" said Lukasz \x97 twice.', ' Stop   said Lukasz   twice ', ' stop   said lukasz   twice ')
    """
    return shadows_of(encoded(text)[0])


def shadows_of(data: bytes) -> tuple[str, str, str]:
    """The shadows of an encoded text."""
    data = data.translate(_PLAIN)
    if b"''" in data:  # some agencies write a double quotation mark as two single ones
        data = data.replace(b"''", b'""')
    cased = data.translate(_CASED).decode("latin-1")
    return data.decode("latin-1"), cased, cased.lower()


def fold(words: str) -> str:
    """A lexicon term as it stands in the folded shadow.

    >>> fold("so-called “experts”")
    'so called  experts '
    """
    return shadows(words)[2]
