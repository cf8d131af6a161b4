from collections.abc import Callable
from typing import TypeVar

from credscore.lexicon.scan import Around, Entry, Hit, Match, Words
from credscore.text.cut import Cut

T = TypeVar("T", bound=tuple[object, ...])

def cut(text: str, tables: bytes, wide: dict[str, int]) -> Cut: ...
def stops(plain: str, start: int, last: int) -> list[tuple[int, int]]: ...
def hits(
    starts: list[int],
    runs: list[tuple[int, int, int]],
    alone: list[tuple[Entry, ...]],
    around: dict[int, tuple[Around, ...]],
    words: Words,
    cased: Words,
    stands: Callable[[Words, Words, Words, int], bool],
) -> list[Hit]: ...
def chosen(
    hits: list[Hit], tracks: int, headline: bool, words: Words, cased: Words, is_named: Callable[[int, int], bool], match: type[Match]
) -> list[list[Match]]: ...
def record(kind: type[T], values: tuple[object, ...]) -> T: ...
