"""Speed: documents a CPU second, where the time goes, start, memory, growth with length, and two processes.

On: documents of 4,096 characters cut from the fixtures, and real articles where `CREDSCORE_DATA` names a corpus folder.
How: everything is CPU time of this process (`time.process_time`), the median of several repeats after a warm-up, beside a
fixed loop timed in turn (`benchmarks.clock`): "loops" is that ratio and compares across machines. Start and memory are
measured in fresh processes. Growth is measured on plain text and on shapes that invite quadratic work; a shape is not
grown further once its next size could take longer than some seconds. Processes alone are timed by the wall.
"""

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from math import log
from statistics import median
from time import perf_counter, process_time
from types import ModuleType
from typing import Any

from benchmarks import corpora, fixtures
from benchmarks.clock import REPEATS, cpu_seconds, reference_loop, timed
from benchmarks.processes import peak_of
from benchmarks.tables import Cell, SkippedError, Table
from credscore import Document, reading
from credscore.batch.run import lines
from credscore.batch.write import form_of
from credscore.evidence import boilerplate, ground, marks, sourcing, wording
from credscore.features import catalogue
from credscore.lexicon.scan import Scanner
from credscore.reading import compiled

SIZE = 4096
REAL_ARTICLES = 300
STREAMED = (1_000, 10_000)
"""Documents of the two streams whose peaks of memory are compared."""

PROCESSES, TURNS = "Processes, wall time", 5
MANY = 1200
"""Documents scored when processes are compared: enough that starting them, and the last batch, which one scores alone, are no matter."""

STAGES: Sequence[tuple[str, Any, str]] = (
    ("shadows, words, sentences", reading, "Passage"),
    ("the one scan", Scanner, "scan"),
    ("quotations", ground, "find"),
    ("boilerplate", boilerplate, "find"),
    ("sourcing", sourcing, "find"),
    ("wording", wording, "find"),
    ("marks", marks, "find"),
    ("counting", reading, "Tally"),
    ("features", catalogue, "measure"),
    ("notices", reading, "notices_of"),
)
"""The steps of `Reader.read`: what each is called here, and where it is looked up."""

KILOBYTES = (1, 4, 16, 64, 256, 1024)
SHAPES = {
    "quotation marks never closed": '"a ',
    "one sentence of nothing but cues": "Officials said Smith told ",
    "a pronoun in every sentence": "He said so. ",
}
PATIENCE = 15.0
"""CPU seconds that the next size of a growing text may take, were its cost quadratic."""

_FRESH = """
import sys, time
def peak():
    try:
        with open("/proc/self/status") as lines:
            return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)
marks = [(time.process_time(), peak())]
def mark():
    marks.append((time.process_time(), peak()))
import credscore
mark()
scorer = credscore.load()
mark()
texts = sys.stdin.read().split("\\0")
scorer.score(texts[0])
mark()
heavy = [name for name in ("numpy", "sklearn", "nltk", "joblib") if name in sys.modules]
for _ in range(2):
    for _ in range(int(sys.argv[1])):
        for text in texts:
            scorer.score(text)
    mark()
print([seconds - marks[0][0] for seconds, _ in marks], [size for _, size in marks], heavy, sep="\\n")
"""


def run() -> list[Table]:
    """All tables; the one of real articles where there are any, and of the steps where they can be clocked one by one."""
    return [_documents(), *([] if compiled() else [_stages()]), *_fresh_process(), _growth(), _streamed(), processes()]


@cache
def documents() -> tuple[str, ...]:
    """The bodies of the fixtures, joined and cut into documents of one size."""
    joined = "\n\n".join(document.text.strip() for document in fixtures.documents())
    return tuple(joined[at : at + SIZE] for at in range(0, len(joined) - SIZE + 1, SIZE))


