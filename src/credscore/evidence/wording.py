"""Hedges, boosters, weasels, loaded terms and style words: entries of the lexicons in their context.

The scan has found the entries; what is left to decide is whether the words are the writer's own. Terms of art after
Hyland (2005) for hedges and boosters, Vincze (2013) for weasels, Recasens et al. (2013) for loaded terms.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from operator import itemgetter
from typing import Final

from credscore.evidence.evidence import Attribution, Evidence, Span
from credscore.evidence.ground import Ground, covered
from credscore.evidence.sourcing.names import Names
from credscore.evidence.sourcing.relation import ATTITUDES
from credscore.lexicon.scan import Match
from credscore.native import record

LAYERS: Final = ("hedge", "booster", "weasel", "loaded", "style", "register", "diligence")
_SCARE_NOTE: Final = "quotation marks that distance the writer from a word rather than quote a speaker"
_NAMING_WORDS: Final = frozenset(
    "called named dubbed titled entitled known nicknamed labelled labeled term terms word words phrase slogan hashtag headline song film "
    "book movie album novel operation codenamed screen username nickname alias search reading read reads saying said sign marked described "
    "describing describe describes calling calls call as wrote write writes says say stated states added adds told".split()
)
_POINTING: Final = frozenset("the this these those that his her its our your their such some more".split())
_LONGEST_SCARE: Final = 3
_LONGEST_MARKED: Final = 40
_NEAR: Final = 5
"""Marks after a pointing word ("their “reforms”") belong to a speaker only if a verb of saying stands within so many running words."""

_FAR: Final = 12
"""The same for other marks, if no more stand in the sentence: where there are several, somebody may be quoted piece by piece."""
_DILIGENCE: Final = frozenset(("reply_sought", "verification", "correction"))
_PEOPLE: Final = frozenset(("named_person", "unnamed"))
_UNGRADED: Final = frozenset(("register", "diligence"))
_start = itemgetter(0)


def find(ground: Ground, names: Names, sources: Sequence[Evidence] = ()) -> list[Evidence]:
    """Wording evidence of a passage, by layer and then in reading order.

    What `names` tell to be somebody's name is no finding ("Ada Brat", then "Brat said"). `sources` is the passage's sourcing evidence:
    wording in what they are reported to have said in other words is `attributed`.
    """
    starts, text, field = ground.passage.starts, ground.passage.text, ground.field
    words, cased, plain = ground.passage.words, ground.passage.cased, ground.passage.plain
    spans = ground.quotations.spans
    reported = _reported(sources, plain)
    quoted_at, reported_at = covered(spans, len(text)), covered(reported, len(text))
    loaded_at = covered((), len(text))
    found: list[Evidence] = []
    for layer, matches in _by_layer(ground, _verbs_of_people(ground, names, sources)):
        ungraded, approximates = layer in _UNGRADED, layer == "hedge"
        for first, last, term in matches:
            start, end = starts[first], starts[last] - 1
            if last == first + 1 and ground.is_capital(first) and names.is_introduced(cased[first]):
                continue
            if approximates and words[last - 1].isdecimal():
                end = _number_end(plain, end)
            in_quote = quoted_at[start] == 1 and ground.in_quote(start, end)
            if layer == "register" and (in_quote or loaded_at[start]):
                continue  # common words are no finding where others speak, and a loaded term is one finding
            attributed = reported_at[start] == 1 and not in_quote and _inside(start, end, reported)
            strength = 1 if ungraded else term.strength
            item = (layer, term.kind, field, start, end, text[start:end], in_quote, strength, term.note, term.id, None, attributed)
            found.append(record(Evidence, item))
        if layer == "loaded" and matches:
            loaded_at = covered([(starts[first], starts[last] - 1) for first, last, _ in matches], len(text))
    if spans:
        found += _scare_quotes(ground, reported)
    return found


def _number_end(plain: str, end: int) -> int:
    """Where a number ends of whose digits the first ones end at `end`: "about 1" of "about 1,800.5"."""
    while plain[end : end + 1] in (",", ".") and plain[end + 1 : end + 2].isdecimal():
        end += 2
        while plain[end : end + 1].isdecimal():
            end += 1
    return end


def _by_layer(ground: Ground, said: Container[int]) -> Iterator[tuple[str, list[Match]]]:
    """The matches of each layer, in the order of the evidence; a verb that ends where people have `said` something is no hedge.

    "The aide suggested that" is an attribution, and makes nothing less certain.
    """
    starts, hedges = ground.passage.starts, ground.own("hedge")
    yield "hedge", [match for match in hedges if match.term.kind == "approximator" or starts[match.first + 1] - 1 not in said]
    for layer in ("booster", "weasel", "loaded", "style"):
        yield layer, ground.own(layer)
    if ground.field == "text":  # a headline has a register of its own
        yield "register", ground.own("register")
    yield "diligence", [match for match in ground.own("sourcing_phrase") if match.term.kind in _DILIGENCE]


def _is_turn(told: Attribution, plain: str) -> bool:
    return told.cue is not None and plain[told.cue.start] == ":" and told.mode != "direct"


def _reported(sources: Sequence[Evidence], plain: str) -> list[Span]:
    """The contents of reported speech, in order and joined where they overlap.

    Not the turns of a transcript: nobody reports there, and what is said is the text.
    """
    contents = sorted(
        told.content
        for item in sources
        if (told := item.attribution) is not None and told.act == "speech" and told.content is not None and not _is_turn(told, plain)
    )
    joined: list[Span] = []
    for start, end in contents:
        if joined and start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined


def _verbs_of_people(ground: Ground, names: Names, sources: Sequence[Evidence]) -> frozenset[int]:
    """Where the verbs end with which people, and not things, say something."""
    passage = ground.passage
    ends = []
    for item in sources:
        said = item.attribution
        if item.kind not in _PEOPLE or said is None or said.act != "speech" or said.cue is None:
            continue
        if item.kind == "unnamed" or said.anaphor or names.is_introduced(passage.cased[passage.word_at(item.end) - 1]):
            ends.append(said.cue.end)
    return frozenset(ends)


def _inside(start: int, end: int, spans: list[Span]) -> bool:
    """Whether one of the spans (in order, without overlaps) holds characters `start` to `end`."""
    at = bisect_right(spans, start, key=_start) - 1
    return at >= 0 and end <= spans[at].end


def _scare_quotes(ground: Ground, reported: list[Span]) -> list[Evidence]:
    """One to three lower-case words in quotation marks that nobody in the sentence is said to have said.

    After "so-called" the marks are a sneer whatever else the sentence says; after a pointing word ("their “reforms”"), and alone in
    a sentence outside what is `reported` of somebody, if no verb of saying stands near.
    """
    passage = ground.passage
    spoken = [match.first for match in ground.matches.get("cue", ()) if match.term.kind not in ATTITUDES]  # thoughts are seldom quoted
    found = []
    spans = ground.quotations.spans
    for number, (start, end) in enumerate(spans):
        if end - start > _LONGEST_MARKED or ground.is_skipped(start):
            continue
        first, last = passage.word_at(start), passage.word_at(end)
        inner = [at for at in range(first, last) if passage.words[at]]
        if not 1 <= len(inner) <= _LONGEST_SCARE or any(not passage.cased[at].islower() for at in inner):
            continue
        if passage.plain[end - 2] in ".,!?" or passage.plain[start - 1 : start] in ("\n", ""):
            continue
        if ground.preceding(first, 2) != ["so", "called"]:
            if not _NAMING_WORDS.isdisjoint(ground.preceding(first, 4)):
                continue
            sentence = passage.sentences[passage.sentence_at(start)]
            reach = len(passage.words)
            if ground.before(first) in _POINTING and len(inner) <= 2:
                reach = _NEAR
            elif not _has_neighbour(spans, number, *sentence) and not _inside(start, end, reported):
                reach = _FAR
            if _is_spoken(ground, spoken, (first, last), sentence, reach):
                continue
        found.append(Evidence("loaded", "scare_quotes", ground.field, start, end, ground.text(start, end), False, 1, _SCARE_NOTE))
    return found


def _is_spoken(ground: Ground, spoken: list[int], marked: tuple[int, int], sentence: tuple[int, int], reach: int) -> bool:
    """Whether a verb of saying stands in the sentence within `reach` running words of the marked ones: no name makes it longer."""
    running, starts = ground.passage.running, ground.passage.starts
    begin, end = starts[marked[0]], starts[marked[1] - 1]
    at = bisect_left(spoken, marked[0])
    before = starts[spoken[at - 1]] if at > 0 else -1
    after = starts[spoken[at]] if at < len(spoken) else sentence[1]
    return (before >= sentence[0] and running(before, begin) <= reach) or (after < sentence[1] and running(end, after) <= reach)


def _has_neighbour(spans: list[tuple[int, int]], number: int, start: int, end: int) -> bool:
    """Whether another quotation stands in the sentence from `start` to `end`."""
    return (number > 0 and spans[number - 1][1] > start) or (number + 1 < len(spans) and spans[number + 1][0] < end)
