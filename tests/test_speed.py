"""Scoring stays as fast as it was, beside a fixed loop timed in turn with it: a guard by ratio, not by seconds."""

from functools import partial

import pytest
from benchmarks import clock
from benchmarks.speed import documents

import credscore

LIMIT = 0.42
"""Reference loops that a document of 4 KB may take: 1.6 times the .26 of an idle machine (.36 was the most on a crowded one)."""

ROUNDS = 20


def test_scoring_is_no_slower_than_it_was(scorer: credscore.Scorer) -> None:
    """A score with its evidence. Where this fails and the machine is sound: `python -m benchmarks speed` tells the step that grew."""
    texts = documents()
    taken = clock.loops_at_best([partial(scorer.score, text) for text in texts], ROUNDS, LIMIT * len(texts)) / len(texts)
    assert taken <= LIMIT


def test_the_guard_fires(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes more loops than the bound in its best round is told with its ratio; one good round is enough."""
    seconds = iter([1.0, 9.0, 2.0, 8.0, 1.0, 7.0, 1.0, 6.0, 1.0, 3.0])
    monkeypatch.setattr(clock, "cpu_seconds", lambda _: next(seconds))
    assert clock.loops_at_best([lambda: None], 3, LIMIT) == 7.0
    assert clock.loops_at_best([lambda: None], 9, 3.0) == 3.0


def test_each_action_has_its_best_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is disturbed now and then disturbs one action in this round and another in the next."""
    seconds = iter([1.0, 2.0, 9.0, 8.0, 7.0, 3.0])
    monkeypatch.setattr(clock, "cpu_seconds", lambda _: next(seconds))
    assert clock.loops_at_best([lambda: None] * 2, 2) == 5.0
