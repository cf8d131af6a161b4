"""Who says what, and are they named: attribution relations and the kind of each source.

Terms after Pareti (2015) and Newell et al. (2018): source, cue, content; direct, indirect and mixed.
"""

from bisect import bisect_left, bisect_right
from operator import attrgetter

from credscore.evidence.evidence import Attribution, Evidence, Span
from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases, relations
from credscore.evidence.sourcing.kinds import (
    AUTHOR,
    DOCUMENT,
    NAMED_PERSON,
    ORGANIZATION,
    OUTLET,
    UNNAMED,
    VAGUE,
    Names,
    Source,
    classify,
)
from credscore.evidence.sourcing.speakers import Speaker, Speakers
from credscore.lexicon.scan import Match

_ATTITUDE = frozenset({"attitude", "to_infinitive"})
_KEEP_THEIR_KIND = frozenset({ORGANIZATION, OUTLET, DOCUMENT})
_NOTES = {
    NAMED_PERSON: "a source given by name",
    ORGANIZATION: "an institution, or its spokesperson speaking for it",
    OUTLET: "another news organisation is the source",
    DOCUMENT: "a document is the source",
    UNNAMED: "a particular person whose name is withheld",
    VAGUE: "nobody in particular: a reader could not ask them",
    AUTHOR: "the writer speaks",
}
_DIRECT_SHARE = 0.85
"""Share of a content's characters inside quotation marks from which the quotation counts as direct, not mixed."""


def find(ground: Ground) -> list[Evidence]:
    """Sourcing evidence of a passage, in reading order of the cues."""
    passage = ground.passage
    cues = sorted(ground.own("cue") + ground.own("cue:noun"), key=attrgetter("first"))
    if not cues:
        return []
    starts = passage.starts
    if ground.quotations.spans:  # what a quoted speaker says of others is the speaker's affair
        around = ground.quotations.around
        cues = [match for match in cues if around(starts[match.first], starts[match.first] + 1) is None]
    reader = _Reader(ground)
    firsts = [match.first for match in cues]
    at = 0
    for start, end in passage.sentences:
        first, last = passage.word_at(start), passage.word_at(end)
        until = bisect_left(firsts, last, at)
        if until > at:
            view = relations.SentenceView(first, last, starts[first] if first < len(starts) else start, end)
            reader.read(view, cues[at:until])
            at = until
        reader.continue_quotation(first, last, start, end)
    return reader.found


