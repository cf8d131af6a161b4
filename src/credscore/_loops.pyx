# cython: language_level=3, boundscheck=False, wraparound=False
"""What the text costs most, as loops over its characters: for the build of one platform (`make compiled`).

Each function gives what the plain Python beside its caller gives, which is what a checkout and the plain wheel run;
tests/test_native.py holds the two against each other.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.bytearray cimport PyByteArray_AS_STRING
from libc.string cimport memcpy

cdef extern from "Python.h":
    str PyUnicode_New(Py_ssize_t size, Py_UCS4 greatest)
    str PyUnicode_FromKindAndData(int kind, const void *chars, Py_ssize_t size)
    unsigned char *PyUnicode_1BYTE_DATA(str text)

ctypedef const unsigned char *Bytes


cdef inline str _string(Bytes chars, Py_ssize_t size, unsigned char all_bits):
    """A string of Latin-1 characters; no bit beyond ASCII's in `all_bits`, their union, spares a look at each."""
    cdef str made
    if all_bits >= 128:
        return PyUnicode_FromKindAndData(1, chars, size)
    made = PyUnicode_New(size, 127)
    memcpy(PyUnicode_1BYTE_DATA(made), chars, size)
    return made


def cut(bytes data not None, bytes tables not None):
    """`credscore.text.cut.searched`, in two passes. A word that is written as it folds is one string in both lists."""
    cdef Bytes given = <Bytes>PyBytes_AS_STRING(data)
    cdef Bytes to_plain = <Bytes>PyBytes_AS_STRING(tables)
    cdef Bytes to_cased = to_plain + 256
    cdef Bytes to_folded = to_plain + 512
    cdef Bytes to_case = to_plain + 768
    cdef Py_ssize_t size = PyBytes_GET_SIZE(data), at, first = 0
    cdef bytearray room = bytearray(3 * (size + 1)), runs = bytearray(size)
    cdef unsigned char *plain = <unsigned char *>PyByteArray_AS_STRING(room)
    cdef unsigned char *cased = plain + size + 1
    cdef unsigned char *folded = cased + size + 1
    cdef unsigned char *begins = <unsigned char *>PyByteArray_AS_STRING(runs)
    cdef unsigned char char, case, all_bits = 0, bits = 0
    cdef bint small = False, capital = False, differs = False
    cdef list words = [], with_case = [], starts = []
    cdef str word

    if PyBytes_GET_SIZE(tables) != 1024:
        raise ValueError("Four tables of 256 bytes are needed.")
    for at in range(size):
        char = to_plain[given[at]]
        if char == c"'" and at > 0 and plain[at - 1] == c"'":
            char = plain[at - 1] = c'"'
        plain[at] = char
        all_bits |= char

    for at in range(size + 1):  # one beyond the end, where the last word ends
        char = to_cased[plain[at]] if at < size else c" "
        if char != c" ":
            cased[at], folded[at] = char, to_folded[char]
            differs |= folded[at] != char
            bits |= char
            case = to_case[plain[at]]
            small |= case == c"a"
            capital |= case == c"A"
            continue
        folded[at] = c" "
        word = _string(folded + first, at - first, bits)
        words.append(word)
        with_case.append(_string(cased + first, at - first, bits) if differs else word)
        starts.append(first)
        if small and not capital:
            begins[first] = 1
        first = at + 1
        small = capital = differs = False
        bits = 0
    starts.append(first)
    return _string(plain, size, all_bits), _string(folded, size, all_bits), words, with_case, starts, runs


def stops(str plain not None, Py_ssize_t start, Py_ssize_t last):
    """`credscore.text.segment.stops`."""
    cdef Py_ssize_t at = max(start, 0), end
    cdef list found = []
    last = min(last, len(plain))
    while at < last:
        end = at + 1
        if plain[at] in ".!?":
            while end < last and plain[end] in "\"')]*_":
                end += 1
            if end < last and plain[end].isspace():
                found.append((at, end))
        at = end
    return found


def places(bytes spaced not None, list runs not None):
    """The number of the word at which each run begins, which is that of the spaces before it.

    `runs` are (pattern, start, end) in a text of words with a space on either side. They come by their ends, so that from one start
    to the next is never far.
    """
    cdef Bytes chars = <Bytes>PyBytes_AS_STRING(spaced)
    cdef Py_ssize_t at = 0, spaces = 0, start
    cdef list found = []
    for _, start, _ in runs:
        if not 0 <= start <= PyBytes_GET_SIZE(spaced):
            raise ValueError("A run begins outside its text.")
        while at < start:
            spaces += chars[at] == c" "
            at += 1
        while at > start:
            at -= 1
            spaces -= chars[at] == c" "
        found.append(spaces)
    return found
