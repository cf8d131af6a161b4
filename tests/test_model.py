"""The model as JSON: readable, safe to load, refused where it cannot be trusted, and true to its features' directions."""

import copy
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import credscore
from credscore import model as models
from credscore.errors import ModelError
from credscore.features.catalogue import BY_NAME, FEATURES
from credscore.features.feature import Direction
from credscore.model import DEFAULT, LinearModel, PointsCard, Weight, digest_of

KNOWN = frozenset(BY_NAME)

number = st.floats(-1000, 1000)
weight = st.builds(
    lambda feature, value, scale, center, ends: Weight(feature, value, scale, center, *sorted(ends)),
    st.sampled_from(sorted(BY_NAME)),
    number,
    st.floats(0.001, 100),
    number,
    st.tuples(number, number),
)
linear = st.builds(
    LinearModel,
    name=st.text(max_size=12),
    language=st.sampled_from(("en", "de")),
    baseline=number,
    weights=st.lists(weight, max_size=5, unique_by=lambda item: item.feature).map(tuple),
    level=st.floats(0.5, 0.99),
    half_width=st.floats(0, 10),
    populations=st.dictionaries(st.text(max_size=8), st.lists(number, min_size=101, max_size=101).map(sorted).map(tuple), max_size=2),
    card=st.dictionaries(st.text(max_size=8), st.text(max_size=12) | number | st.lists(st.integers(), max_size=3), max_size=3),
    points_card=st.none() | st.builds(PointsCard, number, st.floats(0, 10)),
)


@pytest.fixture
def record(scorer: credscore.Scorer) -> dict[str, Any]:
    """The bundled model as JSON types, free to be broken."""
    return copy.deepcopy(json.loads(scorer.model.to_json()))


def signed(record: dict[str, Any]) -> dict[str, Any]:
    """A record with the digest that fits it, so that nothing but its content can be refused."""
    return {**record, "digest": digest_of(record)}


def read(record: Any) -> LinearModel:
    """A model from JSON types, under the name of a file."""
    return models.from_dict(record, "broken.json", KNOWN)


@given(linear)
def test_a_model_survives_json(model: LinearModel) -> None:
    """Any model read back from its JSON is the same model and the same bytes."""
    back = models.from_dict(json.loads(model.to_json()), "model.json", KNOWN)
    assert back == model
    assert back.to_json() == model.to_json()


def test_the_digest_names_the_content(record: dict[str, Any]) -> None:
    """The digest follows every field, and nothing but the fields."""
    digest = record["digest"]
    assert digest_of(record) == digest
    assert digest_of(dict(reversed(record.items()))) == digest
    for field in set(record) - {"digest"}:
        assert digest_of({**record, field: "changed"}) != digest
    record["features"][0]["weight"] += 1e-9
    assert digest_of(record) != digest


def test_a_changed_file_is_refused(record: dict[str, Any]) -> None:
    """A model edited by hand without a new digest is not trusted."""
    record["baseline"] += 1
    with pytest.raises(ModelError, match=r"broken\.json.*digest"):
        read(record)


NO_NUMBERS = (math.nan, math.inf, -math.inf, 1e7, -1e300, 10**400, "1", None, True, [1], {})


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: repr(value)[:12])
@pytest.mark.parametrize("place", ("baseline", "weight", "scale", "center", "low", "high", "level", "half_width", "population"))
def test_what_is_no_ordinary_number_is_refused(place: str, value: object, record: dict[str, Any]) -> None:
    """NaN, infinities, huge numbers and things that are no numbers are refused wherever a number stands."""
    if place == "baseline":
        record["baseline"] = value
    elif place in ("level", "half_width"):
        record["interval"][place] = value
    elif place == "population":
        next(iter(record["populations"].values()))[3] = value
    else:
        record["features"][0][place] = value
    with pytest.raises(ModelError, match=r"^broken\.json"):
        read(signed(record))


