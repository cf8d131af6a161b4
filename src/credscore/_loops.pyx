# cython: language_level=3, boundscheck=False, wraparound=False
"""What a text costs most, as loops over its characters, its words and what was found: for the build of one platform (`make compiled`).

Each function gives what the plain Python beside its caller gives, which is what a checkout and the plain wheel run;
tests/test_native.py holds the two against each other.
"""

from cython cimport final
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.list cimport PyList_New, PyList_SET_ITEM
from cpython.ref cimport Py_INCREF, PyObject
from cpython.set cimport PySet_Contains
from cpython.tuple cimport PyTuple_SET_ITEM
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcmp, memcpy, memset

cdef extern from "Python.h":
    str PyUnicode_New(Py_ssize_t size, Py_UCS4 greatest)
    str PyUnicode_FromKindAndData(int kind, const void *chars, Py_ssize_t size)
    unsigned char *PyUnicode_1BYTE_DATA(str text)
    int PyUnicode_KIND(str text)
    void *PyUnicode_DATA(str text)

    bint PyType_HasFeature(type kind, unsigned long feature)
    unsigned long Py_TPFLAGS_TUPLE_SUBCLASS

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


cdef inline str _string(Bytes chars, Py_ssize_t size, bint accented):
    """A string of Latin-1 characters; that they are all ASCII, where they are known to be, spares a look at each."""
    cdef str made
    if accented:
        return PyUnicode_FromKindAndData(1, chars, size)
    made = PyUnicode_New(size, 127)
    memcpy(PyUnicode_1BYTE_DATA(made), chars, size)
    return made


cdef enum:  # what `credscore.text.fold.tables` tells of the characters of a word
    SMALL = 1
    CAPITAL = 2
    FOLDS = 4
    ACCENTED = 8


ctypedef fused Code:
    uint8_t
    uint16_t
    uint32_t

cdef struct Shadows:
    unsigned char *plain
    unsigned char *cased
    unsigned char *folded
    Py_ssize_t spaces  # in `cased` and in `folded`
    bint rare  # whether some character is outside code page 1252


cdef int _shadow(const Code *given, str text, Shadows *made, Bytes tables, dict wide) except -1:
    """Fill the shadows of a text, all but its pairs of single quotation marks, which only `plain` shows."""
    cdef unsigned char *plain = made.plain
    cdef unsigned char *cased = made.cased
    cdef unsigned char *folded = made.folded
    cdef Py_ssize_t at, size = len(text), spaces = 0
    cdef uint16_t both[256]
    cdef uint16_t pair
    cdef uint32_t code
    cdef unsigned char char
    cdef int there
    for at in range(256):
        both[at] = tables[256 + at] | (<uint16_t>tables[512 + at] << 8)
    for at in range(size):
        code = given[at]
        if code < 256:
            char = tables[code]
            if code >= 0x80:
                made.rare |= code < 0xA0
        else:
            there = wide.get(text[at], 256 + UNKNOWN)
            char = there & 255
            made.rare |= there >= 256
        pair = both[char]
        plain[at] = char
        cased[at] = pair & 255
        folded[at] = pair >> 8
        spaces += pair & 255 == c" "
    made.spaces = spaces
    return 0


cdef void _pair_marks(unsigned char *plain, Py_ssize_t size) noexcept:
    """Double quotation marks for pairs of single ones."""
    cdef unsigned char *end = plain + size
    cdef unsigned char *at = <unsigned char *>memchr(plain, c"'", size)
    while at != NULL and at + 1 < end:
        if at[1] == c"'":
            at[0] = at[1] = c'"'
        at += 1
        at = <unsigned char *>memchr(at, c"'", end - at)


cdef inline unsigned char _all_bits(Bytes chars, Py_ssize_t size) noexcept:
    cdef Py_ssize_t at
    cdef unsigned char bits = 0
    for at in range(size):
        bits |= chars[at]
    return bits


cdef inline void _set(list items, Py_ssize_t at, object item) noexcept:
    """Fill a place of a list that is empty yet."""
    Py_INCREF(item)
    PyList_SET_ITEM(items, at, item)


