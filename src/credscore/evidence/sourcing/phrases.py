"""Noun phrases next to a cue, by closed-class words and punctuation alone: no tagger, no parser, one pass over words."""

from typing import Final

from credscore.evidence.ground import PERIODS, Ground
from credscore.text.dates import MONTHS, WEEKDAYS
from credscore.text.fold import DASH

DETERMINERS: Final = frozenset(
    "the a an this that these those his her its their our my your some many several few most all both another each every "
    "no one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands multiple numerous other others "
    "various certain any half".split()
)
PRONOUNS: Final = frozenset("he she they it i we you who".split())
PERSONAL: Final = PRONOUNS | frozenset("me you us him them everyone everybody nobody".split())
POSSESSIVES: Final = frozenset("his her its their our my your".split())
_SUBJECTS: Final = frozenset("he she they i we".split())
_AFTER_NOUN: Final = frozenset("in on at during after before as by when to".split())
"""Words that end a phrase read from the left once it has its noun."""

_ONE_OR_SOME: Final = frozenset("a an one two three four some several many".split())
_ISSUED: Final = frozenset("by to in from at on".split())
"""The same words go on a phrase for a document: who wrote it, to whom, where it stands."""

PREPOSITIONS: Final = frozenset(
    "in on at after before during since for from by with of under over about amid despite through until within without "
    "against among across between behind beyond like into onto to upon toward towards following near besides regarding outside inside "
    "unlike ahead along alongside amidst "
    "last next earlier yesterday today tomorrow later".split()
)
POSTMODIFIERS: Final = frozenset(
    "like of with for in from at by about into against over between who that which familiar close involved briefed on near under "
    "inside behind to speaking".split()
)
_CLAUSE_WORDS: Final = frozenset(
    "that which who whom whose when while as because if but although though whether where how what why than then so unless "
    "is are was were be been has have had do does did will would can could may might shall should must "
    "not never and or nor yet".split()
)
SMALL_WORDS: Final = PREPOSITIONS | _CLAUSE_WORDS
"""Words that headlines leave without a capital."""

AUXILIARIES: Final = frozenset(
    "has have had is are was were be been being do does did will would can could may might must should cannot".split()
)
_BE: Final = frozenset("is are was were be been being".split())
_ADVERBS: Final = frozenset(
    "also later then once now still even both all just again soon too first already always never often not ever further "
    "recently previously reportedly long only just almost instead however meanwhile nevertheless nonetheless s".split()
)
_SHORTEST_ADVERB: Final = 4
_DEGREES: Final = frozenset("most more very so".split())
_PERFECT: Final = frozenset(("has", "have", "had"))
_CONTRACTED: Final = frozenset(("s", "ve", "d", "re", "ll", "m"))
"""Auxiliaries after the apostrophe of a pronoun: "he's", "they've"."""

_CONTRACTING: Final = frozenset("that what there".split())
"""What "is" may be contracted with, besides pronouns: "what's called"."""

_NEGATED: Final = frozenset("don doesn didn won wouldn couldn shouldn can isn aren wasn weren hasn haven hadn".split())
"""What stands before "'t"."""

TIME_WORDS: Final = frozenset((*WEEKDAYS, *MONTHS))
_REFLEXIVES: Final = frozenset("himself herself themselves itself".split())
TODAY: Final = frozenset("today yesterday tonight".split())
CLOSERS: Final = TIME_WORDS | _REFLEXIVES | TODAY | frozenset("ago day week month year night weekend morning evening afternoon".split())
"""Last words of what may stand between a subject and its verb: "Ode last week said", "Ode himself said"."""

_SINCE: Final = frozenset(
    "last this past earlier later late early on in the that same next two three four few a days weeks months years less more than".split()
)
_DATING: Final = frozenset("last this past earlier later ago".split())
_CONCEDING: Final = frozenset(("despite", "with"))
"""Prepositions after which a bare plural may speak: "despite ministers saying"."""

