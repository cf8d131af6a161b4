"""Publishers: how well scores tell texts of highly rated publishers from low rated ones, publishers never seen before.

On: texts of rated publishers (`pc1` of Lin et al. 2023), 80 words and more. How: five folds, all texts of a publisher in
one; each fold is scored by a model fitted on publishers of the others alone, rated above .7 or below .4, its
calibration and interval included. AUC is of those two ends, overall and as the mean over data sets that hold both
(data sets differ in topic and layout, which inflates the overall figure). Spearman's ρ compares the mean probability of
a publisher with its rating, publishers with five texts and more, those rated in between included. Calibration error
and coverage are at equal odds. Coverage is the share of texts whose interval holds the calibrated frequency: isotonic
regression of the labels on the scores of held-out publishers. 95 % intervals draw whole publishers; differences to a rival are
of the same draws.

The roll-up (`credscore.publishers`) is asked about the same held-out log-odds: its order against the ratings, and whether
its interval, from a few texts drawn of a publisher, holds the mean log-odds of all its other texts.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.stats import spearmanr
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

from benchmarks import corpora, draws, folds, held_out
from benchmarks.corpora import Measured
from benchmarks.draws import interval
from benchmarks.folds import Fold
from benchmarks.held_out import Approach, corpora_of, labels_of
from benchmarks.rivals import NON_LINEAR, OURS
from benchmarks.tables import Cell, Table
from credscore.points import card_of
from credscore.publishers import RollUp, roll_up
from credscore.training.data import Example
from credscore.training.evaluate import clustered_interval
from credscore.training.fit import Floats, balanced

FEWEST_TEXTS = 5
FEWEST_OF_A_CLASS = 10
"""A data set needs this many texts of each class to enter the mean within data sets."""

ROLL_UP_FROM = (1, 2, 5, 10)
DRAWN = (2, 5, 10)
FEWEST_OTHERS = 15
FEWEST_PUBLISHERS = 10
"""A data set needs this many publishers of five texts and more for a rank correlation."""

_DRAWS = 20
_CERTAIN = 0.01
"""Frequencies are kept this far from 0 and 1, where log-odds have no end."""


def run(approaches: Mapping[str, Approach]) -> list[Table]:
    """The figures of the recipe and of the rivals on the same folds, AUC by data set, and the roll-up."""
    # the majority of a fold's training texts is the smaller the more of it are tested: across folds it ranks the wrong way round
    ready, missing = folds.ready({name: approach for name, approach in approaches.items() if approach is not held_out.majority})
    measured = corpora.publishers()
    held_out_by = held_out_by_model(measured, folds.by_publisher())
    log_odds, _ = held_out_by[OURS]
    scores = {name: folds.unseen(approach) for name, approach in ready.items()}
    ends = np.array([row for row, example in enumerate(measured.examples) if example.label >= 0])
    known = measured.take(ends.tolist())
    ended = {name: found[ends] for name, found in scores.items()}
    rows: list[list[Cell]] = []
    in_sets = {name: within(known.examples, found) for name, found in ended.items()}
    drawn = {name: draws.drawn_aucs(known.examples, found) for name, found in ended.items()}
    for name, found in scores.items():
        auc, *others = draws.figures(known, ended[name])
        by_set = float(np.mean(list(in_sets[name].values())))
        rows.append([name, auc, *interval(drawn[name]), by_set, *ranks(measured.examples, found), *others])
    rows += [[f"{name} (not installed)", *[None] * (len(rows[0]) - 1)] for name in missing]
    in_set = {name: [row for row, example in enumerate(known.examples) if example.dataset == name] for name in in_sets[OURS]}
    inside = {
        name: np.nanmean([draws.drawn_aucs(known.take(here).examples, found[here]) for here in in_set.values()], axis=0)
        for name, found in ended.items()
    }
    return [
        Table(
            "Unseen publishers",
            ("approach", "AUC", "low", "high", "AUC within data sets", "ρ with pc1", "ρ low", "ρ high", *draws.FIGURES),
            rows,
        ),
        Table(
            "Unseen publishers: AUC of credscore less that of each baseline, the same draws",
            ("baseline", "difference", "low", "high", "within data sets", "within low", "within high"),
            [[name, *_gain(drawn[OURS] - drawn[name]), *_gain(inside[OURS] - inside[name])] for name in ready if name != OURS],
        ),
        Table(
            "Unseen publishers: what adding up keeps of non-linear models",
            ("ceiling", "AUC of it", "share kept", "low", "high"),
            [
                [
                    name,
                    draws.figures(known, ended[name])[0],
                    *_gain(draws.share_kept(drawn[OURS], drawn[name])),
                ]
                for name in filter(ready.__contains__, NON_LINEAR)
            ],
        ),
        Table(
            "The interval on unseen publishers",
            ("approach", "texts", "publishers", "share holding the frequency", "mean width in points"),
            [
                [name, len(ends), len({example.group for example in known.examples}), *coverage(found[ends], half_widths[ends], known)]
                for name, (found, half_widths) in held_out_by.items()
            ],
        ),
        Table(
            "Within data sets",
            ("data set", "texts", "publishers", "credible", *(f"AUC {name}" for name in scores)),
            [_of_set(name, known.take(here).examples, [in_sets[approach][name] for approach in scores]) for name, here in in_set.items()],
        ),
        *_rolled_up(measured.examples, log_odds),
    ]


def _gain(drawn: Floats) -> list[float]:
    return [float(np.nanmean(drawn)), *interval(drawn)]


def _of_set(name: str, part: Sequence[Example], aucs: Sequence[float]) -> list[Cell]:
    return [name, len(part), len({example.group for example in part}), sum(example.label for example in part), *aucs]


def held_out_by_model(measured: Measured, parts: Iterable[Fold]) -> Mapping[str, tuple[Floats, Floats]]:
    """Log-odds and half widths by model and by card, by fits that have not seen the publisher."""
    found = {name: (np.zeros(len(measured.examples)), np.zeros(len(measured.examples))) for name in (OURS, "points card")}
    for train, rows in parts:
        fitted = held_out.fitted(train)
        for model, (log_odds, half_widths) in zip((fitted, card_of(fitted)), found.values(), strict=True):
            log_odds[rows] = held_out.logits(model, measured.take(rows).values)
            half_widths[rows] = model.half_width
    return found


def within(examples: Sequence[Example], scores: Floats) -> Mapping[str, float]:
    """AUC in each data set that holds enough texts of both classes."""
    labels = labels_of(examples)
    names = np.array([example.dataset for example in examples])
    found = {}
    for name in sorted(set(names.tolist())):
        here = names == name
        if min(labels[here].sum(), (1 - labels[here]).sum()) >= FEWEST_OF_A_CLASS:
            found[name] = float(roc_auc_score(labels[here], scores[here]))
    return found


def ranks(examples: Sequence[Example], scores: Floats) -> tuple[float, float, float]:
    """Spearman's ρ of mean score and rating over publishers, with its interval."""
    texts: dict[str, list[int]] = {}
    for row, example in enumerate(examples):
        texts.setdefault(example.group, []).append(row)
    kept = {group: rows for group, rows in texts.items() if len(rows) >= FEWEST_TEXTS}
    means = np.array([scores[rows].mean() for rows in kept.values()])
    ratings = np.array([examples[rows[0]].rating for rows in kept.values()], dtype=float)

    def rank(drawn: Sequence[int] | np.ndarray) -> float:
        return float(spearmanr(means[drawn], ratings[drawn]).statistic)

    return rank(np.arange(len(means))), *clustered_interval(rank, list(kept))


