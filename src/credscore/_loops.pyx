# cython: language_level=3, boundscheck=False, wraparound=False
"""What a text costs most, as loops over its characters, its words and what was found: for the build of one platform (`make compiled`).

Each function gives what the plain Python beside its caller gives, which is what a checkout and the plain wheel run;
tests/test_native.py holds the two against each other.
"""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.ref cimport Py_INCREF, PyObject
from cpython.tuple cimport PyTuple_SET_ITEM
from libc.string cimport memcpy

cdef extern from "Python.h":
    str PyUnicode_New(Py_ssize_t size, Py_UCS4 greatest)
    str PyUnicode_FromKindAndData(int kind, const void *chars, Py_ssize_t size)
    unsigned char *PyUnicode_1BYTE_DATA(str text)
    int PyUnicode_KIND(str text)
    void *PyUnicode_DATA(str text)
    Py_UCS4 PyUnicode_READ(int kind, void *chars, Py_ssize_t at)

    ctypedef struct _Type "PyTypeObject":
        tuple (*tp_alloc)(type kind, Py_ssize_t size)

cdef extern from *:
    """
    #if PY_VERSION_HEX >= 0x030E0000  /* a tuple keeps its hash, and -1 says that it has none yet */
    #define FORGET_HASH(made) (((PyTupleObject *)(made))->ob_hash = -1)
    #else
    #define FORGET_HASH(made) ((void)0)
    #endif
    """
    void FORGET_HASH(tuple made)

ctypedef const unsigned char *Bytes

cdef enum:
    UNKNOWN = 0x1A  # as in `credscore.text.fold`


cdef inline str _string(Bytes chars, Py_ssize_t size, unsigned char all_bits):
    """A string of Latin-1 characters; no bit beyond ASCII's in `all_bits`, their union, spares a look at each."""
    cdef str made
    if all_bits >= 128:
        return PyUnicode_FromKindAndData(1, chars, size)
    made = PyUnicode_New(size, 127)
    memcpy(PyUnicode_1BYTE_DATA(made), chars, size)
    return made


def cut(str text not None, bytes tables not None, dict wide not None):
    """`credscore.text.cut.searched`, in two passes. A word that is written as it folds is one string in both lists."""
    cdef Bytes to_plain = <Bytes>PyBytes_AS_STRING(tables)
    cdef Bytes to_cased = to_plain + 256
    cdef Bytes to_folded = to_plain + 512
    cdef Bytes to_case = to_plain + 768
    cdef int kind = PyUnicode_KIND(text)
    cdef void *given = PyUnicode_DATA(text)
    cdef Py_ssize_t size = len(text), at, first = 0, written = 0
    cdef bytearray room = bytearray(3 * (size + 1)), runs = bytearray(size)
    cdef unsigned char *plain = <unsigned char *>PyByteArray_AS_STRING(room)
    cdef unsigned char *cased = plain + size + 1
    cdef unsigned char *folded = cased + size + 1
    cdef unsigned char *begins = <unsigned char *>PyByteArray_AS_STRING(runs)
    cdef Py_UCS4 code
    cdef int there
    cdef unsigned char char, case, all_bits = 0, bits = 0
    cdef bint small = False, capital = False, differs = False, rare = False
    cdef list words = [], with_case = [], starts = []
    cdef str word

    if PyBytes_GET_SIZE(tables) != 1024:
        raise ValueError("Four tables of 256 bytes are needed.")
    for at in range(size):
        code = PyUnicode_READ(kind, given, at)
        if code < 256:
            char = to_plain[code]
            rare |= 0x80 <= code < 0xA0
        else:
            there = wide.get(text[at], 256 + UNKNOWN)
            char = there & 255
            rare |= there >= 256
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
        written += at > first
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
    return _string(plain, size, all_bits), _string(folded, size, all_bits), words, with_case, starts, runs, written, rare