@pytest.mark.parametrize("field", ("format", "name", "language", "baseline", "features", "interval", "populations", "card", "digest"))
def test_missing_fields_are_refused(field: str, record: dict[str, Any]) -> None:
    """A model without one of its fields is refused, and the message names the file."""
    del record[field]
    with pytest.raises(ModelError, match=r"^broken\.json"):
        read(record if field == "digest" else signed(record))


@pytest.mark.parametrize("field", ("name", "weight", "scale", "center", "low", "high"))
def test_missing_fields_of_a_weight_are_refused(field: str, record: dict[str, Any]) -> None:
    """A weight needs all its numbers."""
    del record["features"][0][field]
    with pytest.raises(ModelError, match=field):
        read(signed(record))


@pytest.mark.parametrize("field", ("features", "interval", "populations", "card"))
@pytest.mark.parametrize("value", (7, None, "text", [7], {"a": 7}), ids=repr)
def test_fields_of_the_wrong_form_are_refused(field: str, value: object, record: dict[str, Any]) -> None:
    """A field of another type is a `ModelError`, never a `KeyError` or `TypeError`."""
    if field == "card" and isinstance(value, dict):
        return
    record[field] = value
    with pytest.raises(ModelError, match=r"^broken\.json"):
        read(signed(record))


@pytest.mark.parametrize(
    ("change", "match"),
    (
        ({"format": 2}, "format 2"),
        ({"format": None}, "format"),
        ({"format": "1"}, "format"),
        ({"code": "import os"}, "code"),
    ),
)
def test_other_formats_and_unknown_fields_are_refused(change: dict[str, object], match: str, record: dict[str, Any]) -> None:
    """A file of another format, or with more in it than a model has, is refused."""
    with pytest.raises(ModelError, match=match):
        read(signed({**record, **change}))


@pytest.mark.parametrize("value", (None, 7, "text", [], True), ids=repr)
def test_what_is_no_object_is_refused(value: object) -> None:
    """A JSON file that holds something else is refused."""
    with pytest.raises(ModelError, match=r"^broken\.json"):
        read(value)


def test_unknown_features_are_refused(record: dict[str, Any]) -> None:
    """A model of another version, with a feature this one lacks, is refused and the feature named."""
    record["features"][0]["name"] = "astrology"
    with pytest.raises(ModelError, match="astrology"):
        read(signed(record))
    with pytest.raises(ValueError, match="astrology"):
        credscore.load(LinearModel("m", "en", 0.0, (Weight("astrology", 1.0, 1.0, 0.0, 0.0, 1.0),), 0.9, 1.0, {}, {}))


def test_a_feature_twice_is_refused(record: dict[str, Any]) -> None:
    """A feature has one weight."""
    record["features"].append(record["features"][0])
    with pytest.raises(ModelError, match=record["features"][0]["name"]):
        read(signed(record))


@pytest.mark.parametrize(("field", "value"), (("scale", 0), ("scale", -1), ("low", 1e5)))
def test_impossible_ranges_are_refused(field: str, value: float, record: dict[str, Any]) -> None:
    """A scale is positive and a range has its ends in order."""
    record["features"][0][field] = value
    with pytest.raises(ModelError, match=record["features"][0]["name"]):
        read(signed(record))


def test_an_empty_population_is_refused(record: dict[str, Any]) -> None:
    """A population without texts has no percentiles: refused at loading, not at the first score."""
    record["populations"] = {"nobody": []}
    with pytest.raises(ModelError, match="nobody"):
        read(signed(record))


# Files


@pytest.mark.parametrize("content", (b"", b"{", b"\xff\xfe\x00", b'{"baseline": NaN}', b'{"baseline": Infinity}', b"[" * 100_000, b"7"),
                         ids=lambda content: repr(content)[:20])  # fmt: skip
def test_unreadable_files_are_refused(content: bytes, tmp_path: Path) -> None:
    """A file that is no JSON, or not quite, is a `ModelError` whatever is wrong with it."""
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(ModelError):
        credscore.load(path)