def coverage(log_odds: Floats, half_widths: Floats, known: Measured) -> tuple[float, float]:
    """Share of texts whose interval holds the calibrated frequency, and the mean width of the interval in points."""
    labels = labels_of(known.examples)
    sample = balanced(labels, corpora_of(known.examples))
    curve = IsotonicRegression(out_of_bounds="clip").fit(log_odds, labels, sample_weight=sample)
    frequency = np.clip(curve.predict(log_odds), _CERTAIN, 1 - _CERTAIN)
    holds = np.abs(np.log(frequency / (1 - frequency)) - log_odds) <= half_widths
    width = held_out.odds_to_probability(log_odds + half_widths) - held_out.odds_to_probability(log_odds - half_widths)
    return float(np.average(holds, weights=sample)), float(100 * width.mean())


def _rolled_up(examples: Sequence[Example], log_odds: Floats) -> list[Table]:
    """The roll-up against the ratings, overall and in each data set, and how often its interval holds."""
    rows = list(range(len(examples)))
    everything = _roll_up(examples, log_odds, rows)
    ranks: list[list[Cell]] = [["all", fewest, *_rank_of(everything, examples, fewest)] for fewest in ROLL_UP_FROM]
    for name in sorted({example.dataset for example in examples}):
        here = [row for row in rows if examples[row].dataset == name]
        cells = _rank_of(_roll_up(examples, log_odds, here), examples, FEWEST_TEXTS)
        if cells[0] >= FEWEST_PUBLISHERS:
            ranks.append([name, FEWEST_TEXTS, *cells])
    population = everything.population
    share = population.between / (population.between + population.within)
    return [
        Table("Publishers rolled up: order against pc1", ("data set", "fewest texts", "publishers", "ρ shrunk", "ρ unshrunk"), ranks),
        Table(
            "Publishers rolled up: variances of log-odds",
            ("publishers", "mean", "between", "within", "share between"),
            [[population.sources, population.mean, population.between, population.within, share]],
        ),
        Table(
            "Publishers rolled up: does the 90 % interval hold the other texts' mean?",
            ("texts drawn", "publishers", "share held", "error, points", "error unshrunk, points"),
            [_foretold(examples, log_odds, drawn) for drawn in DRAWN],
            f"The other texts are {FEWEST_OTHERS} and more; their mean has a sampling error of its own, so the share is a lower bound.",
        ),
    ]


