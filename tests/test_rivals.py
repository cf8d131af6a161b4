"""Figures on unseen corpora and publishers: nothing tested was trained on, rivals see what they should, draws are shared."""

import csv
import gzip
import json
import sys
from dataclasses import replace

import numpy as np
import pytest
from benchmarks import corpora, divisions, draws, fairness, folds, held_out, publishers, rivals, selective, transfer
from benchmarks.corpora import Measured
from sklearn.metrics import roc_auc_score

from credscore.features.catalogue import BY_NAME, FEATURES
from credscore.features.feature import Direction
from credscore.training.data import ARTICLES, SIDE_TESTS, Example
from credscore.training.measures import DRAWS

TELLING = next(column for column, feature in enumerate(FEATURES) if feature.direction is Direction.UP and feature.unit.startswith("share"))
DATA_SETS = ("set one", "set two")


def measured(corpus: str, texts: int, *, seed: int = 0, groups: int = 12) -> Measured:
    """Invented texts, half of them credible: credible ones quote the clerk, and one feature tells them apart mostly."""
    random = np.random.default_rng([seed, len(corpus), *corpus.encode()])
    values = random.uniform(0, 1, (texts, len(FEATURES)))
    examples = []
    for row in range(texts):
        label = row % 2
        group = f"{corpus}-{row % groups}.example"
        said = "the clerk said the road was closed" if label else "what a shame and what a scandal!"
        text = " ".join([f"On the road {said}, and", *(f"word{number}" for number in random.integers(0, 50, 30))])
        rating = [0.1, 0.9][label] if corpus == "publishers" else None
        examples.append(Example(text, f"Title {row}", label, group, corpus, rating, DATA_SETS[row % 4 < 2]))
        values[row, TELLING] = np.clip(0.3 + 0.4 * label + random.normal(0, 0.2), 0, 1)
    return Measured(examples, values)


def by_value(_: Measured, test: Measured) -> np.ndarray:
    return np.clip(test.values[:, TELLING], 0.01, 0.99)


def by_chance(_: Measured, test: Measured) -> np.ndarray:
    return np.random.default_rng(0).uniform(0.01, 0.99, len(test.examples))


def missing(train: Measured, test: Measured) -> np.ndarray:
    raise rivals.NotInstalledError("a package")


CACHES = (
    folds.articles,
    folds.training,
    folds.left_out,
    folds.left_out_apart,
    folds._apart,
    folds.from_two,
    folds.side_tests,
    folds.by_publisher,
    folds.unseen,
    fairness._leanings,
)


@pytest.fixture
def small(monkeypatch):
    """Six corpora, two side tests and the publishers, all invented, in place of real news."""
    parts = {name: measured(name, 24) for name in (*ARTICLES, *SIDE_TESTS)}
    monkeypatch.setattr(corpora, "articles", lambda: parts)
    texts = measured("publishers", 120, groups=20)
    monkeypatch.setattr(corpora, "publishers", lambda: texts)
    for each in CACHES:
        each.cache_clear()
    yield parts
    for each in CACHES:
        each.cache_clear()