def test_models_are_found_by_name_and_by_path(scorer: credscore.Scorer, tmp_path: Path) -> None:
    """The bundled model has a name; any model file has a path, as text or `Path`, and gives the same scores."""
    path = tmp_path / "mine.json"
    path.write_text(scorer.model.to_json(), encoding="utf8")
    text = "Ada Ruiz said the bridge was safe. " * 10
    expected = scorer.score(text).to_json()
    for given_as in (DEFAULT, path, str(path), scorer.model):
        assert credscore.load(given_as).score(text).to_json() == expected


@pytest.mark.parametrize("name", ("nothing", "../secret", "", "."))
def test_unknown_names_say_which_there_are(name: str) -> None:
    """A name that is not there is refused with those that are."""
    with pytest.raises(ModelError, match=DEFAULT):
        credscore.load(name)


# The bundled model


def test_the_bundled_file_is_as_written(scorer: credscore.Scorer) -> None:
    """The file in the package is byte for byte what the model writes, and its name is the file's."""
    file = models.folder() / f"{DEFAULT}.json"
    assert file.read_text(encoding="utf8") == scorer.model.to_json()
    assert scorer.model.name == DEFAULT


def test_weights_agree_with_declared_directions(scorer: credscore.Scorer) -> None:
    """Law 3: no weight contradicts what its feature declares."""
    for item in scorer.model.weights:
        direction = BY_NAME[item.feature].direction
        assert direction is Direction.OPEN or (item.weight >= 0) == (direction is Direction.UP) or item.weight == 0, item.feature


def test_more_of_a_feature_moves_the_score_its_way(scorer: credscore.Scorer) -> None:
    """Law 3: along the whole range a feature only raises, or only lowers, and never by more than its clamped range."""
    for item in scorer.model.weights:
        amounts = [item.amount(value) for value in (0.0, 0.1, 1.0, 10.0, 100.0, 1e6)]
        assert amounts in (sorted(amounts), sorted(amounts, reverse=True))
        assert max(map(abs, amounts)) <= abs(item.weight) * max(abs(item.high - item.center), abs(item.low - item.center)) + 1e-12


@given(weight)
def test_what_was_not_measured_adds_nothing(item: Weight) -> None:
    """A missing value has no amount and is outside no range."""
    assert item.amount(None) == 0.0
    assert not item.outside(None)


def test_the_bundled_model_is_usable(scorer: credscore.Scorer) -> None:
    """Each feature has one weight, percentiles rise, the interval has a width, the card says what it was trained on."""
    model = scorer.model
    names = [item.feature for item in model.weights]
    assert names
    assert len(names) == len(set(names)) <= len(FEATURES)
    assert 0.5 < model.level < 1
    assert model.half_width > 0
    assert model.card
    for name, values in model.populations.items():
        assert list(values) == sorted(values)
        assert model.percentile(name, -100.0) == 0
        assert model.percentile(name, 100.0) == 100


# What a loader meets: each case is refused with a `ModelError`, and nothing else comes out.