ARTICLES: Final = frozenset(("the", "a", "an"))
_RELATIVE: Final = frozenset(("who", "that", "which", "where", "whose"))
_ADJECTIVE_ENDINGS: Final = ("al", "ic", "ive", "ary")
_MODIFIERS: Final = frozenset("current local state federal military business religious senior junior civilian retired active".split())
_PARTICIPLE_ENDINGS: Final = ("ed", "ing", "ly")
_IRREGULAR: Final = frozenset(
    "done made written taken led held kept sent given shown seen run known drawn built sold left told set".split()
)
"""Participles without an ending that follow their noun: "an analysis done by", "a tally kept by"."""

_CONJUNCTIONS: Final = frozenset(("after", "before", "since", "until"))
"""Prepositions that open a clause where a subject follows: "hours after the minister said"."""

_APPOSED: Final = frozenset("a an the who whose his her".split())
_OPENERS: Final = frozenset(
    "even and but or so yet also then meanwhile however still now thus moreover furthermore indeed plus perhaps maybe instead later "
    "again here there".split()
)
_ADVERBIAL_OPENERS: Final = frozenset("when while if as because although though since once unless asked according given".split())
PARTITIVES: Final = frozenset(
    "one two three four five some many most all both several number group dozens hundreds thousands few none part majority minority any "
    "each half third thirds quarter quarters percent".split()
)
_APPOSITION_READ: Final = 6
"""Words of an apposition in which its noun must come."""

BEARERS: Final[frozenset[str]] = frozenset(("person", "spokesperson", "relation", "person_title"))
"""Roles of nouns for one who may bear a name."""

PAPERS: Final[frozenset[str]] = frozenset(("paper", "papers"))
"""What may be a newspaper or a document."""

BODIES: Final[frozenset[str]] = frozenset(("outlet", "organization", "org_suffix"))
"""Roles of nouns for what may bear a name and is no person."""

_EITHER: Final = "/"
"""What joins two words of one phrase as a space does: "a Gazette/Herald poll"."""

_LONGEST: Final = 32
"""Words a source phrase may hold; longer ones are clauses that the punctuation did not mark."""


def skip_auxiliaries(ground: Ground, word: int, floor: int) -> tuple[int, bool]:
    """From the word before a verb leftwards over auxiliaries and adverbs: `(last word before them, any form of be)`."""
    words = ground.passage.words
    passive = False
    while word >= floor and (form := words[word]):
        if form in _CONTRACTED and ground.gap(word) == "'":
            if word <= floor or (words[word - 1] not in PRONOUNS and words[word - 1] not in _CONTRACTING):
                break
            passive = passive or form in ("re", "m") or words[word - 1] == "it"  # "she's told" is "has told" as often
        elif form in AUXILIARIES:
            passive = passive or form in _BE
        elif (form in _DEGREES and words[word - 1] in _BE) or (form == "since" and words[word - 1] in _PERFECT):
            pass  # "is most proud of", "has since announced"
        elif form in ("neither", "both") and word > floor and words[word - 1] in AUXILIARIES:
            pass  # "could neither confirm nor deny"
        elif form == "t" and word > floor and words[word - 1] in _NEGATED:
            word -= 1
        elif not ((form in _ADVERBS and word > floor) or _is_adverb(ground, word)):
            break
        word -= 1
    return word, passive


def _is_adverb(ground: Ground, word: int) -> bool:
    """Whether a word is an adverb by its ending, and no noun as "family" and "assembly" are."""
    form = ground.passage.words[word]
    return form.endswith("ly") and len(form) > _SHORTEST_ADVERB and not ground.is_capital(word) and ground.role(word) is None


