"""Hedges, boosters, weasels, loaded terms and style words: entries of the lexicons in their context.

The scan has found the entries; what is left to decide is whether the words are the writer's own. Terms of art after
Hyland (2005) for hedges and boosters, Vincze (2013) for weasels, Recasens et al. (2013) for loaded terms.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from credscore.evidence.evidence import Evidence, Span
from credscore.evidence.ground import Ground

LAYERS = ("hedge", "booster", "weasel", "loaded", "style", "register", "diligence")
_SCARE_NOTE = "quotation marks that distance the writer from a word rather than quote a speaker"
_NAMING_WORDS = frozenset(
    "called named dubbed titled entitled known nicknamed labelled labeled term terms word words phrase slogan hashtag headline "
    "song film book movie album novel operation codenamed reading read reads saying said sign marked described describing "
    "describe describes calling calls call as wrote write writes says say stated states added adds told".split()
)
_LONGEST_SCARE = 3


def find(ground: Ground, sources: Iterable[Evidence] = ()) -> list[Evidence]:
    """Wording evidence of a passage, by layer and then in reading order.

    `sources` is its sourcing evidence: wording in what they are reported to have said in other words is `attributed`.
    """
    passage = ground.passage
    starts, text, field = passage.starts, passage.text, ground.field
    words = passage.words
    found: list[Evidence] = []
    around = ground.quotations.around
    quoted = bool(ground.quotations.spans)
    for layer in ("hedge", "booster", "weasel", "loaded", "style"):
        found += [
            Evidence(
                layer,
                term.kind,
                field,
                start,
                end,
                text[start:end],
                quoted and around(start, end) is not None,
                term.strength,
                term.note,
                term.id,
            )
            for first, last, term in ground.own(layer)
            for start, end in ((starts[first], starts[last - 1] + len(words[last - 1])),)
        ]
    if field == "text":  # a headline has a register of its own; and common words are no finding where others speak
        found += [
            Evidence("register", term.kind, field, start, end, text[start:end], False, 1, term.note, term.id)
            for first, last, term in ground.own("register")
            for start, end in ((starts[first], starts[last - 1] + len(words[last - 1])),)
            if not quoted or around(start, end) is None
        ]
    for first, last, term in ground.own("sourcing_phrase"):
        if term.kind in _DILIGENCE:
            start = starts[first]
            end = starts[last - 1] + len(words[last - 1])
            in_quote = quoted and around(start, end) is not None
            found.append(Evidence("diligence", term.kind, field, start, end, text[start:end], in_quote, 1, term.note, term.id))
    reported = _reported(sources)
    if reported:
        found = [item._replace(attributed=True) if not item.in_quote and _inside(item, reported) else item for item in found]
    if quoted:
        found += _scare_quotes(ground)
    return found


def _reported(sources: Iterable[Evidence]) -> list[Span]:
    """The contents of reported speech, in order and joined where they overlap."""
    contents = sorted(
        item.attribution.content
        for item in sources
        if item.attribution is not None and item.attribution.act == "speech" and item.attribution.content is not None
    )
    joined: list[Span] = []
    for start, end in contents:
        if joined and start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined


def _inside(item: Evidence, spans: list[Span]) -> bool:
    """Whether a finding stands in one of the spans (in order, without overlaps)."""
    at = bisect_right(spans, (item.start, item.end)) - 1
    return any(span.start <= item.start and item.end <= span.end for span in spans[max(at, 0) : at + 2])


_DILIGENCE = frozenset(("reply_sought", "verification", "correction"))


def _scare_quotes(ground: Ground) -> list[Evidence]:
    """One to three lower-case words in quotation marks that nobody in the sentence is said to have said.

    After "so-called" the marks are a sneer whatever else the sentence says.
    """
    passage = ground.passage
    cue_words = sorted(ground.cue_words)
    found = []
    for start, end in ground.quotations.spans:
        if end - start > 40 or ground.is_skipped(start):
            continue
        first, last = passage.word_at(start), passage.word_at(end)
        inner = [at for at in range(first, last) if passage.words[at]]
        if not 1 <= len(inner) <= _LONGEST_SCARE or any(not passage.cased[at].islower() for at in inner):
            continue
        if passage.plain[end - 2] in ".,!?" or passage.plain[start - 1 : start] in ("\n", ""):
            continue
        if passage.words[max(first - 2, 0) : first] != ["so", "called"]:
            if any(word in _NAMING_WORDS for word in passage.words[max(first - 4, 0) : first]):
                continue
            opens, closes = _sentence_words(ground, start)
            at = bisect_left(cue_words, opens)
            if at < len(cue_words) and cue_words[at] < closes:
                continue
        found.append(Evidence("loaded", "scare_quotes", ground.field, start, end, ground.text(start, end), False, 1, _SCARE_NOTE))
    return found


def _sentence_words(ground: Ground, offset: int) -> tuple[int, int]:
    passage = ground.passage
    at = max(bisect_right(passage.sentences, (offset, len(passage.text))) - 1, 0)
    start, end = passage.sentences[at]
    return passage.word_at(start), passage.word_at(end)