def _roll_up(examples: Sequence[Example], log_odds: Floats, rows: Sequence[int]) -> RollUp:
    told = [{"source": examples[row].group, "logit": float(log_odds[row])} for row in rows]
    return roll_up(told, corpora.scorer().model, fewest=1)


def _rank_of(made: RollUp, examples: Sequence[Example], fewest: int) -> tuple[int, float, float]:
    """Number of publishers, and Spearman's ρ of their ratings with the shrunk value and with the unshrunk one."""
    ratings = {example.group: example.rating for example in examples}
    kept = [item for item in made.sources if item.n >= fewest]
    truth = [ratings[item.source] for item in kept]
    if len(kept) < 3:
        return len(kept), float("nan"), float("nan")
    shrunk, unshrunk = (spearmanr(values, truth).statistic for values in ([i.value for i in kept], [i.unshrunk for i in kept]))
    return len(kept), float(shrunk), float(unshrunk)


def _foretold(examples: Sequence[Example], log_odds: Floats, drawn: int) -> list[Cell]:
    """From `drawn` texts of each large publisher: share of intervals that hold the mean of its others, and mean errors in points."""
    random = np.random.default_rng(0)
    texts: dict[str, list[int]] = {}
    for row, example in enumerate(examples):
        texts.setdefault(example.group, []).append(row)
    held, errors = [], []
    large = 0
    for _ in range(_DRAWS):
        seen: list[int] = []
        others: dict[str, float] = {}
        for group, rows in texts.items():
            mixed = random.permutation(rows).tolist()
            if len(rows) >= drawn + FEWEST_OTHERS:
                mixed, rest = mixed[:drawn], mixed[drawn:]
                others[group] = 100 * float(held_out.odds_to_probability(log_odds[rest].mean()))
            seen += mixed
        large = len(others)
        for item in _roll_up(examples, log_odds, seen).sources:
            if (truth := others.get(item.source)) is not None:
                held.append(item.interval[0] <= truth <= item.interval[1])
                errors.append((abs(item.value - truth), abs(item.unshrunk - truth)))
    shrunk, unshrunk = np.mean(errors, axis=0).tolist()
    return [drawn, large, float(np.mean(held)), shrunk, unshrunk]