def left(ground: Ground, last: int, floor: int) -> tuple[int, int] | None:
    """The noun phrase that ends with word `last`, as `(first, last)`; `None` if no noun phrase can stand there."""
    words = ground.passage.words
    if last < floor or not words[last]:
        return None
    if words[last] in PRONOUNS and not _ends_initials(ground, last):
        return last, last
    cue_words = ground.cue_words
    first = last
    at = last
    limit = max(floor, last - _LONGEST)
    while at >= limit:
        word = words[at]
        if not word:
            at -= 1
            continue
        clause = word in _CLAUSE_WORDS and not (
            is_hyphened(ground, at) or (word in ("and", "or") and at < last and _coordinates(ground, at, floor))
        )
        verb = at in cue_words and at < last and not ground.role(at) and not _is_nominal(ground, at)
        if clause or verb:
            relative = _relative_before(ground, at, first, last, limit)
            if relative < 0:
                break
            at = relative - 1  # "an aide who was not authorised to speak said", "the region where it came down said"
            continue
        if at < last and (
            word in _SUBJECTS or (word in _CONJUNCTIONS and at > floor and ground.joined(at) and has_head(ground, first, last))
        ):
            break
        first = at
        if word in ARTICLES and at > limit and _begins_phrase(ground, at, floor):
            break  # "the tender the law demands": a new phrase begins
        if at > limit and not ground.joined(at) and ground.gap(at) != _EITHER:
            break
        if word[-1] == "s" and at > limit and begins_anew(ground, at):
            break
        at -= 1
    return _trim(ground, first, last)


def before_asides(ground: Ground, last: int, floor: int) -> int:
    """The word before the time that is told between a subject and its verb ("Ode on Tuesday", "the panel last week") or "herself"."""
    words = ground.passage.words
    at = last
    if at <= floor:
        return last
    if words[at] in _REFLEXIVES:
        return at - 1
    if words[at] in TIME_WORDS:
        return at - 2 if words[at - 1] == "on" else last
    while at > floor and words[at - 1] in _SINCE:
        at -= 1
    dated = (at == last and words[at] in TODAY) or not _DATING.isdisjoint(words[at : last + 1])
    return at - 1 if dated else last


def only_opens(ground: Ground, first: int, last: int) -> bool:
    """Whether nothing but what opens a sentence stands from word `first` on before word `last`: "But", "Meanwhile,"."""
    return all(not word or word in _OPENERS for word in ground.passage.words[first:last])


def begins_anew(ground: Ground, at: int) -> bool:
    """Whether people begin a phrase of their own after a news organisation: "told the newspaper officials had"."""
    return ground.passage.words[at][-1:] == "s" and ground.role(at) == "person" and ground.role(ground.previous(at)) == "outlet"


def antecedent(ground: Ground, last: int, floor: int) -> tuple[int, int] | None:
    """The noun phrase before a relative pronoun or a possessive: what follows the last preposition, unless that only says of
    what it is a part.
    """
    phrase = left(ground, last, floor)
    if phrase is None:
        return None
    words = ground.passage.words
    named = ground.is_capital(phrase[1])
    for at in range(phrase[1] - 1, phrase[0] - 1, -1):
        word = words[at]
        if at > phrase[0] and word in PREPOSITIONS and words[at - 1] not in PARTITIVES and not ground.role(at - 1):
            return at + 1, phrase[1]
        if named and word.endswith(("ed", "ing")) and not ground.is_capital(at) and not ground.role(at):
            return at + 1, phrase[1]  # "joined Ode's call", "including Ode's critique"
    return phrase


def last_part(ground: Ground, first: int, last: int) -> tuple[int, int]:
    """What follows the last preposition of a phrase that is no part of a name: the government of "members of the government"."""
    words = ground.passage.words
    for at in range(last - 1, first, -1):
        if words[at] in PREPOSITIONS and not (ground.is_capital(at - 1) and ground.is_capital(at + 1)):
            return at + 1, last
    return first, last


def _follows_noun(ground: Ground, at: int) -> bool:
    return ground.joined(at) and (ground.passage.words[at] in ("where", "who", "whose") or ground.role(ground.previous(at)) is not None)


