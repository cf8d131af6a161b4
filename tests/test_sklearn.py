"""The scikit-learn estimators keep scikit-learn's conventions, say what the library says, and learn what `credscore train` learns."""

import json
import pickle

import numpy as np
import pytest
from benchmarks import fixtures
from joblib import parallel_config
from scipy.sparse import csr_array
from sklearn.base import clone
from sklearn.frozen import FrozenEstimator
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import parametrize_with_checks

import credscore
from credscore.features.catalogue import FEATURES
from credscore.sklearn import CredibilityClassifier, CredibilityFeatures
from credscore.training.recipe import train

SIDES = [document for document in fixtures.documents() if document.label != "middling"]
DOCUMENTS = [credscore.Document(document.text, title=document.title) for document in SIDES]
LABELS = [int(document.label == "credible") for document in SIDES]
GROUPS = [document.slug for document in SIDES]

SENTENCES = (
    "Ines Calloway, who chairs the harbour board, said on Tuesday that the ferry would stop.",
    "The shameless regime and its corrupt puppets lied again.",
    "The result may perhaps be revised.",
    "It is absolutely certain that everyone always knew!",
    "Critics say that many questions remain.",
    '"There is none that we can pay for," she said.',
    "According to a report by the county auditor, repairs would cost 2.4 million and take seven months.",
    "Subscribe to our newsletter.",
    "You should see what they did to us, and I told you so.",
    "It fell.",
    "An official who asked not to be named because the talks were private said that the operator, whose vessel had failed twice since "
    "August, was looking for another, which might be found in the north, where two are for sale.",
    "Why now?",
)
"""What texts are made of here; each of the first four stands the more often in a text, the greater one number is."""

LETTERS = "ash birch cedar dogwood elm fir gorse hazel ivy juniper".split()


def told(row: np.ndarray) -> str:
    """An invented text for a row of numbers: the same for the same numbers, another for others."""
    random = np.random.default_rng(np.frombuffer(row.tobytes(), dtype=np.uint32))
    opening = " ".join(random.choice(LETTERS, 80))
    counts = [int(np.clip(number + 2, 0, 4)) for number in row[:4]]
    weighted = [SENTENCES[place] for place, count in enumerate(counts) for _ in range(count)]
    return " ".join([f"{opening}.", *weighted, *random.choice(SENTENCES, 6)])


class _OnNumbers:
    """For scikit-learn's checks, which hand out tables of numbers: turns each row into a text, and refuses what is no such table."""

    def _texts(self, X):
        table = np.asarray(X)
        if table.ndim != 2:
            raise ValueError("Reshape your data: a table of numbers has two dimensions.")
        return [told(row) for row in table.astype(np.float64)]

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = True
        tags.no_validation = True
        return tags


class FeaturesOnNumbers(_OnNumbers, CredibilityFeatures):
    def fit(self, X, y=None):
        return super().fit(self._texts(X), y)

    def transform(self, X):
        return super().transform(self._texts(X))


class ClassifierOnNumbers(_OnNumbers, CredibilityClassifier):
    def fit(self, X, y, groups=None, corpora=None):
        return super().fit(self._texts(X), y, groups, corpora)

    def decision_function(self, X):
        return super().decision_function(self._texts(X))


SPARSE = "a sparse table holds numbers; the estimators take texts and refuse all else (test_what_is_no_text_is_refused)"
NOT_FOR_TEXTS = {
    "check_estimator_sparse_tag": SPARSE,
    "check_estimator_sparse_array": SPARSE,
    "check_estimator_sparse_matrix": SPARSE,
    "check_classifiers_classes": "fits on names as labels; which of them means credible must be said (TestLabels)",
}
"""Checks of scikit-learn that cannot apply, each with the reason. Those on the types of numbers go by the tag `no_validation`."""


@parametrize_with_checks(
    [FeaturesOnNumbers(missing=0.0), ClassifierOnNumbers()],
    expected_failed_checks=lambda estimator: {
        name: why
        for name, why in NOT_FOR_TEXTS.items()
        if name != "check_classifiers_classes" or isinstance(estimator, ClassifierOnNumbers)
    },
)
@pytest.mark.filterwarnings("default")
def test_scikit_learns_checks(estimator, check, monkeypatch):
    """What the estimator's conventions do not hang on is left out of the fits, of which there are many: repetitions and figures."""
    monkeypatch.setattr("credscore.training.fit._FOLDS", (5,))
    monkeypatch.setattr("credscore.training.fit.figures", lambda *_: {})
    check(estimator)


@pytest.mark.parametrize("estimator", [CredibilityFeatures(), CredibilityClassifier()])
def test_tags_tell_that_texts_are_taken(estimator):
    tags = get_tags(estimator)
    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array
    assert not tags.requires_fit


