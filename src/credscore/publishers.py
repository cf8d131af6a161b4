"""Floor 5: from scores of texts to scores of publishers, each drawn towards the others as far as its texts are few.

A text's log-odds are taken as those of its publisher plus noise, and a publisher's as the population's plus noise: the
normal-normal model of Efron & Morris 1975. With `between` the variance of publishers, `within` that of texts of one
publisher, and n texts of k publishers, a publisher is estimated by

    mean + (1 − B) · (mean of its texts − mean),    B = (k − 3)/(k − 1) · (within / n) / (between + within / n)

`between` is estimated by the method of Paule & Mandel 1982, which needs no distribution. The factor with k and the
interval are those of Morris 1983, who counts in that mean and variance are themselves estimated. Sums alone are kept, so
memory follows the number of publishers and not of texts.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from credscore.errors import InputError
from credscore.model import LinearModel
from credscore.score import Failure, Score, sigmoid

FEWEST_TEXTS = 5
"""Publishers with fewer texts are counted for the population but not scored: a few documents say little of who printed them."""

FEWEST_SOURCES = 20
"""From so many publishers on, mean and variance between publishers are estimated from them; else the model's card tells."""

FEWEST_SPARE = 30
"""From so many texts on, beyond the first of each publisher, the variance within is estimated from them; else the card tells."""

BETWEEN_SHARE = 0.46
"""Share of publishers in the variance of log-odds over all training texts, where the data are too few to tell.

From the one-way analysis of variance of held-out log-odds of rated publishers (`python -m benchmarks publishers`).
"""

_LEAST_VARIANCE = 1e-9
_REFERENCE = "all training texts"
_STEPS = 100


class SourceScore(NamedTuple):
    """A publisher's score: `value` and `interval` (0–100) by `n` texts dated from `first` to `last` (ISO days, or None).

    `unshrunk` is the score of the mean of its texts' log-odds, before it is drawn towards the population. In as many
    publishers as the model's level says (90 %), the interval holds what `unshrunk` would be of very many texts.
    """

    source: str
    value: float
    interval: tuple[float, float]
    n: int
    first: str | None
    last: str | None
    unshrunk: float

    def to_dict(self) -> dict[str, Any]:
        """The score as JSON types, in the columns that `credscore plot publishers` reads."""
        low, high = self.interval
        return {
            "source": self.source, "value": self.value, "low": low, "high": high, "n": self.n,
            "first": self.first, "last": self.last, "unshrunk": self.unshrunk,
        }  # fmt: skip


class Population(NamedTuple):
    """What publishers are like, in log-odds: their mean, their variance, the variance of texts within one, and the mean's error.

    `sources` is the number of publishers that mean and variance were estimated from, 0 where the model's card told them.
    """

    mean: float
    between: float
    within: float
    error: float
    sources: int

    def own_share(self, n: int) -> float:
        """How much a publisher of n texts counts against the population, 0 to 1."""
        caution = (self.sources - 3) / (self.sources - 1) if self.sources else 1.0
        return 1.0 - caution * self._chance(n)

    def variance(self, n: int, distance: float) -> float:
        """The squared error of the estimate for a publisher whose n texts have a mean at this distance from the population's."""
        drawn = 1.0 - self.own_share(n)
        unsure = 2.0 / (self.sources - 3) * drawn**2 if self.sources else 0.0
        return (1.0 - drawn) * self.within / n + (drawn * self.error) ** 2 + unsure * distance**2

    def _chance(self, n: int) -> float:
        """The share of chance in the spread of means of n texts."""
        return self.within / n / (self.between + self.within / n)


@dataclass(slots=True)
class _Tally:
    """Running count, mean and sum of squared deviations of one publisher's log-odds (Welford 1962), and its days."""

    n: int = 0
    mean: float = 0.0
    squares: float = 0.0
    first: str | None = None
    last: str | None = None

    def add(self, logit: float, day: str | None) -> None:
        self.n += 1
        step = logit - self.mean
        self.mean += step / self.n
        self.squares += step * (logit - self.mean)
        if day is not None:
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)


class RollUp(NamedTuple):
    """Publishers by score, highest first, and what they were judged against.

    `few` publishers had too few texts to be scored, `unsourced` texts named none, `failed` documents had no score.
    """

    sources: tuple[SourceScore, ...]
    population: Population
    few: int
    unsourced: int
    failed: int


def roll_up(results: Iterable[Score | Failure | Mapping[str, Any]], model: LinearModel, *, fewest: int = FEWEST_TEXTS) -> RollUp:
    """Publishers from scored texts, in one pass.

    `results` are `Score`s, `Failure`s, or mappings with `source` and `logit` (or `value`, 0–100), and `date` where known.
    Raises `InputError` for a mapping without a usable score, and for scores of two signatures or of another model.
    """
    from statistics import NormalDist  # costs more to import than the rest of this module

    if fewest < 1:
        raise ValueError(f"fewest is a number of texts, at least 1; {fewest} is not.")
    tallies: dict[str, _Tally] = {}
    unsourced = failed = 0
    signature: str | None = None
    for result in results:
        if isinstance(result, Failure) or (isinstance(result, Mapping) and result.get("error")):
            failed += 1
            continue
        record = _told_by(result) if isinstance(result, Score) else result
        signature = _same(signature, record.get("signature"), model)
        source, logit = str(record.get("source") or "").strip(), _logit_of(record)
        if source:
            tallies.setdefault(source, _Tally()).add(logit, day_of(record.get("date")))
        else:
            unsourced += 1
    population = _population(tallies.values(), model)
    quantile = NormalDist().inv_cdf((1.0 + model.level) / 2.0)
    scored = [_shrunk(source, tally, population, quantile) for source, tally in tallies.items() if tally.n >= fewest]
    scored.sort(key=lambda item: (-item.value, item.source))
    return RollUp(tuple(scored), population, len(tallies) - len(scored), unsourced, failed)


