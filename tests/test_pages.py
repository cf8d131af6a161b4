"""Figures in pages are those that were measured: pages are written whole from one file, and never from a stale or partial one."""

import json
import re
from pathlib import Path

import pytest
from benchmarks import __main__ as command
from benchmarks import builds, corpora, divisions, pages
from benchmarks.tables import Table
from click.testing import CliRunner

MODEL = json.loads(pages.MODEL.read_text(encoding="utf8"))
APPROACHES = ("credscore", "TF-IDF words + logistic regression", "length only", "points card")
INPUTS = ("title and body", "body only")
RANGED = ("AUC", "low", "high")
ROWS = {
    "means": (
        ("input", "approach", *RANGED),
        [
            [view, *row]
            for view in INPUTS
            for row in (*([name, 0.75, 0.7, 0.8] for name in APPROACHES), ["other (not installed)", None, None, None])
        ],
    ),
    "gains": (
        ("input", "baseline", "difference", "low", "high"),
        [[view, name, 0.05, 0.01, 0.09] for view in INPUTS for name in APPROACHES],
    ),
    "apart": (("input", "approach", *RANGED), [[view, name, 0.74, 0.7, 0.8] for view in INPUTS for name in APPROACHES[:3]]),
    "two": (("approach", *RANGED), [[name, 0.65, 0.6, 0.7] for name in APPROACHES[:2]]),
    "kept": (
        ("input", "ceiling", "AUC of it", "share kept", "low", "high"),
        [["title and body", "gradient boosting, our features", 0.76, 0.98, 0.91, 1.04]],
    ),
    "unseen_kept": (
        ("ceiling", "AUC of it", "share kept", "low", "high"),
        [["gradient boosting, our features", 0.77, 0.97, 0.92, 1.03]],
    ),
    "unseen": (
        ("approach", *RANGED, "AUC within data sets", "ρ with pc1", "calibration error"),
        [*([name, 0.8, 0.7, 0.9, 0.6, 0.5, 0.02] for name in APPROACHES), ["other (not installed)", *[None] * 6]],
    ),
    "interval": (
        ("approach", "texts", "publishers", "share holding the frequency", "mean width in points"),
        [[name, 4321, 99, 0.91, 12.345] for name in ("credscore", "points card")],
    ),
    "divided": (
        ("approach", "figure", "mean", "low", "high"),
        [["credscore", figure, 0.84, 0.83, 0.86] for figure in divisions.FIGURES],
    ),
    "side": (("corpus", "input", "approach", "AUC"), [["fakes_syria", "title and body", name, 0.51] for name in APPROACHES]),
    "attributions": (
        ("contents", "attributions", "overlap from", "F1", "source right"),
        [[contents, name, ".3", 0.6, 0.9] for contents in ("last piece", "whole") for name in ("all", "quoted")],
    ),
    "pieces": (("contents", "in several pieces", "share"), [[1000, 123, 0.123]]),
    "kinds": (("rows", "kind", "labelled", "share found", "kind right where found"), [["reporting", "all", 77, 0.7, 0.9]]),
    "fixtures": (("documents", "number", "AUC"), [["all", 64, 0.95], ["hard", 41, 0.85]]),
    "builds": (
        ("on", "build", "evidence", "a CPU second", "low", "high", "Python"),
        [
            [texts, build, evidence, 543.2, 432.1, 654.3, "3.11.2"]
            for texts in ("fixtures of 4 KB", "real articles cut to 4 KB")
            for evidence in builds.KEPT
            for build in ("plain", "compiled")
        ],
    ),
}
"""Invented figures for the tables whose cells the README names; any other table gets one row."""


@pytest.fixture
def results():
    """A results file's content, of the model and code as they are."""
    tables = [Table(title, *ROWS.get(name, (("what", "share"), [[name, 0.125]]))) for name, title in pages.TABLES.items()]
    places = ("fixtures", "real news")
    moves = (("change", "documents", "moved", "mean", "largest"), [["the text twice", 64, 3, 0.02, 1.44]])
    tables += [Table(title.format(place), *moves) for title in pages.MOVES.values() for place in places]
    tables.append(Table(pages.CEILINGS, ("feature", "points"), [["told when", 19.6]]))
    about = {"signature": str(corpora.scorer().signature), "machine": "a machine"}
    return {"about": about, "part": {table.title: table.to_dict() for table in tables}}


@pytest.fixture
def known(results):
    return pages.names(results, MODEL)


def between(page: str) -> str:
    return page.partition(pages.MARKERS[0])[2].partition(pages.MARKERS[1])[0]


class TestReadme:
    def test_only_figures_and_output_change(self, known):
        """Around the markers the page stays, apart from what its commands print; writing twice changes nothing more."""
        page = pages.README.read_text(encoding="utf8")
        start, end = pages.MARKERS
        written = pages.readme(page, known)
        assert between(written) == pages.filled("readme", known)
        assert written.partition(end)[2] == page.partition(end)[2]
        fenced = re.compile(r"^```console\n.*?^```$", re.MULTILINE | re.DOTALL)
        assert fenced.sub("", written.partition(start)[0]) == fenced.sub("", page.partition(start)[0])
        assert pages.readme(written, known) == written

    def test_figures_stand_where_they_belong(self, known):
        """A cell is found by row and column, and an interval goes with its figure."""
        figures = pages.filled("readme", known)
        assert "**.750 (.700–.800)**" in figures
        assert "(99 publishers, 4,321 texts)" in figures
        assert "| 543 (432–654) · 543 (432–654) |" in figures

    def test_every_rival_stands_in_one_row(self, known):
        """Its figures come from three tables; what one of them lacks is a dash."""
        rows = known["rivals"].split("\n")
        assert [row.split(" | ")[0] for row in rows[2:]] == [
            "| credscore",
            "| TF-IDF",
            "| length",
            "| points card",
            "| other (not installed)",
        ]
        assert rows[6] == "| other (not installed) | – | – | – | – | – |"
        assert rows[2].count("(") == 4
        assert rows[4].split(" | ")[3] == "–"
        assert known["rivals"] in pages.filled("readme", known)

    def test_without_its_markers_nothing_is_written(self, known):
        for page in ("# No markers\n", pages.MARKERS[0] + "figures without an end\n"):
            with pytest.raises(pages.ResultsError, match="lacks the line"):
                pages.readme(page, known)


