"""Floor 1: the linear model as a value and as JSON. It knows numbers and names of features, and nothing of text."""

import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from credscore.errors import ModelError

FORMAT = 1
DEFAULT = "news-en-1"
_LARGEST = 1e6
_SMALLEST_STEP = 1e-6
_NUMBERS = ("weight", "scale", "center", "low", "high")
_FIELDS = {"format", "name", "language", "baseline", "features", "interval", "populations", "card", "digest"}
_OF_CARD = "points_card"


@dataclass(frozen=True, slots=True)
class Weight:
    """One feature's part in the model.

    The feature's value v becomes x = ln(1 + scale·v), clamped to the training range `low`–`high` so that no single
    finding can buy more than a known number of points; it adds weight·(x − center) to the log-odds. `center` is the
    training mean: a text like the average one adds nothing. With a `step`, as on a points card (`credscore.points`), what
    it adds is rounded to whole steps.
    """

    feature: str
    weight: float
    scale: float
    center: float
    low: float
    high: float
    step: float = 0.0

    def amount(self, value: float | None) -> float:
        """What a value adds to the log-odds; a value that could not be measured adds nothing."""
        if value is None:
            return 0.0
        x = math.log1p(self.scale * value)
        amount = self.weight * (min(max(x, self.low), self.high) - self.center)
        return self.step * round(amount / self.step) if self.step else amount

    def to_dict(self) -> dict[str, Any]:
        """The weight as JSON types; a step only where there is one."""
        record: dict[str, Any] = {
            "name": self.feature, "weight": self.weight, "scale": self.scale, "center": self.center, "low": self.low, "high": self.high
        }  # fmt: skip
        return {**record, "step": self.step} if self.step else record

    def position(self, value: float) -> float:
        """Where a value lies in the training range: 0 at its low end, 1 at its high end, clamped as in `amount`."""
        x = min(max(math.log1p(self.scale * value), self.low), self.high)
        return (x - self.low) / (self.high - self.low) if self.high > self.low else 0.0

    def outside(self, value: float | None) -> bool:
        """Whether a value lies outside the training range and was clamped."""
        return value is not None and not self.low <= math.log1p(self.scale * value) <= self.high


class PointsCard(NamedTuple):
    """What only texts tell of a model's points card: its baseline and half its interval, in log-odds, measured like the model's.

    Rounding to whole points does not leave the mean where it was, nor the distance to what was found.
    """

    baseline: float
    half_width: float


@dataclass(frozen=True, slots=True)
class LinearModel:
    """`baseline + Σ weight·(x − center)` is the log-odds that a text comes from credible reporting, at equal odds.

    `half_width` is half the interval on the log-odds scale at `level`; `populations` hold 101 percentiles of the
    log-odds of named reference texts. `card` says what it was trained on and how it did. `points_card` is what a points card
    made from the model cannot take from it (None where it was never measured).
    """

    name: str
    language: str
    baseline: float
    weights: tuple[Weight, ...]
    level: float
    half_width: float
    populations: Mapping[str, tuple[float, ...]]
    card: Mapping[str, Any]
    points_card: PointsCard | None = None

    def to_dict(self) -> dict[str, Any]:
        """The model as JSON types, with its digest."""
        record: dict[str, Any] = {
            "format": FORMAT,
            "name": self.name,
            "language": self.language,
            "baseline": self.baseline,
            "features": [weight.to_dict() for weight in self.weights],
            "interval": {"level": self.level, "half_width": self.half_width},
            "populations": {name: list(values) for name, values in self.populations.items()},
            "card": dict(self.card),
        }
        if self.points_card is not None:
            record["points_card"] = self.points_card._asdict()
        record["digest"] = digest_of(record)
        return record

    def to_json(self) -> str:
        """The model as it stands in `models/`: readable, one field a line, the same bytes for the same model."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False) + "\n"

    def percentile(self, population: str, logit: float) -> int:
        """Share of a reference population, in percent, that scores no higher."""
        return min(100, bisect_right(self.populations[population], logit) * 100 // len(self.populations[population]))


def digest_of(record: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits of SHA-256 over the canonical JSON without the digest itself."""
    rest = {key: value for key, value in record.items() if key != "digest"}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:12]