def _begins_phrase(ground: Ground, at: int, floor: int) -> bool:
    """Whether an article begins a phrase of its own, and does not go on one: "of the", "a monitor and a medical source"."""
    words = ground.passage.words
    if words[at - 1] == "and" and _coordinates(ground, at - 1, floor):
        return False
    return _ends_noun(ground, at - 1) and words[at - 2] not in _RELATIVE


def _ends_noun(ground: Ground, at: int) -> bool:
    """Whether word `at` may end a noun phrase of its own: no article goes on a phrase after it."""
    word = ground.passage.words[at]
    closed = word in PREPOSITIONS or word in DETERMINERS or word in POSTMODIFIERS
    return word != "" and not closed and (ground.is_capital(at) or not word.endswith("ing"))


def _ends_initials(ground: Ground, at: int) -> bool:
    """Whether a letter is the last of an abbreviation and no pronoun: "the F.B.I. said"."""
    return at > 0 and len(ground.passage.words[at - 1]) == 1 and ground.gap(at) == "." and ground.is_capital(at - 1)


def _is_nominal(ground: Ground, at: int) -> bool:
    """Whether a verb of the lists is none here: part of a name ("Ada Hope Ruiz"), or a participle that belongs to its noun."""
    if not ground.joined(at):
        return False
    word = ground.passage.words[at]
    if word.endswith("ed") and ground.passage.words[at + 1 : at + 2] == ["by"]:
        return True  # "crimes committed by foreigners"
    if word in PREPOSITIONS and ground.role(at - 1) is not None:
        return True  # "a new report on crime"
    return ground.is_capital(at) or (word.endswith("ing") and _follows_name(ground, at))


def _follows_name(ground: Ground, at: int) -> bool:
    """Whether a participle belongs to the noun right before it: "members supporting the bill"."""
    return ground.joined(at) and (ground.is_capital(at - 1) or ground.role(at - 1) == "person")


def _relative_before(ground: Ground, at: int, first: int, last: int, limit: int) -> int:
    """The relative pronoun of the clause that the verb or clause word at `at` stands in; -1 if a new clause begins there.

    Nothing is looked for where words `first` to `last` can speak themselves, but for "who is" right before them.
    """
    words = ground.passage.words
    if words[at] == "who" and at < last and _follows_noun(ground, at) and _goes_on_with_verb(ground, at + 1):
        return at  # "the man who drove the car said"
    if at == last or not has_head(ground, first, last):
        if words[at] in _RELATIVE:
            return at if at < last and _follows_noun(ground, at) else -1
        left = at - 1
        while left >= limit and words[left] and ground.joined(left + 1):
            if words[left] in _RELATIVE:
                return left if _follows_noun(ground, left) else -1
            left -= 1
        return -1
    return at - 1 if at > limit and words[at - 1] == "who" and words[at] in AUXILIARIES else -1


def _goes_on_with_verb(ground: Ground, at: int) -> bool:
    """Whether what follows "who" is its verb, and not a subject of its own ("who the minister said it was")."""
    word = ground.passage.words[at]
    subject = word in DETERMINERS or word in PRONOUNS or ground.is_capital(at) or ground.role(at) is not None
    return word != "" and not subject and ground.joined(at)


def has_head(ground: Ground, first: int, last: int) -> bool:
    """Whether a phrase can speak: its head is a known noun, a name, a pronoun or a share ("94% said")."""
    head = last if first == last else head_of(ground, first, last)
    known = ground.is_capital(head) or ground.role(head) is not None
    return known or ground.passage.words[head] in PRONOUNS or is_percentage(ground, head)