def _told_by(score: Score) -> Mapping[str, Any]:
    return {"source": score.source, "logit": score.logit, "date": score.date, "signature": str(score.signature)}


def _same(signature: str | None, other: Any, model: LinearModel) -> str | None:
    """The one signature of all results. Scores made differently are not of one scale."""
    if other is None or other == signature:
        return signature
    if signature is not None:
        raise InputError("mixed_signatures", f"Scores of {signature} and of {other} stand together. Score all texts with one of them.")
    made_by = f"{model.name}:{model.to_dict()['digest']}"
    if f"|{made_by}|" not in str(other):
        raise InputError("other_model", f"The scores are of {other}, not of {made_by}. Load their model, or score the texts again.")
    return str(other)


def _logit_of(record: Mapping[str, Any]) -> float:
    """The log-odds of a result, from `logit` or `value`."""
    given = record.get("logit")
    try:
        if given not in (None, ""):
            logit = float(given)
        else:
            share = float(record["value"]) / 100.0
            logit = math.log(share / (1.0 - share))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        logit = math.nan
    if not math.isfinite(logit):
        there = ", ".join(map(str, record)) or "none"
        raise InputError("no_score", f"A result has no finite logit and no value between 0 and 100, both excluded; its fields are {there}.")
    return logit


def day_of(told: object) -> str | None:
    """The day of a date in ISO 8601, a `date` or a `datetime`; None for what is none or is written otherwise.

    >>> day_of("2031-04-02T06:30:00Z"), day_of("2 April 2031")
    ('2031-04-02', None)
    """
    if told is None:
        return None
    try:
        return date.fromisoformat(str(told).strip()[:10]).isoformat()
    except ValueError:
        return None


def _population(tallies: Iterable[_Tally], model: LinearModel) -> Population:
    """What the publishers at hand tell of publishers; the card's reference texts where they are too few."""
    known = list(tallies)
    spare = sum(tally.n - 1 for tally in known)
    reference = model.populations.get(_REFERENCE, ())
    if (len(known) < FEWEST_SOURCES or spare < FEWEST_SPARE) and len(reference) < 2:
        raise InputError(
            "no_population",
            f"{len(known)} publishers with {spare + len(known)} texts are too few to learn from, and the card of {model.name} has no "
            f"{_REFERENCE!r}. Give at least {FEWEST_SOURCES} publishers and {FEWEST_SPARE} texts more than publishers.",
        )
    center = sum(reference) / len(reference) if reference else 0.0
    total = sum((value - center) ** 2 for value in reference) / (len(reference) - 1) if len(reference) > 1 else 0.0
    within = sum(tally.squares for tally in known) / spare if spare >= FEWEST_SPARE else (1.0 - BETWEEN_SHARE) * total
    within = max(within, _LEAST_VARIANCE)
    if len(known) < FEWEST_SOURCES:
        return Population(center, BETWEEN_SHARE * total, within, 0.0, 0)
    between = _between(known, within)
    mean, precision = _weighted_mean(known, within, between)
    return Population(mean, between, within, precision**-0.5, len(known))


def _weighted_mean(tallies: list[_Tally], within: float, between: float) -> tuple[float, float]:
    """The mean of publishers, each weighted by its precision, and the precision of that mean."""
    precision = sum(1.0 / (between + within / tally.n) for tally in tallies)
    return sum(tally.mean / (between + within / tally.n) for tally in tallies) / precision, precision


def _between(tallies: list[_Tally], within: float) -> float:
    """The variance of publishers under which their means are spread by chance as much as they are (Paule & Mandel 1982).

    The weighted sum of squares falls as the variance grows, so halving an interval finds where it equals its expectation.
    """

    def excess(between: float) -> float:
        mean, _ = _weighted_mean(tallies, within, between)
        return sum((tally.mean - mean) ** 2 / (between + within / tally.n) for tally in tallies) - (len(tallies) - 1)

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, within
    while excess(high) > 0:
        low, high = high, 2.0 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        if not low < middle < high:
            break
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2.0


def _shrunk(source: str, tally: _Tally, population: Population, quantile: float) -> SourceScore:
    distance = tally.mean - population.mean
    center = population.mean + population.own_share(tally.n) * distance
    reach = quantile * math.sqrt(population.variance(tally.n, distance))
    return SourceScore(
        source=source,
        value=100.0 * sigmoid(center),
        interval=(100.0 * sigmoid(center - reach), 100.0 * sigmoid(center + reach)),
        n=tally.n,
        first=tally.first,
        last=tally.last,
        unshrunk=100.0 * sigmoid(tally.mean),
    )