UNTRUSTED = {
    "nothing": b"",
    "another encoding": "{\"name\": \"é\"}".encode("latin-1"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "cut short": b'{"format": 1, "name": "a',
    "NaN": b'{"format": 1, "card": {"auc": NaN}}',
    "infinity": b'{"format": 1, "card": {"auc": -Infinity}}',
    "a number too large": b'{"format": 1, "card": {"auc": 1e999}}',
    "a number of ten thousand digits": b'{"format": 1, "baseline": ' + b"9" * 10_000 + b"}",
    "a key twice": b'{"format": 1, "format": 1}',
    "an inner key twice": b'{"format": 1, "card": {"a": 1, "a": 2}}',
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "closed deep lists": b'{"card": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "a pickle": b"\x80\x04\x95\x0c\x00\x00\x00\x00\x00\x00\x00\x8c\x02os",
    "code": b"__import__('os').system('true')",
    "a list": b"[1, 2]",
    "another format": b'{"format": 99}',
}  # fmt: skip


@pytest.mark.parametrize("case", UNTRUSTED)
def test_untrusted_files_are_refused(case: str, tmp_path: Path) -> None:
    """Whatever lies in the file, loading it ends in a `ModelError` that says what is wrong."""
    path = tmp_path / "model.json"
    path.write_bytes(UNTRUSTED[case])
    with pytest.raises(ModelError) as caught:
        credscore.load(path)
    assert len(str(caught.value)) > 20


@pytest.mark.parametrize("name", ("x" * 5000, "\0", "a\0b", "/", "..", "/dev/null/model.json", "~", "http://models.example/news.json"))
def test_strange_paths_are_refused(name: str) -> None:
    """A path that is none, or a folder, or an address, is a `ModelError` and opens nothing."""
    with pytest.raises(ModelError):
        credscore.load(name)


@pytest.mark.parametrize(
    ("place", "value", "match"),
    (
        (("features", 0, "code"), "import os", "code"),
        (("features", 0, "step"), 1e-300, "step"),
        (("features", 0, "step"), -1.0, "step"),
        (("interval", "level"), 1.0, "level"),
        (("interval", "level"), 0.0, "level"),
        (("interval", "half_width"), -0.1, "width"),
        (("points_card",), {"baseline": 0.1, "half_width": -0.1}, "width"),
        (("points_card",), {"baseline": 0.1}, "form"),
        (("points_card",), {"baseline": 0.1, "half_width": "wide"}, "points_card"),
        (("format",), True, "format"),
        (("format",), 1.0, "format"),
        (("name",), ["news"], "name"),
        (("language",), None, "language"),
        (("populations",), {"all": [1.0, 0.0]}, "rise"),
        (("features", 0, "name"), ["astrology"], "form"),
        (("features", 0), "astrology", "form"),
    ),
    ids=lambda value: str(value)[:24],
)
def test_fields_that_make_no_sense_are_refused(place: tuple[str | int, ...], value: object, match: str, record: dict[str, Any]) -> None:
    """A field with a value that no fit writes is refused, even where the digest fits."""
    inner: Any = record
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with pytest.raises(ModelError, match=match):
        read(signed(record))


def test_endless_nesting_in_types_is_refused(record: dict[str, Any]) -> None:
    """JSON types nested without end are refused like a file of them."""
    deep: list[Any] = []
    for _ in range(200_000):
        deep = [deep]
    record["card"] = {"deep": deep}
    with pytest.raises(ModelError):
        read(record)
    while deep:  # taken apart from outside: freed at once it would need as deep a stack
        deep = deep.pop()


OLD = """{"format": 1, "name": "old-1", "language": "en", "baseline": 0.25,
 "features": [
  {"name": "identified_share", "weight": 0.5, "scale": 2.0, "center": 0.5, "low": 0.0, "high": 1.0},
  {"name": "loaded_terms", "weight": -0.75, "scale": 0.5, "center": 0.25, "low": 0.0, "high": 2.0}],
 "interval": {"level": 0.9, "half_width": 0.5}, "populations": {}, "card": {}, "digest": "DIGEST"}"""
"""A model file of the first format as it was first written, without a field that came later."""


def test_old_models_keep_their_scores(tmp_path: Path) -> None:
    """A file of the first format loads, has the digest it had, and adds what it added."""
    path = tmp_path / "old.json"
    path.write_text(OLD.replace("DIGEST", "a64d63a3cfff"), encoding="utf8")
    model = credscore.load(path).model
    named, loaded = model.weights
    assert [named.amount(value) for value in (0.0, 0.25, 1.0)] == pytest.approx([-0.25, -0.04726744594591781, 0.25], abs=1e-15)
    assert [loaded.amount(value) for value in (0.0, 3.0, 100.0)] == pytest.approx([0.1875, -0.49971804890561633, -1.3125], abs=1e-15)
    assert model.to_dict()["digest"] == "a64d63a3cfff"
