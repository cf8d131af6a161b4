"""Publishers: drawn towards the others by what their texts are worth, whatever order, form or number they come in."""

import csv
import io
import json
import math
import random
from datetime import date, datetime

import pytest
from benchmarks import fixtures
from click.testing import CliRunner

import credscore
from credscore.cli import main
from credscore.errors import InputError
from credscore.publishers import FEWEST_SOURCES, RollUp, day_of, roll_up

TEXT = fixtures.load("a-wire-ferry-strike").text
OTHER = fixtures.load("b-health-saltbark").text
INVENTED = [f"p{number}.example" for number in range(FEWEST_SOURCES)]


def texts(source: str, *logits: float) -> list[dict]:
    return [{"source": source, "logit": logit} for logit in logits]


def drawn(seed: int, publishers: int, each: int, between: float, within: float) -> list[dict]:
    """Texts of a world in which publishers have standard deviation `between`, and texts of one `within`, about log-odds 0.5."""
    chance = random.Random(seed)
    return [
        {"source": f"p{number}.example", "logit": middle + chance.gauss(0, within), "truth": middle}
        for number in range(publishers)
        for middle in [chance.gauss(0.5, between)]
        for _ in range(1 + chance.randrange(2 * each))
    ]


@pytest.fixture(scope="module")
def model(scorer):
    return scorer.model


def made(rows, model, **options) -> RollUp:
    return roll_up(rows, model, **{"fewest": 1, **options})


