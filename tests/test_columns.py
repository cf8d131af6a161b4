"""Tables in, tables of the same kind out: the scores of `score_many`, whatever the table is made of."""

import json
from datetime import date

import pytest
from benchmarks import fixtures

import credscore
from credscore import columns
from credscore.many import AHEAD, BATCH, HEAVIEST, _batches, mapped
from credscore.score import characters

DOCUMENTS = fixtures.documents()[:5]
LISTS = {
    "id": [*"abcde", None],
    "text": [*(document.text for document in DOCUMENTS), None],
    "title": [*(document.title for document in DOCUMENTS), "No text"],
    "date": [date(2031, 4, day) for day in range(1, 7)],
}


@pytest.fixture(scope="module")
def expected():
    """The rows that any table must give."""
    scorer = credscore.load()
    texts = [{name: cells[row] for name, cells in LISTS.items()} for row in range(6)]
    return [columns.row_of(result, columns.kinds_of(scorer.model)) for result in scorer.score_many(texts)]


def rows_of(made: dict[str, list]) -> list[dict]:
    return [dict(zip(made, cells, strict=True)) for cells in zip(*made.values(), strict=True)]


def test_rows_tell_what_the_scores_tell(expected):
    score = credscore.score(DOCUMENTS[0].text, DOCUMENTS[0].title)
    assert (expected[0]["value"], expected[0]["logit"], expected[0]["words"]) == (score.value, score.logit, score.words)
    assert (expected[0]["low"], expected[0]["high"]) == score.interval
    assert {item.feature: item.value for item in score.contributions}.items() <= expected[0].items()
    assert (expected[0]["date"], expected[0]["error"]) == ("2031-04-01", None)
    assert (expected[5]["id"], expected[5]["error"], expected[5]["value"]) == (None, "not_a_document", None)


@pytest.mark.parametrize("jobs", [1, 2])
def test_lists(jobs, expected):
    assert rows_of(columns.score(LISTS, jobs=jobs)) == expected


def test_pandas_keeps_its_index(expected):
    pandas = pytest.importorskip("pandas")
    made = columns.score(pandas.DataFrame(LISTS, index=range(10, 16)))
    assert list(made.index) == list(range(10, 16))
    assert str(made["value"].dtype) == "float64"
    plain = made.astype(object).where(made.notna(), None).to_dict("records")
    assert json.dumps(plain) == json.dumps(expected)


def test_polars(expected):
    polars = pytest.importorskip("polars")
    made = columns.score(polars.DataFrame(LISTS))
    assert isinstance(made, polars.DataFrame)
    assert made.to_dicts() == expected


@pytest.mark.parametrize("kind", ["Table", "RecordBatch"])
def test_arrow(kind, expected):
    pyarrow = pytest.importorskip("pyarrow")
    of = getattr(pyarrow, kind)
    made = columns.score(of.from_pydict(LISTS))
    assert isinstance(made, of)
    assert made.to_pylist() == expected


def test_a_table_without_rows_has_all_columns():
    polars = pytest.importorskip("polars")
    kinds = columns.kinds_of(credscore.load().model)
    assert columns.score({"text": []}) == {name: [] for name in kinds}
    assert columns.score(polars.DataFrame({"text": []}, {"text": str})).columns == list(kinds)


def test_columns_of_other_names():
    made = columns.score({"body": ["Too short."], "key": [7]}, text="body", id="key")
    assert (made["id"], made["error"]) == (["7"], ["too_short"])


@pytest.mark.parametrize(("names", "missing"), [({}, "text"), ({"text": "body", "id": "key"}, "key")])
def test_a_column_that_is_not_there_is_named(names, missing):
    with pytest.raises(KeyError, match=f"no column '{missing}'; its columns are body, id"):
        columns.score({"body": ["One."], "id": [1]}, **names)


@pytest.mark.parametrize("table", ["text", ["text"], None, 5])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(TypeError, match="A table is of pandas"):
        columns.score(table)


def test_half_a_surrogate_pair_fits_into_any_table():
    assert columns.score({"text": ["Too short."], "id": ["a\ud800"]})["id"] == ["a?"]


def test_an_error_of_ours_is_a_failure_of_its_text_alone(monkeypatch):
    """Whatever breaks within one text, the others are scored; a prior that is wrong for all of them is an error."""
    scorer = credscore.Scorer(credscore.load().model)
    plain = scorer.score_document

    def breaks(document, **options):
        if document.id == "1":
            raise RecursionError("too deep")
        return plain(document, **options)

    monkeypatch.setattr(scorer, "score_document", breaks)
    results = list(scorer.score_many({"id": number, "text": DOCUMENTS[0].text} for number in range(3)))
    assert [getattr(result, "code", None) for result in results] == [None, "defect", None]
    assert "RecursionError: too deep" in results[1].message
    with pytest.raises(ValueError, match="prior"):
        scorer.score_many([], prior=2.0)


class TestMapped:
    """Several processes: in order, streaming, errors in their place."""

    def test_it_reads_no_further_ahead_than_it_says(self):
        read = []
        results = mapped(abs, (read.append(number) or number for number in range(10_000)), 2)
        for number in range(100):
            assert next(results) == number
            assert len(read) <= number + 2 * AHEAD * BATCH + BATCH
        results.close()

    def test_batches_grow_up_to_a_weight(self):
        """Few items at first, so that both processes have work; heavy ones are handed over sooner."""
        sizes = [len(batch) for batch in _batches(range(600), 2, lambda _: 1)]
        assert sizes == [8, 8, 16, 16, *[BATCH] * 17, 8]
        assert [len(batch) for batch in _batches(range(6), 1, lambda number: HEAVIEST if number == 2 else 1)] == [3, 3]
        assert [len(batch) for batch in _batches(range(4), 1, lambda _: HEAVIEST // 2)] == [2, 2]
        assert [*map(characters, ["a" * 5, credscore.Document("a" * 5), 7, None])] == [0, 5, 0, 0]

    def test_an_error_of_the_function_comes_in_its_place(self):
        got: list[int] = []
        with pytest.raises(TypeError):
            got.extend(mapped(abs, [*range(37), "no number", 38], 2))
        assert got == list(range(37))

    def test_an_error_of_the_items_comes_after_the_results_before_it(self):
        def items():
            yield from range(37)
            raise OSError("gone")

        got: list[int] = []
        with pytest.raises(OSError, match="gone"):
            got.extend(mapped(abs, items(), 2))
        assert got == list(range(37))
