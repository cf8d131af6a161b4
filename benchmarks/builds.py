"""The two builds of credscore: the rules as plain Python, and the same files compiled for one platform (`make compiled`).

On: the 4-KB documents of `benchmarks.speed` and, where `CREDSCORE_DATA` names a corpus folder, real articles cut to that length. How:
each build in a process of its own with its own interpreter, taking turns, so that what slows the machine slows both; CPU seconds of a
pass, the median of the rounds and of their ratios. Both must give the same bytes for every text, which is what the last column says.
"""

import json
import platform
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median

from benchmarks.speed import SIZE, articles, documents
from benchmarks.tables import Cell, SkippedError, Table

TITLE = "The two builds, full evidence, one process each"
ROUNDS = 7
COMPILED = Path(sys.prefix) / "compiled" / "bin" / "python"
"""Where `make compiled` puts the other interpreter. Both run away from the checkout's root, lest its files be imported."""

_PASS = """
import hashlib, json, sys
from time import process_time
import credscore
from credscore.reading import compiled
scorer = credscore.load()
texts = json.loads(sys.stdin.readline())
made = hashlib.sha256()
for text in texts:
    made.update(scorer.score(text).to_json().encode("utf8", "surrogatepass"))
print(json.dumps([compiled(), made.hexdigest()]), flush=True)
for _ in sys.stdin:
    start = process_time()
    for text in texts:
        scorer.score(text)
    print(process_time() - start, flush=True)
"""


def run() -> list[Table]:
    """Documents a CPU second with each build, and how many times faster one is."""
    if not COMPILED.exists():
        raise SkippedError("there is no compiled build: run `make compiled` first")
    cases = {"fixtures of 4 KB": documents()}
    with suppress(SkippedError):
        cases["real articles cut to 4 KB"] = tuple(text[:SIZE] for text in articles() if len(text) >= SIZE)
    return [
        Table(
            TITLE,
            ("on", "documents", "plain, a CPU second", "compiled, a CPU second", "compiled / plain", "same bytes", "Python"),
            [_compared(name, texts) for name, texts in cases.items()],
        )
    ]


def _compared(name: str, texts: Sequence[str]) -> list[Cell]:
    with ExitStack() as stack:
        builds = [
            stack.enter_context(
                subprocess.Popen([python, "-c", _PASS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent)
            )
            for python in (sys.executable, str(COMPILED))
        ]
        told = [json.loads(_answer(build, json.dumps(texts))) for build in builds]
        if [compiled for compiled, _ in told] != [False, True]:
            raise SkippedError("one of the two builds is not what it should be: run `make compiled` again")
        rounds = [[float(_answer(build, "once more")) for build in builds] for _ in range(ROUNDS)]
        for build in builds:
            assert build.stdin is not None
            build.stdin.close()
    plain, compiled = (len(texts) / median(taken) for taken in zip(*rounds, strict=True))
    times = median(plain_seconds / compiled_seconds for plain_seconds, compiled_seconds in rounds)
    return [name, len(texts), plain, compiled, times, "yes" if told[0][1] == told[1][1] else "no", platform.python_version()]


def _answer(build: "subprocess.Popen[str]", line: str) -> str:
    assert build.stdin is not None
    assert build.stdout is not None
    build.stdin.write(line + "\n")
    build.stdin.flush()
    answer = build.stdout.readline()
    if not answer:
        raise SkippedError(f"{build.args!r} stopped; what it said stands above")
    return answer
