"""Fitting and measuring, on labelled files made here from the fixtures."""

import csv
import gzip
import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
from benchmarks import fixtures

import credscore
from credscore.errors import InputError
from credscore.features.catalogue import BY_NAME, FEATURES
from credscore.features.feature import Direction
from credscore.points import POINT
from credscore.training import data, evaluate, fit, recipe
from credscore.training.data import Example, labelled_file, without_duplicates
from credscore.training.evaluate import calibration_error, clustered_interval
from credscore.training.recipe import train

SIDES = [document for document in fixtures.documents() if document.label != "middling"]
LONG = "word " * 100


def records() -> list[dict[str, object]]:
    return [
        {
            "text": document.text,
            "title": document.title,
            "label": int(document.label == "credible"),
            "group": document.slug,
        }
        for document in SIDES
    ]


def put(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def against_direction(model: credscore.LinearModel) -> list[str]:
    """Features whose weight contradicts what they are declared to mean."""
    signs = {Direction.UP: 1, Direction.DOWN: -1, Direction.OPEN: 0}
    return [weight.feature for weight in model.weights if weight.weight * signs[BY_NAME[weight.feature].direction] < 0]


@pytest.fixture(scope="module")
def labelled(tmp_path_factory) -> Path:
    return put(tmp_path_factory.mktemp("data") / "own.jsonl", records())


@pytest.fixture(scope="module")
def model(labelled):
    return train(labelled, "own")


class TestFit:
    def test_the_same_data_give_the_same_bytes(self, labelled, model):
        assert train(labelled, "own").to_json() == model.to_json()

    def test_a_csv_file_gives_the_same_weights(self, tmp_path, model):
        path = tmp_path / "own.csv"
        rows = records()
        with path.open("w", encoding="utf8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        fitted = train(path, "own")
        assert (fitted.weights, fitted.baseline, fitted.half_width) == (model.weights, model.baseline, model.half_width)

    def test_a_gzipped_file_gives_the_same_weights(self, labelled, tmp_path, model):
        path = tmp_path / "own.jsonl.gz"
        path.write_bytes(gzip.compress(labelled.read_bytes()))
        assert train(path, "own").weights == model.weights

    def test_another_name_is_all_that_differs(self, labelled, model):
        other = train(labelled, "other").to_dict()
        assert other.pop("name") == "other"
        first = model.to_dict()
        assert first.pop("name") == "own"
        assert other.pop("digest") != first.pop("digest")
        assert other == first

    def test_no_weight_contradicts_the_direction_of_its_feature(self, model):
        assert model.weights
        assert against_direction(model) == []

    def test_labels_turned_round_turn_no_weight(self, tmp_path):
        """What no direction allows cannot be learned; and calibration must not turn the weights to have it all the same."""
        rows = [{**row, "label": 1 - int(str(row["label"]))} for row in records()[::4]]
        turned = train(put(tmp_path / "turned.jsonl", rows), "turned")
        assert against_direction(turned) == []
        assert len(turned.weights) < len(train(put(tmp_path / "right.jsonl", records()[::4]), "right").weights)

    def test_what_was_left_out_is_said(self, model):
        assert {weight.feature for weight in model.weights} | set(model.card["left_out"]) == {feature.name for feature in FEATURES}
        assert not {weight.feature for weight in model.weights} & set(model.card["left_out"])

    def test_the_card_says_what_it_was_trained_on(self, model):
        assert model.card["texts"] == {"own": len(SIDES)}
        assert "own.jsonl" in model.card["trained_on"]
        assert model.card["penalties"] == list(fit.PENALTIES)

    def test_corpora_are_told_apart(self, tmp_path):
        rows = [{**row, "corpus": "even" if number % 2 == 0 else "odd"} for number, row in enumerate(records())]
        fitted = train(put(tmp_path / "two.jsonl", rows), "two")
        assert fitted.card["texts"] == {"even": (len(SIDES) + 1) // 2, "odd": len(SIDES) // 2}
        assert fitted.weights

    def test_a_corpus_left_out_is_not_trained_on(self, tmp_path):
        """The model is the one that the other texts alone would give, and its card says what is missing."""
        rows = [{**row, "corpus": "even" if number % 2 == 0 else "odd"} for number, row in enumerate(records())]
        fitted = train(put(tmp_path / "two.jsonl", rows), "one", without=["odd"])
        alone = train(put(tmp_path / "even.jsonl", rows[::2]), "one")
        assert fitted.weights == alone.weights
        assert fitted.card["texts"] == {"even": (len(SIDES) + 1) // 2}
        assert fitted.card["without"] == ["odd"]
        assert "without" not in alone.card

    def test_every_number_is_finite_and_rounded(self, model):
        numbers = [model.baseline, model.half_width]
        for weight in model.weights:
            numbers += [weight.weight, weight.scale, weight.center, weight.low, weight.high]
            assert weight.low <= weight.high
            assert weight.scale > 0
        for number in numbers:
            assert math.isfinite(number)
            assert number == float(f"{number:.6g}")
        assert model.half_width >= 0

    def test_populations_are_101_percentiles_in_order(self, model):
        for values in model.populations.values():
            assert len(values) == 101
            assert list(values) == sorted(values)

    def test_it_can_be_saved_loaded_and_scores(self, model, tmp_path):
        path = tmp_path / "own.json"
        path.write_text(model.to_json(), encoding="utf8")
        scorer = credscore.load(path)
        assert scorer.model.to_json() == model.to_json()
        score = scorer.score(SIDES[0].text, SIDES[0].title)
        assert score.baseline + sum(item.amount for item in score.contributions) == pytest.approx(score.logit, abs=1e-9)
        assert score.signature.model == "own"

    def test_it_tells_its_own_training_texts_apart(self, model):
        scorer = credscore.load(model)
        values = {label: [scorer.score(d.text, d.title).value for d in SIDES if d.label == label] for label in ("credible", "not_credible")}
        assert np.mean(values["credible"]) > np.mean(values["not_credible"]) + 10

    def test_progress_is_told(self, labelled):
        lines: list[str] = []
        train(labelled, "own", say=lines.append)
        assert any(str(len(SIDES)) in line for line in lines)

    def test_headlines_may_be_missing(self, tmp_path):
        rows = [{key: value for key, value in row.items() if key != "title"} for row in records()]
        fitted = train(put(tmp_path / "bare.jsonl", rows), "bare")
        assert not [weight.feature for weight in fitted.weights if BY_NAME[weight.feature].family == "headline"]


class TestErrors:
    def test_one_label_only(self, tmp_path):
        rows = [row for row in records() if row["label"] == 1]
        with pytest.raises(ValueError, match="both labels"):
            train(put(tmp_path / "one.jsonl", rows), "one")

    @pytest.mark.parametrize("label", [2, -1, "yes", "", None, "1.0", True])
    def test_a_bad_label_names_file_and_row(self, label, tmp_path):
        rows = [*records()[:2], {"text": LONG, "label": label}]
        with pytest.raises(InputError, match=r"bad\.jsonl, row 3.*label 0 or 1") as caught:
            train(put(tmp_path / "bad.jsonl", rows), "bad")
        assert caught.value.code == "bad_label"

    @pytest.mark.parametrize("text", ["", None])
    def test_no_text_names_file_and_row(self, text, tmp_path):
        with pytest.raises(InputError, match="row 1"):
            train(put(tmp_path / "bad.jsonl", [{"text": text, "label": 1}]), "bad")

    def test_no_text_field_at_all(self, tmp_path):
        with pytest.raises(InputError, match="row 1"):
            train(put(tmp_path / "bad.jsonl", [{"body": LONG, "label": 1}]), "bad")

    @pytest.mark.parametrize("row", ["5", '"text"', '["text", 1]', "null"])
    def test_a_row_that_is_no_object(self, row, tmp_path):
        path = tmp_path / "bad.jsonl"
        path.write_text(row + "\n", encoding="utf8")
        with pytest.raises(InputError, match=r"bad\.jsonl"):
            labelled_file(path)

    def test_a_text_that_is_no_string(self, tmp_path):
        with pytest.raises(InputError, match="row 1"):
            train(put(tmp_path / "bad.jsonl", [{"text": 5, "label": 1}]), "bad")

    def test_not_json(self, tmp_path):
        path = tmp_path / "bad.jsonl"
        path.write_text("text\tlabel\n", encoding="utf8")
        with pytest.raises(InputError, match="not JSON"):
            train(path, "bad")

    def test_an_empty_file(self, tmp_path):
        with pytest.raises(InputError, match="no labelled text"):
            train(put(tmp_path / "empty.jsonl", []), "empty")

    def test_short_texts_alone(self, tmp_path):
        with pytest.raises(InputError, match="80 words"):
            train(put(tmp_path / "short.jsonl", [{"text": "too short", "label": 1}, {"text": "as well", "label": 0}]), "short")

    def test_a_folder_that_is_no_corpus_folder(self, tmp_path):
        with pytest.raises(InputError, match=r"docs/DATA\.md"):
            train(tmp_path, "none")

    def test_labels_of_a_csv_file_may_have_spaces(self, tmp_path):
        path = tmp_path / "own.csv"
        path.write_text(f"text,label\n{LONG}, 1 \n", encoding="utf8")
        assert labelled_file(path)[0].label == 1


class TestExamples:
    def test_fields_and_what_stands_for_missing_ones(self, tmp_path):
        path = put(
            tmp_path / "own.jsonl", [{"text": "A", "label": 1, "title": "T", "group": "g", "corpus": "c"}, {"text": "B", "label": "0"}]
        )
        assert labelled_file(path) == [Example("A", "T", 1, "g", "c"), Example("B", None, 0, "own.jsonl:2", "own")]

    @staticmethod
    def words(seed: int, count: int = 120) -> str:
        chosen = random.Random(seed)
        return " ".join(f"w{chosen.randrange(10_000)}" for _ in range(count))

    def example(self, text: str, label: int = 1) -> Example:
        return Example(text, None, label, "g", "c")

    def test_duplicates_are_dropped_and_the_first_kept(self):
        one, two = self.example(self.words(1), 1), self.example(self.words(1), 0)
        assert without_duplicates([one, two]) == [one]

    def test_near_duplicates_are_dropped(self):
        text = self.words(1)
        shouted = self.example(text.upper().replace(" ", ", ", 5))
        longer = self.example(text + " " + self.words(2))
        other_start = self.example(" ".join([*self.words(3).split()[:40], *text.split()[40:]]))
        assert without_duplicates([self.example(text), shouted, longer, other_start]) == [self.example(text)]

    def test_different_texts_are_kept(self):
        examples = [self.example(self.words(seed)) for seed in range(20)]
        assert without_duplicates(examples) == examples

    def test_short_texts_are_dropped(self):
        assert without_duplicates([self.example(self.words(1, data.FEWEST_WORDS - 1))]) == []
        assert len(without_duplicates([self.example(self.words(1, data.FEWEST_WORDS))])) == 1

    def test_a_corpus_folder(self, tmp_path):
        (tmp_path / "articles").mkdir()
        rows = [
            {"id": 1, "text": "A", "title": "T", "credible": 1, "group": "g"},
            {"id": 2, "text": "B", "title": "", "credible": 0},
            {"id": 3, "text": "C", "credible": None},
            {"id": 4, "text": "", "credible": 1},
        ]
        packed = gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())
        (tmp_path / "articles" / "horne_random.jsonl.gz").write_bytes(packed)
        first, second = data.corpus(tmp_path, "horne_random")
        assert (first.text, first.title, first.label, first.group, first.corpus) == ("A", "T", 1, "g", "horne_random")
        assert (second.text, second.title, second.label, second.group) == ("B", None, 0, "horne_random:2")
        with pytest.raises(InputError, match="recovery_covid"):
            data.corpus(tmp_path, "recovery_covid")

    def test_publishers(self, tmp_path):
        folder = tmp_path / "sources"
        folder.mkdir()
        (folder / "domains.csv").write_text("domain,pc1\ngood.example,.9\nmid.example,.5\nbad.example,.1\nnone.example,\n", encoding="utf8")
        rows = [{"domain": f"{name}.example", "text": name, "title": None} for name in ("good", "mid", "bad", "none", "unknown")]
        (folder / "articles_by_domain.jsonl.gz").write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
        found = data.publishers(tmp_path)
        assert [(item.text, item.label, item.rating, item.group) for item in found] == [
            ("good", 1, 0.9, "good.example"),
            ("mid", -1, 0.5, "mid.example"),
            ("bad", 0, 0.1, "bad.example"),
        ]

    def test_a_publisher_is_one_group_in_every_corpus(self, tmp_path):
        """So that no text of a publisher is fitted on while another is held out under another name."""
        for name in "articles", "sources":
            (tmp_path / name).mkdir()
        (tmp_path / "sources" / "domains.csv").write_text("domain,pc1\nsun.example,.9\nnone.example,\n", encoding="utf8")
        sources = {
            "The Sun": ("sun.example", "www.sun.example", "other.example"),
            "portal": ("sun.example", "other.example"),
            "The Unrated": ("none.example",),
            "paper": (None,),
            "weekly": ("sun.example", "other.example"),
        }
        rows = [
            {"id": n, "text": "A", "credible": 1, "group": group, "source": source}
            for group, hosts in sources.items()
            for n, source in enumerate(hosts)
        ]
        rows.append({"id": 9, "text": "A", "credible": None, "group": "weekly", "source": "sun.example"})  # it tells of its group as well
        packed = gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())
        (tmp_path / "articles" / "recovery_covid.jsonl.gz").write_bytes(packed)
        groups = [example.group for example in data.corpus(tmp_path, "recovery_covid")]
        assert groups == ["sun.example"] * 3 + ["portal"] * 2 + ["The Unrated", "paper"] + ["sun.example"] * 2


class TestWithout:
    EXAMPLES = tuple(
        Example("text", None, 1, "g", corpus, dataset=data_set)
        for corpus, data_set in (
            ("recovery_covid", "recovery_covid"),
            ("webis_buzzfeed2016", "webis_buzzfeed2016"),
            ("publishers", "recovery_covid19"),
            ("publishers", "polnear"),
            ("publishers", "allsides_baly2020"),
        )
    )

    def left(self, *without: str) -> list[str]:
        return [example.dataset for example in recipe.left_in(self.EXAMPLES, without)]

    def test_corpora_and_data_sets_are_named_alike(self):
        assert self.left("publishers") == ["recovery_covid", "webis_buzzfeed2016"]
        assert "polnear" not in self.left("polnear")
        assert self.left() == [example.dataset for example in self.EXAMPLES]

    def test_non_commercial_goes_by_the_licences(self):
        """What may not be sold is left out with its repetition among publishers; so is what is for research alone."""
        assert self.left("non-commercial") == ["webis_buzzfeed2016", "allsides_baly2020"]
        assert self.left("non-commercial", "publishers") == ["webis_buzzfeed2016"]

    def test_a_name_that_is_none_is_told_with_those_there_are(self):
        with pytest.raises(InputError, match=r"no corpus nothing to leave out.*allsides_baly2020"):
            self.left("nothing")

    def test_every_corpus_of_the_folder_has_a_licence_on_the_card(self):
        assert set(recipe.SOURCES) == {*data.ARTICLES, data.PUBLISHERS}
        licence = recipe._licence("by data set", data.PUBLISHERS, self.EXAMPLES)
        assert "polnear (Newell et al. 2018, research use)" in licence
        assert "webis" not in licence


class TestParts:
    def test_balanced_weights(self):
        labels = np.array([1, 1, 1, 0, 1, 0])
        weights = fit.balanced(labels, ["a", "a", "a", "a", "b", "b"])
        assert weights.mean() == pytest.approx(1)
        assert weights[:3].sum() == pytest.approx(weights[3]), "both classes of a corpus count the same"
        assert weights[:4].sum() / weights[4:].sum() == pytest.approx(math.sqrt(4) / math.sqrt(2)), "a corpus by the root of its size"

    def test_platt_never_turns_scores_round(self):
        slope, intercept = fit.platt(np.array([0.0, 1.0, 2.0, 3.0]), np.array([1, 1, 0, 0]), np.ones(4))
        assert (slope, intercept) == (0.0, 0.0)

    def test_platt_finds_a_line_that_made_the_labels(self):
        random_source = np.random.default_rng(0)
        scores = random_source.normal(size=20_000)
        labels = (random_source.random(20_000) < 1 / (1 + np.exp(-(2 * scores - 0.5)))).astype(np.int64)
        slope, intercept = fit.platt(scores, labels, np.ones(20_000))
        assert slope == pytest.approx(2, abs=0.1)
        assert intercept == pytest.approx(-0.5, abs=0.1)

    def test_the_half_width_of_calibrated_scores_is_small_and_of_wrong_ones_large(self):
        random_source = np.random.default_rng(0)
        logits = random_source.uniform(-2, 2, 20_000)
        labels = (random_source.random(20_000) < 1 / (1 + np.exp(-logits))).astype(np.int64)
        right = fit.half_width(logits, labels, np.ones(20_000))
        assert 0 < right < 0.5
        assert fit.half_width(logits + 2, labels, np.ones(20_000)) == pytest.approx(2, abs=0.5)

    def test_a_fold_is_calibrated_by_the_others(self):
        """A line fitted to all texts would bend towards the fold that is unlike the rest; its own must not know of it."""
        random_source = np.random.default_rng(0)
        scores = random_source.normal(size=8_000)
        labels = (random_source.random(8_000) < 1 / (1 + np.exp(-scores))).astype(np.int64)
        parts = np.repeat(np.arange(4), 2_000)
        scores[parts == 3] += 2
        logits = fit.calibrated_out_of_group(fit.Partition([], parts, scores), labels, np.ones(8_000))
        assert logits[parts == 3] == pytest.approx(scores[parts == 3], abs=0.5), "as far off as on texts that calibration has not seen"
        slope, intercept = fit.platt(scores[parts != 0], labels[parts != 0], np.ones(6_000))
        assert logits[parts == 0] == pytest.approx(slope * scores[parts == 0] + intercept)
        seen_slope, seen = fit.platt(scores, labels, np.ones(8_000))
        sample = np.ones(8_000)
        assert fit.half_width(logits, labels, sample) > fit.half_width(seen_slope * scores + seen, labels, sample)

    def test_the_base_of_a_card_is_that_of_the_other_folds(self):
        """Points without a base get the one at which they say on the mean what was found, in whole points."""
        random_source = np.random.default_rng(0)
        points = random_source.normal(size=8_000)
        labels = (random_source.random(8_000) < 1 / (1 + np.exp(-points - 0.7))).astype(np.int64)
        parts = np.repeat(np.arange(4), 2_000)
        assert fit.base(points, labels, np.ones(8_000)) == pytest.approx(0.7, abs=0.1)
        labels[parts == 3] = 0
        added = fit.based_out_of_group(points, parts, labels, np.ones(8_000)) - points
        assert added[parts == 3] == pytest.approx(np.full(2_000, 5 * POINT)), "its own texts do not count"
        assert (added[parts == 0] < added[parts == 3][0]).all()

    def test_a_publisher_counts_by_the_root_of_its_texts(self):
        labels = np.array([1, 1, 1, 1, 1, 0])
        weights = fit.balanced(labels, ["a"] * 6, ["g", "g", "g", "g", "h", "i"])
        assert weights[:4].sum() == pytest.approx(2 * weights[4])
        assert weights[:5].sum() == pytest.approx(weights[5])

    @pytest.fixture
    def planted(self):
        """Two hundred rows whose first feature tells the labels apart in its declared direction, and the second against it."""
        random_source = np.random.default_rng(0)
        labels = np.tile([1, 0], 100)
        logs = random_source.uniform(0, 1, (200, len(FEATURES)))
        first, second = (next(at for at, f in enumerate(FEATURES) if f.direction is d) for d in (Direction.UP, Direction.DOWN))
        logs[:, first] += labels
        logs[:, second] += labels
        groups = [str(number // 4) for number in range(200)]
        return logs, labels, groups, first, second

    def test_a_weight_against_its_direction_is_exactly_nothing(self, planted):
        logs, labels, groups, first, second = planted
        weights = fit.fit_weights(logs, labels, ["a"] * 200, groups).weights
        assert weights[first] > 0.5
        assert weights[second] == 0

    def test_weights_are_the_mean_over_the_penalties(self, planted, monkeypatch):
        logs, labels, groups, _, _ = planted
        together = fit.fit_weights(logs, labels, ["a"] * 200, groups).weights
        alone = []
        for penalty in fit.PENALTIES:
            monkeypatch.setattr(fit, "PENALTIES", (penalty,))
            alone.append(fit.fit_weights(logs, labels, ["a"] * 200, groups).weights)
        assert np.ptp(alone, axis=0).max() > 0.1
        assert together == pytest.approx(np.mean(alone, axis=0), abs=1e-4)

    def test_a_rare_finding_counts_for_less_than_a_common_one(self, planted):
        """Five credible texts with a finding that no other text has tell as little as five texts can, however clearly they do."""
        logs, labels, groups, first, _ = planted
        rare = next(at for at, f in enumerate(FEATURES) if f.direction is Direction.UP and at != first)
        logs[:, [first, rare]] = 0
        credible = np.flatnonzero(labels)
        logs[credible[:5], rare] = 0.5
        logs[credible[5:55], first] = 0.5
        weights = fit.fit_weights(logs, labels, ["a"] * 200, groups).weights
        assert 0 < weights[rare] < weights[first] / 2

    def test_standard_errors_of_a_free_weight_and_of_a_bound_one(self, planted):
        logs, labels, groups, first, second = planted
        errors = fit.standard_errors(logs, labels, ["a"] * 200, groups, draws=10)
        assert 0 < errors[first] < 1
        assert errors[second] == 0

    def test_every_feature_has_a_scale(self):
        for feature in FEATURES:
            assert fit.scale_of(feature.name) > 0

    def test_a_missing_value_counts_as_the_center(self):
        fitted = fit.Fitted(np.array([1.0]), np.array([0.0]), np.array([2.0]), np.array([3.0]))
        assert fitted.scores(np.array([[np.nan], [1.0], [2.0], [9.0], [-5.0]])).tolist() == [0, 0, 3, 3, -3]


class TestCalibrationError:
    def test_perfect(self):
        labels = np.array([0] * 15 + [1] * 15)
        assert calibration_error(labels, labels.astype(float)) == 0

    def test_always_a_half_with_half_of_them_right(self):
        labels = np.array([0, 1] * 20)
        assert calibration_error(labels, np.full(40, 0.5), bins=1) == pytest.approx(0)

    def test_one_bin_is_the_difference_of_the_means(self):
        assert calibration_error(np.array([1, 0, 0, 0]), np.array([0.9, 0.8, 0.7, 0.6]), bins=1) == pytest.approx(0.75 - 0.25)

    def test_two_bins_by_hand(self):
        labels, probabilities = np.array([0, 1, 1, 1]), np.array([0.2, 0.4, 0.6, 0.8])
        # the lower half: says .3, is .5; the upper half: says .7, is 1
        assert calibration_error(labels, probabilities, bins=2) == pytest.approx(0.5 * 0.2 + 0.5 * 0.3)

    def test_the_order_of_the_rows_does_not_matter(self):
        labels, probabilities = np.array([0, 1, 1, 1]), np.array([0.2, 0.4, 0.6, 0.8])
        turned = [3, 1, 0, 2]
        assert calibration_error(labels[turned], probabilities[turned], bins=2) == pytest.approx(
            calibration_error(labels, probabilities, bins=2)
        )

    def test_weights_count_like_copies(self):
        labels, probabilities = np.array([0, 1]), np.array([0.1, 0.6])
        copies = calibration_error(np.array([0, 0, 0, 1]), np.array([0.1, 0.1, 0.1, 0.6]), bins=1)
        assert calibration_error(labels, probabilities, np.array([3.0, 1.0]), bins=1) == pytest.approx(copies)

    def test_wholly_wrong(self):
        assert calibration_error(np.array([1] * 15 + [0] * 15), np.array([0.0] * 15 + [1.0] * 15), bins=2) == pytest.approx(1)

    @pytest.mark.parametrize("count", [7, 15, 16, 100, 997])
    def test_no_row_is_lost_whatever_the_number(self, count):
        labels = np.zeros(count, dtype=np.int64)
        assert calibration_error(labels, np.full(count, 0.25)) == pytest.approx(0.25)


class TestClusteredInterval:
    def test_one_group_has_no_spread(self):
        values = np.array([1.0, 2.0, 6.0])
        assert clustered_interval(lambda rows: float(values[rows].mean()), ["g"] * 3) == (3.0, 3.0)

    def test_groups_are_drawn_whole(self):
        groups = ["a", "a", "b", "b", "b"]
        drawn = []

        def figure(rows: np.ndarray) -> float:
            drawn.append(sorted(rows.tolist()))
            return 0.0

        clustered_interval(figure, groups, draws=50)
        assert {tuple(rows) for rows in drawn} == {(0, 0, 1, 1), (0, 1, 2, 3, 4), (2, 2, 3, 3, 4, 4)}

    def test_two_groups_by_hand(self):
        values = np.array([0.0, 1.0])
        # the mean of two draws out of {0, 1} is 0, ½ or 1 with ¼, ½, ¼: the middle 95 % reach from 0 to 1
        assert clustered_interval(lambda rows: float(values[rows].mean()), ["a", "b"]) == (0.0, 1.0)

    def test_it_holds_the_figure_and_narrows_with_more_groups(self):
        random_source = np.random.default_rng(1)
        values = random_source.normal(size=400)

        def width(count: int) -> float:
            low, high = clustered_interval(lambda rows: float(values[rows].mean()), [str(at) for at in range(count)])
            assert low < values[:count].mean() < high
            return high - low

        assert width(400) < width(100) < width(25)

    def test_texts_of_one_group_are_no_independent_draws(self):
        values = np.repeat([0.0, 1.0, 0.0, 1.0, 1.0], 40)
        mean = lambda rows: float(values[rows].mean())  # noqa: E731
        low, high = clustered_interval(mean, [str(at // 40) for at in range(200)])
        narrow_low, narrow_high = clustered_interval(mean, [str(at) for at in range(200)])
        assert high - low > 3 * (narrow_high - narrow_low)

    def test_the_seed_decides(self):
        values = np.arange(30.0)
        mean = lambda rows: float(values[rows].mean())  # noqa: E731
        groups = [str(at) for at in range(30)]
        assert clustered_interval(mean, groups) == clustered_interval(mean, groups)
        assert clustered_interval(mean, groups, seed=1) != clustered_interval(mean, groups, seed=2)

    def test_draws_that_say_nothing_are_passed_over(self):
        def figure(rows: np.ndarray) -> float:
            if len(set(rows.tolist())) < 2:
                raise ValueError("one class only")
            return 1.0

        assert clustered_interval(figure, ["a", "b"]) == (1.0, 1.0)

    def test_if_none_says_anything_it_is_not_a_number(self):
        def figure(_rows: np.ndarray) -> float:
            raise ValueError

        assert all(math.isnan(bound) for bound in clustered_interval(figure, ["a", "b"]))


class TestEvaluate:
    def test_figures_of_a_perfect_order(self):
        labels = np.array([0, 0, 1, 1] * 5)
        found = evaluate.figures(labels, np.array([0.1, 0.2, 0.8, 0.9] * 5), [str(at) for at in range(20)])
        assert found["auc"] == found["auc_low"] == found["auc_high"] == found["average_precision"] == 1
        assert found["brier"] == pytest.approx((0.01 + 0.04 + 0.04 + 0.01) / 4)
        assert (found["texts"], found["groups"], found["credible"]) == (20, 20, 10)

    def test_figures_by_hand(self):
        found = evaluate.figures(np.array([0, 1, 0, 1]), np.array([0.1, 0.4, 0.6, 0.9]), ["a", "b", "c", "d"])
        assert found["auc"] == pytest.approx(3 / 4)
        assert found["average_precision"] == pytest.approx((1 / 1 + 2 / 3) / 2)
        assert found["brier"] == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)

    def test_the_bundled_model_on_the_fixtures(self, labelled):
        scorer = credscore.load()
        found = evaluate.evaluate_file(scorer, labelled)
        assert found["texts"] == len(SIDES)
        assert found["unscorable"] == 0
        assert 0.75 < found["auc"] <= 1
        assert found["auc_low"] <= found["auc"] <= found["auc_high"]
        assert 0 < found["brier"] < 0.25
        assert 0 <= found["calibration_error"] < 0.4
        assert found["signature"] == str(scorer.signature)
        shown = evaluate.table(found)
        assert f"AUC {found['auc']:.3f}" in shown
        assert str(scorer.signature) in shown

    def test_labels_at_random_say_nothing(self, labelled):
        chosen = random.Random(4)
        examples = [
            Example(item.text, item.title, chosen.randrange(2), item.group, item.corpus)
            for item in labelled_file(labelled)
            for _ in range(4)
        ]
        assert 0.3 < evaluate.evaluate(credscore.load(), examples)["auc"] < 0.7

    def test_texts_that_cannot_be_scored_are_counted(self, labelled):
        examples = [*labelled_file(labelled), Example("too short", None, 1, "g", "c"), Example("", None, 0, "g", "c")]
        found = evaluate.evaluate(credscore.load(), examples)
        assert (found["texts"], found["unscorable"]) == (len(SIDES), 2)

    def test_one_label_only(self):
        with pytest.raises(ValueError, match="both labels"):
            evaluate.evaluate(credscore.load(), [Example(SIDES[0].text, None, 1, "g", "c")])
