"""Scoring stays as fast as it was, beside a fixed loop timed in turn with it: a guard by ratio, whatever the machine."""

from benchmarks.clock import loops_at_best
from benchmarks.speed import documents

import credscore

LIMIT = 0.42
"""Reference loops that a document of 4 KB may take: 1.6 times the .26 of an idle machine (.36 was the most on a crowded one)."""

ROUNDS = 20


def test_scoring_is_no_slower_than_it_was(scorer: credscore.Scorer) -> None:
    """A score with its evidence. Where this fails and the machine is sound: `python -m benchmarks speed` tells the step that grew."""
    texts = documents()
    taken = loops_at_best(lambda: [scorer.score(text) for text in texts], ROUNDS, LIMIT * len(texts)) / len(texts)
    assert taken <= LIMIT


def test_the_guard_fires_when_scoring_takes_twice_as_long(scorer: credscore.Scorer) -> None:
    """With every document scored twice the same bound is passed, so that the guard guards."""
    texts = documents()[::3]
    taken = loops_at_best(lambda: [scorer.score(text) for text in texts for _ in range(2)], ROUNDS // 2, LIMIT * len(texts)) / len(texts)
    assert taken > LIMIT
