"""`loops`: what `make compiled` builds of `_loops.pyx`; `None` in a checkout and the plain wheel, where plain Python does the same.

`record` makes a `NamedTuple` of a tuple, by whichever of the two there is.
"""

try:
    import credscore._loops as loops
except ModuleNotFoundError:  # one that is there and cannot be loaded is an error to be told
    loops = None  # type: ignore[assignment]

__all__ = ["loops", "record"]

record = tuple.__new__ if loops is None else loops.record
"""A `NamedTuple` of values that are a tuple already, and nothing but a tuple: `record(Span, (3, 7))` in half the time of `Span(3, 7)`."""
