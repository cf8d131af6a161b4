from collections.abc import Callable
from typing import TypeVar

from credscore.lexicon.scan import Around, Entry, Hit, Match, Words
from credscore.text.cut import Cut
from credscore.text.passage import Passage

T = TypeVar("T", bound=tuple[object, ...])

def cut(text: str, tables: bytes, wide: dict[str, int]) -> Cut: ...
def may_be_respelled(plain: str, classes: bytes) -> bool: ...
def stops(plain: str, start: int, last: int) -> list[tuple[int, int]]: ...

class Runs:
    def __init__(self, runs: list[str]) -> None: ...
    def hits(
        self,
        folded: str,
        alone: list[tuple[Entry, ...]],
        around: list[tuple[Around, ...]],
        words: Words,
        cased: Words,
        stands: Callable[[Words, Words, Words, int], bool],
    ) -> list[Hit]: ...

def chosen(
    passage: Passage, hits: list[Hit], tracks: int, headline: bool, is_named: Callable[[Passage, int, int], bool], match: type[Match]
) -> list[list[Match]]: ...
def bisect_left(numbers: list[int], wanted: int, first: int = 0, last: int | None = None) -> int: ...
def bisect_right(numbers: list[int], wanted: int, first: int = 0, last: int | None = None) -> int: ...
def record(kind: type[T], values: tuple[object, ...]) -> T: ...