class TestEstimate:
    def test_the_variances_of_a_known_world_are_found(self, model):
        """With many publishers, mean and both variances come out as they were put in."""
        population = made(drawn(1, 600, 6, 1.0, 1.4), model).population
        assert population.sources == 600
        assert population.mean == pytest.approx(0.5, abs=0.15)
        assert math.sqrt(population.between) == pytest.approx(1.0, rel=0.1)
        assert math.sqrt(population.within) == pytest.approx(1.4, rel=0.05)

    @pytest.mark.parametrize(("publishers", "least"), [(120, 0.88), (FEWEST_SOURCES, 0.87)])
    def test_the_interval_holds_as_often_as_it_says(self, publishers, least, model):
        """Over many worlds, about 90 % of intervals hold the publisher's true score, with few publishers too."""
        held = []
        for seed in range(6000 // publishers):
            rows = drawn(seed, publishers, 4, 0.8, 1.2)
            truth = {row["source"]: 100 / (1 + math.exp(-row["truth"])) for row in rows}
            held += [item.interval[0] <= truth[item.source] <= item.interval[1] for item in made(rows, model).sources]
        assert least <= sum(held) / len(held) <= 0.92

    def test_shrinking_brings_the_estimate_nearer_to_the_truth(self, model):
        rows = drawn(3, 300, 2, 0.8, 1.4)
        truth = {row["source"]: 100 / (1 + math.exp(-row["truth"])) for row in rows}
        scored = made(rows, model).sources
        assert sum((item.value - truth[item.source]) ** 2 for item in scored) < 0.8 * sum(
            (item.unshrunk - truth[item.source]) ** 2 for item in scored
        )

    def test_few_texts_are_drawn_further_and_told_less_surely(self, model):
        rows = drawn(4, 40, 6, 1.0, 1.0) + texts("one.example", 3.0) + texts("many.example", *[2.5, 3.0, 3.5] * 20)
        found = {item.source: item for item in made(rows, model).sources}
        one, many = found["one.example"], found["many.example"]
        assert one.unshrunk == pytest.approx(many.unshrunk)
        assert one.value < many.value < many.unshrunk
        assert one.interval[1] - one.interval[0] > many.interval[1] - many.interval[0]

    def test_publishers_that_do_not_differ_are_told_apart_by_nothing(self, model):
        """Where means are spread no more than chance spreads them, every publisher gets the population's score."""
        rows = [row for name in INVENTED for row in texts(name, -1.0, 0.0, 1.0, -1.0, 1.0)]
        found = made(rows, model)
        assert found.population.between == 0.0
        assert {round(item.value, 9) for item in found.sources} == {50.0}

    def test_few_publishers_are_drawn_towards_the_card(self, model):
        """Few publishers tell too little of publishers, so the model's reference texts do."""
        few = made([row for name in INVENTED[: FEWEST_SOURCES - 1] for row in texts(name, *[4.0] * 5)], model)
        assert few.population.sources == 0
        assert few.population.between > 0
        assert all(item.value < item.unshrunk for item in few.sources)
        assert made([row for name in INVENTED for row in texts(name, *[4.0] * 5)], model).population.sources == FEWEST_SOURCES

    def test_equal_scores_everywhere_are_no_division_by_zero(self, model):
        rows = [row for name in INVENTED for row in texts(name, 1.0, 1.0, 1.0, 1.0)]
        for item in made(rows, model).sources:
            assert item.value == pytest.approx(item.unshrunk)

    def test_a_model_without_reference_texts_needs_enough_publishers(self, model):
        bare = credscore.LinearModel(
            model.name, model.language, model.baseline, model.weights, model.level, model.half_width, {}, model.card
        )
        with pytest.raises(InputError, match="too few to learn from"):
            made(texts("one.example", 1.0), bare)
        assert made(drawn(5, 30, 5, 1.0, 1.0), bare).population.sources == 30


class TestWhatCounts:
    def test_scores_and_their_json_give_the_same(self, scorer):
        """A roll-up of `Score`s, of their mappings, and of rows read back is the same."""
        documents = [{"text": TEXT, "source": "a.example", "date": "2031-04-02"}, {"text": OTHER, "source": "b.example"}]
        results = list(scorer.score_many(documents))
        expected = scorer.score_sources(results, fewest=1)
        assert [item.source for item in expected] == ["a.example", "b.example"]
        assert (expected[0].first, expected[0].last, expected[1].first) == ("2031-04-02", "2031-04-02", None)
        assert scorer.score_sources([result.to_dict() for result in results], fewest=1) == expected
        assert scorer.score_sources([json.loads(result.to_json()) for result in results], fewest=1) == expected
        assert scorer.score_sources([credscore.Score.from_json(result.to_json()) for result in results], fewest=1) == expected

    def test_the_order_of_the_texts_changes_nothing_that_is_seen(self, model):
        rows = drawn(6, 30, 5, 1.0, 1.0)
        shuffled = random.Random(0).sample(rows, len(rows))
        for one, other in zip(made(rows, model).sources, made(shuffled, model).sources, strict=True):
            assert one.source == other.source
            assert one.value == pytest.approx(other.value, abs=1e-9)

    def test_the_highest_comes_first_and_ties_go_by_name(self, model):
        rows = texts("b.example", 1.0) + texts("c.example", 2.0) + texts("a.example", 1.0)
        assert [item.source for item in made(rows, model).sources] == ["c.example", "a.example", "b.example"]

    def test_the_name_of_a_publisher_moves_nothing(self, model):
        rows = drawn(7, 20, 5, 1.0, 1.0)
        renamed = [{**row, "source": f"x-{row['source']}"} for row in rows]
        assert [item.value for item in made(rows, model).sources] == [item.value for item in made(renamed, model).sources]

    def test_publishers_of_few_texts_are_left_out_but_counted(self, model):
        rows = texts("four.example", *[1.0] * 4) + texts("five.example", *[1.0] * 5)
        found = roll_up(rows, model)
        assert ([item.source for item in found.sources], found.few) == (["five.example"], 1)
        with pytest.raises(ValueError, match="at least 1"):
            roll_up(rows, model, fewest=0)

    def test_failures_and_texts_without_a_publisher_are_passed_over(self, model):
        rows = [credscore.Failure("x", "empty", "…"), {"id": "y", "error": {"code": "empty"}}, *texts("", 1.0), *texts("a.example", 1.0)]
        found = made(rows, model)
        assert (len(found.sources), found.unsourced, found.failed) == (1, 1, 2)
        assert made([], model).sources == ()

    def test_a_value_does_where_there_are_no_log_odds(self, model):
        by_value = made([{"source": "a.example", "value": "75"}], model).sources
        by_logit = made(texts("a.example", math.log(3)), model).sources
        assert by_value[0].value == pytest.approx(by_logit[0].value)

    @pytest.mark.parametrize("row", [{}, {"value": 100}, {"value": 0}, {"value": "high"}, {"logit": math.inf}, {"logit": "nan"}], ids=str)
    def test_a_row_without_a_score_is_refused(self, row, model):
        with pytest.raises(InputError, match="no finite logit"):
            made([{"source": "a.example", **row}], model)

    def test_scores_made_differently_are_not_mixed(self, scorer):
        record = scorer.score_document(credscore.Document(TEXT, source="a.example")).to_dict()
        other_lexicon = {**record, "signature": record["signature"].replace("lexicon:", "lexicon:0")}
        with pytest.raises(InputError, match="stand together"):
            scorer.score_sources([record, other_lexicon])
        other_model = {**record, "signature": record["signature"].replace(scorer.model.name, "own-en-1")}
        with pytest.raises(InputError, match="Load their model"):
            scorer.score_sources([other_model])

    def test_days_are_read_from_what_states_them_plainly(self, model):
        assert [day_of(told) for told in ("2031-04-02", "2031-04-02 06:30", date(2031, 4, 2), datetime(2031, 4, 2, 6))] == [
            "2031-04-02"
        ] * 4
        assert [day_of(told) for told in (None, "", "April 2", "02/04/2031", 1.5)] == [None] * 5
        rows = [{"source": "a.example", "logit": 1.0, "date": day} for day in ("2031-04-02", "unknown", "2030-12-31", "2031-01-05")]
        (found,) = made(rows, model).sources
        assert (found.first, found.last) == ("2030-12-31", "2031-04-02")


class TestCommand:
    @pytest.fixture
    def given(self, tmp_path):
        path = tmp_path / "texts.jsonl"
        rows = [{"id": str(at), "text": text, "source": source, "date": f"2031-04-0{at + 1}"} for at, (text, source) in enumerate(
            [(TEXT, "a.example"), (TEXT, "a.example"), (OTHER, "b.example")])]  # fmt: skip
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        return path

    def run(self, *arguments):
        return CliRunner().invoke(main, ["sources", *map(str, arguments)])

    def test_scores_and_texts_give_the_same_in_every_format(self, given, tmp_path):
        """What `score` wrote rolls up to the same bytes as the texts themselves; JSONL and CSV say the same."""
        scored = tmp_path / "scored.jsonl"
        assert CliRunner().invoke(main, ["score", str(given), "-o", str(scored)]).exit_code == 0
        direct, again = self.run(given, "--fewest", 1), self.run(scored, "--fewest", 1)
        assert (direct.exit_code, again.exit_code) == (0, 0)
        assert direct.stdout == again.stdout
        rows = [json.loads(line) for line in direct.stdout.splitlines()]
        assert [(row["source"], row["n"], row["first"], row["last"]) for row in rows] == [
            ("a.example", 2, "2031-04-01", "2031-04-02"),
            ("b.example", 1, "2031-04-03", "2031-04-03"),
        ]
        table = list(csv.DictReader(io.StringIO(self.run(given, "--fewest", 1, "--format", "csv").stdout)))
        assert list(table[0]) == list(rows[0])
        assert [float(row["value"]) for row in table] == [round(row["value"], 2) for row in rows]
        drawn = self.run(scored, "--fewest", 1, "--format", "table")
        assert "a.example" in drawn.stdout
        assert "too few publishers here" in drawn.stdout

    def test_its_rows_can_be_plotted(self, given, tmp_path):
        pytest.importorskip("matplotlib", reason="needs the extra: pip install 'credscore[plot]'")
        out = tmp_path / "publishers.csv"
        assert self.run(given, "--fewest", 1, "-o", out).exit_code == 0
        assert CliRunner().invoke(main, ["plot", "publishers", str(out), "-o", str(tmp_path / "p.svg")]).exit_code == 0

    def test_who_is_left_out_is_said(self, given):
        result = self.run(given)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "2 publishers have fewer than 5 texts" in result.stderr
        assert "3 texts name no publisher" in self.run(given, "--source-field", "site").stderr

    def test_what_cannot_be_scored_is_status_1_and_the_rest_is_there(self, given):
        with given.open("a", encoding="utf8") as stream:
            stream.write(json.dumps({"id": "short", "text": "Too short.", "source": "a.example"}) + "\n")
        result = self.run(given, "--fewest", 1)
        assert result.exit_code == 1
        assert "short: too_short" in result.stderr
        assert len(result.stdout.splitlines()) == 2

    def test_a_broken_file_of_scores_is_named_and_nothing_is_written(self, tmp_path):
        scored = tmp_path / "scored.jsonl"
        scored.write_text('{"source": "a.example", "logit": 1}\n{"source": \n', encoding="utf8")
        result = self.run(scored, "-o", tmp_path / "out.csv")
        assert result.exit_code == 1
        assert "row 2: not JSON" in result.stderr
        assert "Traceback" not in result.output
        assert not (tmp_path / "out.csv").exists()

    def test_columns_of_other_names(self, tmp_path):
        scored = tmp_path / "scored.csv"
        scored.write_text("site,day,value\na.example,2031-01-05,70\n=b.example,2031-01-06,60\n", encoding="utf8")
        result = self.run(scored, "--source-field", "site", "--date-field", "day", "--fewest", 1, "--format", "csv")
        assert [row[0] for row in csv.reader(io.StringIO(result.stdout))] == ["source", "a.example", "'=b.example"]
        assert "2031-01-05" in result.stdout
