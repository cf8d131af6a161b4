"""Who says what, and are they named: attribution relations and the kind of each source.

Terms after Pareti (2015) and Newell et al. (2018): source, cue, content; direct, indirect and mixed.
"""

from functools import partial
from operator import attrgetter
from typing import Final

from credscore.evidence.evidence import Attribution, Evidence, Span
from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import contents, layout, phrases, relations
from credscore.evidence.sourcing.kinds import (
    AUTHOR,
    DOCUMENT,
    NAMED_PERSON,
    ORGANIZATION,
    OUTLET,
    UNNAMED,
    VAGUE,
    classify,
    named_after,
)
from credscore.evidence.sourcing.names import Names
from credscore.evidence.sourcing.persons import Persons
from credscore.evidence.sourcing.relation import Relation
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.evidence.sourcing.speakers import Speakers
from credscore.evidence.sourcing.told import NOTHING, Explanations, Told
from credscore.lexicon.scan import Match
from credscore.native import bisect_left, record

_KEEP_THEIR_KIND: Final = frozenset({ORGANIZATION, OUTLET, DOCUMENT})
_NOTES: Final = {
    NAMED_PERSON: "a source given by name",
    ORGANIZATION: "an institution, or its spokesperson speaking for it",
    OUTLET: "another news organisation is the source",
    DOCUMENT: "a document is the source",
    UNNAMED: "a particular person whose name is withheld",
    VAGUE: "nobody in particular: a reader could not ask them",
    AUTHOR: "the writer speaks",
}
_WITHHELD: Final = "particular people whose names are withheld"
_ONE: Final = frozenset("one another each a an".split())
_LONGEST_SENTENCE: Final = 300
_REACH: Final = 100
"""Words on either side of a cue that are read in a text without sentences; this keeps the cost linear."""

_DIRECT_SHARE: Final = 0.85
"""Share of a content's running words inside quotation marks from which the quotation is direct, not mixed."""


def find(ground: Ground, names: Names) -> list[Evidence]:
    """Sourcing evidence of a passage, in reading order of the cues; `names` are its own."""
    passage = ground.passage
    cues = sorted(ground.own("cue") + ground.own("cue:noun"), key=attrgetter("first"))
    signed = layout.find(ground)
    if not cues and not signed:
        return []
    starts = passage.starts
    if ground.quotations.spans:  # what a quoted speaker says of others is the speaker's affair
        cues = [match for match in cues if not ground.in_quote(starts[match.first], starts[match.first] + 1)]
    reader = _Reader(ground, names)
    sentences = passage.sentences
    words = len(passage.words)
    at = 0
    while at < len(cues):
        number = passage.sentence_at(starts[cues[at].first])
        start, end = sentences[number]
        first = bisect_left(starts, start, 0, words)
        last = bisect_left(starts, end, first, words)
        until = at + 1
        if last - first > _LONGEST_SENTENCE:  # no sentence but a run of text: each cue is read by itself, with what stands near
            first, last = max(first, cues[at].first - _REACH), min(last, cues[at].last + _REACH)
            start, end = starts[first], min(end, passage.end_of(last - 1))
        else:
            while until < len(cues) and cues[until].first < last:
                until += 1
        reader.read(SentenceView(first, last, starts[first], end, number), cues[at:until])
        at = until
    if signed:
        for relation in signed:
            first, last = relation.source
            reader.add(SentenceView(first, last + 1, starts[first], passage.end_of(last), len(sentences)), relation, False)
        reader.found.sort(key=_place)
    return reader.found


def _place(item: Evidence) -> int:
    return item.attribution.cue.start if item.attribution and item.attribution.cue else item.start


def _carrier(found: list[Relation]) -> Relation | None:
    """The relation of a sentence with which a quotation goes on after it: `"…," she said when they met him. "…"`."""
    for relation in reversed(found):
        if relation.content is not None and relation.content[0] < relation.cue[0]:
            return relation
    return found[-1] if found else None