def cut(str text not None, bytes tables not None, dict wide not None):
    """`credscore.text.cut.searched`, in two passes. A word that is written as it folds is one string in both lists."""
    cdef Bytes table = <Bytes>PyBytes_AS_STRING(tables)
    cdef int kind = PyUnicode_KIND(text)
    cdef void *given = PyUnicode_DATA(text)
    cdef Py_ssize_t size = len(text), at, first, written = 0, number, count
    cdef Shadows made
    cdef unsigned char *plain
    cdef unsigned char *cased
    cdef unsigned char *folded
    cdef unsigned char traits, all_bits
    cdef list words, with_case, starts, runs = []
    cdef str word
    cdef object start

    if PyBytes_GET_SIZE(tables) != 1024:
        raise ValueError("Four tables of 256 bytes are needed.")
    plain = <unsigned char *>PyMem_Malloc(3 * (size + 1))
    if plain == NULL:
        raise MemoryError
    try:
        cased, folded = plain + size + 1, plain + 2 * (size + 1)
        made.plain, made.cased, made.folded, made.spaces, made.rare = plain, cased, folded, 0, False
        if kind == 1:
            _shadow(<const uint8_t *>given, text, &made, table, wide)
        elif kind == 2:
            _shadow(<const uint16_t *>given, text, &made, table, wide)
        else:
            _shadow(<const uint32_t *>given, text, &made, table, wide)
        _pair_marks(plain, size)
        plain[size] = cased[size] = folded[size] = c" "  # where the last word ends
        count = made.spaces + 1
        words, with_case, starts = PyList_New(count), PyList_New(count), PyList_New(count + 1)
        at = 0
        for number in range(count):
            first = at
            traits = 0
            while cased[at] != c" ":
                traits |= table[768 + plain[at]]
                at += 1
            written += at > first
            word = _string(folded + first, at - first, traits & ACCENTED)
            _set(words, number, word)
            _set(with_case, number, _string(cased + first, at - first, traits & ACCENTED) if traits & FOLDS else word)
            start = first
            _set(starts, number, start)
            if traits & (SMALL | CAPITAL) == SMALL:
                runs.append(start)
            at += 1
        _set(starts, count, at)
        all_bits = _all_bits(plain, size) & 128
        return _string(plain, size, all_bits), _string(folded, size, all_bits), words, with_case, starts, runs, written, made.rare
    finally:
        PyMem_Free(plain)


cdef inline Bytes _chars(str text) except NULL:
    """The characters of a shadow."""
    if PyUnicode_KIND(text) != 1:
        raise ValueError("A shadow has one byte a character.")
    return PyUnicode_1BYTE_DATA(text)


def paragraphs(str plain not None):
    """`credscore.text.segment.paragraphs`."""
    cdef Bytes chars = _chars(plain)
    cdef Py_ssize_t size = len(plain), at = 0, start, end, last
    cdef Bytes line
    cdef list spans = []
    while at <= size:
        line = <Bytes>memchr(chars + at, c"\n", size - at)
        end = size if line == NULL else line - chars
        start, last = at, end
        while start < last and (<Py_UCS4>chars[start]).isspace():
            start += 1
        while last > start and (<Py_UCS4>chars[last - 1]).isspace():
            last -= 1
        if start < last:
            spans.append((start, last))
        at = end + 1
    return spans


def stops(str plain not None, Py_ssize_t start, Py_ssize_t last, str continues not None):
    """`credscore.text.segment.stops`. `continues` is ASCII."""
    cdef Bytes chars = _chars(plain), goes_on = _chars(continues)
    cdef Py_ssize_t at = max(start, 0), size = len(plain), end, following
    cdef unsigned char char
    cdef list found = []
    last = min(last, size)
    while at < last:
        char = chars[at]
        at += 1
        if char > c"?" or (char != c"." and char != c"!" and char != c"?"):
            continue
        end = at
        while end < last and memchr("\"')]*_", chars[end], 6) != NULL:
            end += 1
        if end < last and (<Py_UCS4>chars[end]).isspace():
            following = end + 1
            while following < last and (<Py_UCS4>chars[following]).isspace():
                following += 1
            if following < last and memchr(goes_on, chars[following], len(continues)) == NULL:
                found.append((at - 1, end, following))
        at = end
    return found


