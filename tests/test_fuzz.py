"""The fuzzer finds what breaks a promise, and a short run of it finds nothing."""

from pathlib import Path

import pytest
from benchmarks import fuzz

CASES = {"command": 5, "score": 40}


@pytest.mark.parametrize("entry", fuzz.entries())
def test_a_short_run_finds_nothing(entry: str) -> None:
    """Mutated inputs raise nothing but the documented errors (longer runs: `python -m benchmarks.fuzz`)."""
    count = fuzz.fuzz(entry, CASES.get(entry, 150), seed=3)
    assert count.found == []


@pytest.mark.parametrize("entry", fuzz.entries())
def test_the_seeds_are_read(entry: str, tmp_path: Path) -> None:
    """What the mutations start from is read itself, so that the cases reach beyond the first check."""
    for seed in fuzz.SEEDS[entry]:
        fuzz.runner(entry, tmp_path)(seed)


def test_it_sees_a_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    """An undocumented error is reported with the input that raised it."""

    def breaks(entry: str, folder: Path) -> object:
        def run(data: bytes) -> None:
            raise fuzz.Broken("on purpose")

        return run

    monkeypatch.setattr(fuzz, "runner", breaks)
    found = fuzz.fuzz("text", 3, seed=1).found
    assert [item.error for item in found] == ["Broken: on purpose"] * 3
    assert all(item.data for item in found)


def test_the_same_seed_gives_the_same_cases() -> None:
    """A run can be repeated."""
    from random import Random

    runs = [[fuzz.mutated(Random(number), fuzz.SEEDS["text"], 0.5, 600) for number in range(50)] for _ in range(2)]
    assert runs[0] == runs[1]
    assert len(set(runs[0])) > 40
    assert max(map(len, runs[0])) <= 600