class _Reader:
    """Reads the sentences of one passage in order, remembering who has spoken."""

    def __init__(self, ground: Ground) -> None:
        self.found: list[Evidence] = []
        self._ground = ground
        self._names = Names(ground)
        self._speakers = Speakers()
        self._given = {kind: [] for kind in ("basis", "reason", "condition")}  # type: dict[str, list[Match]]
        for match in ground.matches.get("sourcing_phrase", ()):
            if match.term.kind in self._given:
                self._given[match.term.kind].append(match)

    def read(self, view: relations.SentenceView, cues: list[Match]) -> None:
        for relation in relations.find(self._ground, view, cues):
            self._add(view, relation)

    def continue_quotation(self, first: int, last: int, start: int, end: int) -> None:
        """A quotation right after a quoted statement, without a cue of its own, goes on with it: `"…," she said. "…"`."""
        if not self.found:
            return
        item = self.found[-1]
        attribution = item.attribution
        if attribution is None or attribution.content is None or attribution.cue is None or attribution.act != "speech":
            return
        quotations = self._ground.quotations
        reach = max(attribution.content.end, attribution.cue.end, attribution.source.end if attribution.source else 0)
        if start <= reach or attribution.mode == "indirect":
            return
        span = quotations.around(start, start + 1)
        if (
            span is None
            or span[0] != start
            or self._ground.passage.plain[reach:start].strip(" .,!?\"'")
            or "\n" in self._ground.passage.plain[reach:start]
        ):
            return
        if span[1] < end - 1:
            return
        content = Span(attribution.content.start, max(span[1], attribution.content.end))
        self.found[-1] = item._replace(attribution=attribution._replace(content=content))

    def _add(self, view: relations.SentenceView, relation: relations.Relation) -> None:
        ground = self._ground
        if relation.source is None:
            return
        first, last = relation.source
        act = "attitude" if relation.cue_match.term.kind in _ATTITUDE or relation.planned else "speech"
        named = self._before_who(view, first) if ground.passage.words[first] == "who" else (first, last)
        if named is None:
            return
        source = classify(ground, self._names, *named, act == "speech")
        if not source.kind and not source.anaphor:
            return
        expressed = Span(*phrases.span(ground, first, last))
        start, end = phrases.span(ground, named[0], phrases.core_end(ground, *named))
        antecedent = None if named == (first, last) else Span(start, end)
        if source.anaphor:
            speaker = self._speakers.resolve(source, self._named_before(start))
            if speaker is not None:
                kind = source.kind if source.kind in _KEEP_THEIR_KIND else speaker.kind
                source = source._replace(kind=kind, who=speaker.who, plural=speaker.plural)
                antecedent = speaker.span
            elif not source.kind:
                return
            elif source.head in ("they", "it"):
                source = source._replace(kind=VAGUE if source.head == "they" else ORGANIZATION)
        elif source.kind != AUTHOR:
            words = frozenset(ground.passage.words[named[0] : named[1] + 1])
            self._speakers.remember(source, Span(start, end), words)
        unnamed = source.kind == UNNAMED
        attribution = Attribution(
            source=expressed,
            cue=Span(*relation.cue),
            content=Span(*relation.content) if relation.content else None,
            mode=self._mode(relation.content),
            act=act,
            anaphor=source.anaphor,
            antecedent=antecedent,
            relay=Span(*relation.relay) if relation.relay else None,
            basis=self._told("basis", view) if unnamed else None,
            reason=self._told("reason", view) if unnamed else None,
            condition=self._told("condition", view) if unnamed else None,
            who=source.who,
        )
        text = ground.text(start, end)
        self.found.append(
            Evidence("sourcing", source.kind, ground.field, start, end, text, False, 1, _NOTES[source.kind], "", attribution)
        )

    def _before_who(self, view: relations.SentenceView, who: int) -> tuple[int, int] | None:
        """The noun phrase that a relative "who" belongs to."""
        before = self._ground.previous(who)
        return phrases.left(self._ground, before, view.first) if before >= view.first else None

    def _told(self, what: str, view: relations.SentenceView) -> str | None:
        """The longest words that tell an unnamed source's basis, reason or condition in this sentence."""
        passage = self._ground.passage
        told = [
            passage.text[passage.starts[match.first] : passage.end_of(match.last - 1)]
            for match in self._given[what]
            if view.first <= match.first < view.last
        ]
        return max(told, key=len, default=None)

    def _mode(self, content: tuple[int, int] | None) -> str:
        if content is None:
            return "indirect"
        start, end = content
        quotations = self._ground.quotations
        around = quotations.around(start, end)
        if around is not None:
            return "direct"
        quoted = sum(min(stop, end) - begin for begin, stop in quotations.within(start, end))
        if not quoted:
            return "indirect"
        return "direct" if quoted >= _DIRECT_SHARE * (end - start) else "mixed"

    def _named_before(self, offset: int) -> Speaker | None:
        """The last person named in full in the two sentences before `offset`."""
        ground = self._ground
        passage = ground.passage
        sentence = bisect_right(passage.sentences, (offset, len(passage.text))) - 1
        if sentence < 0:
            return None
        first = passage.word_at(passage.sentences[max(sentence - 1, 0)][0])
        at = passage.word_at(offset) - 1
        while at > first:
            word = passage.words[at]
            if word and ground.is_capital(at) and self._names.is_person(passage.cased[at]) and not self._names.is_place(passage.cased[at]):
                return Speaker(NAMED_PERSON, word, Span(*phrases.span(ground, at, at)), frozenset((word,)), False)
            at -= 1
        return None


__all__ = ["Source", "find"]
