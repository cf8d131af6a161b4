"""Sourcing features: who is heard, whether they can be asked again, and what is said of those who cannot."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from credscore.evidence.evidence import Evidence
from credscore.features.feature import Direction, Feature, Measured, measured, per_sentences
from credscore.features.tally import Tally

UP, DOWN, OPEN = Direction.UP, Direction.DOWN, Direction.OPEN
_PER_SENTENCES: Final = "per 100 sentences"
_IDENTIFIED: Final = frozenset(("named_person", "organization", "outlet", "document"))
_ENOUGH_TO_COMPARE: Final = 3
"""Attributions below which no source can be said to dominate."""

_MANY: Final = 4
"""Named people from which a report has asked around; up in 9 of 9 corpora of the exploration, as were two and more."""

_SAID: Final = frozenset("said say says saying told tell tells".split())


def _of_kind(kind: str) -> Callable[[Tally], list[Evidence]]:
    return lambda tally: tally.by_source.get(kind, [])


def _explained(item: Evidence) -> bool:
    attribution = item.attribution
    return attribution is not None and bool(attribution.basis or attribution.reason or attribution.condition)


def _explained_share(tally: Tally) -> Measured:
    unnamed = tally.by_source.get("unnamed", ())
    found = [item for item in unnamed if _explained(item)]
    return measured(len(found) / len(unnamed) if unnamed else None, found)


def _who(item: Evidence) -> str:
    return item.attribution.who if item.attribution else ""


def _named(tally: Tally) -> list[Evidence]:
    """The first attribution to each person cited by name."""
    first: dict[str, Evidence] = {}
    for item in tally.by_source.get("named_person", ()):
        if who := _who(item):
            first.setdefault(who, item)
    return list(first.values())


def _distinct_named(tally: Tally) -> Measured:
    found = _named(tally)
    return measured(tally.per_hundred_sentences(len(found)), found)


def _many_named(tally: Tally) -> Measured:
    found = _named(tally)
    return measured(1.0, found) if len(found) >= _MANY else measured(0.0, [])


def _identified_share(tally: Tally) -> Measured:
    if not tally.speech:
        return measured(0.0, [])
    found = [item for item in tally.speech if item.kind in _IDENTIFIED]
    return measured(len(found) / (len(tally.speech) + 1), found)


def _single_source(tally: Tally) -> Measured:
    heard: defaultdict[str, list[Evidence]] = defaultdict(list)
    for item in tally.speech:
        heard[_who(item)].append(item)
    total = len(tally.speech) - len(heard.pop("", ()))
    if total < _ENOUGH_TO_COMPARE:
        return measured(None, [])
    most = max(heard.values(), key=len)
    return measured(len(most) / total, most)


def _attributed_share(tally: Tally) -> Measured:
    found = [item for item in tally.speech if item.attribution and item.attribution.content]
    covered, reach = 0, 0
    for start, end in sorted([item.attribution.content for item in found]):  # type: ignore[union-attr,type-var,misc]
        if end > reach:
            covered += tally.ground.passage.running(max(start, reach), end)
            reach = end
    return measured(min(1.0, covered / tally.running_words) if covered and tally.running_words > 0 else 0.0, found)


def _quoted_share(tally: Tally) -> Measured:
    quoted = tally.running_words - tally.own_words
    direct = [item for item in tally.speech if item.attribution and item.attribution.mode != "indirect"]
    return measured(quoted / tally.running_words if tally.running_words > 0 else 0.0, direct)


def _is_plain(item: Evidence, folded: str) -> bool:
    if item.attribution is None or item.attribution.cue is None:
        return False
    start, end = item.attribution.cue
    cue = folded[start:end]
    return cue in _SAID or not _SAID.isdisjoint(cue.split())


def _plain_said(tally: Tally) -> Measured:
    if not tally.speech:
        return measured(None, [])
    folded = tally.ground.passage.folded
    found = [item for item in tally.speech if _is_plain(item, folded)]
    return measured(len(found) / len(tally.speech), found)


def _again(tally: Tally) -> list[Evidence]:
    return [item for item in tally.by_source.get("named_person", ()) if item.attribution and item.attribution.anaphor]


def _diligence(kind: str) -> Callable[[Tally], Iterable[Evidence]]:
    return lambda tally: tally.own.get(("diligence", kind), ())


FEATURES: tuple[Feature, ...] = (
    Feature(
        name="distinct_named_sources",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="Several people who can be held to their words are the core of sourcing; a reader could ask each of them.",
        source="Reuters Handbook of Journalism, Sources; Zhang et al. 2018, indicator 'number of sources'",
        measure=_distinct_named,
        some="{n} different person(s) quoted or cited by name",
        none="nobody is quoted or cited by name",
        fires="Ada Ruiz said the bridge was safe. Later Tom Keane told reporters that it was not.",
        silent="The bridge was safe. Later it was said that it was not.",
    ),
    Feature(
        name="many_named_sources",
        family="sourcing",
        direction=UP,
        unit="yes (1) or no (0)",
        why="Four people who can be held to their words: the writer has asked around, whatever the length of the report.",
        source="credscore, exploration on nine corpora: up in 9 of 9 corpora; Reuters Handbook of Journalism, Sources: the more the better",
        measure=_many_named,
        some="{n} different people are quoted or cited by name",
        none="fewer than four people are quoted or cited by name",
        fires="Ada Ruiz said the bridge was safe. Tom Keane said it was not. Ida Moss said it was old. Lee Hart said no.",
        silent="Ada Ruiz said the bridge was safe. Ruiz said it was new. Ruiz said it was old. Ruiz said no.",
    ),
    Feature(
        name="named_attributions",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="Each claim laid at a named person's door can be checked with that person.",
        source="AP News Values and Principles, Anonymous Sources: named sources are the rule",
        measure=per_sentences(_of_kind("named_person")),
        some="{n} statement(s) attributed to a person by name",
        none="no statement is attributed to a person by name",
        fires="The mayor, Ada Ruiz, said the bridge was safe.",
        silent="A source said the bridge was safe.",
    ),
    Feature(
        name="institutional_attributions",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="An institution or its spokesperson answers for what it says, if less than a named person does.",
        source="credscore: an institution is a class of its own; Reuters Handbook of Journalism, Sources",
        measure=per_sentences(_of_kind("organization")),
        some="{n} statement(s) attributed to an institution or its spokesperson",
        none="no statement is attributed to an institution",
        fires="The ministry said the bridge was safe.",
        silent="A source said the bridge was safe.",
    ),
    Feature(
        name="documents_cited",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="A report, study or filing can be looked up.",
        source="W3C Credible Web draft 2019: study, document cited; Zhang et al. 2018",
        measure=per_sentences(_of_kind("document")),
        some="{n} statement(s) attributed to a document",
        none="no document is cited as a source",
        fires="The report said the bridge was safe.",
        silent="A source said the bridge was safe.",
    ),
    Feature(
        name="outlets_cited",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="Saying which outlet a claim was given to, or first stood in, lets the reader go back to it.",
        source="credscore, exploration on nine corpora: up in 8 of 9 corpora; Horne & Adali 2017",
        measure=per_sentences(
            lambda tally: [item for item in tally.speech if item.kind == "outlet" or (item.attribution and item.attribution.relay)]
        ),
        some="{n} statement(s) taken from or given to another news organisation",
        none="no other news organisation is cited",
        fires="The minister told the Daily Gazette that the bridge was safe.",
        silent="The minister said that the bridge was safe.",
    ),
    Feature(
        name="unnamed_bare",
        family="sourcing",
        direction=OPEN,
        unit=_PER_SENTENCES,
        why="Sources without a name, and without a word on how they know or why they are unnamed. "
        "Banned by agencies, yet common in the best papers.",
        source="AP News Values and Principles, Anonymous Sources; Reuters Handbook: the weakest sources",
        measure=per_sentences(lambda tally: [item for item in tally.by_source.get("unnamed", ()) if not _explained(item)]),
        some="{n} statement(s) attributed to unnamed people without saying how they know",
        none="nothing is attributed to unnamed people without an explanation",
        fires="A source said the bridge was unsafe.",
        silent="Ada Ruiz said the bridge was unsafe.",
    ),
    Feature(
        name="unnamed_explained",
        family="sourcing",
        direction=UP,
        unit="share of what unnamed people say",
        why="Newsrooms that use unnamed sources must tell how they know, why they are unnamed or on what terms they spoke.",
        source="AP and New York Times rules on anonymous sources: say how they know and why they are unnamed",
        measure=_explained_share,
        some="{n} statement(s) from unnamed people with how they know or why they are unnamed",
        none="no unnamed source is explained to the reader",
        fires="Two officials familiar with the matter said the bridge was unsafe.",
        silent="Two officials said the bridge was unsafe.",
    ),
    Feature(
        name="vague_attributions",
        family="sourcing",
        direction=DOWN,
        unit=_PER_SENTENCES,
        why="'Critics say' and 'many believe' name nobody: a reader cannot tell who or how many.",
        source="Wikipedia: Manual of Style/Words to watch, Unsupported attributions",
        measure=per_sentences(_of_kind("vague")),
        some="{n} statement(s) attributed to nobody in particular",
        none="no statement hangs on 'critics' or 'many'",
        fires="Critics say the bridge is unsafe.",
        silent="Ada Ruiz said the bridge was unsafe.",
    ),
    Feature(
        name="identified_share",
        family="sourcing",
        direction=UP,
        unit="share of attributions",
        why="How many of the statements come from somebody a reader could find: a name, an institution, an outlet, a document.",
        source="Reuters Handbook of Journalism, Sources: named sources preferred",
        measure=_identified_share,
        some="{n} statement(s) from sources a reader could find",
        none="no statement comes from a source a reader could find",
        fires="Ada Ruiz said the bridge was unsafe.",
        silent="Critics say the bridge is unsafe.",
    ),
    Feature(
        name="single_source_reliance",
        family="sourcing",
        direction=DOWN,
        unit="share of attributions",
        why="A report that hangs on one voice stands and falls with it.",
        source="BBC Editorial Guidelines, 3.3: reluctance to rely on a single source",
        measure=_single_source,
        some="the source heard most makes {value:.0%} of the statements",
        none="no single source dominates",
        fires="Ada Ruiz said the bridge was safe. Ruiz said it was new. Ruiz said it was wide.",
        silent="Ada Ruiz said the bridge was safe. The ministry said it was new. Tom Keane said it was wide.",
    ),
    Feature(
        name="attributed_share",
        family="sourcing",
        direction=UP,
        unit="share of running words",
        why="How much of what is claimed is laid at somebody's door.",
        source="Newell et al. 2018 (PolNeAR): attribution density in news",
        measure=_attributed_share,
        some="{value:.0%} of the text is attributed to somebody",
        none="nothing in the text is attributed to anybody",
        fires="Ada Ruiz said the bridge was safe and would stay open all winter.",
        silent="The bridge was safe and would stay open all winter.",
    ),
    Feature(
        name="quoted_share",
        family="sourcing",
        direction=UP,
        unit="share of running words",
        why="Direct quotation lets sources speak for themselves.",
        source="Zhang et al. 2018; Horne & Adali 2017: more quotation in real news",
        measure=_quoted_share,
        some="{value:.0%} of the words stand in quotation marks",
        none="nothing is quoted directly",
        fires='Ada Ruiz said: "The bridge is safe and will stay open all winter long."',
        silent="The bridge was safe and would stay open all winter.",
    ),
    Feature(
        name="plain_said",
        family="sourcing",
        direction=UP,
        unit="share of attributions",
        why="'Said' and 'told' report; 'claimed', 'admitted', 'slammed' judge.",
        source="Wikipedia: Manual of Style/Words to watch, Synonyms for said; AP Stylebook",
        measure=_plain_said,
        some="{value:.0%} of the statements are introduced by a plain 'said' or 'told'",
        none="no statement is introduced by a plain 'said' or 'told'",
        fires="Ada Ruiz said the bridge was safe.",
        silent="Ada Ruiz insisted the bridge was safe.",
    ),
    Feature(
        name="sources_heard_again",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="'She said' after a name: the source was heard at length, not picked for a phrase.",
        source="credscore, exploration on nine corpora: 'he said, she said' up in 9 of 9 corpora",
        measure=per_sentences(_again),
        some="{n} time(s) a named source is heard again",
        none="no named source is heard a second time",
        fires="Ada Ruiz said the bridge was safe. She said it would stay open.",
        silent="Ada Ruiz said the bridge was safe. It would stay open.",
    ),
    Feature(
        name="reply_sought",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="Asking those concerned, and saying that they did not answer, is a reporter's duty.",
        source="BBC Editorial Guidelines, 6: right of reply; IPSO Editors' Code, clause 1",
        measure=per_sentences(_diligence("reply_sought")),
        some="{n} place(s) where a reply was sought or refused",
        none="no sign that those concerned were asked for a reply",
        fires="The Ode company did not respond when asked for comment.",
        silent="The company responded to the market with lower prices.",
    ),
    Feature(
        name="verification_stated",
        family="sourcing",
        direction=UP,
        unit=_PER_SENTENCES,
        why="Saying what could not be checked tells the reader how far the report can be trusted.",
        source="Reuters Handbook of Journalism: say what could not be verified",
        measure=per_sentences(_diligence("verification")),
        some="{n} statement(s) on what could or could not be verified",
        none="nothing is said on what could be verified",
        fires="The claims could not be independently verified.",
        silent="The claims were repeated on television.",
    ),
)
