"""`loops`: what `make compiled` builds of `_loops.pyx`; `None` in a checkout and the plain wheel, where plain Python does the same."""

try:
    from credscore import _loops as loops
except ImportError:
    loops = None  # type: ignore[assignment]

__all__ = ["loops"]