def _coordinates(ground: Ground, conjunction: int, floor: int) -> bool:
    """Whether "and" joins two names or nouns rather than two clauses."""
    before, after = ground.previous(conjunction), ground.next(conjunction)
    words = ground.passage.words
    if before < floor or after >= len(words) or not ground.joined(conjunction) or not ground.joined(after):
        return False
    if (
        modifies(words[before])
        and not ground.role(before)
        and not ground.is_capital(after)
        and ground.role(ground.next(after))
        and words[before - 1] not in AUXILIARIES
    ):
        return True  # "current and former officials"
    if ground.role(before):
        return ground.is_capital(after) or bool(ground.role(after) or ground.role(ground.next(after)))
    if words[before] in ("he", "she", "they"):  # "she and her husband"
        return words[after] in DETERMINERS and ground.role(ground.next(after)) is not None
    if not ground.is_capital(before):
        return False
    if ground.is_capital(after) or words[after] == "other" or ground.role(after):
        return True
    name = ground.next(after)
    return words[after] == "the" and name < len(words) and ground.is_capital(name)


def modifies(word: str) -> bool:
    """Whether a word is an adjective by its ending, or one of those that stand before people."""
    return word in _MODIFIERS or word.endswith(_ADJECTIVE_ENDINGS)


def _trim(ground: Ground, first: int, last: int) -> tuple[int, int] | None:
    words = ground.passage.words
    while first < last and (not words[first] or words[first] in _OPENERS):
        first += 1
    if first < last and words[first] in PREPOSITIONS and not _estimates(ground, first):
        start = _after_adverbial(ground, first, last)
        if start is None:
            return None
        first = start
    if first == last and (words[first] in PREPOSITIONS or words[first] in _OPENERS):
        return None  # "Despite claims", "perhaps accusing"
    return None if words[first] in _CLAUSE_WORDS else (first, last)


def _estimates(ground: Ground, at: int) -> bool:
    """Whether a preposition opens a number: "about 9 percent", "at least half"."""
    words = ground.passage.words
    if words[at] == "at" and words[at + 1] in ("least", "most"):
        return True
    return words[at] in ("about", "over", "under") and (words[at + 1].isdecimal() or words[at + 1] in PARTITIVES or words[at + 1] == "half")


def _after_adverbial(ground: Ground, first: int, last: int) -> int | None:
    """Where the subject begins after a leading adverbial without a comma: "On Tuesday the ministry", "In a note Ode"."""
    words = ground.passage.words
    candidates = [
        at
        for at in range(first + 1, last + 1)
        if words[at] in DETERMINERS
        or _opens_share(ground, at)
        or (ground.is_capital(at) and words[at] not in TIME_WORDS and (at == first + 1 or not ground.is_capital(at - 1)))
    ]
    if not candidates:
        known = last > first + 1 or ground.role(last) == "document" or words[first] in _CONCEDING
        return last if ground.role(last) and known else None
    return candidates[-1]


def right(ground: Ground, first: int, ceiling: int) -> tuple[int, int] | None:
    """The noun phrase that begins with word `first`, as `(first, last)`, an apposition between commas included."""
    words = ground.passage.words
    if first >= ceiling or not words[first]:
        return None
    goes_on = first + 1 < ceiling and words[first + 1] != "" and ground.joined(first + 1)
    if words[first] in ("he", "she", "they", "him", "her", "them") and not (words[first] == "her" and goes_on):
        return first, first
    at, last = first, -1
    seen_head = issued = False
    while at < ceiling and at - first < _LONGEST:
        word = words[at]
        if not word:
            at += 1
            continue
        if at > first and (not ground.joined(at) and ground.gap(at) != _EITHER):
            break
        if (
            at > first
            and (word in _CLAUSE_WORDS or word in AUXILIARIES)
            and not (word in ("and", "or") and _coordinates(ground, at, first))
        ):
            if not (word == "who" and seen_head):
                break
            last = ground.previous(_relative_end(ground, at, ceiling))
            break
        if issued and _goes_on(ground, at):
            last = at
            at += 1
            continue
        if seen_head and word in DETERMINERS and not ground.is_capital(at) and _begins_phrase(ground, at, first):
            break  # "according to Ode the bridge"
        if seen_head and (
            begins_anew(ground, at) or word in _AFTER_NOUN or word in TIME_WORDS or (at in ground.cue_words and not ground.role(at))
        ):
            break
        if not issued:
            role = ground.role(at)
            issued = role == "document" or word in PAPERS or (role in ("source", "vague", "person") and words[first] in _ONE_OR_SOME)
            seen_head = seen_head or role is not None or ground.is_capital(at)
        last = at
        at += 1
    if last < first:
        return None
    return first, _apposition(ground, first, last, ceiling)


