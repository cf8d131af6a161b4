"""The frame of "according to", "per" and "citing": the source on the right, the content before or after both."""

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import contents, phrases
from credscore.evidence.sourcing.kinds import DOCUMENT
from credscore.evidence.sourcing.relation import SPEECH, Relation, characters
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.lexicon.scan import Match


def relation_of(ground: Ground, view: SentenceView, match: Match) -> Relation | None:
    """The attribution of "according to" and its like; `None` where no source follows, or "per" names a rate."""
    source = phrases.right(ground, ground.next(match.last - 1), view.last)
    if source is None or (ground.passage.words[match.first] == "per" and not _is_per(ground, view, match.first, source)):
        return None
    cue = characters(ground, match)
    content = None
    if phrases.only_opens(ground, view.first, match.first):
        source = _before_clause(ground, view, source)
    else:
        content = contents.before(ground, view, cue[0], view.start)
    content = content or contents.clip(ground, phrases.end(ground, source[1]), view.end)
    read = match.term.id == "according-to" and _is_read(ground, view, match.first, source[0])
    return Relation(source, cue, SPEECH, content if content[0] < content[1] else None, otherwise=DOCUMENT if read else "")


def _is_read(ground: Ground, view: SentenceView, cue: int, source: int) -> bool:
    """Whether "according to" names what was read, and no measure ("paid according to the job"): apart from its clause, not of a pronoun."""
    word = ground.passage.words[source]
    apart = cue == view.first or not ground.joined(cue) or phrases.only_opens(ground, view.first, cue)
    return apart and word not in phrases.POSSESSIVES and word not in phrases.PERSONAL and word not in phrases.CLOSERS


def _before_clause(ground: Ground, view: SentenceView, source: tuple[int, int]) -> tuple[int, int]:
    """The source that opens a sentence without what would be its apposition if the sentence did not end with it: what it said."""
    if ground.next(source[1]) < view.last:
        return source
    return source[0], phrases.core_end(ground, phrases.head_of(ground, *source), source[1])


def _is_per(ground: Ground, view: SentenceView, per: int, source: tuple[int, int]) -> bool:
    """Whether "per" names a source: "…, per the ministry", "Per Ode, …", but not "$5 per barrel"."""
    apart = per == view.first or not ground.joined(per)
    return apart and (ground.is_capital(source[0]) or ground.passage.words[source[0]] in phrases.DETERMINERS)