def _number(where: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        raise ModelError(f"{where} is {value!r}, not a finite number of ordinary size. Fit the model again or restore the file.")
    return float(value)


def from_dict(record: Any, name: str, known: frozenset[str]) -> LinearModel:
    """A model from JSON types, every field checked. `name` is used in messages, `known` are the features there are."""
    if not isinstance(record, Mapping):
        raise ModelError(f"{name}: the file holds {type(record).__name__}, not a model object.")
    if type(record.get("format")) is not int or record["format"] != FORMAT:
        raise ModelError(f"{name}: format {record.get('format')!r}; this version reads format {FORMAT}. Install the matching credscore.")
    if odd := sorted(map(str, _FIELDS ^ (set(record) - {_OF_CARD}))):
        raise ModelError(f"{name}: missing or unknown field {', '.join(odd)}.")
    try:
        digest = digest_of(record)
    except (RecursionError, TypeError, ValueError) as error:
        raise ModelError(f"{name}: the content is no JSON ({error}). Restore the file or fit the model again.") from error
    if record["digest"] != digest:
        raise ModelError(f"{name}: the digest does not fit the content. The file was changed by hand or cut short; restore or refit it.")
    weights: list[Weight] = []
    try:
        for entry in record["features"]:
            feature = entry["name"]
            if unknown := set(entry) - {"name", "step", *_NUMBERS}:
                raise ModelError(f"{name}: the weight of {feature!r} has the unknown field {', '.join(sorted(unknown))}.")
            if feature not in known:
                raise ModelError(f"{name}: the feature {feature!r} is not known to this version. Install the credscore it was made with.")
            numbers = {key: _number(f"{name}: {key} of {feature}", entry[key]) for key in _NUMBERS}
            numbers["step"] = _number(f"{name}: step of {feature}", entry.get("step", 0.0))
            if numbers["scale"] <= 0 or numbers["step"] < 0 or numbers["low"] > numbers["high"]:
                raise ModelError(f"{name}: {feature} has a scale that is not positive, a negative step or a range that is upside down.")
            if 0 < numbers["step"] < _SMALLEST_STEP:
                raise ModelError(f"{name}: the step of {feature} is {numbers['step']}; it is 0 (no steps) or {_SMALLEST_STEP} and more.")
            if any(weight.feature == feature for weight in weights):
                raise ModelError(f"{name}: {feature} stands twice. Keep one of the two weights.")
            weights.append(Weight(feature, **numbers))
        populations = {
            label: tuple(_number(f"{name}: population {label}", value) for value in values)
            for label, values in record["populations"].items()
        }
        if unsorted := [label for label, values in populations.items() if list(values) != sorted(values)]:
            raise ModelError(f"{name}: the percentiles of the population {unsorted[0]!r} do not rise. Fit the model again.")
        if empty := [label for label, values in populations.items() if not values]:
            raise ModelError(f"{name}: the population {empty[0]!r} is empty: no percentile can be told. Leave it out or fit again.")
        level, half_width = (_number(f"{name}: interval {key}", record["interval"][key]) for key in ("level", "half_width"))
        points_card = None
        if (stated := record.get(_OF_CARD)) is not None:
            points_card = PointsCard(**{key: _number(f"{name}: {_OF_CARD} {key}", value) for key, value in stated.items()})
        if not 0 < level < 1 or half_width < 0 or (points_card and points_card.half_width < 0):
            raise ModelError(f"{name}: an interval has a level between 0 and 1 and no negative width; {level} and {half_width} are not.")
        if not isinstance(record["name"], str) or not isinstance(record["language"], str):
            raise ModelError(f"{name}: name and language are texts; {record['name']!r} and {record['language']!r} are not.")
        return LinearModel(
            name=record["name"],
            language=record["language"],
            baseline=_number(f"{name}: baseline", record["baseline"]),
            weights=tuple(weights),
            level=level,
            half_width=half_width,
            populations=populations,
            card=dict(record["card"]),
            points_card=points_card,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{name}: a field is missing or of the wrong form ({error}).") from error


def folder() -> Path:
    """Where the bundled models are: inside the installed package, or `models/` of a checkout."""
    installed = Path(__file__).with_name("models")
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "models"


def load(name_or_path: str | Path, known: frozenset[str]) -> LinearModel:
    """A bundled model by name or a model file by path. Raises `ModelError` saying what is wrong with it."""
    path = Path(name_or_path)
    try:
        if not path.is_file():
            path = folder() / f"{name_or_path}.json"
            if not path.is_file():
                there = sorted(item.name.removesuffix(".json") for item in folder().iterdir() if item.name.endswith(".json"))
                raise ModelError(
                    f"There is no model {str(name_or_path)!r}: give a path to a model file or one of {', '.join(there) or 'none'}."
                )
        content = path.read_text(encoding="utf8")
    except OSError as error:
        raise ModelError(f"{str(name_or_path)[:80]}: cannot be read ({error.strerror}). Give the path of a model file.") from error
    except UnicodeDecodeError as error:
        raise ModelError(f"{path.name}: not readable JSON ({error}).") from error
    return from_dict(from_json(content, path.name), path.name, known)


def from_json(content: str, name: str) -> Any:
    """The JSON types of a model file. Raises `ModelError` for what JSON does not know, and for a key that stands twice."""
    try:
        return json.loads(content, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_without_doubles)
    except (RecursionError, ValueError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{name}: not readable JSON ({error}).") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise ModelError(f"The key {key!r} stands twice in one object of the model, so it is not clear what counts. Keep one.")
        record[key] = value
    return record


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ModelError(f"A model holds {digits[:20]}, which is too large for a number. Fit the model again or restore the file.")
    return number


def _refuse_constant(constant: str) -> float:
    raise ModelError(f"A model holds {constant}, which is no number. Fit the model again or restore the file.")