class TestCard:
    def test_every_table_and_every_weight_is_there(self, known):
        """No table is measured for the card and left out of it; weights stand with their standard errors."""
        card = pages.filled("card", known)
        for name, table in known["tables"].items():
            assert table in card, name
        for feature in MODEL["features"]:
            error = pages.figure(MODEL["card"]["standard_errors"][feature["name"]])
            assert re.search(rf"^\| {feature['name']} \| \w+ \| {re.escape(format(feature['weight'], '+.3f'))} \| {error} \|", card, re.M)
        for about in MODEL["card"]["trained_on"].values():
            assert f"| {about['cite']} | {about['licence']} |" in card

    def test_titles_are_those_of_the_benchmarks(self):
        """A table renamed where it is measured is noticed here, not after minutes of measuring."""
        source = "".join(path.read_text(encoding="utf8") for path in Path(pages.__file__).parent.glob("*.py") if path.name != "pages.py")
        assert [title for title in pages.TABLES.values() if f'"{title}"' not in source] == []
        assert all(title.format("{place}") in source for title in pages.MOVES.values())
        assert pages.CEILINGS in source


class TestCommitted:
    @pytest.mark.parametrize("path", [pages.MODEL, pages.OPEN], ids=lambda path: path.stem)
    def test_a_card_is_of_the_model_beside_it(self, path):
        """A model fitted again without its card is noticed."""
        digest = json.loads(path.read_text(encoding="utf8"))["digest"]
        assert f"digest `{digest}`" in path.with_suffix(".md").read_text(encoding="utf8")

    def test_the_readmes_figures_are_the_cards(self):
        """Whatever was changed by hand: the two pages tell the same."""
        decimals = re.compile(r"(?<![\w.])\.\d{3}\b")
        figures = set(decimals.findall(between(pages.README.read_text(encoding="utf8"))))
        assert len(figures) > 20
        assert figures <= set(decimals.findall(pages.CARD.read_text(encoding="utf8")))


class TestCommand:
    @pytest.fixture
    def folder(self, tmp_path, monkeypatch):
        """Pages to write in, beside a copy of nothing but the README."""
        for name in ("README", "CARD", "OPEN_CARD", "RECIPE", "POINTS", "PUBLISHERS", "ROBUSTNESS"):
            here = tmp_path / f"{name}.md"
            here.write_text(getattr(pages, name).read_text(encoding="utf8"), encoding="utf8")
            monkeypatch.setattr(pages, name, here)
        return tmp_path

    def run(self, folder, results, *more):
        (folder / "results.json").write_text(json.dumps(results), encoding="utf8")
        return CliRunner().invoke(command.main, ["--write", str(folder / "results.json"), *more])

    def test_all_pages_are_written(self, folder, results, known):
        assert self.run(folder, results).exit_code == 0
        robust = (folder / "ROBUSTNESS.md").read_text(encoding="utf8")
        assert "| the text twice | 3 of 64 | under 0.1 | 1.4 | 3 of 64 | under 0.1 | 1.4 |\n<!-- end" in robust
        assert "| told when | 20 |" in robust
        recipe = (folder / "RECIPE.md").read_text(encoding="utf8")
        assert "| the same, body only | .750 (.700–.800) | .750 | .669 |" in recipe
        assert "| the same, body only | .750 | .750 |" in (folder / "POINTS.md").read_text(encoding="utf8")
        assert known["tables"]["held"] in (folder / "PUBLISHERS.md").read_text(encoding="utf8")
        assert "# Model card: news-en-1-open" in (folder / "OPEN_CARD.md").read_text(encoding="utf8")
        assert between((folder / "README.md").read_text(encoding="utf8")) == pages.filled("readme", known)
        assert (folder / "CARD.md").read_text(encoding="utf8") == pages.filled("card", known)

    @pytest.mark.parametrize("spoil", ["signature", "table", "row"])
    def test_stale_or_partial_results_write_nothing(self, folder, results, spoil):
        """Figures of other code, without a part, or without a row that a page names: a message, and both pages as they were."""
        if spoil == "signature":
            results["about"]["signature"] = "credscore-0|other"
        elif spoil == "table":
            del results["part"][pages.TABLES["unseen"]]
        else:
            results["part"][pages.TABLES["fixtures"]]["rows"].pop()
        before = [path.read_bytes() for path in sorted(folder.glob("*.md"))]
        result = self.run(folder, results)
        assert result.exit_code == 1
        assert {"signature": "Measure again", "table": "Unseen publishers", "row": "hard"}[spoil] in result.output
        assert [path.read_bytes() for path in sorted(folder.glob("*.md"))] == before

    def test_writing_measures_nothing(self, folder, results):
        assert self.run(folder, results, "quality").exit_code == 2
