"""Style features: few, and only where each has a meaning a reader accepts."""

from credscore.evidence.evidence import Evidence
from credscore.features.feature import Direction, Feature, Measured, measured, per_sentences
from credscore.features.tally import Tally

UP, DOWN, OPEN = Direction.UP, Direction.DOWN, Direction.OPEN


def _sentence_length(tally: Tally) -> Measured:
    return measured(tally.running_words / max(tally.sentences, 1), [])


def _contractions(tally: Tally) -> Measured:
    found = tally.of("style", "contraction")
    return measured(tally.per_thousand(len(found)), found)


def _turns(tally: Tally) -> list[Evidence]:
    """Words of weighing that open a sentence: the capital tells."""
    return [item for item in tally.own.get(("register", "weighing"), ()) if item.text == "But"]


FEATURES: tuple[Feature, ...] = (
    Feature(
        name="sentence_length",
        family="style",
        direction=OPEN,
        unit="running words a sentence",
        why="News agencies write sentences of middling length. Names do not count, so whom a text is about changes nothing.",
        source="Horne & Adali 2017; credscore, exploration on nine corpora: readability measures do not transfer",
        measure=_sentence_length,
        some="{value:.0f} running words a sentence",
        none="no running words",
        fires="The old bridge over the wide grey river fell into the water early in the morning.",
        silent="The bridge fell.",
    ),
    Feature(
        name="contractions",
        family="style",
        direction=DOWN,
        unit="per 1,000 running words",
        why="'Don't' and 'it's' outside quotations are talk rather than report.",
        source="Biber 1988, involved production",
        measure=_contractions,
        some="{n} contraction(s) such as 'don't' outside quotations",
        none="no contraction such as 'don't' outside quotations",
        fires="The bridge won't hold and they're late.",
        silent="The bridge's old owner will not sell.",
    ),
    Feature(
        name="turns",
        family="style",
        direction=UP,
        unit="per 100 sentences",
        why="A sentence that opens with 'But' sets beside what was said whatever speaks against it.",
        source="Hyland 2005, transitions; credscore, up in 5 of 6 article corpora and on highly rated publishers",
        measure=per_sentences(_turns),
        some="{n} sentence(s) setting something against what was said before ('But …')",
        none="no sentence sets anything against what was said before ('But …')",
        fires="The bridge is safe. But the road is not.",
        silent="The bridge is safe but the road is not.",
    ),
)