cdef enum:  # where `may_be_respelled` is: after a letter or what may part letters, each with up to three letters apart; elsewhere; found
    AFTER_LETTER = 0
    AFTER_GAP = 4
    AFTER_SIGN = 8
    AFTER_OTHER = 9
    FOUND = 10

cdef unsigned char leads[11][4]  # from there by a letter, a gap, a sign, another character


cdef void _learn_leads() noexcept:
    cdef int apart, before
    for before in range(11):
        leads[before][0], leads[before][1], leads[before][2], leads[before][3] = AFTER_LETTER, AFTER_GAP, AFTER_SIGN, AFTER_OTHER
    for apart in range(4):
        leads[AFTER_LETTER + apart][1] = AFTER_GAP + apart
        leads[AFTER_GAP + apart][0] = FOUND if apart == 3 else AFTER_LETTER + apart + 1
    leads[AFTER_SIGN][0] = FOUND
    for before in range(4):
        leads[FOUND][before] = FOUND


_learn_leads()


def may_be_respelled(str plain not None, bytes classes not None):
    """Whether `credscore.text.restore.searched` may find something: a sign before a letter, "@", or four letters set apart.

    `classes` has 0 for a letter, 1 for what may part letters, 2 for a sign that stands for one, 3 for other characters.
    """
    cdef Bytes chars = _chars(plain), class_of = <Bytes>PyBytes_AS_STRING(classes)
    cdef Py_ssize_t at, size = len(plain)
    cdef unsigned char state = AFTER_GAP
    if PyBytes_GET_SIZE(classes) != 256:
        raise ValueError("Each character has a class.")
    if memchr(chars, c"@", size) != NULL:
        return True
    for at in range(size):
        state = leads[state][class_of[chars[at]] & 3]
    return state == FOUND


def marks(str plain not None, str folded not None, bytes classes not None):
    """`credscore.evidence.marks.searched`."""
    cdef Bytes chars = _chars(plain), words = _chars(folded), class_of = <Bytes>PyBytes_AS_STRING(classes)
    cdef Py_ssize_t at = 0, size = len(plain), end, begin, closes
    cdef unsigned char kind, one, other
    cdef list spans = [], capitals = []
    if PyBytes_GET_SIZE(classes) != 256 or len(folded) != size:
        raise ValueError("Each character has a class, and the folded text is as long as the plain one.")
    while at < size:
        kind = class_of[chars[at]]
        end = at + 1
        if kind == c" ":
            at = end
            continue
        if kind == c"0":
            while end < size and (
                class_of[chars[end]] == c"0"
                or (class_of[chars[end]] == c"." and end + 1 < size and class_of[chars[end + 1]] == c"0")
            ):
                end += 1
            spans.append((at, end, "number"))
        elif kind == c"A":
            while end < size and class_of[chars[end]] == c"A":
                end += 1
            if end > at + 1:
                capitals.append(at)
        elif kind == c"!":
            while end < size and class_of[chars[end]] == c"!":
                end += 1
            spans.append((at, end, "question" if memchr(chars + at, c"!", end - at) == NULL else "exclamation"))
        elif kind == c"'" and end < size and at > 0 and words[at - 1] != c" ":
            one, other = chars[end] | 32, (chars[end + 1] | 32) if end + 1 < size else 0
            closes = 0
            if one == c"t" or one == c"d" or one == c"m":
                closes = end + 1
            elif ((one == c"r" or one == c"v") and other == c"e") or (one == c"l" and other == c"l"):
                closes = end + 2
            if closes and (closes == size or words[closes] == c" "):
                begin = at
                while begin > 0 and words[begin - 1] != c" ":
                    begin -= 1
                spans.append((begin, closes, "contraction"))
        at = end
    return spans, capitals


