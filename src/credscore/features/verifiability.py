"""Verifiability features: does the text give a reader something to check?"""

from credscore.features.feature import Density, Direction, Feature, Measured, measured, per_sentences
from credscore.features.tally import Tally

UP, OPEN = Direction.UP, Direction.OPEN


def _numbers(tally: Tally) -> Measured:
    found = tally.of("style", "number")
    return measured(tally.per_thousand(len(found)), found)


FEATURES: tuple[Feature, ...] = (
    Feature(
        name="numbers",
        family="verifiability",
        direction=UP,
        unit="per 1,000 running words",
        why="Figures can be checked; invented stories stay vague.",
        source="credscore, exploration on nine corpora: digits up in 9 of 9 corpora; Reuters Handbook of Journalism, Numbers",
        measure=_numbers,
        some="{n} figure(s) in the writer's own words",
        none="no figure in the writer's own words",
        fires="The bridge fell at 6.40 and 12 cars were lost.",
        silent="The bridge fell early and some cars were lost.",
    ),
    Feature(
        name="dated_events",
        family="verifiability",
        direction=UP,
        unit="per 1,000 running words",
        why="A weekday or date ties the report to an event that can be looked up.",
        source="credscore, exploration on nine corpora: weekday named up in 8 of 9 corpora; AP Stylebook, days of the week",
        measure=Density("style", "time_anchor"),
        some="{n} day(s) or date(s) given",
        none="no day or date is given",
        fires="The bridge fell on Tuesday.",
        silent="The bridge fell.",
    ),
    Feature(
        name="names_explained",
        family="verifiability",
        direction=UP,
        unit="per 1,000 running words",
        why="Saying right after a name who that is lets a reader judge what they can know, and look them up.",
        source="Reuters Handbook of Journalism: say who people are; Quirk et al. 1985, apposition",
        measure=Density("style", "explained_name"),
        some="{n} name(s) with who or what that is told right after it",
        none="no name is followed by who or what that is",
        fires="Ada Ruiz, a bridge engineer, said it was safe.",
        silent="Ada Ruiz said it was safe. In Vessen, the council met.",
    ),
    Feature(
        name="corrections",
        family="verifiability",
        direction=UP,
        unit="per 100 sentences",
        why="A correction note shows that somebody minds.",
        source="The Trust Project, Corrections; IFCN Code of Principles",
        measure=per_sentences(lambda tally: tally.own.get(("diligence", "correction"), ())),
        some="{n} correction or update note(s)",
        none="no correction or update note",
        fires="The bridge fell. An earlier version of this article misstated its age.",
        silent="The bridge fell. An earlier bridge stood here too.",
    ),
)
