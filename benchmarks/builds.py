"""The two builds of credscore: the rules as plain Python, and the same files compiled for one platform (`make compiled`).

On: the 4-KB documents of `benchmarks.speed` and, where `CREDSCORE_DATA` names a corpus folder, real articles cut to that length. How:
each build in a process of its own with its own interpreter, taking turns, so that what slows the machine slows both; CPU seconds of a
pass, the median of the rounds and of their ratios. Evidence that is "not kept" is what `score` leaves out without `keep_evidence`. Low and
high are the slowest and the fastest round: a machine shared with others is as fast as its fastest rounds say, and now and then half as
fast. Both builds must give the same bytes for every text.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median
from time import sleep

from benchmarks import ROOT
from benchmarks.speed import SIZE, articles, documents
from benchmarks.tables import Cell, SkippedError, Table

TITLE = "The two builds, one process each"
PROCESSES_TITLE = "Processes, wall time, compiled"
ROUNDS = 31
PAUSE = 0.3
"""Seconds between rounds: what others do on the machine comes and goes, and should not fall on all of them."""

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
for line in sys.stdin:
    kept = json.loads(line)
    start = process_time()
    for text in texts:
        scorer.score(text, keep_evidence=kept)
    print(process_time() - start, flush=True)
"""
_PROCESSES = "import json; from benchmarks import speed; made = speed.processes(); print(json.dumps([made.columns, made.rows, made.note]))"
"""What the compiled build's interpreter runs: `benchmarks` of the checkout, with the package that is installed there."""

KEPT = {"full": True, "not kept": False}


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
            ("on", "build", "evidence", "documents", "a CPU second", "low", "high", "times plain", "same bytes", "Python"),
            [row for name, texts in cases.items() for row in _compared(name, texts)],
            "Low and high are the slowest and the fastest of the rounds.",
        ),
        _processes(),
    ]


def _processes() -> Table:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([COMPILED, "-c", _PROCESSES], env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
    return Table(PROCESSES_TITLE, *json.loads(done.stdout))


def _compared(name: str, texts: Sequence[str]) -> list[list[Cell]]:
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
        rounds: list[list[float]] = []  # of each: plain and compiled with evidence, plain and compiled without
        while len(rounds) < ROUNDS:
            sleep(PAUSE)
            rounds.append([len(texts) / float(_answer(build, json.dumps(kept))) for kept in KEPT.values() for build in builds])
        for build in builds:
            assert build.stdin is not None
            build.stdin.close()
    same = "yes" if told[0][1] == told[1][1] else "no"
    rows: list[list[Cell]] = []
    for place, evidence in enumerate(KEPT):
        plain, compiled = ([a_round[2 * place + build] for a_round in rounds] for build in (0, 1))
        times = (1.0, median(fast / slow for slow, fast in zip(plain, compiled, strict=True)))
        for build, rates, ratio in zip(("plain", "compiled"), (plain, compiled), times, strict=True):
            rows.append([name, build, evidence, len(texts), median(rates), min(rates), max(rates), ratio, same, platform.python_version()])
    return rows


def _answer(build: "subprocess.Popen[str]", line: str) -> str:
    assert build.stdin is not None
    assert build.stdout is not None
    build.stdin.write(line + "\n")
    build.stdin.flush()
    answer = build.stdout.readline()
    if not answer:
        raise SkippedError(f"{build.args!r} stopped; what it said stands above")
    return answer
