"""The code blocks of a Markdown page, and how they run: in order, in one folder, as a reader would run them.

- `python`: run in one namespace for the whole page; a `text` block right below it is what it prints.
- `console`: each line `$ credscore …` is run; the lines below it are what it prints. A line `…` stands for any lines.
- `sh`: setting up (pip, make); not run here.

A Python block whose first line is `# needs NAME, NAME` needs packages that credscore does not bring.
"""

import io
import re
import shlex
from collections.abc import Iterable, Iterator
from contextlib import chdir, redirect_stdout
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from credscore.cli import main

_FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NEEDS = re.compile(r"# needs ([\w, ]+)")
_BELOW = re.compile(r"```\s*```text[^\n]*\n")
_ANY = "…"


class Block(NamedTuple):
    """One fenced block: its language, its code and the offset of the code in the page."""

    language: str
    code: str
    start: int

    @property
    def needs(self) -> list[str]:
        """Packages that the block says it needs."""
        told = _NEEDS.match(self.code)
        return [name.strip() for name in told[1].split(",")] if told else []


class Shown(NamedTuple):
    """Output as the page shows it, as it is now, and its offset in the page."""

    shown: str
    printed: str
    start: int


def blocks_of(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(found[1], found[2], found.start(2)) for found in _FENCE.finditer(page)]


def run(page: str, name: str, folder: Path, needed: Iterable[str] = ()) -> Iterator[Shown]:
    """Run a page's blocks inside a folder, those that need packages only if they need no more than `needed`.

    Yields every output that the page shows, beside what is printed now. A block that fails raises, and its traceback names the
    page and the line.
    """
    here: dict[str, Any] = {"__name__": name}
    allowed = set(needed)
    blocks = blocks_of(page)
    with chdir(folder):
        for block, after in zip_longest(blocks, blocks[1:]):
            if block.language == "python" and allowed.issuperset(block.needs):
                printed = _python(block, page, name, here)
                if after is not None and _BELOW.fullmatch(page, block.start + len(block.code), after.start):
                    yield Shown(after.code, printed, after.start)
            elif block.language == "console":
                yield from _console(block)


def _python(block: Block, page: str, name: str, here: dict[str, Any]) -> str:
    padded = "\n" * page.count("\n", 0, block.start) + block.code  # so that a traceback has the page's line numbers
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(padded, name, "exec"), here)
    return out.getvalue()


def _console(block: Block) -> Iterator[Shown]:
    for found in re.finditer(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", block.code, re.MULTILINE):
        program, *arguments = shlex.split(found[1])
        if program != "credscore":
            raise ValueError(f"A console block runs credscore, not {program}.")
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        if result.exit_code:
            raise RuntimeError(f"$ {found[1]}: exit status {result.exit_code}\n{result.output}")
        if found[2].strip():
            yield Shown(found[2], result.output, block.start + found.start(2))


def agrees(shown: str, printed: str) -> bool:
    """Whether output is as shown: spaces at line ends apart, a line `…` standing for any lines."""
    wanted = "\n".join(_lines(shown))
    pattern = "".join(".*" if part == _ANY else re.escape(part) for part in re.split(rf"(?m)(^{_ANY}$)", wanted))
    return re.fullmatch(pattern, "\n".join(_lines(printed)), re.DOTALL) is not None


def renewed(shown: str, printed: str) -> str:
    """What a page should show instead: beside each `…` as many lines as it has now.

    Lines between two `…` are found again by the first word of their first line; they go if it is not there any more.
    """
    new = _lines(printed)
    parts = [part.strip("\n").split("\n") if part.strip("\n") else [] for part in re.split(rf"(?m)^{_ANY}$", "\n".join(_lines(shown)))]
    if len(parts) == 1:
        return "\n".join(new) + "\n"
    first, *between, last = parts
    kept = new[: len(first)]
    for part in between:
        opening = part[0].split()[0]
        at = next((place for place, line in enumerate(new) if line.split()[:1] == [opening]), None)
        if at is not None:
            kept += [_ANY, *new[at : at + len(part)]]
    return "\n".join([*kept, _ANY, *new[len(new) - len(last) :]]) + "\n"


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    return [_ANY if line.strip() == _ANY else line for line in lines]
