"""Evidence found in a restored text, led back to where it stands in the caller's string."""

from typing import Final

from credscore.evidence.evidence import Evidence, Span
from credscore.text.restore import Restored

_NEAR: Final = 2000
"""Characters before a source within which what is told of it is looked for first."""


def traced(item: Evidence, given: str, restored: Restored) -> Evidence:
    """`item`, found in `restored`, with spans and texts of the string `given` by the caller."""
    start, end = restored.span(item.start, item.end)
    moved = item._replace(start=start, end=end, text=given[start:end])
    attribution = item.attribution
    if attribution is None:
        return moved

    def span(of: Span | None) -> Span | None:
        return None if of is None else Span(*restored.span(*of))

    def words(told: str | None) -> str | None:
        if not told:
            return told
        at = restored.text.find(told, max(0, item.start - _NEAR))
        at = at if at >= 0 else restored.text.index(told)  # a sentence longer than that
        first, last = restored.span(at, at + len(told))
        return given[first:last]

    return moved._replace(
        attribution=attribution._replace(
            source=span(attribution.source),
            cue=span(attribution.cue),
            content=span(attribution.content),
            antecedent=span(attribution.antecedent),
            relay=span(attribution.relay),
            basis=words(attribution.basis),
            reason=words(attribution.reason),
            condition=words(attribution.condition),
        )
    )