@pytest.mark.parametrize(
    "estimator", [CredibilityFeatures(missing=-1.0, n_jobs=2), CredibilityClassifier(credible=1, unscorable="neutral")]
)
def test_parameters_survive_cloning_and_pickling(estimator):
    for copy in (clone(estimator), pickle.loads(pickle.dumps(estimator))):
        assert copy.get_params() == estimator.get_params()
    assert clone(estimator).set_params(n_jobs=1).n_jobs == 1


@pytest.mark.parametrize("estimator", [CredibilityFeatures(), CredibilityClassifier()])
@pytest.mark.parametrize(
    "given",
    [
        "one text",
        b"bytes",
        {"text": "one text"},
        DOCUMENTS[0],
        [1, 2],
        [None],
        np.zeros((2, 3)),
        csr_array(np.eye(2)),
        [{"title": "no text"}],
    ],
)
def test_what_is_no_text_is_refused(estimator, given):
    with pytest.raises(TypeError, match=r"(?i)document|sequence of texts"):
        estimator.fit(given, [0, 1])


class TestFeatures:
    def test_rows_are_the_readings_features(self):
        table = CredibilityFeatures().fit_transform(DOCUMENTS[:5])
        for row, document in zip(table, DOCUMENTS, strict=False):
            features = credscore.read(document.text, title=document.title).features
            assert [None if np.isnan(value) else value for value in row] == [features[feature.name] for feature in FEATURES]

    def test_columns_are_named(self):
        frame = CredibilityFeatures().set_output(transform="pandas").fit_transform(DOCUMENTS[:2])
        assert list(frame) == [feature.name for feature in FEATURES]

    def test_what_could_not_be_measured_is_missing(self):
        """Headline features have no number without a title: NaN, or the number that was asked for."""
        texts = [document.text for document in DOCUMENTS[:2]]
        headline = [feature.family == "headline" for feature in FEATURES]
        assert np.isnan(CredibilityFeatures().transform(texts)[:, headline]).all()
        assert (CredibilityFeatures(missing=0.0).transform(texts)[:, headline] == 0).all()

    def test_any_text_and_any_sequence_is_taken(self):
        table = CredibilityFeatures(missing=0.0).transform(["", "Fire", "\x00"])
        assert table.shape == (3, len(FEATURES))
        assert np.array_equal(CredibilityFeatures(missing=0.0).transform(np.array(["", "Fire", "\x00"])), table)
        assert CredibilityFeatures().transform([]).shape == (0, len(FEATURES))

    def test_a_data_frame_brings_its_titles(self):
        pandas = pytest.importorskip("pandas", reason="needs pandas")
        frame = pandas.DataFrame({"title": [DOCUMENTS[0].title, None], "text": [DOCUMENTS[0].text, DOCUMENTS[1].text], "words": [1, 2]})
        expected = CredibilityFeatures().transform([DOCUMENTS[0], DOCUMENTS[1].text])
        assert np.array_equal(CredibilityFeatures().transform(frame), expected, equal_nan=True)

    @pytest.mark.parametrize("backend", ["loky", "threading"])
    def test_jobs_change_nothing(self, backend, scorer):
        alone = CredibilityFeatures().transform(DOCUMENTS)
        assert len(list(scorer.score_many(DOCUMENTS[:2], jobs=2))) == 2  # whose processes must not be in joblib's way
        with parallel_config(backend):
            assert np.array_equal(CredibilityFeatures(n_jobs=2).transform(DOCUMENTS), alone, equal_nan=True)

    def test_in_a_search(self):
        """The features stand in a pipeline whose imputing and penalty are searched by groups."""
        pipeline = make_pipeline(CredibilityFeatures(), SimpleImputer(keep_empty_features=True), StandardScaler(), LogisticRegression())
        grid = {"logisticregression__C": [0.001, 0.1], "simpleimputer__strategy": ["mean", "median"]}
        search = GridSearchCV(pipeline, grid, cv=GroupKFold(3), scoring="roc_auc", error_score="raise")
        search.fit(DOCUMENTS, LABELS, groups=GROUPS)
        assert search.best_score_ > 0.8
        assert list(search.best_estimator_[:1].get_feature_names_out()) == [feature.name for feature in FEATURES]


