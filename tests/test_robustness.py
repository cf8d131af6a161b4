"""What must move no score moves none, on every fixture; what may be gamed has a ceiling, and the words on it are true."""

import pytest
from benchmarks import robustness
from benchmarks.robustness import EVASION, GAMING, INVARIANCE, ceiling, moves
from benchmarks.spelling import american, british

import credscore
from credscore.lexicon.terms import Term, bundled
from credscore.score import sigmoid

EXACT = {
    **{name: change for name, change in INVARIANCE.items() if name not in ("the text twice", "the first half")},
    **{name: change for name, change in EVASION.items() if name not in ("letters set apart", "a letter left out")},
}
"""Changes that move no score of any fixture, not in the last digit."""

BOUNDED = {
    "the text twice": (INVARIANCE["the text twice"], 2.0),
    "letters set apart": (EVASION["letters set apart"], 3.0),
}
"""Changes that may move a score, with the most points they move one of the fixtures."""


@pytest.mark.parametrize("name", EXACT)
def test_these_changes_move_no_score(name: str) -> None:
    """Spelling, names, glyphs, layout and hidden words: the score of every fixture stays what it was, exactly."""
    found = list(moves(EXACT[name], robustness.fixtures()))
    assert len(found) == len(robustness.fixtures())
    assert [move for move in found if move.points] == []


@pytest.mark.parametrize("name", BOUNDED)
def test_these_changes_move_no_score_far(name: str) -> None:
    """Where a change moves scores, it stays inside the published bound."""
    change, bound = BOUNDED[name]
    assert max(abs(move.points) for move in moves(change, robustness.fixtures())) <= bound


def test_the_changes_change_something() -> None:
    """No change is idle: each alters a fixture, or nothing was tried."""
    for name, change in {**INVARIANCE, **EVASION, **GAMING}.items():
        assert any(change(document) != document for document in robustness.fixtures()), name


def test_no_feature_moves_a_score_by_more_than_its_ceiling(scorer: credscore.Scorer) -> None:
    """A feature's amount is clamped: from any value to any other it is worth no more points than its ceiling."""
    values = (0.0, 0.1, 0.5, 1.0, 5.0, 50.0, 1e4, 1e9)
    for weight in scorer.model.weights:
        amounts = [weight.amount(value) for value in values]
        rest = -(max(amounts) + min(amounts)) / 2  # where the same swing is worth most: around the middle of the scale
        points = [100 * sigmoid(rest + amount) for amount in (max(amounts), min(amounts))]
        assert points[0] - points[1] <= ceiling(scorer.model, weight.feature) + 1e-9


def places(term: Term) -> tuple[object, ...]:
    """What must be the same for two spellings to do the same."""
    return term.layer, term.kind, term.strength, term.lower_only, term.at


def test_every_entry_has_both_spellings() -> None:
    """A form with a British or an American spelling has the other beside it, with the same kind and strength."""
    there = {(places(term), form) for term in bundled().terms for form in term.terms}
    missing = []
    for term in bundled().terms:
        for form in term.terms:
            for spelling in (british, american):
                other = " ".join(map(spelling, form.split()))
                if (places(term), other) not in there:
                    missing.append((term.layer, term.id, other))
    assert missing == []


def test_every_look_alike_has_both_spellings() -> None:
    """A look-alike silences in both spellings."""
    there = {(term.layer, form) for term in bundled().terms for form in term.unless}
    forms = [(term.layer, form) for term in bundled().terms for form in term.unless]
    spelled = [(layer, " ".join(map(spelling, form.split()))) for layer, form in forms for spelling in (british, american)]
    assert [item for item in spelled if item not in there] == []


ONE_TRICK, ALL_TRICKS = 35.0, 90.0
"""Points that one trick and all tricks together gain at most on a fixture, as the page on robustness says."""


def test_no_trick_gains_more_than_is_published() -> None:
    """What a writer can add or strike without reporting is worth no more than the published points."""
    documents = robustness.fixtures()
    for name, change in GAMING.items():
        bound = ALL_TRICKS if name == "all of these together" else ONE_TRICK
        assert max(move.points for move in moves(change, documents)) <= bound, name


def test_restyling_is_a_limit_that_is_measured() -> None:
    """Six stories are told twice; the manner decides, as the page on robustness says: a plain hoax outscores a lurid report."""
    rows = robustness.restyled()
    assert len(rows) == 6
    for _, _, told, _, retold, apart in rows:
        assert float(told) > float(retold)
        assert float(apart) > 10