def _goes_on(ground: Ground, at: int) -> bool:
    """Whether a phrase for a document goes on at a preposition or a participle: "a letter to the council", "polls taken by it"."""
    words = ground.passage.words
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at] not in _ISSUED:
        return after == "by"
    return after != "" and after not in TIME_WORDS and after not in _DATING and ground.role(at + 2) != "document"


def subject(ground: Ground, first: int, ceiling: int) -> tuple[int, int] | None:
    """The noun phrase that opens a sentence, as `(first, last)`, after an adverbial up to its comma.

    For verbs that share it: "Ode shook her head and said", "The ministry closed the road, citing ice". Read from
    closed-class words and known nouns alone, so a phrase with an unknown noun is not found.
    """
    words = ground.passage.words
    at = first
    while at < ceiling and (not words[at] or words[at] in _OPENERS):
        at += 1
    if at < ceiling and ground.passage.cased[at].isupper() and len(words[at]) > 2:
        at = _after_dateline(ground, at, min(ceiling, at + 2 * _APPOSITION_READ))
    since = at + 2 < ceiling and words[at + 1] in PERIODS and words[at + 2] in ("after", "before")  # "two weeks after it closed, Ode"
    if at < ceiling and (since or _opens_adverbial(ground, at)):
        at = _after_comma(ground, at, min(ceiling, at + _LONGEST))
    if at >= ceiling:
        return None
    if words[at] in _SUBJECTS:
        return at, at
    if _is_verb(ground, at):
        return None
    last = -1
    begin = at
    while at < ceiling:
        word = words[at]
        if not word:  # the full stop of "Mr. Ode" leaves an empty word
            at += 1
            continue
        if word in AUXILIARIES or word in PRONOUNS or (at > begin and not ground.joined(at)):
            break
        if last < 0 and word in PREPOSITIONS and word != "of":
            break  # "one of the theories raised by experts": its noun is unknown
        if at == begin and word in DETERMINERS:
            pass  # "all three mayors"
        elif ground.role(at) not in (None, "person_title") or ground.is_capital(at):
            last = at  # a title in small letters may be an adjective: "one of the major suspicions"
        elif last >= 0 and word.endswith(_ADJECTIVE_ENDINGS) and ground.role(ground.next(at)):
            pass  # "Republican presidential candidate"
        elif last >= 0 and is_possessive(ground, at - 1):
            pass  # "Ode's younger sister"
        elif (last >= 0 and word not in ("s", "of", "and", "the", "for")) or at - begin > 6:
            break
        at += 1
    if last < begin and ground.role(begin):
        last = begin  # "some"
    if last < begin or words[begin] in _CLAUSE_WORDS:
        return None
    return begin, _apposition(ground, begin, last, ceiling)


def _opens_adverbial(ground: Ground, at: int) -> bool:
    """Whether a sentence begins with something else than its subject: "In a note", "Citing ice", "Lately", but not "Emily Ode"."""
    word, after = ground.passage.words[at], at + 1
    if word in PREPOSITIONS or word in _ADVERBIAL_OPENERS or word.endswith("ing"):
        return True
    named = after < len(ground.passage.words) and ground.is_capital(after) and ground.joined(after)
    return word.endswith("ly") and not named


