"""The documentation is true: every code block runs, shows what it prints, and the pages made from code hold all of it."""

import importlib.util
import re
import tomllib
from pathlib import Path
from unittest.mock import patch

import pytest
from docs import blocks, figures, generate

import credscore
from credscore.cli import main
from credscore.evidence import notices
from credscore.lexicon.terms import bundled

ROOT = Path(__file__).resolve().parents[1]
PAGES = {str(path.relative_to(ROOT)): path for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]}
EXTRA = [
    (name, tuple(block.needs))
    for name, path in PAGES.items()
    for block in {tuple(block.needs): block for block in blocks.blocks_of(path.read_text(encoding="utf8")) if block.needs}.values()
]
"""Pages with the packages that some of their blocks need."""


@pytest.fixture
def folder(tmp_path):
    """A folder as the pages suppose it: the fixtures, and room to write."""
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    return tmp_path


@pytest.mark.parametrize("name", PAGES)
def test_blocks_run_and_print_what_is_shown(name, folder, request):
    """All blocks of a page run in order, and what the page shows of their output is what they print."""
    page = PAGES[name].read_text(encoding="utf8")
    if "credscore plot" in page:
        pytest.importorskip("matplotlib", reason="needs the extra: pip install 'credscore[plot]'")
    outputs = list(blocks.run(page, name, folder))
    if request.config.getoption("--update-golden"):
        for shown, printed, start in reversed(outputs):
            if not blocks.agrees(shown, printed):
                page = page[:start] + blocks.renewed(shown, printed) + page[start + len(shown) :]
        PAGES[name].write_text(page, encoding="utf8")
        return
    for shown, printed, _ in outputs:
        assert blocks.agrees(shown, printed), f"{name} shows\n{shown}\nand now prints\n{printed}\n(pytest --update-golden writes it anew)"


@pytest.mark.parametrize(("name", "needs"), EXTRA, ids=lambda value: " ".join(value) if isinstance(value, tuple) else value)
@pytest.mark.filterwarnings("default")  # what other people's packages warn of is theirs
def test_blocks_with_packages_run(name, needs, folder):
    """Blocks that need a package run where it is installed; they are skipped, and say so, where it is not."""
    for package in needs:
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed")
    with patch.dict("os.environ"):  # what a page sets stays in the page
        for _ in blocks.run(PAGES[name].read_text(encoding="utf8"), name, folder, needs):
            pass


@pytest.mark.parametrize("name", PAGES)
def test_no_block_escapes(name):
    """Every fence is of a kind that is run, or sets something up that exists."""
    page = PAGES[name].read_text(encoding="utf8")
    found = blocks.blocks_of(page)
    assert len(re.findall(r"^ *```", page, re.MULTILINE)) == 2 * len(found), "a fence is indented, has no language or is not closed"
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["optional-dependencies"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf8")
    for block in found:
        assert block.language in ("python", "console", "sh", "text", "toml")
        for line in block.code.splitlines() if block.language == "sh" else ():
            command = line.split("#")[0].strip()
            if target := re.fullmatch(r"make (\w+)", command):
                assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE), line
            else:
                package = re.fullmatch(r"pip install '?credscore(?:\[(\w+)\])?'?", command)
                assert package, f"{line}: what is this? Run it in a console block"
                assert package[1] is None or package[1] in extras
    for extra in re.findall(r"credscore\[(\w+)\]", page):
        assert extra in extras


class TestBlocks:
    def test_output_is_compared_line_by_line(self):
        assert blocks.agrees("a\nb  \n", "a  \nb\n\n")
        assert not blocks.agrees("a\nb\n", "a\nc\n")
        assert not blocks.agrees("a.c\n", "abc\n")

    def test_an_ellipsis_stands_for_any_lines(self):
        assert blocks.agrees("a\n…\nd\n", "a\nb\nc\nd\n")
        assert not blocks.agrees("a\n…\nd\n", "a\nb\nc\n")
        assert not blocks.agrees("a…\nd\n", "ab\nd\n"), "within a line it is itself"

    def test_output_written_anew_keeps_its_ellipsis(self):
        assert blocks.renewed("a\n…\nd\n", "1\n2\n3\n4\n") == "1\n…\n4\n"
        assert blocks.renewed("\n", "1\n2\n") == "1\n2\n"

    def test_wrong_output_and_failures_are_noticed(self, tmp_path):
        """A page that lies is caught, in both kinds of blocks; a block that fails is not passed over."""
        for page in ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "```console\n$ credscore --version\ncredscore, version 0\n```\n"):
            ((shown, printed, start),) = blocks.run(page, "page", tmp_path)
            assert not blocks.agrees(shown, printed)
            assert page[start : start + len(shown)] == shown
        with pytest.raises(ZeroDivisionError):
            list(blocks.run("```python\n1 / 0\n```\n", "page", tmp_path))
        with pytest.raises(RuntimeError, match="exit status 1"):
            list(blocks.run("```console\n$ credscore explain nothing.txt\n```\n", "page", tmp_path))

    def test_text_elsewhere_is_no_output(self, tmp_path):
        assert list(blocks.run("```python\nprint(1)\n```\n\nFor example:\n\n```text\n2\n```\n", "page", tmp_path)) == []


def test_every_notice_is_explained():
    """The page on the score has every code that the code can give."""
    source = Path(notices.__file__).with_name("notices.py").read_text(encoding="utf8")
    codes = {
        *re.findall(r'say\(\s*"(\w+)"', source),
        *(form[0] for form in notices._FORMS),
        *(row[1] for row in notices._FURNITURE),
        "outside_range",
    }
    assert len(codes) > 9
    page = PAGES["docs/score.md"].read_text(encoding="utf8")
    assert {code for code in codes if f"`{code}`" not in page} == set()


