"""Evidence sorted for measuring: what is the writer's own, what is quoted, and how many words carry it.

Rates are per 1,000 *running words* or per 100 sentences. Running words are words without a capital: no name, however
long, enters a denominator, so that swapping one country, party or outlet for another moves no rate.
"""

from collections.abc import Iterable, Sequence

from credscore.evidence.evidence import Evidence
from credscore.evidence.ground import Ground

FEWEST_WORDS, FEWEST_SENTENCES = 40, 4
"""Denominators never fall below these, so that one finding in a very short text is no flood."""

_NOTHING: list[Evidence] = []


class Tally:
    """Counts and evidence of one field, boilerplate left out.

    `own[layer, kind]` is evidence in the writer's own words; `speech` are attributions of speech outside quotations.
    `own_words` are running words outside quotations, `running_words` those inside too, `all_running` those in boilerplate too.
    """

    __slots__ = ("all_running", "boilerplate", "ground", "marks", "own", "own_words", "running_words", "sentences", "speech", "words")

    def __init__(self, ground: Ground, evidence: Sequence[Evidence]) -> None:
        passage = ground.passage
        self.ground = ground
        self.own: dict[tuple[str, str], list[Evidence]] = {}
        self.speech: list[Evidence] = []
        self.boilerplate: list[Evidence] = []
        for item in evidence:
            if item.layer == "boilerplate":
                self.boilerplate.append(item)
            elif not item.in_quote:
                attribution = item.attribution
                if attribution is None:
                    self.own.setdefault((item.layer, item.kind), []).append(item)
                elif attribution.act == "speech":
                    self.speech.append(item)
        self.words = len(passage.words) - passage.words.count("")
        islower = str.islower
        cased = passage.cased
        running = sum(map(islower, cased))
        skipped = sum(self.running(span) for span in ground.skipped)
        self.all_running = running
        self.running_words = running - skipped
        quoted = sum(self.running(span) for span in ground.quotations.spans if not ground.is_skipped(span[0]))
        self.own_words = self.running_words - quoted
        self.sentences = len(passage.sentences) - len(ground.skipped)

    def running(self, span: tuple[int, int]) -> int:
        """Running words in a span of characters."""
        passage = self.ground.passage
        return sum(map(str.islower, passage.cased[passage.word_at(span[0]) : passage.word_at(span[1])]))

    def found(self, layer: str, kinds: Iterable[str]) -> list[Evidence]:
        """Evidence of some kinds of a layer in the writer's own words."""
        own = self.own
        found = [item for kind in kinds for item in own.get((layer, kind), _NOTHING)]
        return found

    def per_thousand(self, amount: float) -> float:
        """A count as a rate per 1,000 of the writer's own running words."""
        return 1000.0 * amount / max(self.own_words, FEWEST_WORDS)

    def per_hundred_sentences(self, amount: float) -> float:
        """A count as a rate per 100 sentences."""
        return 100.0 * amount / max(self.sentences, FEWEST_SENTENCES)
