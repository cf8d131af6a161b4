"""The frames of passives: "was first reported by the paper", "Ode was told by an officer that …", "a plan endorsed by the union"."""

from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import contents, phrases, verbs
from credscore.evidence.sourcing.relation import ATTITUDE, ATTITUDES, SPEECH, Relation
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match

_SAYING: Final = (["saying"], ["telling"])


def by_agent(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """The passive: "was first reported by the paper" (content before), "Ode was told by an officer that …"."""
    words = ground.passage.words
    by = match.last - 1 if words[match.last - 1] == "by" else match.last
    if words[by : by + 1] == ["to"]:  # "was described to her by"
        by += 2
    if by >= view.last or words[by] != "by":
        return None
    source = phrases.right(ground, by + 1, view.last)
    if source is None or words[by + 1].isdecimal():  # "was raised by 0.1 points"
        return None
    cue = ground.passage.starts[match.first], ground.passage.end_of(by)
    after = ground.next(source[1])
    if words[after : after + 1] == ["as"] and words[after + 1 : after + 2] in _SAYING:  # "Ode was quoted by the paper as saying"
        said, cue = (
            phrases.left(ground, _before_be(ground, match.first, view.first), view.first),
            (cue[0], ground.passage.end_of(after + 1)),
        )
        content = contents.after(ground, view, after + 2, "said")
        return None if said is None else Relation(said, cue, SPEECH, content, phrases.span(ground, *source))
    told = after < view.last and words[after] in verbs.ASKED
    content = contents.clip(ground, ground.passage.starts[after], view.end) if told else contents.before(ground, view, cue[0], view.start)
    return Relation(source, cue, ATTITUDE if match.term.kind in ATTITUDES else SPEECH, content)


def reduced(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """The passive without its "be", after the noun that it tells of: "a plan announced by the ministry".

    `None` where no people follow "by": "demanded by letter that", "decided by a vote", "hoped by Friday to".
    """
    relation = by_agent(ground, view, match)
    if relation is None or not _may_act(ground, *relation.source):
        return None
    before = ground.before(match.first)
    if before == "as":
        return relation._replace(content=contents.before(ground, view, ground.passage.starts[match.first - 1], view.start))
    if before == "when" or ground.following(relation.source[1], 1) == ["if"] or match.first == view.first:
        return relation  # "when asked by Ode", "asked by a reporter if", "Asked by Ode to answer, she"
    told = phrases.left(ground, ground.previous(match.first), view.first)
    return relation._replace(content=None if told is None else phrases.span(ground, *told), judges=match.term.kind == "called")


def _may_act(ground: Ground, first: int, last: int) -> bool:
    """Whether a phrase names people or an institution."""
    words = ground.passage.words
    head = phrases.head_of(ground, first, last)
    if any(word.endswith("ing") for word in words[first : first + 2]) or words[head] in phrases.TIME_WORDS:
        return False  # "concluded by closing the road", "hoped by Friday to have"
    return ground.role(head) != "document" and phrases.has_head(ground, first, last)


def _before_be(ground: Ground, verb: int, floor: int) -> int:
    return phrases.skip_auxiliaries(ground, verb if ground.passage.words[verb] in phrases.AUXILIARIES else verb - 1, floor)[0]
