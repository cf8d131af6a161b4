"""What was said: where the content of an attribution begins and ends, before its cue, after it or around it.

Delimited as PolNeAR does (Newell et al. 2018): quotation marks and "that" belong to the content, the final stop does not.
Content in two pieces ("…," she said, "…") is one span where little stands between them.
"""

from typing import Final

from credscore.evidence.ground import Ground
from credscore.evidence.sourcing import phrases
from credscore.evidence.sourcing.sentence import SentenceView
from credscore.text.dates import WEEKDAYS
from credscore.text.fold import DASH

ADVERBIALS: Final = frozenset(
    "on in at during after before as when while by from late early last this yesterday today earlier later recently via through "
    "adding referring speaking citing to of following".split()
).union(WEEKDAYS)
_AFTER_STATEMENT: Final = frozenset(
    "adding referring speaking citing according when while as who which noting pointing echoing recalling describing using and but".split()
)
_NEW_STATEMENT: Final = frozenset("but while who whose which although though according a an prompting calling".split())
"""Words after a comma with which the writer speaks again; chosen on the training part of PolNeAR, as the next."""
_NEW_CLAUSE: Final = frozenset("and the he she they it".split())
"""The same after what somebody does, wants or calls something, but not after what somebody says."""

_FRONTED: Final = frozenset("although though despite with while whereas after before when because since once if unless".split())
"""Words of a clause that its main clause follows after a comma: "Although she said that it was safe, they stayed away"."""
_BEFORE_FRONTED: Final = frozenset("and but even yet so".split())
_RELATIVE: Final = frozenset(("who", "which", "that"))
_LISTS: Final = frozenset("and or nor".split())
_ITEM: Final = 5
"""Words up to the next punctuation mark that may be the last items of a list."""

_ADVERBIAL_REACH: Final = 80
"""Characters of time and place that may stand between a verb of saying and the quotation that follows it; names do not count."""

_NARRATED: Final = 0.18
"""Share of a content in two pieces that may be the narrator's words between them ("…," she said, "…"), names not counted."""

_SHORTEST_CLAUSE: Final = 10
"""Characters, names not counted, from which what stands before a source may be what it said."""

_LIKENS: Final = frozenset(("as", "than"))
"""What joins a statement to what was said without a comma: "it is worse than the ministry said"."""

_LONGEST_ADVERBIAL: Final = 40
"""Words between a verb and what was said, most of them time and place; no article of the corpora has more."""


def find(
    ground: Ground,
    view: SentenceView,
    cue: tuple[int, int],
    source: tuple[int, int],
    follows: int,
    inverted: bool,
    kind: str,
    floor: int,
) -> tuple[int, int] | None:
    """The content of a verb of saying, in characters; `None` if there is none.

    `follows` is the word after the verb and its listener, `inverted` says that the source stands after its verb,
    `kind` is the table of the cue and `floor` the character before which nothing belongs to this relation.
    """
    passage = ground.passage
    words = passage.words
    source_start = passage.starts[source[0]]
    if inverted and cue[0] > view.start + 1:
        earlier = before(ground, view, cue[0], floor)
        opens = opens_after(ground, phrases.end(ground, source[1]), view.end)
        if earlier is not None and opens and passage.plain[opens - 2] == "," and passage.plain[earlier[1] - 1] in "\"'":
            return one_span(ground, earlier, clip(ground, opens, view.end))  # '"…," said Ode, "…"'
        return earlier
    if inverted:  # 'Said Ode, "…"'
        start = phrases.end(ground, source[1])
        return clip(ground, opens_after(ground, start, view.end) or start, view.end)
    after = follows if follows >= view.last or words[follows] else ground.next(follows)
    ended = after >= view.last
    quoted = None if not ended and words[after] == "that" else _quotation_before(ground, source_start)
    if quoted is not None and _belongs(ground, quoted, after, ended, kind):
        said = _lead_in(quoted, view, floor), quoted[1]
        later = ground.quotations.within(cue[1], view.end)
        if later and passage.plain.endswith(", ", 0, later[0][0]):
            return one_span(ground, said, clip(ground, later[0][0], view.end))  # interposed: "…," he said, "…"
        return said
    if ended:
        if source_start == view.start or not (_ends_clause(passage.plain, source_start) or words[source[0] - 1] in _LIKENS):
            return None
        return before(ground, view, source_start, floor)
    end = until(ground, view, after, kind in ("said", "quote_only"), words[source[0]] in _RELATIVE)
    gap = ground.gap(after)
    word = words[after]
    if kind == "quote_only":
        spans = ground.quotations.within(cue[1], min(end, passage.starts[after] + 2))
        return spans[0] if spans else None
    if kind in ("to_infinitive", "promise"):
        return clip(ground, passage.starts[after], end)
    if kind == "said" and word in ADVERBIALS:
        opens = opens_after(ground, cue[1], end)
        if opens:
            return clip(ground, opens, end)  # 'said on Monday in the town hall, "…"'
    if word == "that" or ":" in gap or '"' in gap:
        start = passage.starts[after]
        spans = ground.quotations.within(cue[1], start + 1)
        return clip(ground, spans[-1][0] if spans else start, end)
    if (
        kind == "said"
        and gap.startswith(",")
        and word not in _AFTER_STATEMENT
        and source_start > view.start + 1
        and _ends_clause(passage.plain, source_start)
    ):
        earlier = before(ground, view, source_start, floor)
        if earlier is not None:  # interposed: "the plan, she said, was even better"
            return one_span(ground, earlier, clip(ground, passage.starts[after], end))
    start = _after_adverbial(ground, after, view.last) if kind == "said" and word in ADVERBIALS else after
    if start > after and words[start] == "that":
        return clip(ground, passage.starts[start], end)  # "said on Monday that"
    closes = "," in gap or DASH in gap or ";" in gap or word in ADVERBIALS
    if closes and kind in ("said", "attitude") and source_start > view.start + 1 and _ends_clause(passage.plain, source_start):
        earlier = before(ground, view, source_start, floor)
        if earlier is not None and ground.size(*earlier) >= _SHORTEST_CLAUSE:
            return earlier
    if kind == "said" and word in ADVERBIALS and word not in ("to", "of"):
        if start == after and _opens_quotation(ground, view.end):
            return None  # "said in a statement." and then the quotation
        return clip(ground, passage.starts[start], end) if start < view.last else None
    return clip(ground, passage.starts[after], end)