def openings(str plain not None, str folded not None):
    """`credscore.evidence.appositions.searched`."""
    cdef Bytes chars = _chars(plain), words = _chars(folded), comma
    cdef Py_ssize_t at = 0, size = len(plain), end, begin
    cdef list found = []
    if len(folded) != size:
        raise ValueError("The folded text is as long as the plain one.")
    while True:
        comma = <Bytes>memchr(chars + at, c",", size - at)
        if comma == NULL:
            return found
        begin = comma - chars
        at = begin + 1
        if at >= size or chars[at] != c" ":
            continue
        end = at + 1
        if end < size and c"0" <= chars[end] <= c"9":
            while end < size and c"0" <= chars[end] <= c"9":
                end += 1
            if end - at > 4 or end == size or chars[end] != c",":
                continue
        else:
            while end < size and c"a" <= chars[end] <= c"z":
                end += 1
            if end == at + 1 or end == size or chars[end] != c" ":
                continue
        at = begin
        while at > 0 and words[at - 1] != c" ":
            at -= 1
        if (<Py_UCS4>chars[at]).isupper():
            found.append((begin, end))
        at = end


def common_among(list words not None, frozenset common not None, Py_ssize_t longest, Py_ssize_t sample, Py_ssize_t enough):
    """`credscore.evidence.notices.common_among`; no common word is longer than `longest`."""
    cdef Py_ssize_t count = 0, at
    cdef str word
    for at in range(min(len(words), sample)):
        word = <str?>words[at]
        if len(word) <= longest and PySet_Contains(common, word):
            count += 1
            if count == enough:
                break
    return count


cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define FETCH(address) __builtin_prefetch(address)
    #else
    #define FETCH(address) ((void)0)
    #endif
    #define SEED 2166136261u
    #define PRIME 16777619u
    """
    void FETCH(const void *address)
    uint32_t SEED, PRIME

cdef struct Slot:
    uint32_t hash
    int32_t word  # -1 where the slot is free
    int32_t first  # where its letters are
    int32_t size
    int32_t ends

cdef struct Step:
    uint64_t taken  # the place and the word that leads on from it
    int32_t place  # -1 where the step is free
    int32_t ends

cdef struct Hashed:
    uint32_t hash
    Py_ssize_t first
    Py_ssize_t size

cdef enum:
    TOGETHER = 64  # words that are looked up together


cdef inline uint64_t _taken(int32_t place, int32_t word) noexcept:
    return (<uint64_t>place << 32) | <uint32_t>word


cdef size_t _room(size_t wanted) noexcept:
    """A power of two by which a table stays a third free."""
    cdef size_t size = 16
    while 2 * size < 3 * wanted:
        size *= 2
    return size


cdef bint _fills(str slot, str word) except -1:
    """Whether a word of the text, with its case, may stand for a slot: `credscore.lexicon.scan._FILLS`."""
    cdef Py_UCS4 kind = slot[0]
    cdef Bytes chars = PyUnicode_1BYTE_DATA(word)
    cdef Py_ssize_t at, size = len(word)
    if PyUnicode_KIND(word) != 1 or size == 0:
        return False
    if kind == u"#":
        for at in range(size):
            if not c"0" <= chars[at] <= c"9":
                return False
        return True
    if kind == u"^":
        return (<Py_UCS4>chars[0]).isupper()
    return (size == 1 and chars[0] == c"\t") == (kind == u"$")


cdef inline Py_ssize_t _hash(Bytes letters, Py_ssize_t at, Py_ssize_t length, uint32_t *hash) noexcept:
    """Hash a word; where it ends."""
    cdef uint32_t hashed = SEED
    while at < length and letters[at] != c" ":
        hashed = (hashed ^ letters[at]) * PRIME
        at += 1
    hash[0] = hashed
    return at


@final
cdef class Runs:
    """The runs of words of a lexicon as a trie over words: two tables of numbers, small enough to stay in the processor's caches.

    `_slots` has the words, by their hash (Fowler-Noll-Vo) and then by their letters. A place in the trie is a number; words themselves
    are the first places, and `_steps` lead on from one place by one word. What `ends` at a place is twice one more than the number of
    a run, and 1 more where a step leads on.
    """

    cdef bytes _letters
    cdef Slot *_slots
    cdef Step *_steps
    cdef size_t _last_slot, _last_step
    cdef Py_ssize_t _runs

    def __cinit__(self):
        self._slots = NULL
        self._steps = NULL

    def __dealloc__(self):
        PyMem_Free(self._slots)
        PyMem_Free(self._steps)

    def __init__(self, list runs not None):
        """Build the tables of some runs: words of Latin-1 with one space between them, at least one word each."""
        cdef bytes written = "".join([run + "\n" for run in runs]).encode("latin-1")
        cdef list in_order = written.split()
        cdef dict words = dict.fromkeys(in_order)
        cdef size_t steps = written.count(b" "), size
        if self._slots != NULL:
            raise ValueError("The tables are built already.")
        if <size_t>len(in_order) != steps + len(runs) or b" ".join([*in_order, b""]) != written.replace(b"\n", b" "):
            raise ValueError("A run is words with one space between them.")
        if len(written) > 0x3FFFFFFF:
            raise ValueError("There are too many runs.")
        self._letters = b"\n".join([*words, b""])
        size = _room(len(words))
        self._last_slot = size - 1
        self._slots = <Slot *>PyMem_Malloc(size * sizeof(Slot))
        if self._slots == NULL:
            raise MemoryError
        memset(self._slots, 255, size * sizeof(Slot))
        size = _room(steps)
        self._last_step = size - 1
        self._steps = <Step *>PyMem_Malloc(size * sizeof(Step))
        if self._steps == NULL:
            raise MemoryError
        memset(self._steps, 255, size * sizeof(Step))
        self._runs = len(runs)
        self._learn_words()
        self._learn_steps(written, len(words))

    cdef void _learn_words(self) noexcept:
        """Number the words."""
        cdef Bytes letters = <Bytes>PyBytes_AS_STRING(self._letters)
        cdef Py_ssize_t at, first = 0
        cdef uint32_t hash = SEED
        cdef int32_t words = 0
        for at in range(PyBytes_GET_SIZE(self._letters)):
            if letters[at] != c"\n":
                hash = (hash ^ letters[at]) * PRIME
                continue
            slot = self._slot(letters + first, at - first, hash)
            slot.hash, slot.word, slot.first, slot.size, slot.ends = hash, words, <int32_t>first, <int32_t>(at - first), 0
            words += 1
            first, hash = at + 1, SEED

    cdef void _learn_steps(self, bytes written, int32_t places) noexcept:
        """Number the other places, the steps to them, and the runs where they end."""
        cdef Bytes letters = <Bytes>PyBytes_AS_STRING(written)
        cdef Py_ssize_t at, first = 0
        cdef uint32_t hash = SEED
        cdef int32_t place = -1, number = 0
        cdef int32_t *ends = NULL
        for at in range(PyBytes_GET_SIZE(written)):
            if letters[at] != c" " and letters[at] != c"\n":
                hash = (hash ^ letters[at]) * PRIME
                continue
            slot = self._slot(letters + first, at - first, hash)
            if place < 0:
                place, ends = slot.word, &slot.ends
            else:
                ends[0] |= 1
                step = self._step(place, slot.word)
                if step.place < 0:
                    step.taken, step.place, step.ends = _taken(place, slot.word), places, 0
                    places += 1
                place, ends = step.place, &step.ends
            if letters[at] == c"\n":
                number += 1
                ends[0] = 2 * number + (ends[0] & 1)
                place = -1
            first, hash = at + 1, SEED

    cdef inline size_t _slot_of(self, uint32_t hash) noexcept:
        return (hash ^ (hash >> 15)) & self._last_slot

    cdef inline Slot *_slot(self, Bytes letters, Py_ssize_t size, uint32_t hash) noexcept:
        """The slot of a word, or the free one where it would stand."""
        cdef Bytes known = <Bytes>PyBytes_AS_STRING(self._letters)
        cdef size_t at = self._slot_of(hash)
        cdef Slot *slot = &self._slots[at]
        while slot.word >= 0 and not (slot.hash == hash and slot.size == size and memcmp(known + slot.first, letters, size) == 0):
            at = (at + 1) & self._last_slot
            slot = &self._slots[at]
        return slot

    cdef inline Step *_step(self, int32_t place, int32_t word) noexcept:
        """The step from a place by a word, or the free one where it would stand."""
        cdef uint64_t taken = _taken(place, word)
        cdef size_t at = ((taken * <uint64_t>0x9E3779B97F4A7C15) >> 32) & self._last_step
        cdef Step *step = &self._steps[at]
        while step.place >= 0 and step.taken != taken:
            at = (at + 1) & self._last_step
            step = &self._steps[at]
        return step

    cdef int _read(self, str folded, int32_t *read, Py_ssize_t size) except -1:
        """Find the words of a text in the table: the numbers of their slots, -1 for other words.

        Some words are hashed, and then looked up, so that their slots come from memory together.
        """
        cdef Bytes letters = PyUnicode_1BYTE_DATA(folded)
        cdef Py_ssize_t length = len(folded), offset = 0, at = 0, count, word
        cdef Hashed hashed[TOGETHER]
        cdef uint32_t hash
        cdef Slot *slot
        while offset <= length:
            count = 0
            while count < TOGETHER and offset <= length:
                hashed[count].first = offset
                offset = _hash(letters, offset, length, &hash)
                FETCH(&self._slots[self._slot_of(hash)])
                hashed[count].hash = hash
                hashed[count].size = offset - hashed[count].first
                offset += 1
                count += 1
            if at + count > size:
                raise ValueError("There are fewer words than the folded text holds.")
            for word in range(count):
                slot = self._slot(letters + hashed[word].first, hashed[word].size, hashed[word].hash)
                read[at] = -1 if slot.word < 0 else <int32_t>(slot - self._slots)
                at += 1
        if at != size:
            raise ValueError("There are more words than the folded text holds.")
        return 0

    def hits(self, str folded not None, list alone not None, list around not None, list words not None, list cased not None, stands):
        """What `credscore.lexicon.scan.Automaton` finds, in the order of the first words of runs."""
        cdef Py_ssize_t size = len(words), at, ahead, near, begin
        cdef int32_t place, ends
        cdef list found = []
        cdef tuple form
        cdef Slot *slot
        cdef int32_t *read
        if PyUnicode_KIND(folded) != 1:
            raise ValueError("A folded text has one byte a character.")
        if self._slots == NULL or self._steps == NULL or len(alone) != self._runs or len(around) != self._runs or len(cased) != size:
            raise ValueError("What stands for runs, and words with their case, must be as many as runs and words.")
        read = <int32_t *>PyMem_Malloc((size + 1) * sizeof(int32_t))
        if read == NULL:
            raise MemoryError
        try:
            self._read(folded, read, size)
            for at in range(size):
                if read[at] < 0:
                    continue
                slot = &self._slots[read[at]]
                place, ends, ahead = slot.word, slot.ends, at
                while place >= 0:
                    ahead += 1
                    if ends > 1:
                        for entry in <tuple>alone[(ends >> 1) - 1]:
                            found.append((at, entry))
                        for form in <tuple>around[(ends >> 1) - 1]:
                            beside, wanted, fills, before, after, run, entry = form
                            near = at + <Py_ssize_t>beside
                            if near < 0 or near >= size or not (
                                <str>words[near] == <str>wanted if fills is None else _fills(<str>wanted, <str>cased[near])
                            ):
                                continue
                            begin = at - len(<list>before)
                            if (not after or stands(after, words, cased, at + <Py_ssize_t>run)) and (
                                not before or stands(before, words, cased, begin)
                            ):
                                found.append((begin, entry))
                    if not ends & 1 or ahead == size or read[ahead] < 0:
                        break
                    step = self._step(place, self._slots[read[ahead]].word)
                    place, ends = step.place, step.ends
            return found
        finally:
            PyMem_Free(read)


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


def chosen(passage, list hits not None, Py_ssize_t tracks, bint headline, is_named, type match not None):
    """What `credscore.lexicon.scan._chosen` keeps of the hits: matches by the number of their track.

    Hits come nearly in their order, so each is sorted in by its neighbours.
    """
    cdef list words = passage.words, cased = passage.cased, starts = passage.starts
    cdef str plain = passage.plain
    cdef Bytes chars = PyUnicode_1BYTE_DATA(plain)
    cdef Py_ssize_t count = len(hits), at, to, first, last, track, begin, end
    cdef tuple hit, entry
    cdef Place one
    cdef list found = [[] for _ in range(tracks)]
    cdef Place *places = <Place *>PyMem_Malloc((count + 1) * sizeof(Place))
    cdef Py_ssize_t *reach = <Py_ssize_t *>PyMem_Malloc((tracks + 1) * sizeof(Py_ssize_t))
    try:
        if places == NULL or reach == NULL:
            raise MemoryError
        if PyUnicode_KIND(plain) != 1:
            raise ValueError("A plain text has one byte a character.")
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
            if places[at].length < -1:
                begin, end = starts[first], starts[last]
                if memchr(chars + begin, c"\n", end - 1 - begin) != NULL:
                    continue
            if entry[3] and (
                headline or ((places[at].length < -1 or <str>cased[first] != <str>words[first]) and is_named(passage, first, last))
            ):
                continue
            reach[track] = last
            if entry[4] is not None:
                (<list>found[track]).append(record(match, (first, last, entry[4])))
        return found
    finally:
        PyMem_Free(places)
        PyMem_Free(reach)


cdef Py_ssize_t _below(list numbers, Py_ssize_t wanted, bint right, Py_ssize_t first, last) except -1:
    """The first place from `first` on whose number is greater than `wanted`, or as great and not `right` of it; or `last`."""
    cdef Py_ssize_t size = len(numbers), end = size if last is None else min(<Py_ssize_t>last, size), middle, number
    if first < 0:
        raise ValueError("A place is not negative.")
    while first < end:
        middle = (first + end) >> 1
        number = numbers[middle]
        if number < wanted or (right and number == wanted):
            first = middle + 1
        else:
            end = middle
    return first


def bisect_left(list numbers not None, Py_ssize_t wanted, Py_ssize_t first=0, last=None):
    """`bisect.bisect_left` among whole numbers."""
    return _below(numbers, wanted, False, first, last)


def bisect_right(list numbers not None, Py_ssize_t wanted, Py_ssize_t first=0, last=None):
    """`bisect.bisect_right` among whole numbers."""
    return _below(numbers, wanted, True, first, last)


def running(list runs not None, Py_ssize_t start, Py_ssize_t end):
    """`credscore.text.passage.Passage.running`."""
    return _below(runs, end, False, 0, None) - _below(runs, start, False, 0, None)


def around(list starts not None, list spans not None, Py_ssize_t start, Py_ssize_t end):
    """`credscore.evidence.quotations.around`."""
    cdef Py_ssize_t at = _below(starts, start, True, 0, None) - 1
    cdef tuple span
    if at < 0 or at >= len(spans):
        return None
    span = <tuple?>spans[at]
    return span if end <= <Py_ssize_t>span[1] else None


cpdef record(type kind, tuple values):
    """`tuple.__new__` for a `NamedTuple`, whose values are a tuple already."""
    cdef Py_ssize_t at, size = len(values)
    cdef tuple made
    if not PyType_HasFeature(kind, Py_TPFLAGS_TUPLE_SUBCLASS):
        raise TypeError("A record is a tuple.")
    made = (<_Type *>kind).tp_alloc(kind, size)
    for at in range(size):
        value = values[at]
        Py_INCREF(value)
        PyTuple_SET_ITEM(made, at, value)
    FORGET_HASH(made)
    return made