def articles() -> list[str]:
    """Real articles, taken at even distances."""
    texts = [example.text for part in corpora.articles().values() for example in part.examples]
    return texts[:: max(len(texts) // REAL_ARTICLES, 1)]


def _each(action: Callable[[str], object], texts: Sequence[str]) -> Callable[[], None]:
    def run_through() -> None:
        for text in texts:
            action(text)

    return run_through


def _documents() -> Table:
    score = corpora.scorer().score
    cases: list[tuple[str, Callable[[str], object], Sequence[str]]] = [
        ("score, fixtures of 4 KB", score, documents()),
        ("score, evidence not kept, fixtures of 4 KB", lambda text: score(text, keep_evidence=False), documents()),
        ("evidence and features only, fixtures of 4 KB", corpora.read, documents()),
        ("score and write JSON, fixtures of 4 KB", lambda text: score(text).to_json(), documents()),
    ]
    with suppress(SkippedError):
        cases.append(("score, real articles as they are", score, tuple(articles())))
    rows: list[list[Cell]] = []
    for name, action, texts in cases:
        timing = timed(_each(action, texts))
        characters = sum(map(len, texts))
        rows.append(
            [
                name,
                len(texts),
                characters / len(texts),
                len(texts) / timing.seconds,
                characters / SIZE / timing.seconds,
                timing.loops / len(texts),
            ]
        )
    columns = ("what", "documents", "mean characters", "documents a CPU second", "4-KB documents a CPU second", "loops a document")
    return Table(
        "Speed, full evidence, one process", columns, rows, f"The reference loop took {1000 * cpu_seconds(reference_loop):.1f} ms."
    )


@contextmanager
def _clocked(holder: type | ModuleType, name: str, spent: dict[str, float], stage: str) -> Iterator[None]:
    """Add up the CPU time of a function, while the context lasts."""
    plain = getattr(holder, name)

    def clocked(*args: object, **kwargs: object) -> object:
        start = process_time()
        result = plain(*args, **kwargs)
        spent[stage] += process_time() - start
        return result

    setattr(holder, name, clocked)
    try:
        yield
    finally:
        setattr(holder, name, plain)


def _stages() -> Table:
    run_through = _each(corpora.scorer().score, documents())
    runs: list[dict[str, float]] = []
    for _ in range(REPEATS):
        spent = {stage: 0.0 for stage, _, _ in STAGES}
        with ExitStack() as stack:
            for stage, holder, name in STAGES:
                stack.enter_context(_clocked(holder, name, spent, stage))
            total = cpu_seconds(run_through)
        runs.append({**spent, "model, score and the rest": total - sum(spent.values()), "all": total})
    rows: list[list[Cell]] = []
    for stage in runs[0]:
        seconds = median(run[stage] for run in runs)
        rows.append([stage, 1e6 * seconds / len(documents()), median(run[stage] / run["all"] for run in runs)])
    return Table("Where the time goes, 4-KB documents", ("step", "µs a document", "share"), rows, "With the clocks running.")


def _fresh_process() -> list[Table]:
    text = "\0".join(documents())
    loop = median(cpu_seconds(reference_loop) for _ in range(REPEATS))
    seconds, sizes = [], []
    heavy = ""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", "import credscore"], env=surroundings, check=True)  # writes byte code, as an installation does
    for _ in range(REPEATS):
        done = subprocess.run(
            [sys.executable, "-c", _FRESH, "5"], input=text, capture_output=True, encoding="utf8", check=True, env=surroundings
        )
        first, second, heavy = done.stdout.splitlines()
        seconds.append([float(part) for part in first.strip("[]").split(",")])
        sizes.append([float(part) for part in second.strip("[]").split(",")])
    points = ("python", "import credscore", "load the model", "first score", "5 rounds of documents", "10 rounds of documents")
    taken = [median(column) for column in zip(*seconds, strict=True)]
    peaks = [median(column) for column in zip(*sizes, strict=True)]
    start: list[list[Cell]] = [[points[at], 1000 * (taken[at] - taken[at - 1]), (taken[at] - taken[at - 1]) / loop] for at in range(1, 4)]
    start.append(["together", 1000 * taken[3], taken[3] / loop])
    return [
        Table("Start in a fresh process", ("step", "CPU ms", "loops"), start, f"Heavy packages imported on the way: {heavy}."),
        Table("Peak memory of a fresh process", ("after", "MB"), [[name, size] for name, size in zip(points, peaks, strict=True)]),
    ]


def _growth() -> Table:
    shapes = {"plain (fixtures)": "\n\n".join(document.text for document in fixtures.documents()), **SHAPES}
    rows: list[list[Cell]] = []
    for name, unit in shapes.items():
        costs: list[float] = []
        last = 0.0
        for size in KILOBYTES:
            length = 1024 * size
            if costs and last * (length / (1024 * KILOBYTES[len(costs) - 1])) ** 2 > PATIENCE:
                break
            document = Document((unit * (length // len(unit) + 1))[:length])
            times = max(1, 16 // size)
            last = median(_repeated(document, times) for _ in range(3))
            costs.append(1e9 * last / length)
        per_doubling = log(costs[-1] / costs[-2]) / log(KILOBYTES[len(costs) - 1] / KILOBYTES[len(costs) - 2])
        rows.append([name, *costs, *[None] * (len(KILOBYTES) - len(costs)), 1 + per_doubling])
    columns = ("text", *(f"{size} KB" for size in KILOBYTES), "exponent")
    note = "CPU nanoseconds a character. The exponent is that of cost over length between the last two sizes: 1 is linear, 2 quadratic."
    return Table("Growth with length", columns, rows, note)


def _repeated(document: Document, times: int) -> float:
    def again() -> None:
        for _ in range(times):
            corpora.scorer().reader.read(document)

    return cpu_seconds(again) / times


def _streamed() -> Table:
    """Peak memory of the command line while a stream of JSON lines runs through it from a pipe, by the length of the stream."""
    lines = [json.dumps({"id": number, "text": text}).encode() + b"\n" for number, text in enumerate(documents())]
    rows: list[list[Cell]] = []
    for form in ("csv", "jsonl"):
        for number in STREAMED:
            command = [sys.executable, "-m", "credscore.cli", "score", "-", "--format", form]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                assert process.stdin is not None
                sent = sum(process.stdin.write(lines[at % len(lines)]) for at in range(number))
                peak = peak_of(process.pid)  # all but the last pages of the pipe are scored
                process.stdin.close()
            rows.append([form, number, sent / 2**20, peak])
    return Table("Memory while streaming, one process", ("output", "documents", "MB through the pipe", "peak MB"), rows)


def processes() -> Table:
    """`score_many`, which hands scores over, whole or without their evidence, and what `credscore score --jobs` does, which hands over
    the lines it writes.
    """
    texts = (documents() * (MANY // len(documents()) + 1))[:MANY]
    scorer = corpora.scorer()
    form = form_of("jsonl", scorer.model)
    ways: dict[str, Callable[[Sequence[str], int], Iterator[object]]] = {
        "scores": lambda some, jobs: scorer.score_many(some, jobs=jobs),
        "scores, evidence not kept": lambda some, jobs: scorer.score_many(some, jobs=jobs, keep_evidence=False),
        "lines of JSON": lambda some, jobs: lines(scorer, map(Document, some), form, jobs=jobs),
    }
    rows: list[list[Cell]] = []
    for what, scored in ways.items():
        _walled(scored, texts[:128], 2)  # starts the processes
        rounds = [(_walled(scored, texts, 1), _walled(scored, texts, 2)) for _ in range(TURNS)]
        times = 1.0, median(alone / both for alone, both in rounds)
        for jobs, taken, ratio in zip((1, 2), zip(*rounds, strict=True), times, strict=True):
            rows.append([what, jobs, len(texts) / median(taken), ratio])
    return Table(PROCESSES, ("handed over", "jobs", "documents a second", "times one"), rows, "Rounds of one and two in turn, the median.")


def _walled(scored: Callable[[Sequence[str], int], Iterator[object]], texts: Sequence[str], jobs: int) -> float:
    start = perf_counter()
    deque(scored(texts, jobs), maxlen=0)
    return perf_counter() - start