def stops(str plain not None, Py_ssize_t start, Py_ssize_t last):
    """`credscore.text.segment.stops`."""
    cdef int kind = PyUnicode_KIND(plain)
    cdef void *chars = PyUnicode_DATA(plain)
    cdef Py_ssize_t at = max(start, 0), end
    cdef Py_UCS4 char
    cdef list found = []
    last = min(last, len(plain))
    while at < last:
        char = PyUnicode_READ(kind, chars, at)
        at += 1
        if char != c"." and char != c"!" and char != c"?":
            continue
        end = at
        while end < last and PyUnicode_READ(kind, chars, end) in "\"')]*_":
            end += 1
        if end < last and PyUnicode_READ(kind, chars, end).isspace():
            found.append((at - 1, end))
        at = end
    return found


def hits(list starts not None, list runs not None, list alone not None, dict around not None, list words not None, list cased not None,
         stands):
    """What `credscore.lexicon.scan._hits` gives, run by run. They come by their ends, so that from one start to the next is never far."""
    cdef Py_ssize_t at = 0, start, near, first, size = len(words), places = len(starts)
    cdef list found = []
    cdef tuple run, form
    for run in runs:
        start = run[1]
        while at < places and <Py_ssize_t>starts[at] < start:
            at += 1
        while at > 0 and <Py_ssize_t>starts[at - 1] >= start:
            at -= 1
        for entry in <tuple>alone[<Py_ssize_t>run[0]]:
            found.append((at, entry))
        forms = around.get(run[0])
        if forms is not None:
            for form in <tuple>forms:
                beside, wanted, fills, before, after, length, entry = form
                near = at + <Py_ssize_t>beside
                if near < 0 or near >= size or not (<str>words[near] == <str>wanted if fills is None else fills(cased[near])):
                    continue
                first = at - len(<list>before)
                if (not after or stands(after, words, cased, at + <Py_ssize_t>length)) and (
                    not before or stands(before, words, cased, first)
                ):
                    found.append((first, entry))
    return found


cdef struct Place:
    Py_ssize_t first
    long length
    long number
    PyObject *entry


cdef inline bint _before(Place *one, Place *other):
    if one.first != other.first:
        return one.first < other.first
    if one.length != other.length:
        return one.length < other.length
    return one.number < other.number


def chosen(list hits not None, Py_ssize_t tracks, bint headline, list words not None, list cased not None, is_named, type match not None):
    """What `credscore.lexicon.scan._chosen` keeps of the hits: matches by the number of their track.

    Hits come nearly in their order, so each is sorted in by its neighbours.
    """
    cdef Py_ssize_t count = len(hits), at, to, first, last, track
    cdef tuple hit, entry
    cdef Place one
    cdef list found = [[] for _ in range(tracks)]
    cdef Place *places = <Place *>PyMem_Malloc((count + 1) * sizeof(Place))
    cdef Py_ssize_t *reach = <Py_ssize_t *>PyMem_Malloc((tracks + 1) * sizeof(Py_ssize_t))
    try:
        if places == NULL or reach == NULL:
            raise MemoryError
        for at in range(count):
            hit = <tuple>hits[at]
            entry = <tuple>hit[1]
            one.first, one.length, one.number, one.entry = hit[0], entry[0], entry[1], <PyObject *>entry
            to = at
            while to > 0 and _before(&one, &places[to - 1]):
                places[to] = places[to - 1]
                to -= 1
            places[to] = one
        for track in range(tracks):
            reach[track] = 0
        for at in range(count):
            entry = <tuple>places[at].entry
            first, track = places[at].first, entry[2]
            if first < reach[track]:
                continue
            last = first - places[at].length
            if entry[3] and (
                headline or ((places[at].length < -1 or <str>cased[first] != <str>words[first]) and is_named(first, last))
            ):
                continue
            reach[track] = last
            if entry[4] is not None:
                (<list>found[track]).append(record(match, (first, last, entry[4])))
        return found
    finally:
        PyMem_Free(places)
        PyMem_Free(reach)


cpdef record(type kind, tuple values):
    """`tuple.__new__` for a `NamedTuple`, whose values are a tuple already."""
    cdef Py_ssize_t at, size = len(values)
    cdef tuple made
    if not issubclass(kind, tuple):
        raise TypeError("A record is a tuple.")
    made = (<_Type *>kind).tp_alloc(kind, size)
    for at in range(size):
        value = values[at]
        Py_INCREF(value)
        PyTuple_SET_ITEM(made, at, value)
    FORGET_HASH(made)
    return made
