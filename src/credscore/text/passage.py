"""`Passage`: one string of a document, folded, cut into words, sentences and paragraphs."""

from typing import Final

from credscore.native import bisect_left, bisect_right, loops
from credscore.text.cut import cut
from credscore.text.segment import Segmentation, is_wrapped, may_be_wrapped, paragraphs, punkt, sentences, unwrapped

_paragraphs: Final = paragraphs if loops is None else loops.paragraphs


class Passage:
    """One string as the rules see it.

    `plain` and `folded` are its shadows (see `credscore.text.fold`), `words` the folded words, `cased` the same words
    with their case; both hold an empty string wherever two separators meet (punctuation before a space), so that
    neighbours in the list are neighbours in the text.
    `starts[i]` is where word `i` begins, one beyond the end of the word before it; the last stands beyond the text.
    `runs` are the starts of the running words, those of small letters. `sentences` and `paragraphs` are character spans.
    `written` is the number of words that are not empty. `rare` says that some character is outside code page 1252.
    """

    __slots__ = (
        "_sentence_starts", "cased", "folded", "paragraphs", "plain", "rare", "runs", "sentences", "starts", "text", "words", "written",
    )  # fmt: skip

    def __init__(self, text: str, segmentation: Segmentation = "rules") -> None:
        self.text = text
        plain, self.folded, self.words, self.cased, self.starts, self.runs, self.written, self.rare = cut(text)
        lines = _paragraphs(plain)
        if may_be_wrapped(lines) and is_wrapped(plain):
            plain = unwrapped(plain)
            lines = _paragraphs(plain)
        self.plain = plain
        self.paragraphs: list[tuple[int, int]] = lines
        self.sentences = (punkt if segmentation == "punkt" else sentences)(plain, self.paragraphs)
        self._sentence_starts = [start for start, _ in self.sentences]

    def word_at(self, offset: int) -> int:
        """Index of the first word that begins at or after `offset`."""
        return bisect_left(self.starts, offset, 0, len(self.words))

    def sentence_at(self, offset: int) -> int:
        """Number of the last sentence that begins at or before `offset`; 0 where none does."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)

    def on_one_line(self, first: int, last: int) -> bool:
        """Whether no line ends among the words `first` to `last` (exclusive); where lines are paragraphs nothing runs beyond one."""
        return self.plain.find("\n", self.starts[first], self.starts[last] - 1) < 0

    def running(self, start: int, end: int) -> int:
        """Running words of a span: its length whatever the names in it."""
        runs = self.runs
        return bisect_left(runs, end) - bisect_left(runs, start) if loops is None else loops.running(runs, start, end)

    def end_of(self, word: int) -> int:
        """Where word `word` ends."""
        return self.starts[word + 1] - 1
