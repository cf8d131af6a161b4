"""The plots say what the score says: the same sums, the same places, honest bins, and no trouble with hostile names."""

import builtins
import json
import math
import subprocess
import sys

import pytest
from benchmarks import fixtures
from click.testing import CliRunner

import credscore
from credscore.batch.rows import labelled_probabilities, numbered
from credscore.cli import main
from credscore.errors import InputError, MissingExtra
from credscore.report import plots
from credscore.report.plots import Ranked, reliability

pytest.importorskip("matplotlib", reason="needs the extra: pip install 'credscore[plot]'")

POOR = fixtures.load("b-farm-sorrel-strait")


@pytest.fixture(scope="module")
def score():
    return credscore.score(POOR.text)


@pytest.fixture(scope="module")
def model():
    return credscore.load().model


def labels_of(axes):
    return [label.get_text() for label in axes.get_yticklabels()]


class TestWaterfall:
    @pytest.mark.parametrize("shown", [1, 5, 14, 1000])
    def test_steps_lead_from_the_baseline_to_the_score(self, score, shown):
        """The bars meet end to end and add up to the log-odds exactly, however many are shown."""
        axes = plots.waterfall(score, shown=shown).axes[0]
        place = score.baseline
        for bar in axes.patches:
            assert bar.get_x() == pytest.approx(place, abs=1e-12)
            place += bar.get_width()
        assert place == pytest.approx(score.logit, abs=1e-9)
        dots = [line for line in axes.lines if line.get_marker() == "o"]
        assert list(dots[0].get_xdata()) == [score.baseline, score.logit]

    def test_reasons_are_those_of_the_score(self, score):
        """Each row reads as its contribution does, the largest first; the rest are counted."""
        labels = labels_of(plots.waterfall(score, shown=5).axes[0])
        assert labels[1:6] == [item.reason for item in score.contributions[:5]]
        assert labels[6] == f"{sum(1 for item in score.contributions[5:] if item.amount)} smaller reasons"
        assert f"{score.value:.0f}" in labels[-1]

    def test_colour_tells_the_sign(self, score):
        """What raises and what lowers never share a colour."""
        for bar in plots.waterfall(score).axes[0].patches:
            assert bar.get_facecolor()[:3] == pytest.approx(_rgb(plots.UP if bar.get_width() > 0 else plots.DOWN), abs=0.01)

    def test_the_scale_above_is_the_score(self, score):
        """A tick of the upper axis stands where that score's log-odds are."""
        above = plots.waterfall(score).axes[1]
        for place, label in zip(above.get_xticks(), above.get_xticklabels(), strict=True):
            assert 100 / (1 + math.exp(-place)) == pytest.approx(float(label.get_text()))


class TestDistribution:
    def test_a_population_is_whole(self, score, model):
        """The bars of each reference population add up to all its texts."""
        above = plots.distribution(score, model).axes[0]
        stairs = [patch for patch in above.patches if hasattr(patch, "get_data")]
        assert len(stairs) == len(model.populations) > 0
        for patch in stairs:
            assert sum(patch.get_data().values) == pytest.approx(100.0, abs=0.5)

    def test_bars_are_where_the_percentiles_are(self):
        """Evenly spread scores give even bars, and a population of one score one full bar."""
        assert plots._shares([float(value) for value in range(101)]) == pytest.approx([4.0] * 25)
        assert max(plots._shares([50.0] * 101)) == pytest.approx(100.0)

    def test_features_lie_within_the_range_and_beyond_is_marked(self, model):
        """A value beyond the training range is drawn at its edge with another mark."""
        score = credscore.score(POOR.text + " WHAT A DISGRACE!!! SHAME ON THEM ALL!!! " * 12)
        outside = {
            item.feature
            for item in score.contributions
            for weight in model.weights
            if weight.feature == item.feature and weight.outside(item.value)
        }
        assert outside
        below = plots.distribution(score, model, shown=99).axes[1]
        labels = labels_of(below)
        marks = [line for line in below.lines if line.get_marker() in ("o", ">")]
        assert len(marks) == len(labels)
        for line in marks:
            (x,), (row,) = line.get_xdata(), line.get_ydata()
            assert 0 <= x <= 1
            assert (line.get_marker() == ">") == (labels[int(row)].replace(" ", "_") in outside)

    def test_another_models_score_is_refused(self, score, model):
        """A score is never drawn in the ranges of a model that did not make it."""
        other = type(model)(
            **{name: getattr(model, name) for name in ("name", "language", "baseline", "level", "half_width", "populations", "card")},
            weights=model.weights[:3],
        )
        with pytest.raises(ValueError, match="did not make this score"):
            plots.distribution(score, other)


