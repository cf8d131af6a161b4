"""`loops`: what `make compiled` builds of `_loops.pyx`; `None` in a checkout and the plain wheel, where plain Python does the same."""

try:
    import credscore._loops as loops
except ModuleNotFoundError:  # one that is there and cannot be loaded is an error to be told
    loops = None  # type: ignore[assignment]

__all__ = ["loops"]
