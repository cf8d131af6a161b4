"""Promotion features: passages that sell, solicit or disclaim. An axis of its own, not proof of low credibility."""

from collections.abc import Callable

from credscore.features.feature import Direction, Feature, Measured, measured
from credscore.features.tally import FEWEST_SENTENCES, Tally

DOWN, OPEN = Direction.DOWN, Direction.OPEN


def _passages(*kinds: str) -> Callable[[Tally], Measured]:
    """Passages of some kinds per 100 sentences: a count, since their length is often that of a name."""
    wanted = frozenset(kinds)

    def measure(tally: Tally) -> Measured:
        found = [item for item in tally.boilerplate if item.kind in wanted]
        sentences = len(tally.ground.passage.sentences)
        return measured(100.0 * len(found) / max(sentences, FEWEST_SENTENCES) if found else 0.0, found)

    return measure


FEATURES: tuple[Feature, ...] = (
    Feature(
        name="solicitation",
        family="promotion",
        direction=DOWN,
        unit="per 100 sentences",
        why="Newsletter, share, follow, donate and membership lines inside the text ask something of the reader.",
        source="Zhang et al. 2018, social calls and spammy elements; W3C Credible Web draft 2019, call to action",
        measure=_passages("newsletter", "social", "donation", "membership"),
        some="{n} passage(s) asking to subscribe, share, follow, join or give",
        none="no passage asks to subscribe, share or give",
        fires="The bridge fell.\nSubscribe to our newsletter and follow us on Facebook.",
        silent="The bridge fell.\nThe town is quiet.",
    ),
    Feature(
        name="advertising",
        family="promotion",
        direction=DOWN,
        unit="per 100 sentences",
        why="Advertising and sponsored passages serve a customer, not the reader.",
        source="Zhang et al. 2018, advertisements; ICC Code: advertising must be labelled",
        measure=_passages("advert", "sponsored"),
        some="{n} advertising or sponsored passage(s)",
        none="no advertising or sponsored passage",
        fires="The bridge fell.\nThis article is sponsored content.\nAdvertisement",
        silent="The bridge fell.\nThe town is quiet.",
    ),
    Feature(
        name="press_release",
        family="promotion",
        direction=OPEN,
        unit="per 100 sentences",
        why="Press-release furniture shows that the text speaks for those it is about. Labelled honestly, that is no fault.",
        source="credscore: genre is noticed, not punished",
        measure=_passages("press_release"),
        some="{n} passage(s) of press-release furniture",
        none="no press-release furniture",
        fires="FOR IMMEDIATE RELEASE\nThe bridge fell.",
        silent="The bridge fell.\nThe town is quiet.",
    ),
    Feature(
        name="disclaimers",
        family="promotion",
        direction=DOWN,
        unit="per 100 sentences",
        why="A text that disclaims responsibility for what it says, or lives on others' copyright, tells how far it stands by itself.",
        source="Zhang et al. 2018; the Trust Project, Best practices",
        measure=_passages("disclaimer", "copyright", "syndication"),
        some="{n} disclaimer, copyright or republication passage(s)",
        none="no disclaimer, copyright or republication passage",
        fires="The bridge fell.\nDisclaimer: The views expressed in this article are those of the author.\nAll rights reserved.",
        silent="The bridge fell.\nThe town is quiet.",
    ),
)