class TestBundled:
    def test_it_says_what_the_scorer_says(self, scorer):
        classifier = CredibilityClassifier()
        scores = [scorer.score_document(document) for document in DOCUMENTS]
        assert classifier.decision_function(DOCUMENTS).tolist() == [score.logit for score in scores]
        assert classifier.predict_proba(DOCUMENTS)[:, 1] == pytest.approx([score.probability for score in scores], abs=1e-12)
        assert classifier.predict_proba(DOCUMENTS).sum(axis=1) == pytest.approx(1)
        assert classifier.predict(DOCUMENTS).tolist() == [int(score.value > 50) for score in scores]
        assert classifier.scorer_.signature == scorer.signature

    def test_a_given_model_takes_its_place(self):
        card = credscore.load("news-en-1-card")
        for given in ("news-en-1-card", card.model):
            logits = CredibilityClassifier(model=given).decision_function(DOCUMENTS[:3])
            assert logits.tolist() == [card.score_document(document).logit for document in DOCUMENTS[:3]]

    def test_frozen_it_is_cross_validated_as_it_is(self):
        frozen = FrozenEstimator(CredibilityClassifier())
        found = cross_val_predict(frozen, DOCUMENTS, LABELS, method="decision_function", cv=3)
        assert found.tolist() == CredibilityClassifier().decision_function(DOCUMENTS).tolist()

    def test_a_text_that_cannot_be_scored_is_named(self):
        with pytest.raises(credscore.UnscorableText, match=r"Text 1 of X: .*40 are needed.*neutral") as caught:
            CredibilityClassifier().predict([DOCUMENTS[0], "Too short."])
        assert caught.value.code == "too_short"

    def test_or_is_undecided(self):
        classifier = CredibilityClassifier(unscorable="neutral")
        assert classifier.predict_proba([DOCUMENTS[0], "Too short."])[1].tolist() == [0.5, 0.5]
        with pytest.raises(ValueError, match="'error' or 'neutral'"):
            CredibilityClassifier(unscorable="drop").predict(DOCUMENTS[:1])


@pytest.fixture(scope="module")
def own():
    return CredibilityClassifier().fit(DOCUMENTS, LABELS, groups=GROUPS)


class TestFit:
    def test_it_is_the_recipe_of_credscore_train(self, own, tmp_path):
        path = tmp_path / "own.jsonl"
        rows = zip(DOCUMENTS, LABELS, GROUPS, strict=True)
        path.write_text("".join(json.dumps({"text": d.text, "title": d.title, "label": y, "group": g}) + "\n" for d, y, g in rows), "utf8")
        trained, fitted = train(path, "own"), own.scorer_.model
        assert (fitted.weights, fitted.baseline, fitted.half_width) == (trained.weights, trained.baseline, trained.half_width)
        assert fitted.card["figures"] == trained.card["figures"]

    def test_the_fitted_model_is_a_model_file(self, own, tmp_path):
        path = tmp_path / "own.json"
        path.write_text(own.scorer_.model.to_json(), encoding="utf8")
        again = CredibilityClassifier(model=path)
        assert again.decision_function(DOCUMENTS[:5]).tolist() == own.decision_function(DOCUMENTS[:5]).tolist()

    def test_it_travels_fitted_and_is_cloned_unfitted(self, own):
        same = pickle.loads(pickle.dumps(own))
        assert same.decision_function(DOCUMENTS[:5]).tolist() == own.decision_function(DOCUMENTS[:5]).tolist()
        assert clone(own).scorer_.signature == credscore.load().signature

    def test_it_learns(self, own):
        assert own.score(DOCUMENTS, LABELS) > 0.9

    def test_corpora_are_told_apart(self):
        corpora = ["even" if place % 2 == 0 else "odd" for place in range(len(DOCUMENTS))]
        fitted = CredibilityClassifier().fit(DOCUMENTS, LABELS, groups=GROUPS, corpora=corpora)
        assert fitted.scorer_.model.card["texts"] == {label: corpora.count(label) for label in ("even", "odd")}

    @pytest.mark.parametrize(
        ("labels", "why"),
        [
            (None, "requires y"),
            ([1] * len(LABELS), "two classes"),
            ([*LABELS[:-1], 2], "Only binary"),
            (LABELS[:-1], "inconsistent"),
        ],
    )
    def test_labels_that_cannot_be_learnt(self, labels, why):
        with pytest.raises(ValueError, match=why):
            CredibilityClassifier().fit(DOCUMENTS, labels)

    def test_texts_too_short_to_learn_from(self):
        with pytest.raises(ValueError, match="at least 80 words of each class; 0 are left"):
            CredibilityClassifier().fit(["Too short.", "This too."], [0, 1])


class TestLabels:
    def test_names_need_to_be_told(self):
        """Alphabetical order must not decide which texts are the credible ones."""
        names = ["sound" if label else "unsound" for label in LABELS]
        with pytest.raises(ValueError, match=r"means credible\? Say it"):
            CredibilityClassifier().fit(DOCUMENTS, names)
        with pytest.raises(ValueError, match="'good', which is none of the labels"):
            CredibilityClassifier(credible="good").fit(DOCUMENTS, names)

    def test_the_credible_label_may_be_the_first(self, own):
        """`classes_` stay sorted, and probabilities follow them."""
        names = ["sound" if label else "unsound" for label in LABELS]
        fitted = CredibilityClassifier(credible="sound").fit(DOCUMENTS, names, groups=GROUPS)
        assert fitted.classes_.tolist() == ["sound", "unsound"]
        assert fitted.decision_function(DOCUMENTS).tolist() == (-own.decision_function(DOCUMENTS)).tolist()
        assert fitted.predict_proba(DOCUMENTS)[:, 0] == pytest.approx(own.predict_proba(DOCUMENTS)[:, 1])
        assert [name == "sound" for name in fitted.predict(DOCUMENTS)] == [label == 1 for label in own.predict(DOCUMENTS)]
