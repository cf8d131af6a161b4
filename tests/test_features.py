"""Every feature keeps its declaration: examples, direction, why, source, unit, reasons."""

import re

import pytest

import credscore
from credscore.features import catalogue
from credscore.features.catalogue import BY_NAME, FEATURES
from credscore.features.feature import Direction, Feature
from credscore.features.tally import Tally

EACH = pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
FAMILIES = ("sourcing", "wording", "promotion", "verifiability", "style", "register", "headline")


def value_of(feature: Feature, example: str) -> float | None:
    """A feature of an example, which stands in the headline for headline features."""
    if feature.family == "headline":
        return credscore.read("The bridge fell.", title=example).features[feature.name]
    return credscore.read(example).features[feature.name]


@EACH
def test_example_fires(feature: Feature) -> None:
    """A feature is higher on its `fires` example than on its `silent` one."""
    fires, silent = value_of(feature, feature.fires), value_of(feature, feature.silent)
    assert fires is not None
    assert silent is not None
    assert fires > silent


@EACH
def test_declaration_is_complete(feature: Feature) -> None:
    """Name, family, unit, direction, why and source are all there; a why is a sentence."""
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", feature.name)
    assert feature.family in FAMILIES
    assert isinstance(feature.direction, Direction)
    for said in (feature.unit, feature.why, feature.source, feature.some, feature.none, feature.fires, feature.silent):
        assert said.strip() == said != ""
    assert feature.why.endswith((".", "?", "!"))
    assert len(feature.why.split()) >= 4


@EACH
@pytest.mark.parametrize(("value", "findings"), ((0.0, 0), (0.5, 0), (1.0, 1), (12.5, 2), (1e9, 1000)))
def test_reasons_format(feature: Feature, value: float, findings: int) -> None:
    """A reason is a phrase without templates left in it, whatever the numbers."""
    reason = feature.reason(value, findings)
    assert reason
    assert not set("{}") & set(reason)
    assert "(s)" not in reason
    if not findings and not value:
        assert reason == feature.none


@EACH
def test_nothing_to_measure_has_a_reason(feature: Feature) -> None:
    """A missing value is explained and never formatted."""
    assert feature.reason(None, 0)
    assert "None" not in feature.reason(None, 0)


@EACH
def test_headline_features_need_a_headline(feature: Feature) -> None:
    """Without a headline its features are `None`, with one they are numbers; the others do not depend on it."""
    for text in ("", "Word", "The bridge fell."):
        without, given = credscore.read(text).features[feature.name], credscore.read(text, title="Bridge falls").features[feature.name]
        if feature.family == "headline":
            assert without is None
            assert given is not None
        else:
            assert given == without


@EACH
def test_every_feature_is_a_number_on_a_sourced_report(feature: Feature) -> None:
    """Where there is something to measure a feature is a number."""
    text = "Ada Ruiz said the bridge was safe. Tom Keane told reporters that it was not. The ministry said it was new. " * 3
    text += "A source familiar with the plan said it would close."
    assert credscore.read(text, title="Bridge falls").features[feature.name] is not None


def test_an_empty_headline_is_none() -> None:
    """An empty headline says as little as none."""
    assert credscore.read("The bridge fell.", title="").features == credscore.read("The bridge fell.").features


def test_names_are_unique_and_indexed() -> None:
    """The catalogue has each feature once."""
    assert len(BY_NAME) == len(FEATURES)
    assert set(credscore.read("").features) == set(BY_NAME)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_used(family: str) -> None:
    """No family is empty."""
    assert any(feature.family == family for feature in FEATURES)


def test_a_headline_moves_no_feature_of_the_body() -> None:
    """Loaded words in a headline count in the headline's features alone."""
    text = "Ada Ruiz said the bridge was safe. The ministry said it was new."
    plain, titled = credscore.read(text).features, credscore.read(text, title="DISGRACEFUL regime shocks town! Who knew?").features
    assert [name for name in plain if plain[name] != titled[name] and BY_NAME[name].family != "headline"] == []


@pytest.mark.parametrize("feature", [feature for feature in FEATURES if "per 1,000" in feature.unit or "per 100 " in feature.unit],
                         ids=lambda feature: feature.name)  # fmt: skip
def test_rates_do_not_grow_with_length(feature: Feature) -> None:
    """Twice the same long text has the same rates: length itself is no feature."""
    if feature.name == "distinct_named_sources":
        pytest.skip("the same people heard again are the same people")
    if feature.family == "promotion":
        pytest.skip("a share")
    block = feature.fires + " " + "The town was quiet and the river was grey and people went home by the long road round the lake. " * 12
    once, twice = (credscore.read("\n\n".join([block] * times)).features[feature.name] for times in (4, 8))
    assert once is not None
    assert twice is not None
    assert once > 0
    assert twice == pytest.approx(once, rel=0.02)


@EACH
def test_evidence_behind_a_number(feature: Feature) -> None:
    """A measured value's evidence is evidence of the reading, in the writer's own field."""
    title = feature.fires if feature.family == "headline" else None
    reading = credscore.read("The bridge fell." if title else feature.fires, title=title)
    held = {id(item) for item in reading.evidence}
    for item in reading.measured[feature.name].evidence:
        assert id(item) in held
        assert item.field == ("title" if title else "text")
        assert item.note


def test_what_is_absent_is_not_asked_for_and_comes_out_the_same(
    documents: list[credscore.Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each number is what its feature measures, in the order of the catalogue, whatever a text holds."""
    tallies: list[Tally] = []
    measure = catalogue.measure
    monkeypatch.setattr(catalogue, "measure", lambda body, title: (tallies.append(body), measure(body, title))[1])
    for text in ("The bridge fell.", *(feature.fires for feature in FEATURES), *(document.text for document in documents[:8])):
        measured = credscore.read(text).measured
        assert list(measured) == [feature.name for feature in FEATURES]
        for feature in FEATURES:
            if feature.family != "headline":
                value, found = feature.measure(tallies[-1])
                assert measured[feature.name].value == value
                assert list(measured[feature.name].evidence) == list(found)


def test_an_amount_is_that_of_its_weight(documents: list[credscore.Document]) -> None:
    """Whether a feature was found or is absent, and where that is outside the training range too."""
    scorer = credscore.load()
    weights = {weight.feature: weight for weight in scorer.model.weights}
    assert any(weight.outside(0.0) for weight in weights.values())
    for document in documents[:8]:
        for item in scorer.score_document(document).contributions:
            assert item.amount == weights[item.feature].amount(item.value)
