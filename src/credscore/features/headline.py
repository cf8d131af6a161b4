"""Headline features, measured on `title` alone; without a title they say nothing and move nothing. Title case is never looked at."""

from collections.abc import Callable
from typing import Final

from credscore.features.feature import Direction, Feature, Measured, measured
from credscore.features.tally import Tally

DOWN: Final = Direction.DOWN


def _count(*wanted: tuple[str, str]) -> Callable[[Tally], Measured]:
    """Findings in the headline: presence is what counts, and a second finding adds less (see the model's logarithm)."""

    def measure(tally: Tally) -> Measured:
        found = tally.found(wanted)
        return measured(float(len(found)), found)

    return measure


FEATURES: tuple[Feature, ...] = (
    Feature(
        name="headline_loaded",
        family="headline",
        direction=DOWN,
        unit="findings in the headline",
        why="A loaded headline frames everything below it.",
        source="Zhang et al. 2018, emotionally charged tone; credscore, exploration on nine corpora: the headline carries most",
        measure=_count(
            ("loaded", "contentious_label"),
            ("loaded", "name_calling"),
            ("loaded", "loaded_language"),
            ("style", "hype"),
            ("style", "doubt"),
        ),
        some="{n} loaded or hyping term(s) in the headline",
        none="no loaded or hyping term in the headline",
        fires="Disgraceful stunt by cronies shocks town",
        silent="Council votes on bridge",
    ),
    Feature(
        name="headline_shouting",
        family="headline",
        direction=DOWN,
        unit="findings in the headline",
        why="Exclamation marks and words in capitals sell a headline.",
        source="credscore, exploration on nine corpora: all-caps headline words down in 9 of 9 corpora; Zhang et al. 2018, clickbait title",
        measure=_count(("style", "exclamation"), ("style", "shouting")),
        some="{n} exclamation mark(s) or word(s) in capitals in the headline",
        none="no exclamation mark or capitals for emphasis in the headline",
        fires="Bridge is NOT safe!",
        silent="Bridge is not safe",
    ),
    Feature(
        name="headline_question",
        family="headline",
        direction=DOWN,
        unit="findings in the headline",
        why="A headline that asks has not found out.",
        source="Zhang et al. 2018, clickbait genres: rhetorical question",
        measure=_count(("style", "question")),
        some="{n} question(s) in the headline",
        none="no question in the headline",
        fires="Is the bridge safe?",
        silent="Bridge is safe",
    ),
    Feature(
        name="headline_address",
        family="headline",
        direction=DOWN,
        unit="findings in the headline",
        why="'You', 'we' and calls to act draw the reader in before there is anything to read.",
        source="Zhang et al. 2018, clickbait genres; Hyland 2005, engagement markers",
        measure=_count(("style", "second_person"), ("style", "first_person"), ("style", "exhortation")),
        some="{n} word(s) in the headline addressing the reader or speaking for the writer",
        none="the headline neither addresses the reader nor speaks for the writer",
        fires="What you must know about your bridge",
        silent="What the council knows about the bridge",
    ),
)