@pytest.fixture(scope="module")
def pages():
    return generate.pages()


class TestGenerated:
    def test_every_feature_has_its_place_and_its_examples(self, pages):
        """A feature stands in the index and on its family's page, with evidence marked where its example has any."""
        for feature in credscore.FEATURES:
            page = pages[f"features/{feature.family}.md"]
            _, _, own = page.partition(f"{{ #{feature.name} }}")
            own = own.partition("\n## ")[0]
            assert f"({feature.family}.md#{feature.name})" in pages["features/index.md"]
            assert own.count('class="example"') == 2
            read = (
                credscore.read("The bridge fell.", title=feature.fires) if feature.family == "headline" else credscore.read(feature.fires)
            )
            assert ("<mark" in own.split('class="example"')[1]) == bool(read.measured[feature.name].evidence)

    def test_every_weight_is_the_models(self, pages):
        for weight in credscore.load().model.weights:
            assert re.search(
                rf"^\| \[{weight.feature}\].* \| {re.escape(f'{weight.weight:+.3f}')} \|$", pages["features/index.md"], re.MULTILINE
            )

    def test_every_kind_of_every_layer_is_counted(self, pages):
        rows = re.findall(r"^\| [\w ]+ \| ([\d,]+) \| ([\d,]+) \|", pages["lexicons.md"], re.MULTILINE)
        assert sum(int(entries.replace(",", "")) for entries, _ in rows) == len(bundled().terms)
        assert sum(int(forms.replace(",", "")) for _, forms in rows) == sum(len(term.terms) for term in bundled().terms)

    def test_every_command_is_there(self, pages):
        for command in main.commands:
            assert f"## credscore {command}\n" in pages["commands.md"]

    def test_every_page_of_the_site_exists(self, pages):
        """The table of contents names written and made pages only, and all of them."""
        contents = (ROOT / "mkdocs.yml").read_text(encoding="utf8").partition("\nnav:")[2]
        named = set(re.findall(r"[\w/-]+\.md", contents))
        written = {name.removeprefix("docs/") for name in PAGES if name != "README.md"}
        assert named == written | set(pages)

    def test_the_benchmarks_hold_the_cards_figures(self):
        """The card has figures, and the table that the picture of the held-out corpora is drawn from."""
        pytest.importorskip("matplotlib", reason="needs the extra: pip install 'credscore[plot]'")
        assert generate.figures_of_card().count("|") > 100
        assert generate.figures_of_card() in generate.on_page_markdown(PAGES["docs/benchmarks.md"].read_text(encoding="utf8"))
        figure = figures.held_out(figures.tables_of(generate.figures_of_card()))
        assert [axes.get_title(loc="left") for axes in figure.axes] == list(figures.INPUTS)
        assert figures.drawn(figure).startswith(b"<?xml")

    def test_the_page_on_speed_holds_the_cards_tables(self):
        """Steps, growth and peers stand on the page, and nothing that follows them on the card."""
        page = generate.on_page_markdown(PAGES["docs/speed.md"].read_text(encoding="utf8"))
        for heading in ("| step | µs a document |", "| text | 1 KB |", "| reader | asked for |"):
            assert page.count(heading) == 1
        assert "standard error" not in page

    @pytest.mark.parametrize("palette", figures.TONES)
    def test_the_picture_of_speed_shows_its_tables(self, palette):
        """Documents a second are lengths and nanoseconds turned over, steps are bars; no ground of its own covers the page's."""
        pytest.importorskip("matplotlib", reason="needs the extra: pip install 'credscore[plot]'")
        growth = [
            "| text | 1 KB | 4 KB | exponent |",
            "| --- | ---: | ---: | ---: |",
            *(f"| {name} | 1,000 | – | 1.0 |" for name in "abcd"),
        ]
        steps = ["| step | µs a document | share |", "| --- | ---: | ---: |", "| scan | 1,200 | .6 |", "| all | 2,000 | 1.000 |"]
        figure = figures.speed(figures.tables_of("\n".join([*growth, "", *steps])), palette)
        by_length, by_step = figure.axes
        assert [(list(line.get_xdata()), list(line.get_ydata())) for line in by_length.get_lines()] == [([1], [1e9 / 1024 / 1000])] * 4
        assert [bar.get_width() for bar in by_step.patches] == [1200]
        assert by_step.get_yticklabels()[0].get_color() == figures.TONES[palette][0]
        assert (figure.get_facecolor()[3], by_length.get_facecolor()[3]) == (0, 0)

    def test_the_selective_picture_shows_its_table(self):
        """One line an approach in each test, the share kept falling to the right."""
        pytest.importorskip("matplotlib", reason="needs the extra: pip install 'credscore[plot]'")
        lines = ["| tested on | approach | coverage | AUC |", "| --- | --- | ---: | ---: |"]
        for test in ("corpora", "publishers"):
            lines += [
                f"| {test} | {name} | {share} | {auc} |" for name in ("credscore", "TF-IDF") for share, auc in ((1.0, 0.75), (0.5, 0.8))
            ]
        figure = figures.selective(figures.tables_of("\n".join(lines)))
        assert [axes.get_title(loc="left") for axes in figure.axes] == ["corpora", "publishers"]
        (first, second) = figure.axes[0].get_lines()
        assert (list(first.get_xdata()), list(first.get_ydata())) == ([1.0, 0.5], [0.75, 0.8])
        assert (first.get_label(), second.get_label()) == ("credscore", "TF-IDF")
        assert figure.axes[0].xaxis_inverted()