class TestFolds:
    def test_a_corpus_asked_about_is_never_trained_on(self, small):
        asked = []

        def spy(train: Measured, test: Measured) -> np.ndarray:
            names = {part: {example.corpus for example in of.examples} for part, of in (("train", train), ("test", test))}
            assert names["train"].isdisjoint(names["test"])
            asked.append((len(names["train"]), len(names["test"])))
            return by_value(train, test)

        folds.left_out(folds.VIEWS[0], spy)
        assert asked == [(5, 1)] * 6
        folds.left_out_apart(folds.VIEWS[0], spy)
        assert asked == [(5, 1)] * 12
        asked.clear()
        found = folds.from_two(spy)
        assert asked == [(2, 4)] * 15
        assert len(found) == 60
        assert all(name not in pair for pair, name in found)
        folds.side_tests(folds.VIEWS[0], spy)
        assert asked[15:] == [(6, 1)] * 2

    def test_probabilities_go_to_their_own_texts(self, small):
        for (_, name), found in folds.from_two(by_value).items():
            assert found.tolist() == by_value(small[name], small[name]).tolist()
        assert folds.unseen(by_value).tolist() == by_value(corpora.publishers(), corpora.publishers()).tolist()

    @pytest.mark.parametrize("division", [folds.by_publisher, lambda: folds.divided(0), lambda: folds.divided(1)])
    def test_a_publisher_asked_about_is_never_trained_on(self, small, division):
        texts = corpora.publishers()
        rows = []
        for train, unseen in division():
            assert {example.group for example in train.examples}.isdisjoint(texts.examples[row].group for row in unseen)
            rows += unseen
        assert sorted(rows) == list(range(len(texts.examples)))

    def test_lots_divide_the_publishers_each_time_otherwise_and_always_alike(self, small):
        one, again, other = ([rows for _, rows in folds.divided(seed)] for seed in (0, 0, 1))
        assert one == again != other

    def test_one_fit_serves_the_model_and_its_card(self, small, monkeypatch):
        """Approaches are given the same training texts, not like ones, so that no model is fitted twice."""
        seen: list[Measured] = []

        def one(train: Measured, test: Measured) -> np.ndarray:
            seen.append(train)
            return by_value(train, test)

        def other(train: Measured, test: Measured) -> np.ndarray:
            return one(train, test)

        for approach in (one, other):
            folds.left_out("body only", approach)
        assert all(first is second for first, second in zip(seen[:6], seen[6:], strict=True))

    def test_body_only_hides_titles_and_their_features(self, small):
        part = folds.articles("body only")[ARTICLES[0]]
        headline = [column for column, feature in enumerate(FEATURES) if BY_NAME[feature.name].family == "headline"]
        assert all(example.title is None for example in part.examples)
        assert np.isnan(part.values[:, headline]).all()


class TestDraws:
    def test_they_are_the_aucs_of_the_rows_drawn(self):
        """One sorting for all draws gives what drawing and measuring anew gives, ties included."""
        part = measured("some", 40, groups=7)
        scores = by_value(part, part).round(1)
        labels = held_out.labels_of(part.examples)
        counts = draws.drawn_counts([example.group for example in part.examples])
        expected = [roc_auc_score(*(np.repeat(values, row.astype(int)) for values in (labels, scores))) for row in counts]
        assert draws.drawn_aucs(part.examples, scores) == pytest.approx(expected)

    def test_groups_are_drawn_whole_and_as_many_as_there_are(self):
        counts = draws.drawn_counts(["a", "b", "a", "c"])
        assert counts.shape == (DRAWS, 4)
        assert (counts[:, 0] == counts[:, 2]).all()
        assert (counts[:, [0, 1, 3]].sum(axis=1) == 3).all()

    def test_a_draw_with_one_class_says_nothing(self):
        one, other = (Example("text", None, label, group, "c") for label, group in ((0, "a"), (1, "b")))
        found = draws.drawn_aucs([one, other], np.array([0.2, 0.8]))
        assert np.isnan(found).any()
        assert set(found[~np.isnan(found)].tolist()) == {1.0}
        assert draws.interval(found) == [1.0, 1.0]

    def test_means_follow_the_groups(self):
        examples = [Example("text", None, 1, group, "c") for group in "aab"]
        assert set(draws.drawn_means(examples, np.array([1.0, 1.0, 0.0])).round(6).tolist()) == {0.0, 1.0, round(2 / 3, 6)}


