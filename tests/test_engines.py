"""Dask, Spark and Ray give the bytes that `score_many` gives: each test starts a cluster on this machine and asks its processes."""

import os
import shutil
import sys
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pytest
from joblib import parallel_config

import credscore
from credscore import columns
from credscore.engines import dask as on_dask
from credscore.engines import ray as on_ray
from credscore.engines import spark as on_spark
from credscore.sklearn import CredibilityFeatures

pytestmark = pytest.mark.filterwarnings("default")  # what the engines warn of is theirs

ENGINES = {"dask": (on_dask, "dask"), "spark": (on_spark, "pyspark"), "ray": (on_ray, "ray")}


@pytest.fixture(scope="module")
def rows(documents):
    """The fixtures as rows of a table whose texts are called `body`, and two that cannot be scored."""
    known = [{"id": document.id, "title": document.title, "body": document.text, "source": "wire.example"} for document in documents]
    return [
        *known,
        {"id": "stub", "title": None, "body": "Too short.", "source": None},
        {"id": "none", "title": None, "body": None, "source": None},
    ]


@pytest.fixture(scope="module")
def given(rows):
    return [{**row, "text": row["body"]} for row in rows]


@pytest.fixture(scope="module")
def expected(rows, scorer):
    """Each row as `score_many` scores it, by its id."""
    kinds = columns.kinds_of(scorer.model)
    results = scorer.score_many({**row, "text": row["body"]} for row in rows)
    return {result.id: columns.row_of(result, kinds) for result in results}


@pytest.fixture(scope="module")
def lines(given, scorer):
    """What `score_many` makes of the rows in whole, evidence and all."""
    return sorted(line_of(result) for result in scorer.score_many(given))


def line_of(result):
    return result.to_json() if isinstance(result, credscore.Score) else str(result.to_dict())


def same(table, expected):
    """A table, whatever its order, holds the expected rows to the last bit."""
    made = {row["id"]: row for row in table}
    assert made.keys() == expected.keys()
    for label, row in made.items():
        assert {name: None if cell is None or cell != cell else cell for name, cell in row.items()} == expected[label]


@pytest.fixture(scope="module")
def frame(rows):
    return pytest.importorskip("pandas", reason="needs pandas").DataFrame(rows)


@pytest.fixture(scope="module")
def dask_cluster(tmp_path_factory):
    distributed = pytest.importorskip("distributed", reason="needs the extra: pip install 'credscore[dask]'")
    place = tmp_path_factory.mktemp("dask")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=place
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql", reason="needs the extra: pip install 'credscore[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java 17")
    with patch.dict("os.environ", {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}):
        session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def ray_cluster():
    pytest.importorskip("ray.data", reason="needs the extra: pip install 'credscore[ray]'")
    import ray

    with patch.dict("os.environ", {"RAY_USAGE_STATS_ENABLED": "0"}):
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray
        ray.shutdown()


class TestDask:
    def test_columns(self, dask_cluster, frame, expected):
        import dask.dataframe

        scored = on_dask.score(dask.dataframe.from_pandas(frame, npartitions=3), text="body")
        assert scored.npartitions == 3
        table = scored.compute()
        assert list(scored.columns) == list(table.columns)
        assert (scored.dtypes == table.dtypes).all()
        assert list(table.index) == list(frame.index)
        same(table.astype(object).where(table.notna(), None).to_dict("records"), expected)

    def test_a_model_and_a_lexicon_of_ones_own_travel_along(self, dask_cluster, frame, given):
        import dask.dataframe

        own = credscore.load("news-en-1-card", without=["loaded"])
        table = on_dask.score(dask.dataframe.from_pandas(frame, npartitions=2), own, text="body").compute()
        scores = [result for result in own.score_many(given) if isinstance(result, credscore.Score)]
        assert table["signature"].dropna().unique().tolist() == [str(own.signature)]
        assert table["logit"].dropna().tolist() == [score.logit for score in scores]

    def test_whole_scores(self, dask_cluster, given, scorer, lines):
        import dask.bag

        results = dask.bag.from_sequence(given, npartitions=3).map_partitions(scorer.score_many).compute(scheduler=dask_cluster)
        assert sorted(map(line_of, results)) == lines

    def test_joblibs_jobs_on_the_cluster(self, dask_cluster, documents):
        many = list(documents) * 5  # more than one batch
        alone = CredibilityFeatures().transform(many)
        with parallel_config("dask"):
            assert np.array_equal(CredibilityFeatures(n_jobs=-1).transform(many), alone, equal_nan=True)
        assert sum(dask_cluster.run(lambda: "credscore.sklearn" in __import__("sys").modules).values()) > 0, "no worker did any of it"


class TestSpark:
    def test_columns(self, spark, rows, expected):
        schema = "id string, title string, body string, source string"
        table = spark.createDataFrame([tuple(row.values()) for row in rows], schema).repartition(3)
        same([row.asDict() for row in on_spark.score(table, text="body").collect()], expected)

    def test_whole_scores(self, spark, given, scorer, lines):
        results = spark.sparkContext.parallelize(given, 3).mapPartitions(scorer.score_many).collect()
        assert sorted(map(line_of, results)) == lines


class TestRay:
    def test_columns(self, ray_cluster, frame, expected):
        dataset = ray_cluster.data.from_pandas(frame).repartition(3)
        same(on_ray.score(dataset, text="body").take_all(), expected)

    def test_whole_scores(self, ray_cluster, given, scorer, lines):
        dataset = ray_cluster.data.from_items(given, override_num_blocks=3).map(lambda row: {"line": scorer.try_score(row)})
        assert sorted(line_of(row["line"]) for row in dataset.take_all()) == lines


class TestWrongUse:
    @pytest.mark.parametrize("engine", ENGINES)
    def test_a_missing_engine_says_how_to_get_it(self, engine):
        adapter, package = ENGINES[engine]
        names = {"dask": "dask.dataframe", "spark": "pyspark.sql", "ray": "ray.data"}
        with (
            patch.dict(sys.modules, {names[engine]: None}),
            pytest.raises(credscore.MissingExtra, match=rf"{package}.*credscore\[{engine}\]"),
        ):
            adapter.score(SimpleNamespace())

    @pytest.mark.parametrize("engine", ENGINES)
    def test_a_table_of_another_kind_is_refused(self, engine):
        adapter, package = ENGINES[engine]
        pytest.importorskip(package, reason=f"needs the extra: pip install 'credscore[{engine}]'")
        with pytest.raises(TypeError, match="not a dict"):
            adapter.score({"text": ["One."]})

    def test_a_column_that_is_not_there_is_told_before_any_work(self, dask_cluster, spark, ray_cluster, frame):
        import dask.dataframe

        for adapter, table in (
            (on_dask, dask.dataframe.from_pandas(frame, npartitions=1)),
            (on_spark, spark.createDataFrame([("a", "b")], "id string, body string")),
            (on_ray, ray_cluster.data.from_items([{"id": "a", "body": "b"}])),
        ):
            with pytest.raises(KeyError, match=r"no column 'text'.*body"):
                adapter.score(table)