class _Reader:
    """Reads the sentences of one passage in order, remembering who has spoken."""

    def __init__(self, ground: Ground, names: Names) -> None:
        self.found: list[Evidence] = []
        self._ground = ground
        self._names = names
        self._speakers = Speakers()
        self._persons = Persons(ground, self._names)
        self._explanations = Explanations(ground)
        self._explained: dict[str, Told] = {}

    def read(self, view: SentenceView, cues: list[Match]) -> None:
        found = relations.find(self._ground, view, cues)
        carrier = _carrier(found)
        for relation in found:
            self.add(view, relation, relation is carrier)

    def _continued(self, content: Span | None, reach: int, number: int) -> Span | None:
        """Content with the quotation that goes on right after its sentence, without a cue of its own: `"…," she said. "…"`."""
        passage = self._ground.passage
        sentences = passage.sentences
        further: tuple[int, int] | None = None
        while number + 1 < len(sentences):
            start = sentences[number + 1][0]
            if passage.plain[start] not in "\"'":
                break
            span = self._ground.quotations.around(start, start + 1)
            if span is None or span[0] != start:
                break
            if "\n" in passage.plain[reach:start] and passage.plain[span[1] : span[1] + 1] not in ("", "\n"):
                break  # a new paragraph goes on with the quotation only if it holds nothing else
            number = passage.sentence_at(span[1] - 1)
            if sentences[number][1] > span[1] + 1:
                break  # something follows in its last sentence: a cue of its own
            further = (span if further is None else further)[0], span[1]
            reach = span[1]
        if further is None:
            return content
        return Span(*(contents.one_span(self._ground, content, further) if content else further))

    def add(self, view: SentenceView, relation: Relation, closes: bool) -> None:
        """Add a relation if its source can be told; `closes` says that a quotation may go on after its sentence."""
        ground = self._ground
        first, last = relation.source
        act = relation.act
        passage = ground.passage
        starts, words = passage.starts, passage.words
        named = self._before_who(view, first) if words[first] in ("who", "that", "which") and first == last else relation.source
        if named is None:
            return
        head = phrases.head_of(ground, named[0], named[1])
        quoted = relation.content is not None and passage.plain[relation.content[0]] in "\"'"
        source = classify(ground, self._names, named[0], named[1], head, act == "speech", quoted)
        kind, who = relation.kind or source.kind or ("" if source.anaphor else relation.otherwise), source.who
        if not kind and not source.anaphor:
            return
        if words[first] == "which" and kind not in _KEEP_THEIR_KIND:
            kind = ORGANIZATION  # nobody is a "which"
        has_name = source.kind == NAMED_PERSON and not source.anaphor and named_after(ground, head, named[1])
        close = named[1] if has_name else phrases.core_end(ground, head, named[1])
        start, end = starts[named[0]], phrases.end(ground, close)
        antecedent = None if named == relation.source else Span(start, end)
        if source.anaphor:
            speaker = self._speakers.resolve(source, partial(self._persons.before, start))
            if speaker is not None:
                who, antecedent = speaker.who, speaker.span
                if kind not in _KEEP_THEIR_KIND or (kind == OUTLET and speaker.kind == DOCUMENT):  # "the paper" that was told of
                    kind = speaker.kind
            elif not kind:
                kind = relation.otherwise
            elif source.head in ("they", "it"):
                kind = VAGUE if source.head == "they" else ORGANIZATION
        elif kind != AUTHOR:
            source = source if kind == source.kind else source._replace(kind=kind)
            self._speakers.remember(source, Span(start, end), words[named[0] : named[1] + 1])
        if not kind:
            return
        note = _NOTES[kind]
        told = NOTHING
        if kind in (UNNAMED, VAGUE):
            several = (source.plural or source.head == "people") and words[named[0]] not in _ONE
            told = self._explanations.of(view, named[0], head, named[1], several=several, opinion=relation.judges)
            if source.anaphor and who in self._explained:
                told = told.after(self._explained[who])
            elif told.explained and who:
                self._explained[who] = told
            if told.explained:
                kind = UNNAMED  # people of whom it is told how they know are particular people
            note = told.note(_WITHHELD if several else _NOTES[UNNAMED]) if kind == UNNAMED else _NOTES[VAGUE]
        content = record(Span, relation.content) if relation.content else None
        mode = self._mode(content)
        if closes and act == "speech" and (content is None or mode != "indirect" or content.start < relation.cue[0]):
            whole = self._continued(content, view.end, view.number)
            if whole is not content:
                content, mode = whole, self._mode(whole)
        if named != relation.source and ground.previous(first) == named[1]:
            end = phrases.end(ground, last)  # "Ode, who": the source is the pronoun, whose name stands right before it
        told_of = (relation.relay and record(Span, relation.relay), told.basis, told.reason, told.condition, told.aspects, who)
        spans = (record(Span, (starts[first], phrases.end(ground, last))), record(Span, relation.cue), content)
        attribution = record(Attribution, (*spans, mode, act, source.anaphor, antecedent, *told_of))
        item = ("sourcing", kind, ground.field, start, end, passage.text[start:end], False, 1, note, "", attribution, False)
        self.found.append(record(Evidence, item))

    def _before_who(self, view: SentenceView, who: int) -> tuple[int, int] | None:
        """The noun phrase that a relative "who" or "which" belongs to."""
        ground = self._ground
        before = ground.previous(who)
        phrase = phrases.antecedent(ground, before, view.first) if before >= view.first else None
        words = ground.passage.words
        if phrase is not None and words[who] == "which":  # no person: "members of the government, which"
            return phrases.last_part(ground, *phrase)
        if phrase is None or words[phrase[0]] not in phrases.ARTICLES:
            return phrase
        before = ground.previous(phrase[0])  # "Ode, a senior adviser who has seen it"
        if before < view.first or not ground.gap(phrase[0]).startswith(",") or not ground.is_capital(before):
            return phrase
        name = phrases.left(ground, before, view.first)
        if name is None or not ground.is_capital(name[1]):
            return phrase
        governed = name[0] > view.first and ground.passage.words[name[0] - 1] in phrases.PREPOSITIONS
        return phrase if governed else name

    def _mode(self, content: tuple[int, int] | None) -> str:
        quotations, passage = self._ground.quotations, self._ground.passage
        if content is None or not quotations.spans:
            return "indirect"
        start, end = content
        if quotations.around(start, end) is not None:
            return "direct"
        quoted = quotations.within(start, end)
        if not quoted:
            return "indirect"
        inside = sum([passage.running(begin, min(stop, end)) for begin, stop in quoted])
        return "direct" if inside >= _DIRECT_SHARE * passage.running(start, end) else "mixed"