class TestRivals:
    @pytest.mark.parametrize("name", [name for name in rivals.EVERY if "embeddings" not in name and "explainable" not in name])
    def test_each_gives_probabilities_and_sees_what_is_plain(self, name):
        """Length and layout have nothing to go by here, save the exclamation mark that layout does not count."""
        train, test = measured("train", 80), measured("test", 30)
        found = rivals.EVERY[name](train, test)
        assert found.shape == (30,)
        assert ((found >= 0) & (found <= 1)).all()
        if name not in ("majority", "length only", "layout only"):
            assert roc_auc_score(held_out.labels_of(test.examples), found) > 0.8

    def test_names_and_topics_are_masked(self):
        def texts(corpus: str, topic: str) -> list[Example]:
            text = f"On Monday the mayor of Aldermoor said that {topic} was closed, and Tollbridge agreed with the mayor"
            return [Example(text, None, 1, corpus, corpus)] * 3

        words = rivals.general_words([*texts("one", "shipping"), *texts("two", "farming")])
        assert {"the", "mayor", "said", "closed", "agreed"} <= set(words)
        assert not {"aldermoor", "tollbridge", "monday", "shipping", "farming"} & set(words)

    def test_layout_sees_glyphs_and_no_words(self):
        curly, straight = (Example(f"{a}No,{b} he said.\n\nThen more.", None, 1, "g", "c") for a, b in ("“”", '""'))
        other = Example("“On,” we sang.\n\nBack here.", None, 1, "g", "c")
        rows = rivals._layout([curly, straight, other])
        assert (rows[0] != rows[1]).any()
        assert rows[0] == pytest.approx(rows[2], abs=0.1)

    @pytest.mark.parametrize(("approach", "package"), [("explainable_boosting", "interpret"), ("embeddings", "sentence_transformers")])
    def test_a_missing_package_is_said(self, approach, package, monkeypatch):
        monkeypatch.setitem(sys.modules, package, None)
        rivals._embedder.cache_clear()
        train = measured("train", 20)
        with pytest.raises(rivals.NotInstalledError):
            getattr(rivals, approach)(train, train)

    def test_a_constant_fit_is_refused(self):
        """A fit that stopped at the start scores .5 everywhere, which would flatter ours."""
        part = measured("some", 20)
        same = Measured([Example("same text", None, example.label, example.group, "c") for example in part.examples], part.values)
        with pytest.raises(RuntimeError, match="constant"):
            rivals.layout_only(same, same)


APPROACHES = {"credscore": by_value, "chance": by_chance, "gradient boosting, our features": by_value, "absent": missing}


def table(tables, title):
    return next(table for table in tables if table.title == title).records()


