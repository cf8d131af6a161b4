"""Timing that compares across machines: CPU seconds, medians of repeats, and a ratio to a fixed loop timed beside them."""

from collections.abc import Callable, Sequence
from statistics import median
from time import process_time
from typing import NamedTuple

REPEATS = 5
_STEPS = 100_000


class Timing(NamedTuple):
    """Median CPU seconds of an action, and how many reference loops would have run in that time."""

    seconds: float
    loops: float


def cpu_seconds(action: Callable[[], object]) -> float:
    """CPU seconds of one run in this process."""
    start = process_time()
    action()
    return process_time() - start


def reference_loop() -> int:
    """The unit of `Timing.loops`: whole numbers counted in a dictionary. Never change it, or figures stop comparing."""
    counts: dict[int, int] = {}
    for step in range(_STEPS):
        key = step * 7919 % 1009
        counts[key] = counts.get(key, 0) + 1
    return len(counts)


def timed(action: Callable[[], object], repeats: int = REPEATS) -> Timing:
    """An action run once to warm up and then `repeats` times, the reference loop before each."""
    action()
    pairs = [(cpu_seconds(reference_loop), cpu_seconds(action)) for _ in range(repeats)]
    return Timing(median(taken for _, taken in pairs), median(taken / loop for loop, taken in pairs))


def loops_at_best(actions: Sequence[Callable[[], object]], rounds: int, enough: float = 0.0) -> float:
    """Reference loops that some actions take together where nothing disturbs them: the fastest run of each over the fastest loop.

    Loop and actions are run in turn, `rounds` times or until the ratio is as low as `enough`: a busy machine gets more tries. Actions about
    as short as the loop find as quiet a moment as it does.
    """
    loop, taken = float("inf"), [float("inf")] * len(actions)
    for _ in range(rounds):
        loop = min(loop, cpu_seconds(reference_loop))
        taken = [min(best, cpu_seconds(action)) for best, action in zip(taken, actions, strict=True)]
        if sum(taken) <= enough * loop:
            break
    return sum(taken) / loop