def _after_dateline(ground: Ground, first: int, ceiling: int) -> int:
    """The first word after "OLDPORT, Mich. -"; `first` itself if there is no dash."""
    for at in range(first + 1, ceiling):
        if ground.passage.words[at] and (DASH in ground.gap(at) or " - " in ground.gap(at)):
            return at
    return first


def _after_comma(ground: Ground, at: int, ceiling: int) -> int:
    """The word after the next comma; `ceiling` if there is none."""
    words = ground.passage.words
    at += 1
    while at < ceiling:
        if not words[at]:
            after = ground.next(at)
            if "," in ground.gap(after):
                return after
            at = after
        at += 1
    return ceiling


def _relative_end(ground: Ground, who: int, ceiling: int) -> int:
    at = who + 1
    while at < ceiling and (not ground.passage.words[at] or ground.joined(at)):
        at += 1
    return at


def _apposition(ground: Ground, first: int, last: int, ceiling: int) -> int:
    """The last word of ", 42, a senior adviser to the company," after a name; `last` itself if there is none."""
    alone = first == last
    words = ground.passage.words
    if not ground.is_capital(last):
        return _with_name(ground, first, last, ceiling)
    after = ground.next(last)
    if after < ceiling and ground.gap(after) == " (":  # a party and its state, an age
        closes = after
        while closes < min(ceiling, after + _APPOSITION_READ) and ")" not in ground.gap(closes):
            closes = ground.next(closes)
        if closes < ceiling and ")," in ground.gap(closes):
            last, after, alone = ground.previous(closes), closes, False
    while after < ceiling and (gap := ground.gap(after)).lstrip(").").startswith(",") and gap[-1] not in "\"'":
        opens = words[after]
        if alone and opens in ("who", "whose"):
            break  # a name alone is known: what follows it is an aside
        if opens not in _APPOSED and not opens.isdecimal() and not _describes(ground, after, ceiling):
            break
        if is_percentage(ground, after):
            break  # "according to the poll, 24% of voters"
        at = end = after
        while at < ceiling:
            if words[at]:
                if at > after and not ground.joined(at):
                    break
                if (words[at] in AUXILIARIES or _tells(ground, at, opens)) and "who" not in words[after:at]:
                    return last
                end = at
            at += 1
        last = end
        if not opens.isdecimal():
            break
        after = ground.next(last)
    return last


def _with_name(ground: Ground, first: int, last: int, ceiling: int) -> int:
    """The last word of a full name between commas after what its bearer is: "the fund's director, Ada Ode"; else `last` itself."""
    begins = ground.next(last)
    if begins >= ceiling or ground.gap(begins) != ", " or not ground.is_capital(begins):
        return last
    if ground.role(head_of(ground, first, last)) not in BEARERS:
        return last
    at = begins
    while (after := ground.next(at)) < ceiling and ground.joined(after) and ground.is_capital(after):
        at = after
    closed = after >= ceiling or (not ground.joined(after) and ground.gap(after)[:1] in ",.;:\"'!?")
    return at if at > begins and closed and ground.role(at) in (None, "person") else last


def _tells(ground: Ground, at: int, opens: str) -> bool:
    """Whether a verb ends what a known noun opens, so that it is a clause: "by Ode, sources said, are"."""
    if opens in _APPOSED or at not in ground.cue_words or ground.role(at) or not ground.role(at - 1):
        return False
    after = ground.next(at)
    return after >= len(ground.passage.words) or not ground.joined(after)


def _describes(ground: Ground, at: int, ceiling: int) -> bool:
    """Whether a known noun stands in the first words at `at`: "national press secretary", "the company's director"."""
    for word in range(at, min(at + _APPOSITION_READ, ceiling)):
        if word > at and ground.passage.words[word] and not ground.joined(word):
            return False
        if ground.role(word):
            return word - at < 2 or ground.is_capital(at) or not ground.passage.words[at].endswith("ing")
    return False