class TestCalibration:
    def test_bins_hold_every_row_once(self):
        """Bins are of equal mass, ordered, and lose no row."""
        rows = [(number / 103, number % 3 == 0) for number in range(103)]
        bins = reliability([(probability, int(label)) for probability, label in rows], 10)
        assert sum(item.n for item in bins) == 103
        assert max(item.n for item in bins) - min(item.n for item in bins) <= 1
        assert [item.predicted for item in bins] == sorted(item.predicted for item in bins)
        assert sum(item.n * item.observed for item in bins) == pytest.approx(sum(label for _, label in rows))

    def test_the_interval_is_wilsons(self):
        """Ten of twenty: .299 to .701 (Wilson 1927); none of ten still leaves room above."""
        (half,) = reliability([(0.5, number % 2) for number in range(20)], 1)
        assert (half.low, half.high) == (pytest.approx(0.299, abs=5e-4), pytest.approx(0.701, abs=5e-4))
        (none,) = reliability([(0.1, 0)] * 10, 1)
        assert (none.low, none.high) == (0.0, pytest.approx(0.2775, abs=5e-4))

    def test_fewer_rows_than_bins(self):
        """One row gives one bin, not an empty one."""
        assert [item.n for item in reliability([(0.4, 1)], 10)] == [1]

    @pytest.mark.parametrize("rows", [[], [(1.2, 1)], [(0.5, 2)], [(math.nan, 1)]], ids=str)
    def test_rows_that_are_none_are_refused(self, rows):
        with pytest.raises(ValueError, match=r"probability|label"):
            plots.calibration(rows)

    def test_the_figure_shows_each_bin(self):
        axes = plots.calibration([(number / 40, number % 2) for number in range(40)], bins=4).axes[0]
        assert len(axes.containers[0].lines[0].get_xdata()) == 4


class TestPublishers:
    def test_the_highest_stands_first_with_its_number_of_texts(self):
        axes = plots.publishers([Ranked("b.example", 40, 30, 50, 7), Ranked("a.example", 60, 55, 70, 1200)]).axes[0]
        assert labels_of(axes) == ["a.example  (1,200)", "b.example  (7)"]

    def test_a_gap_says_how_many_are_not_drawn(self):
        rows = [Ranked(f"p{number}.example", number, number - 1, number + 1, 5) for number in range(1, 12)]
        labels = labels_of(plots.publishers(rows, shown=4).axes[0])
        assert labels == ["p11.example  (5)", "p10.example  (5)", "… 7 between …", "p2.example  (5)", "p1.example  (5)"]

    @pytest.mark.parametrize("rows", [[], [Ranked("a.example", 60, 61, 70, 3)]], ids=["none", "outside"])
    def test_rows_that_rank_nothing_are_refused(self, rows):
        with pytest.raises(ValueError, match=r"no publisher|outside its interval"):
            plots.publishers(rows)

    def test_names_are_text_and_not_formulas(self, tmp_path):
        """Dollar signs, control and direction characters in a name neither fail nor act."""
        figure = plots.publishers([Ranked("$\\frac{$\u202eevil\x1b[2J", 50, 40, 60, 3)])
        figure.savefig(tmp_path / "a.png")
        assert not set("\u202e\x1b") & set(labels_of(figure.axes[0])[0])