class TestTables:
    def test_transfer(self, small):
        tables = transfer.run(APPROACHES)
        means = table(tables, "Leave one corpus out: mean of six corpora")
        assert [row["approach"] for row in means[:4]] == [
            "credscore",
            "chance",
            "gradient boosting, our features",
            "absent (not installed)",
        ]
        assert means[3]["AUC"] is None
        expected = np.mean([roc_auc_score(held_out.labels_of(small[n].examples), by_value(small[n], small[n])) for n in ARTICLES])
        assert means[0]["AUC"] == pytest.approx(expected)
        assert means[0]["low"] <= means[0]["AUC"] <= means[0]["high"]
        gains = {row["baseline"]: row for row in table(tables, "Mean AUC of credscore less that of each baseline, the same draws")}
        assert gains["chance"]["low"] > 0
        assert gains["gradient boosting, our features"]["difference"] == 0
        every = table(tables, "Each corpus left out: AUC of every approach")
        assert np.mean([every[0][name] for name in ARTICLES]) == pytest.approx(means[0]["AUC"])
        kept = table(tables, "Left-out corpora: what adding up keeps of non-linear models")
        assert [row["share kept"] for row in kept] == [1.0, 1.0]
        apart = table(tables, transfer.APART)
        assert {row["input"] for row in apart} == set(folds.VIEWS)
        assert apart[0]["AUC"] == pytest.approx(np.mean([apart[0][name] for name in ARTICLES]))
        two = table(tables, "Fitted on two corpora: mean of sixty tests")
        assert two[0]["difference"] is None
        assert two[1]["difference low"] > 0
        assert {row["corpus"] for row in table(tables, "Side tests, fitted on all six: AUC")} == set(SIDE_TESTS)

    def test_publishers_on_both_sides_are_left_out(self, small):
        """What two corpora share is fitted on by neither when the other is asked about; without any the fit is the same one."""
        one, two, three = ARTICLES[:3]
        for name in one, two:
            part = small[name]
            shared = [replace(example, group="shared.example") if row < 6 else example for row, example in enumerate(part.examples)]
            small[name] = Measured(shared, part.values)
        asked = {}

        def spy(train: Measured, test: Measured) -> np.ndarray:
            asked[test.examples[0].corpus] = train
            return by_value(train, test)

        folds.left_out_apart(folds.VIEWS[0], spy)
        everything = 24 * (len(ARTICLES) - 1)
        assert [len(asked[name].examples) for name in (one, two, three)] == [everything - 6, everything - 6, everything]
        assert asked[three] is folds.training(folds.VIEWS[0], *(name for name in ARTICLES if name != three))
        for left, train in asked.items():
            held = {example.group for example in small[left].examples}
            assert held.isdisjoint(example.group for example in train.examples)

    def test_divisions(self, small, monkeypatch):
        texts = measured("publishers", 126, groups=21)  # each with texts of both classes, so that every fold has both
        monkeypatch.setattr(corpora, "publishers", lambda: texts)
        monkeypatch.setattr(held_out, "fitted", lambda train: corpora.scorer().model)
        monkeypatch.setattr(held_out, "logits", lambda model, values: values[:, TELLING])
        rows = {(row["approach"], row["figure"]): row for row in table(divisions.run(), divisions.TITLE)}
        assert {figure for _, figure in rows} == set(divisions.FIGURES)
        of_all, of_folds = rows["credscore", "AUC"], rows["credscore", "mean AUC of the folds"]
        expected = roc_auc_score(held_out.labels_of(texts.examples), texts.values[:, TELLING])
        assert of_all["low"] == of_all["high"] == pytest.approx(expected), "one score for all divisions: no fold has a line of its own"
        assert of_folds["low"] < of_folds["mean"] < of_folds["high"]

    def test_publishers(self, small, monkeypatch):
        monkeypatch.setattr(publishers, "DRAWN", (2,))
        monkeypatch.setattr(publishers, "FEWEST_OTHERS", 2)
        tables = publishers.run({**APPROACHES, "credscore": held_out.recipe, "points card": by_value})
        rows = table(tables, "Unseen publishers")
        assert [row["approach"] for row in rows] == ["credscore", "chance", *list(APPROACHES)[2:3], "points card", "absent (not installed)"]
        gains = table(tables, "Unseen publishers: AUC of credscore less that of each baseline, the same draws")
        assert next(row for row in gains if row["baseline"] == "chance")["low"] > 0
        assert len(table(tables, "Within data sets")) == 2