def _is_verb(ground: Ground, at: int) -> bool:
    """Whether a clause begins with its verb, as one that shares its subject does: "…, denounced her record and said"."""
    word, after = ground.passage.words[at], ground.next(at)
    if ground.is_capital(at) or ground.role(at) or word in DETERMINERS or not word.endswith(("ed", "s")) or not ground.joined(after):
        return False
    follows = ground.passage.words[after]
    return follows in DETERMINERS or follows in PREPOSITIONS or follows in ("him", "them") or ground.is_capital(after)


def head_of(ground: Ground, first: int, last: int) -> int:
    """The head word of a noun phrase: the last word before its first postmodifier, looking through "one of the …".

    "four sources with knowledge of the findings" → sources; "one of the officials" → officials.
    """
    if first == last:
        return last
    words = ground.passage.words
    at = first
    if words[at] in PREPOSITIONS and _estimates(ground, at):
        at += 2 if words[at] == "at" else 1
    head = -1
    while at <= last:
        word = words[at]
        if word:
            postmodifies = word in POSTMODIFIERS and not is_hyphened(ground, at)
            if head >= 0 and (postmodifies or (not ground.joined(at) and ground.gap(at) != _EITHER)):
                if word == "of" and (words[head] in PARTITIVES or words[head].isdecimal()) and at < last:
                    at += 1
                    head = -1
                    continue
                return head
            participle = word.endswith(_PARTICIPLE_ENDINGS) or word in _IRREGULAR or word == "just"
            if head >= 0 and participle and ground.role(head) and not ground.role(at) and not ground.is_capital(at):
                return head  # "users suffering from …", "a study published in …"
            if is_possessive(ground, at):  # a possessor is no head, unless it stands alone
                head = -1 if at < last else head
                at += 1
                continue
            if word not in DETERMINERS or words[at] in PARTITIVES or at == last:
                head = at
        at += 1
    return head if head >= 0 else last


def core_end(ground: Ground, head: int, last: int) -> int:
    """The last word before an apposition or parenthesis: "Ode, a senior adviser" → Ode; names without one are whole."""
    words = ground.passage.words
    at = head + 1
    while at <= last:
        if words[at] and (not ground.joined(at) and ground.gap(at) != _EITHER):
            return ground.previous(at)
        at += 1
    return last


def is_hyphened(ground: Ground, word: int) -> bool:
    """Whether a word goes on a compound: "right-of-way agent", "warm-and-fuzzy Ode"."""
    start = ground.passage.starts[word]
    return ground.passage.plain[start - 1 : start] == "-"


def is_possessive(ground: Ground, word: int) -> bool:
    """Whether a word is the "s" of a possessor, or of a contracted "is" or "has"."""
    return ground.passage.words[word] == "s" and ground.gap(word) == "'"


def is_genitive(ground: Ground, at: int) -> bool:
    """Whether the word before `at` is a possessor whose "-s" takes no other: "the guards' claim"."""
    return ground.gap(at) == "' " and ground.joined(at)


def _opens_share(ground: Ground, word: int) -> bool:
    """Whether a word is a number of percent, in words or with the sign."""
    words = ground.passage.words
    return is_percentage(ground, word) or (words[word].isdecimal() and words[word + 1 : word + 2] == ["percent"])


def is_percentage(ground: Ground, word: int) -> bool:
    """Whether a word is a number with a percent sign after it."""
    passage = ground.passage
    return passage.words[word].isdecimal() and passage.plain.startswith("%", passage.end_of(word))


def end(ground: Ground, last: int) -> int:
    """Where a phrase ends with word `last`, its percent sign included."""
    return ground.passage.end_of(last) + is_percentage(ground, last)


def span(ground: Ground, first: int, last: int) -> tuple[int, int]:
    """Characters of words `first` to `last`."""
    return ground.passage.starts[first], end(ground, last)