def test_plots_leave_no_window_behind(score):
    """The figures know nothing of pyplot: it is never imported."""
    code = (
        "import sys, credscore; from credscore.report import plots\n"
        "assert 'matplotlib' not in sys.modules\n"
        f"plots.waterfall(credscore.score({POOR.text!r})).savefig(sys.stdout.buffer, format='png')\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"\x89PNG")


def test_a_missing_extra_says_what_installs_it(score, monkeypatch):
    """Without matplotlib the message holds the command that brings it."""
    genuine = builtins.__import__

    def without(name, *rest, **named):
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return genuine(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"pip install 'credscore\[plot\]'"):
        plots.waterfall(score)


class TestCommand:
    @pytest.fixture
    def article(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text(POOR.text, encoding="utf8")
        return path

    def run(self, *arguments):
        return CliRunner().invoke(main, ["plot", *map(str, arguments)])

    def test_every_option_is_explained(self):
        """Each plot says in its help what it draws and what every option is for."""
        for name, command in main.commands["plot"].commands.items():
            assert len(command.help.split()) > 4, name
            assert all(option.help for option in command.params if option.param_type_name == "option"), name

    @pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
    @pytest.mark.parametrize("command", ["waterfall", "distribution"])
    def test_a_text_is_drawn(self, command, suffix, article, tmp_path):
        result = self.run(command, article, "-o", tmp_path / f"out{suffix}")
        assert result.exit_code == 0, result.output
        assert (tmp_path / f"out{suffix}").read_bytes().lstrip()[:5] in (b"\x89PNG\r", b"<?xml", b"%PDF-")

    def test_publishers_from_a_table(self, tmp_path):
        rows = tmp_path / "rows.csv"
        rows.write_text("source,value,low,high,n\na.example,61.5,55,68,40\nb.example,33,20,49,6\n", encoding="utf8")
        assert self.run("publishers", rows, "-o", tmp_path / "out.svg").exit_code == 0
        assert (tmp_path / "out.svg").read_text(encoding="utf8").startswith("<?xml")

    def test_calibration_with_labels_beside(self, tmp_path):
        """Labels of another file are matched by id; failures and unlabelled texts are left out."""
        scored, labels = tmp_path / "scored.jsonl", tmp_path / "labels.csv"
        rows = [
            {"id": "a", "probability": 0.7},
            {"id": "b", "error": {"code": "empty"}},
            {"id": "c", "probability": 0.2},
            {"id": "d", "probability": 0.1},
        ]
        scored.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        labels.write_text("id,credible\na,1\nb,1\nc,0\n", encoding="utf8")
        found = labelled_probabilities(scored, labels, probability="probability", label="credible", key="id")
        assert found == [(0.7, 1), (0.2, 0)]
        result = self.run("calibration", scored, "--labels", labels, "--label-field", "credible", "-o", tmp_path / "out.png")
        assert result.exit_code == 0, result.output

    @pytest.mark.parametrize(
        ("arguments", "status", "told"),
        [
            (["waterfall", "none.txt", "-o", "out.png"], 1, "missing_file"),
            (["waterfall", "a.txt", "-o", "out.gif"], 2, ".svg"),
            (["waterfall", "a.txt"], 2, "--output"),
            (["waterfall", "a.txt", "-o", "no/such/folder/out.png"], 1, "Cannot write"),
            (["waterfall", "rows.jsonl", "-o", "out.png"], 2, "2 documents"),
            (["calibration", "rows.jsonl", "-o", "out.png"], 1, "row 1: no field 'probability'"),
            (["calibration", "a.txt", "-o", "out.png"], 1, ".jsonl"),
            (["publishers", "words.csv", "-o", "out.png"], 1, "row 1: value is 'high'"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )  # fmt: skip
    def test_what_cannot_be_drawn_is_told(self, arguments, status, told, article, tmp_path, monkeypatch):
        """Each mistake has its status and its reason, and leaves no file."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "rows.jsonl").write_text(
            json.dumps({"text": POOR.text}) + "\n" + json.dumps({"text": POOR.text}) + "\n", encoding="utf8"
        )
        (tmp_path / "words.csv").write_text("source,value,low,high,n\na.example,high,1,2,3\n", encoding="utf8")
        result = self.run(*arguments)
        assert result.exit_code == status, result.output
        assert told in result.stderr
        assert "Traceback" not in result.output
        assert not list(tmp_path.glob("out.*"))

    def test_rows_name_what_they_cannot_read(self, tmp_path):
        broken = tmp_path / "broken.jsonl"
        broken.write_text('{"a": 1}\n[1]\n', encoding="utf8")
        with pytest.raises(InputError, match=r"broken\.jsonl, row 2: list, not an object"):
            list(numbered(broken))


def _rgb(colour):
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
