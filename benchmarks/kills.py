"""Kills: a batch run killed at random moments and resumed, until it has been killed so many times and then finishes.

On: fixtures, numbered, a few that cannot be scored among them, in JSON lines. How: `credscore score … --resume` is killed (SIGKILL,
its whole session) after a time drawn with a fixed seed, and started again. Counted are documents that are missing, doubled or out of
place at the end, output that differs from that of a run nobody killed, runs that told of an error, and processes that outlived theirs.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks import fixtures
from benchmarks.processes import of_session
from benchmarks.tables import Cell, Table

KILLS = 100
DOCUMENTS = 10_000
LONGEST = 2.5
"""Seconds that a run may last before it is killed: some die while they start, some after several lines of the journal."""


def run() -> list[Table]:
    """One row for each form of output and number of processes, the kills shared among them."""
    cases = [("jsonl", 1), ("csv", 2), ("parquet", 1), ("parquet", 2)]
    rows = [killed(form, jobs, KILLS // len(cases), DOCUMENTS) for form, jobs in cases]
    columns = ("output", "jobs", "kills", "runs", "documents", "missing", "doubled", "same bytes", "errors", "left alive")
    return [Table("Killed at random moments", columns, rows, "Same bytes: as a run that nobody killed.")]


def killed(form: str, jobs: int, kills: int, documents: int, longest: float = LONGEST) -> list[Cell]:
    """A batch killed until it was killed so many times, then finished, and what became of it."""
    chance = random.Random(f"{form} {jobs}")
    with TemporaryDirectory() as folder:
        given, out, failures = (Path(folder, name) for name in ("given.jsonl", f"out.{form}", "failures.jsonl"))
        ids = write_documents(given, documents)
        command = [sys.executable, "-m", "credscore.cli", "score", str(given), "-o", str(out), "--failures", str(failures)]
        command += ["--jobs", str(jobs), "--resume"]
        died = runs = errors = 0
        alive: set[int] = set()
        while not out.exists():
            runs += 1
            within = chance.uniform(0, longest) if died < kills else None
            status, group = _run(command, within)
            died += status == -signal.SIGKILL
            errors += status not in (-signal.SIGKILL, 1)  # 1: some documents could not be scored
            alive |= _alive(group)
        found = ids_of(out) + ids_of(failures)
        once = Path(folder, f"once.{form}")
        subprocess.run([*command[:6], str(once), "--failures", str(failures), "--jobs", "1"], capture_output=True, check=False)
        same = once.read_bytes() == out.read_bytes()
        return [
            form, jobs, died, runs, documents, len(set(ids) - set(found)), len(found) - len(set(found)), "yes" if same else "no", errors,
            len(alive),
        ]  # fmt: skip


def write_documents(path: Path, number: int) -> list[str]:
    """So many fixtures, each with an id of its own, every fiftieth too short to be scored; their ids."""
    texts = [document.text for document in fixtures.documents()]
    rows = [{"id": f"d{n}", "text": "Too short." if n % 50 == 7 else texts[n % len(texts)]} for n in range(number)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return [row["id"] for row in rows]


def ids_of(path: Path) -> list[str]:
    """The ids of a file of results or failures, in their order."""
    from credscore.batch.rows import numbered

    return [str(row["id"]) for _, row in numbered(path)]


def _run(command: Sequence[str], within: float | None) -> tuple[int, int]:
    """A command in a session of its own, its first process killed after so many seconds; exit status and session."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait(), process.pid


def _alive(session: int, patience: float = 5.0) -> set[int]:
    """Processes of a session that are still there after some seconds; they are ended."""
    end = monotonic() + patience
    while (left := of_session(session)) and monotonic() < end:
        sleep(0.05)
    for number in left:
        os.kill(number, signal.SIGKILL)
    return left
