"""Evidence sorted for measuring: what is the writer's own, what is quoted, and how many words carry it.

Rates are per 1,000 *running words* or per 100 sentences. Running words are words without a capital: no name, however
long, enters a denominator, so that swapping one country, party or outlet for another moves no rate.
"""

from collections.abc import Sequence
from typing import Final

from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground

FEWEST_WORDS, FEWEST_SENTENCES = 40, 4
"""Denominators never fall below these, so that one finding in a very short text is no flood."""


Finding = tuple[str, str]
"""A layer and a kind of it."""

_THE_SOURCES: Final = frozenset(("hedge", "booster", "weasel", "register"))
"""Layers whose words are the source's even where a report gives them without quotation marks: "said it was in fact so"."""


class Tally:
    """Counts and evidence of one field, boilerplate left out.

    `own[layer, kind]` is evidence in the writer's own words; `speech` are attributions of speech outside quotations,
    `by_source[kind]` those of one kind of source.
    `own_words` are running words outside quotations, `running_words` those inside too, `all_running` those in boilerplate too.
    """

    __slots__ = (
        "all_running", "boilerplate", "by_source", "ground", "own", "own_words", "running_words", "sentences",
        "speech", "words",
    )  # fmt: skip

    def __init__(self, ground: Ground, evidence: Sequence[Evidence]) -> None:
        passage = ground.passage
        self.ground = ground
        own: dict[Finding, list[Evidence]] = {}
        by_source: dict[str, list[Evidence]] = {}
        self.own, self.by_source = own, by_source
        self.speech: list[Evidence] = []
        self.boilerplate: list[Evidence] = []
        for item in evidence:
            layer, kind, _, _, _, _, in_quote, _, _, _, attribution, attributed = item
            if layer == "boilerplate":
                self.boilerplate.append(item)
            elif not in_quote:
                if attribution is None:
                    if not (attributed and layer in _THE_SOURCES):
                        group = own.get((layer, kind))
                        if group is None:
                            own[layer, kind] = [item]
                        else:
                            group.append(item)
                elif attribution.act == "speech":
                    self.speech.append(item)
                    by_source.setdefault(kind, []).append(item)
        self.words = passage.written
        self.all_running = len(passage.runs)
        skipped = sum([passage.running(*span) for span in ground.skipped])
        self.running_words = self.all_running - skipped
        quoted = sum([passage.running(*span) for span in ground.quotations.spans if not ground.is_skipped(span[0])])
        self.own_words = self.running_words - quoted
        self.sentences = len(passage.sentences) - len(ground.skipped)

    def of(self, layer: str, kind: str) -> list[Evidence]:
        """Evidence of one layer and kind in the writer's own words."""
        return self.own.get((layer, kind), [])

    def found(self, wanted: tuple[Finding, ...]) -> list[Evidence]:
        """Evidence of some layers and kinds in the writer's own words."""
        own = self.own
        if len(wanted) == 1:
            return own.get(wanted[0], [])
        if own.keys().isdisjoint(wanted):  # most kinds are absent from most texts
            return []
        return [item for key in wanted for item in own.get(key, ())]

    def per_thousand(self, amount: float) -> float:
        """A count as a rate per 1,000 of the writer's own running words."""
        return 1000.0 * amount / max(self.own_words, FEWEST_WORDS)

    def per_hundred_sentences(self, amount: float) -> float:
        """A count as a rate per 100 sentences."""
        return 100.0 * amount / max(self.sentences, FEWEST_SENTENCES)