class TestSelective:
    def test_the_most_certain_are_kept_in_their_order(self):
        found = np.array([0.5, 0.02, 0.6, 0.97, 0.4])
        assert selective.most_certain(found, 0.4) == [1, 3]
        assert selective.most_certain(found, 1.0) == [0, 1, 2, 3, 4]
        assert selective.most_certain(found, 0.01) == [3] or selective.most_certain(found, 0.01) == [1]

    def test_certain_scores_that_are_right_more_often_raise_the_curve(self):
        part = measured("some", 400, groups=40)
        rows = selective.curve([(part, by_value(part, part))])
        aucs = [row[3] for row in rows]
        assert [row[0] for row in rows] == list(selective.COVERAGES)
        assert [row[2] for row in rows] == [400, 320, 240, 160, 80]
        assert aucs[-1] > aucs[0]
        assert rows[-1][6] > rows[0][6]

    def test_a_test_without_both_classes_takes_no_part(self):
        part = measured("some", 60)
        assert selective.holds_both(part, np.linspace(0.5, 0.99, 60))
        assert not selective.holds_both(part, np.where(held_out.labels_of(part.examples) == 1, 0.99, 0.5))

    def test_approaches_are_compared_on_the_same_corpora(self, small, monkeypatch):
        """One approach that is certain of one class only takes the corpus out of both curves."""

        def sure(train: Measured, test: Measured) -> np.ndarray:
            one_sided = {example.corpus for example in test.examples} == {ARTICLES[0]}
            return np.where(held_out.labels_of(test.examples) == 1, 0.99, 0.5) if one_sided else by_chance(train, test)

        monkeypatch.setattr(selective, "_APPROACHES", {"credscore": by_chance, "other": sure})
        monkeypatch.setattr(selective, "COVERAGES", (1.0, 0.5))
        monkeypatch.setattr(selective, "FEWEST_OF_A_CLASS", 2)
        rows = table(selective.run(), "Selective prediction: the most certain texts alone")
        assert {row["corpora"] for row in rows if row["tested on"] == "left-out corpora, body only"} == {5}


class TestFairness:
    @pytest.fixture
    def folder(self, tmp_path, monkeypatch, small):
        """Publishers with leanings, and addresses: every third text is opinion."""
        texts = corpora.publishers().examples
        (tmp_path / "sources").mkdir()
        with (tmp_path / "sources" / "domains.csv").open("w", newline="", encoding="utf8") as out:
            rows = csv.writer(out)
            rows.writerow(["domain", "pc1", "mbfc_bias"])
            groups = dict.fromkeys(example.group for example in texts)
            rows.writerows([group, 0.9, ("left", "least biased")[at // 2 % 2]] for at, group in enumerate(groups))
        lines = [
            {"text": example.text, "url": f"https://{example.group}/{'opinion' if at % 3 == 0 else 'news'}/{at}"}
            for at, example in enumerate(texts)
        ]
        packed = gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode())
        (tmp_path / "sources" / "articles_by_domain.jsonl.gz").write_bytes(packed)
        monkeypatch.setenv(corpora.VARIABLE, str(tmp_path))
        monkeypatch.setattr(fairness, "_APPROACHES", {"credscore": by_value, "chance": by_chance})
        monkeypatch.setattr(fairness.held_out, "recipe", by_value)
        monkeypatch.setattr(fairness, "FEWEST_TEXTS", 5)
        return tmp_path

    def test_credible_texts_alone_are_counted(self, folder):
        tables = fairness.run()
        leanings = table(tables, "Credible texts flagged, by leaning of the outlet")
        assert [row["leaning"] for row in leanings] == ["left", "center"]
        texts = corpora.publishers()
        credible = [example.label == 1 for example in texts.examples]
        assert sum(row["texts"] for row in leanings) == sum(credible)
        flagged = sum(row["texts"] * row["flagged by credscore"] for row in leanings)
        assert flagged == pytest.approx((by_value(texts, texts)[credible] < 0.5).sum())
        assert [row["ending"] for row in table(tables, "Credible texts flagged, by ending of the outlet's domain")] == ["national"]

    def test_opinion_is_compared_within_outlets(self, folder):
        row = table(fairness.run(), "Opinion against report of the same outlet, points of probability")[0]
        assert row["opinion texts"] + row["reports"] == 120
        assert row["low"] <= row["opinion less report"] <= row["high"]

    def test_outlets_with_a_manner_of_their_own_can_be_named(self, small):
        """The probe finds what is planted: an outlet that one feature gives away, and words that say nothing."""
        part = measured("publishers", 240, groups=4)
        part.values[:, 0] = [float(example.group[-9]) for example in part.examples]
        rows = {row[0]: row for row in fairness.named(part)}
        assert rows["credscore's features"][1:3] == [4, 240]
        assert rows["credscore's features"][3] > 0.5 > rows["TF-IDF words"][3] - 0.3
