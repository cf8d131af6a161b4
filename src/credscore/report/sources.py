"""The sources of a text, one row a voice: who it is, what is told of it, how often it is heard, and how much is in its own words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from credscore.evidence.evidence import Evidence
from credscore.evidence.quotations import Quotations
from credscore.evidence.quotations import find as find_quotations
from credscore.evidence.sourcing.told import ASPECTS
from credscore.report.shown import aspects_of, told_of
from credscore.text.passage import Passage


class Voice(NamedTuple):
    """A source in all its mentions.

    `told` are the words on how it knows or why it is unnamed, `aspects` what else is told of it. `statements` counts
    attributions of speech, `stances` those of beliefs, plans and hopes. `quoted` are words of it inside quotation
    marks, `reported` words in paraphrase.
    """

    who: str
    kind: str
    told: tuple[str, ...]
    aspects: tuple[str, ...]
    statements: int
    stances: int
    quoted: int
    reported: int
    evidence: tuple[Evidence, ...]


class Withheld(NamedTuple):
    """What a text tells of the people it does not name: the number of their statements, and each aspect that is told with
    the number of statements for which it is and the words that tell it.
    """

    statements: int
    told: tuple[tuple[str, int, tuple[str, ...]], ...]

    @property
    def opening(self) -> str:
        """How often such people are heard: "3 statements from unnamed people"; one statement may be of several."""
        return f"{self.statements} statement{'' if self.statements == 1 else 's'} from unnamed people"


def withheld(evidence: Iterable[Evidence]) -> Withheld:
    """Who is heard without a name, and what is told of them: how they know, why they are unnamed, on what terms."""
    heard = [item.attribution for item in evidence if item.kind == "unnamed" and item.attribution and item.attribution.act == "speech"]
    told = []
    for aspect in ("basis", "reason", "condition"):
        words = [given for given in (getattr(attribution, aspect) for attribution in heard) if given]
        if words:
            told.append((ASPECTS[aspect], len(words), tuple(dict.fromkeys(" ".join(given.split()) for given in words))))
    return Withheld(len(heard), tuple(told))


def voices(text: str, evidence: Sequence[Evidence]) -> list[Voice]:
    """The sources of a text, those heard most first. The writer is no source.

    Two mentions are one source where the reading tells so (`Attribution.who`), else where they are worded alike. Scores
    read back from JSON do not hold `who`; for them a pronoun counts with its antecedent.
    """
    heard: defaultdict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        if item.attribution is not None and item.kind != "author":
            heard[_who(item, text)].append(item)
    if not heard:
        return []
    passage = Passage(text)
    quotations = find_quotations(passage)
    made = [_voice(text, found, passage, quotations) for found in heard.values()]
    return sorted(made, key=lambda voice: (-voice.statements, -voice.stances, voice.evidence[0].start))


def _who(item: Evidence, text: str) -> str:
    attribution = item.attribution
    if attribution is None:
        return ""
    if attribution.who:
        return attribution.who
    span = attribution.antecedent
    return (text[span.start : span.end] if span else item.text).casefold()


def _voice(text: str, found: list[Evidence], passage: Passage, quotations: Quotations) -> Voice:
    relations = [item.attribution for item in found if item.attribution is not None]
    named = [item.text for item in found if item.attribution is not None and not item.attribution.anaphor]
    if not named:
        named = [text[relation.antecedent.start : relation.antecedent.end] for relation in relations if relation.antecedent]
    quoted = reported = 0
    for start, end in _merged([relation.content for relation in relations if relation.content and relation.act == "speech"]):
        inside = 0
        around = quotations.around(start, start + 1)
        for begin, stop in [*([around] if around and around[0] < start else []), *quotations.within(start, end)]:
            inside += _words(passage, max(begin, start), min(stop, end))
        quoted += inside
        reported += _words(passage, start, end) - inside
    speech = sum(relation.act == "speech" for relation in relations)
    return Voice(
        who=max(named, key=len, default=found[0].text),
        kind=found[0].kind,
        told=tuple(dict.fromkeys(words for item in found for words in told_of(item))),
        aspects=tuple(dict.fromkeys(words for item in found for words in aspects_of(item))),
        statements=speech,
        stances=len(relations) - speech,
        quoted=quoted,
        reported=reported,
        evidence=tuple(found),
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without their overlaps, so that no word counts twice."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _words(passage: Passage, start: int, end: int) -> int:
    return sum(1 for word in passage.words[passage.word_at(start) : passage.word_at(end)] if word)