def opens_after(ground: Ground, start: int, end: int) -> int:
    """Where the quotation opens that a comma or colon leads up to from `start`, by way of time and place; 0 if there is none."""
    later = ground.quotations.within(start, end)
    if not later or not ground.passage.plain.endswith((", ", ": "), 0, later[0][0]) or ground.size(start, later[0][0]) > _ADVERBIAL_REACH:
        return 0
    return later[0][0]


def after(ground: Ground, view: SentenceView, follows: int, kind: str) -> tuple[int, int] | None:
    """The content of a cue that shares its source with another: what follows it."""
    word = follows if ground.passage.words[follows] else ground.next(follows)
    if word >= view.last:
        return None
    return clip(ground, ground.passage.starts[word], until(ground, view, word, kind in ("said", "quote_only")))


def _quotation_before(ground: Ground, at: int) -> tuple[int, int] | None:
    """The quotation that ends right before `at`, in the same line."""
    plain = ground.passage.plain
    while at > 0 and (plain[at - 1] in " ,(" or plain[at - 1] == DASH):
        at -= 1
    if not at or plain[at - 1] not in "\"'":
        return None
    quoted = ground.quotations.around(at - 1, at)
    return quoted if quoted is not None and quoted[1] <= at else None


def one_span(ground: Ground, first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    """One span for a content in two pieces: with what stands between them where that is short, else the longer piece."""
    if second[1] <= first[1]:
        return first
    if ground.size(first[1], second[0]) <= _NARRATED * ground.size(first[0], second[1]):
        return first[0], second[1]
    return max(first, second, key=lambda piece: ground.size(*piece))


def _belongs(ground: Ground, quoted: tuple[int, int], after: int, ended: bool, kind: str) -> bool:
    """Whether a quotation belongs to the source and cue right after it, by its last mark and by what follows the cue."""
    plain = ground.passage.plain
    last = quoted[1] - 1
    while last > quoted[0] and plain[last] in "\"' ":
        last -= 1
    if plain[last] in ",-" or plain[last] == DASH or plain[quoted[1] : quoted[1] + 1] == ",":
        return True
    if kind not in ("said", "quote_only"):
        return False
    if ended:
        return True
    return plain[last] in "?!" and ":" not in ground.gap(after)


def _lead_in(quoted: tuple[int, int], view: SentenceView, floor: int) -> int:
    """Where content that ends with a quotation begins: with it, or with the words of its sentence that lead up to it."""
    return quoted[0] if quoted[0] - view.start < 3 or floor > view.start else view.start


def _opens_quotation(ground: Ground, end: int) -> bool:
    """Whether the next sentence opens with a quotation."""
    plain = ground.passage.plain
    while end < len(plain) and plain[end] in " \n":
        end += 1
    return plain[end : end + 1] == '"' and ground.quotations.around(end, end + 1) is not None


def _ends_clause(plain: str, at: int) -> bool:
    """Whether a clause or quotation ends right before `at`: then what stands there may be the content."""
    at -= 1
    while at >= 0 and plain[at] in " \n":
        at -= 1
    return at >= 0 and (plain[at] in ",\"'?!" or plain[at] == DASH)


def _after_adverbial(ground: Ground, at: int, ceiling: int) -> int:
    """Where content begins after "said on Wednesday in an alert to airlines": at "that", a comma, a colon, a quotation."""
    words = ground.passage.words
    first = at
    ceiling = min(ceiling, at + _LONGEST_ADVERBIAL)
    while at < ceiling:
        if words[at]:
            if words[at] == "that" and at > first:
                return at
            if at > first and not ground.joined(at):
                return at
            if 1 <= at - first <= 3 and words[at - 1] in phrases.TIME_WORDS:
                return at
        at += 1
    return first


def before(ground: Ground, view: SentenceView, end: int, floor: int) -> tuple[int, int] | None:
    """Content before its source: the quotation that ends here, or the clause from `floor` or the sentence's start."""
    plain = ground.passage.plain
    while end > view.start and (plain[end - 1] in " ,\n\t(" or plain[end - 1] == DASH):
        end -= 1
    if end - view.start < 3:
        around = ground.quotations.around(max(view.start - 3, 0), max(view.start - 2, 1))
        return around if around and around[1] <= view.start else None
    quoted = ground.quotations.around(end - 1, end)
    if quoted is not None and quoted[1] <= end + 1:
        return min(quoted[0], _lead_in(quoted, view, floor)), quoted[1]
    return floor, end


def until(ground: Ground, view: SentenceView, word: int, said: bool, relative: bool = False) -> int:
    """Where content that begins at `word` ends: at a comma after which the writer speaks again, else with the sentence."""
    words = ground.passage.words
    starts = ground.passage.starts
    first = view.first
    while words[first] in _BEFORE_FRONTED:
        first += 1
    fronted = relative or (words[first] in _FRONTED and "" not in words[first:word])
    at = word + 1
    while at < view.last:
        if words[at]:
            at += 1
            continue
        follows = ground.next(at)  # punctuation stands here
        if follows >= view.last:
            break
        gap = ground.gap(follows)
        if DASH in gap and _only_dash(ground, view, starts[word], starts[follows]):
            return starts[at]
        if "," in gap and (_resumes(ground, follows, said) or (fronted and not _goes_on(words, follows, view.last))):
            start = starts[follows]
            if ground.quotations.around(start, start + 1) is None:
                return starts[at] - 1 if ground.passage.plain[starts[at] - 1] == "," else starts[at]
        at = follows + 1
    return view.end


def _goes_on(words: list[str], at: int, ceiling: int) -> bool:
    """Whether a list goes on after a comma: "and rotten", "leaky and unsafe"."""
    item = words[at : min(at + _ITEM + 1, ceiling)]
    if "" in item:
        del item[item.index("") :]
    return words[at] in _LISTS or (len(item) <= _ITEM and not _LISTS.isdisjoint(item))


def _only_dash(ground: Ground, view: SentenceView, start: int, after: int) -> bool:
    """Whether the dash before character `after` has no fellow that closes what it opens, nor stands in a quotation."""
    alone = ground.passage.plain.count(DASH, start, view.end) == 1
    return alone and ground.quotations.around(after, after + 1) is None


def _resumes(ground: Ground, at: int, said: bool) -> bool:
    """Whether the writer speaks again with word `at`, by the word or by its ending, which in a name tells nothing."""
    word = ground.passage.words[at]
    if word in _NEW_STATEMENT or (not said and word in _NEW_CLAUSE):
        return True
    if ground.is_capital(at) and ground.field == "text":
        return False
    return (word.endswith("ing") and word != "including") or (not said and word.endswith("ed"))


def clip(ground: Ground, start: int, end: int) -> tuple[int, int]:
    """Trim spaces, leading commas and the final full stop; a quotation that runs past the sentence is taken whole."""
    plain = ground.passage.plain
    while start < end and (plain[start] in " ,\n\t:" or plain[start] == DASH):
        start += 1
    quoted = ground.quotations.around(start, min(start + 2, end)) if start < end else None
    if quoted is not None and quoted[0] >= start - 1:
        start = quoted[0]
        if quoted[1] > end:
            return start, quoted[1]
    elif end > start:
        running = ground.quotations.around(end - 1, end)
        if running is not None and running[0] >= start and running[1] > end:
            return start, running[1]
    while end > start and plain[end - 1] in " .\n\t!?":
        end -= 1
    return start, max(start, end)
