"""The HTML report: every finding's characters are marked, sums are exact, and nothing in a text can act in the page."""

import json
import re
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import credscore
from credscore.cli import main
from credscore.errors import MissingExtra
from credscore.evidence.evidence import Attribution, Evidence, Span
from credscore.features.catalogue import BY_NAME
from credscore.report import html, terminal
from credscore.report.comparison import Account, Comparison, compare
from credscore.report.marked import paragraphs
from credscore.report.shown import LAYERS, NOT_CHECKED, layer_of, legible, standing
from credscore.report.sources import voices, withheld
from credscore.report.waterfall import waterfall

pytest.importorskip("jinja2")

TEMPLATES = Path(html.__file__).parent / "templates"

ARTICLE = """Ines Calloway, who chairs the harbour board, said on Tuesday that the ferry would stop in November.
"We looked at every way to keep it going, and there is none that we can pay for," she told reporters.

Two members of the crew, who asked not to be named because they had not been told to speak, said they expected to lose
their jobs. Critics say the disgraceful stunt by cronies was certainly planned, and many believe that it may happen again.

The operator did not respond to a request for comment. Subscribe to our newsletter for more stories like this one.
"""
TITLE = "Disgraceful stunt: ferry to stop!"


class Page(HTMLParser):
    """What a browser would make of a page: elements with their attributes, and the text below each marked segment."""

    VOID = frozenset(("meta", "br", "input"))

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.fields: dict[str, str] = {}
        self.marked: dict[str, str] = {}
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = (tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(tag in ("script", "style") for tag, _ in self.open):
            return
        self.text += data
        for _, attributes in self.open:
            if "data-field" in attributes:
                self.fields[attributes["data-field"]] = self.fields.get(attributes["data-field"], "") + data
            for name in attributes.get("data-e", "").split():
                self.marked[name] = self.marked.get(name, "") + data

    def with_attribute(self, name):
        return [attributes for _, attributes in self.elements if name in attributes]


def page_of(text: str, title: str | None = None, **fields: str) -> tuple[credscore.Score, Page]:
    score = credscore.load().score_document(credscore.Document(text, title=title, **fields))
    return score, Page(html.page(score, text, title))


HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><script>alert(1)</script>",
    "</style><style>body{display:none}</style>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- <svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202egnp.exe\u202c \u2066isolated\u2069 \u200f",
    "nul \x00 bell \x07 escape \x1b[31m lone \ud800 end",
    "]]> <![CDATA[ <?php echo 1 ?>",
)


class TestMarks:
    @given(
        st.integers(min_value=0, max_value=60).flatmap(
            lambda size: st.tuples(
                st.text("ab \n", min_size=size, max_size=size),
                st.lists(st.tuples(st.integers(0, max(size - 1, 0)), st.integers(1, 12), st.booleans()), max_size=8 if size else 0),
            )
        )
    )
    def test_segments_are_the_text_and_each_finding_has_its_characters(self, drawn):
        """Whatever overlaps: nothing is lost, nothing moves, and each finding opens exactly once."""
        text, spans = drawn
        items = []
        for start, length, told in spans:
            end = min(start + length, len(text))
            attribution = Attribution(Span(start, end), Span(start, end), Span(0, len(text)), "indirect", "speech") if told else None
            items.append(Evidence("hedge", "epistemic", "text", start, end, text[start:end], False, 1, "", "", attribution))
        segments = [segment for paragraph in paragraphs(text, enumerate(items)) for segment in paragraph]
        assert "".join(segment.text for segment in segments) == text
        assert all(segment.text for segment in segments)
        for number, item in enumerate(items):
            assert "".join(segment.text for segment in segments if number in segment.found) == item.text
            assert sum(number in segment.opens for segment in segments) == 1
            if item.attribution:
                assert "".join(segment.text for segment in segments if number in segment.told) == text

    def test_the_page_holds_the_texts_characters_and_marks_those_of_the_evidence(self, documents, scorer):
        """Read back from the HTML of every fixture, body and headline are what was scored, and every mark is its evidence."""
        in_title = 0
        for document in documents:
            score = scorer.score_document(document)
            page = Page(html.page(score, document.text, document.title))
            assert page.fields["text"].strip() == document.text.strip()
            assert page.fields.get("title") == document.title
            assert page.marked == {f"T{number}": item.text for number, item in enumerate(score.evidence)}
            in_title += sum(item.field == "title" for item in score.evidence)
        assert in_title > 10

    def test_every_finding_can_be_focused_and_describes_itself(self):
        """Each finding opens at one segment that takes the focus and names the note that explains it."""
        score, page = page_of(ARTICLE, TITLE)
        opened = [name for attributes in page.with_attribute("data-o") for name in attributes["data-o"].split()]
        assert sorted(opened) == sorted(f"T{number}" for number in range(len(score.evidence)))
        ids = {attributes["id"] for attributes in page.with_attribute("id")}
        for attributes in page.with_attribute("data-o"):
            assert attributes["tabindex"] == "0"
            assert set(attributes["aria-describedby"].split()) == {f"n-{name}" for name in attributes["data-o"].split()} <= ids

    def test_each_layer_has_a_switch_and_its_own_line(self):
        """Layers differ in the kind or strength of their line, not in colour alone."""
        score, page = page_of(ARTICLE, TITLE)
        ids = {attributes["id"] for attributes in page.with_attribute("id")}
        assert {f"layer-{layer_of(item)}" for item in score.evidence} == {name for name in ids if name.startswith("layer-")}
        style = (TEMPLATES / "page.css").read_text(encoding="utf8")
        lines = {}
        for layer in LAYERS:
            rule = re.search(rf"^\.l-{layer.key} {{([^}}]*)}}", style, re.MULTILINE)
            assert rule, layer.key
            lines[layer.key] = re.sub(r"--c: [^;]*;", "", rule[1]).strip()
        assert len(set(lines.values())) == len(LAYERS)

    def test_a_text_that_was_not_scored_is_refused(self):
        score = credscore.score(ARTICLE)
        with pytest.raises(ValueError, match="not the one that was scored"):
            html.page(score, "Another text. " + ARTICLE)
        titled = credscore.score(ARTICLE, TITLE)
        with pytest.raises(ValueError, match="title is not the one"):
            html.page(titled, ARTICLE)

    def test_cost_is_linear_where_attributions_pile_up(self):
        """The findings that cover one character are bounded, so the page of a text made of cues grows as the text does."""
        piled = [len(html.page(credscore.score(text), text)) for text in ("the aide said that " * 400, "the aide said that " * 1600)]
        assert piled[1] < 5 * piled[0]


class TestNumbers:
    def test_the_waterfall_leads_from_the_baseline_to_the_logit(self, documents, scorer):
        """Steps join, in the order of the contributions, and the last ends at the logit; all lie on the axis."""
        for document in documents:
            score = scorer.score_document(document)
            fall = waterfall(score)
            steps = [*fall.large, *fall.small]
            assert [step.contribution for step in steps] == list(score.contributions)
            assert steps[0].start == score.baseline
            assert all(before.end == after.start for before, after in pairwise(steps))
            assert steps[-1].end == pytest.approx(score.logit, abs=1e-9)
            assert fall.turn + fall.rest == pytest.approx(score.logit, abs=1e-9)
            assert all(0 <= fall.axis.place(step.end) <= 100 for step in steps)
            assert len(fall.axis.ticks) >= 2

    def test_ticks_stand_where_the_score_has_their_value(self):
        fall = waterfall(credscore.score(ARTICLE))
        for tick in fall.axis.ticks:
            assert 100 / (1 + 2.718281828459045**-tick.logit) == pytest.approx(tick.value)

    def test_the_page_states_score_interval_percentiles_reasons_notices_and_signature(self):
        score, page = page_of(ARTICLE, TITLE)
        shown = " ".join(page.text.split())
        assert f"{score.value:.0f}" in shown
        assert f"90 % interval {score.interval[0]:.0f}–{score.interval[1]:.0f}" in shown
        for name, percentile in score.percentiles.items():
            assert f"{standing(percentile)} of {name}" in shown
        for item in score.contributions:
            assert item.reason in shown
        assert score.notices
        for notice in score.notices:
            assert notice.message in shown
        for item in score.evidence:
            assert item.note in shown
        for limit in NOT_CHECKED:
            assert limit in shown
        assert "It does not say whether its claims are true or false" in shown
        assert str(score.signature) in shown

    def test_words_behind_a_reason_are_walked_in_reading_order(self):
        """A reason names exactly its evidence, the headline's first, then by place."""
        score, page = page_of(ARTICLE, TITLE)
        walks = [attributes["data-walk"].split() for attributes in page.with_attribute("data-walk") if attributes.get("class") == "reason"]
        assert len(walks) == sum(bool(item.evidence) for item in score.contributions)
        for item, walk in zip([item for item in score.contributions if item.evidence], walks, strict=True):
            found = [score.evidence[int(name[1:])] for name in walk]
            assert sorted(map(id, found)) == sorted(map(id, item.evidence))
            assert found == sorted(found, key=lambda one: (one.field != "title", one.start))


class TestSources:
    def test_each_voice_with_its_kind_its_statements_and_its_words(self):
        """Names and pronouns are one voice; words in quotation marks and in paraphrase are counted apart, the writer is none."""
        score = credscore.score(ARTICLE)
        found = {voice.who: voice for voice in voices(ARTICLE, score.evidence)}
        calloway = found["Ines Calloway"]
        assert (calloway.kind, calloway.statements) == ("named_person", 2)
        assert calloway.quoted == len("We looked at every way to keep it going and there is none that we can pay for".split())
        assert calloway.reported == len("that the ferry would stop in November".split())
        crew = next(voice for voice in found.values() if voice.kind == "unnamed")
        assert crew.told
        assert crew.quoted == 0
        assert "author" not in {voice.kind for voice in found.values()}

    def test_what_is_told_of_the_unnamed_is_counted_and_quoted(self):
        """Statements, not words: each aspect with the number of statements for which it is told; on page and terminal alike."""
        score, page = page_of(ARTICLE)
        unnamed = withheld(score.evidence)
        heard = [item for item in score.evidence if item.kind == "unnamed" and item.attribution.act == "speech"]
        assert unnamed.statements == len(heard) > 0
        assert unnamed.opening in page.text
        console = terminal.console(colour=False, width=400)
        with console.capture() as printed:
            console.print(terminal.explanation(score, ARTICLE))
        assert unnamed.told
        for aspect, number, words in unnamed.told:
            assert 0 < number <= unnamed.statements
            for phrase in words:
                assert phrase in " ".join(ARTICLE.split())
            assert f"{aspect} for {number}: " in page.text
            assert f"{aspect} for {number}: “{words[0]}”" in printed.get()

    def test_a_bare_source_is_said_to_be_bare(self):
        _, page = page_of("A source said that the bridge was old. The council met on Monday to hear of it. " * 4)
        assert "nothing is told of how they know or why they are not named" in page.text

    def test_nothing_is_said_of_the_unnamed_where_there_are_none(self):
        _, page = page_of("Ines Calloway said that the bridge was old. The council met on Monday. " * 5)
        assert "unnamed" not in page.text.split("Who is heard")[1].split("What was not checked")[0].replace("told of the unnamed", "")

    def test_voices_survive_json(self):
        """A score read back from JSON still tells the sources: a pronoun counts with the name it stands for."""
        score = credscore.Score.from_json(credscore.score(ARTICLE).to_json())
        calloway = next(voice for voice in voices(ARTICLE, score.evidence) if voice.who == "Ines Calloway")
        assert calloway.statements == 2

    def test_a_text_without_sources_says_so(self):
        text = "The bridge is old and grey and it stands in the rain. " * 8
        _, page = page_of(text)
        assert "No source was found" in page.text


class TestHostile:
    @pytest.mark.parametrize("attack", HOSTILE, ids=ascii)
    def test_nothing_in_a_text_a_headline_or_an_id_becomes_markup(self, attack):
        """The elements of the page are those of its templates: no attack adds an element, an attribute or a script."""
        quiet = f"“word” {ARTICLE} “word”"
        loud = f"“{attack}” {ARTICLE} “{attack}”"
        source = html.page(credscore.load().score_document(credscore.Document(loud, id=attack, title=attack)), loud, attack)
        page = Page(source)
        allowed = {tag for tag, _ in page_of(quiet, TITLE, id="a")[1].elements} | {"code"}
        assert {tag for tag, _ in page.elements} <= allowed
        assert sum(tag == "script" for tag, _ in page.elements) == 1
        assert sum(tag == "style" for tag, _ in page.elements) == 1
        for _, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "srcdoc", "action", "formaction")]
            assert attributes.get("href", "#").startswith("#")
        assert page.fields["text"].strip() == legible(loud).strip()
        assert legible(source) == source, "no control, override or lone surrogate is left"
        source.encode("utf8")

    def test_text_in_attributes_stays_in_them(self):
        """A source's name, which goes into an attribute too, cannot leave it."""
        text = "The ministry \"><b onclick=x>of Truth' said the bridge was safe. " + ARTICLE
        _, page = page_of(text)
        assert not page.with_attribute("onclick")

    @pytest.mark.parametrize("attack", HOSTILE, ids=ascii)
    def test_cards_and_comparisons_too(self, attack):
        text = f"“{attack}” {ARTICLE}"
        comparison = compare([credscore.Document(text, id=attack, title=attack), ARTICLE])
        made = (html.comparison_page(comparison), html.comparison_card(comparison), html.card(comparison.accounts[0].score))
        for source, scripts in zip(made, (1, 0, 0), strict=True):
            page = Page(source)
            assert sum(tag == "script" for tag, _ in page.elements) == scripts
            assert not {tag for tag, _ in page.elements} & {"img", "svg", "iframe", "link", "object", "embed", "a b"}
            source.encode("utf8")

    def test_direction_overrides_are_made_visible_and_isolated(self):
        """What is read is in the order in which it is written; paragraphs and quoted words are isolated from what surrounds them."""
        _, page = page_of("\u202ereversed\u202c " + ARTICLE, id="\u202etxt.exe")
        assert "\u202e" not in page.text
        assert page.fields["text"].startswith("\ufffdreversed\ufffd")
        assert any(tag == "bdi" for tag, _ in page.elements)
        assert all(attributes.get("dir") == "auto" for tag, attributes in page.elements if tag == "p" and "data-field" in attributes)

    def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(self):
        source = html.page(credscore.score(ARTICLE), ARTICLE)
        policy = next(attributes["content"] for attributes in Page(source).with_attribute("http-equiv"))
        assert "default-src 'none'" in policy
        assert "script-src 'sha256-" in policy
        assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
        assert not re.findall(r"https?://|url\(|@import", source)

    def test_no_template_passes_text_unescaped(self):
        for path in TEMPLATES.iterdir():
            template = path.read_text(encoding="utf8")
            assert not re.search(r"\|\s*safe|autoescape|Markup", template), path.name


class TestComparison:
    def test_rows_are_aligned_and_sorted_by_how_far_apart_their_effects_lie(self, documents, scorer):
        comparison = compare(documents[:4], scorer)
        assert [account.score.value for account in comparison.ranked] == sorted(
            (account.score.value for account in comparison.accounts), reverse=True
        )
        assert len(comparison.rows) == len(scorer.model.weights)
        for row in comparison.rows:
            assert [cell.feature for cell in row.cells] == [row.feature] * 4
            amounts = [cell.amount for cell in row.cells]
            assert row.spread == max(amounts) - min(amounts)
            for cell, account in zip(row.cells, comparison.ranked, strict=True):
                assert cell in account.score.contributions
        assert [row.spread for row in comparison.rows] == sorted((row.spread for row in comparison.rows), reverse=True)

    def test_each_account_leads_with_what_sets_it_apart(self):
        """What all accounts share says nothing of any of them, however much it weighs."""
        shared = "The harbour board met on Monday, Ines Calloway said. The ferry is late and its crew has been told. " * 5
        comparison = compare([shared, shared, shared + "Critics are stooges of a disgraceful regime, and traitors."])
        plain, loud = ({item.feature: item.amount for item in told} for told in comparison.telling[1:])
        distances = [abs(amount - plain[feature]) for feature, amount in loud.items()]
        assert distances[0] > 0
        assert distances == sorted(distances, reverse=True)
        for told, account in zip(comparison.telling, comparison.ranked, strict=True):
            assert sorted(told, key=lambda item: item.feature) == sorted(account.score.contributions, key=lambda item: item.feature)

    def test_the_page_tells_scores_sources_and_loaded_words_of_each(self, documents, scorer):
        comparison = compare(documents[14:18], scorer)
        page = Page(html.comparison_page(comparison))
        for letter, (document, score) in zip("ABCD", comparison.ranked, strict=True):
            assert f"interval {score.interval[0]:.0f} to {score.interval[1]:.0f}" in str(page.with_attribute("aria-label"))
            for number, item in enumerate(score.evidence):
                assert page.marked[f"{letter}{number}"] == item.text
                if item.layer == "loaded":
                    assert item.text.casefold() in page.text.casefold()
            assert document.title
            assert document.title in page.text
        for row in comparison.rows:
            assert BY_NAME[row.feature].label in page.text

    def test_scores_of_different_models_are_not_compared(self):
        score = credscore.score(ARTICLE)
        record = score.to_dict() | {"signature": str(score.signature).replace("news-en-1", "other")}
        with pytest.raises(ValueError, match="different models"):
            Comparison(
                (Account(credscore.Document(ARTICLE), score), Account(credscore.Document(ARTICLE), credscore.Score.from_dict(record)))
            )

    def test_none_and_too_many_are_refused(self):
        with pytest.raises(ValueError, match="at least one"):
            compare([])
        account = Account(credscore.Document(ARTICLE), credscore.score(ARTICLE))
        with pytest.raises(ValueError, match="at most 26"):
            html.comparison_page(Comparison((account,) * 27))


class TestNotebook:
    def test_a_score_draws_itself_without_its_text(self):
        score = credscore.score(ARTICLE, TITLE)
        drawn = score._repr_html_()
        assert drawn is not None
        page = Page(drawn)
        assert not page.open, "every element is closed, so nothing spills into the notebook"
        assert not [tag for tag, _ in page.elements if tag in ("script", "button", "html", "body")]
        for item in score.contributions:
            assert item.reason in page.text
        assert str(score.signature) in page.text

    def test_a_comparison_too(self):
        drawn = compare([ARTICLE, {"text": ARTICLE, "title": TITLE}])._repr_html_()
        assert drawn is not None
        assert not Page(drawn).open

    def test_rules_of_a_card_touch_nothing_around_it(self):
        """Every selector of the shared style sheet stands under `.credscore`."""
        style = re.sub(r"/\*.*?\*/", "", (TEMPLATES / "apparatus.css").read_text(encoding="utf8"), flags=re.DOTALL)
        selectors = [part.strip() for part in re.findall(r"([^{}]+)\{", style) if not part.strip().startswith("@media")]
        assert len(selectors) > 50
        for selector in selectors:
            for one in re.split(r",(?![^(]*\))", selector):
                assert one.strip().startswith(".credscore"), selector

    def test_without_the_extra_there_is_plain_text(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "jinja2", None)
        html._environment.cache_clear()
        html._own.cache_clear()
        score = credscore.score(ARTICLE)
        assert score._repr_html_() is None
        assert compare([ARTICLE])._repr_html_() is None
        with pytest.raises(MissingExtra, match=r"pip install 'credscore\[report\]'"):
            html.page(score, ARTICLE)


class TestColours:
    """Contrast as WCAG 2.2 defines it: 4.5 for text, 3 for lines that mean something, in both palettes."""

    STYLE = (TEMPLATES / "apparatus.css").read_text(encoding="utf8")
    PALETTE = dict(re.findall(r"--([a-z]+): light-dark\(([^)]*)\)", STYLE))  # noqa: RUF012 - read only
    TEXT = ("ink", "soft", "raise", "lower", "warn")
    LINES = ("edge", "focus", *(layer.key for layer in LAYERS))

    @staticmethod
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(self, one: str, other: str) -> float:
        high, low = sorted((self.luminance(one), self.luminance(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    @pytest.mark.parametrize(("names", "least"), [(TEXT, 4.5), (LINES, 3.0)], ids=["text", "lines"])
    def test_contrast(self, names, least, dark):
        colours = {name: pair.split(", ")[dark] for name, pair in self.PALETTE.items()}
        for name in names:
            for ground in ("paper", "panel"):
                assert self.contrast(colours[name], colours[ground]) >= least, f"{name} on {ground}"


class TestCommand:
    @staticmethod
    def run(*arguments: object):
        return CliRunner().invoke(main, ["explain", *map(str, arguments)])

    @pytest.fixture
    def paths(self, tmp_path):
        made = []
        for name, text in (("a.txt", ARTICLE), ("b.md", f"# {TITLE}\n\n{ARTICLE}")):
            (tmp_path / name).write_text(text, encoding="utf8")
            made.append(tmp_path / name)
        return made

    def test_one_document_is_a_report(self, paths, tmp_path):
        result = self.run(paths[0], "--html", tmp_path / "report.html")
        assert (result.exit_code, result.output) == (0, "")
        written = (tmp_path / "report.html").read_text(encoding="utf8")
        score = credscore.load().score_document(credscore.Document(ARTICLE, id=str(paths[0])))
        assert written == html.page(score, ARTICLE), "the same text and signature give the same bytes"

    def test_several_are_compared(self, paths, tmp_path):
        assert self.run(*paths, "--html", tmp_path / "out.html").exit_code == 0
        page = Page((tmp_path / "out.html").read_text(encoding="utf8"))
        assert "2 accounts beside each other" in page.text
        assert TITLE in page.text

    def test_what_cannot_be_scored_is_named_and_the_rest_compared(self, paths, tmp_path):
        (tmp_path / "short.txt").write_text("Too short.", encoding="utf8")
        result = self.run(*paths, tmp_path / "short.txt", "--html", tmp_path / "out.html")
        assert result.exit_code == 1
        assert "too_short" in result.stderr
        assert "2 accounts" in (tmp_path / "out.html").read_text(encoding="utf8")

    def test_nothing_to_show_writes_nothing(self, tmp_path):
        (tmp_path / "short.txt").write_text("Too short.", encoding="utf8")
        assert self.run(tmp_path / "short.txt", "--html", tmp_path / "out.html").exit_code == 1
        assert not (tmp_path / "out.html").exists()

    def test_too_many_is_usage(self, tmp_path):
        rows = tmp_path / "many.jsonl"
        rows.write_text("".join(json.dumps({"text": ARTICLE}) + "\n" for _ in range(27)), encoding="utf8")
        result = self.run(rows, "--html", tmp_path / "out.html")
        assert result.exit_code == 2
        assert "at most 26" in result.stderr
        assert not (tmp_path / "out.html").exists()

    def test_a_folder_that_is_not_there(self, paths, tmp_path):
        result = self.run(paths[0], "--html", tmp_path / "gone" / "out.html")
        assert result.exit_code == 1
        assert "Cannot write" in result.stderr

    def test_without_the_extra_it_says_which_command_installs_it(self, paths, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "jinja2", None)
        html._environment.cache_clear()
        html._own.cache_clear()
        result = self.run(paths[0], "--html", tmp_path / "out.html")
        assert result.exit_code == 1
        assert "pip install 'credscore[report]'" in result.stderr


class TestTerminal:
    def test_comparison_fits_eighty_columns(self, documents, scorer):
        from credscore.report.terminal import comparison, console

        compared = compare(documents[:6], scorer)
        screen = console(width=80)
        with screen.capture() as captured:
            screen.print(comparison(compared))
        lines = captured.get().split("\n")
        assert max(map(len, lines)) <= 80
        assert "\x1b" not in captured.get(), "no colour where there is no terminal"
        for letter, account in zip("ABCDEF", compared.ranked, strict=True):
            assert any(line.split()[:2] == [letter, f"{account.score.value:.0f}"] for line in lines)
        shown = [row.feature.replace("_", " ") for row in compared.rows[:12]]
        assert all(any(line.startswith(name) for line in lines) for name in shown)

    def test_several_explanations_close_with_a_comparison(self, tmp_path):
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(ARTICLE, encoding="utf8")
        both = CliRunner().invoke(main, ["explain", str(tmp_path)])
        assert "2 accounts beside each other" in both.stdout
        assert both.stdout.index("2 accounts") > both.stdout.rindex("credscore-"), "it comes last"
        alone = CliRunner().invoke(main, ["explain", str(tmp_path / "a.txt")])
        assert "beside each other" not in alone.stdout

    def test_explanations_fit_eighty_columns(self, documents, scorer):
        from credscore.report.terminal import console, explanation

        screen = console(width=80)
        for document in documents[::6]:
            with screen.capture() as captured:
                screen.print(explanation(scorer.score_document(document), document.text, document.title, full=True))
            assert max(map(len, captured.get().split("\n"))) <= 80


def test_every_feature_of_the_model_has_words_for_both_cases(scorer):
    """What a view shows of a feature comes from its declaration."""
    for weight in scorer.model.weights:
        feature = BY_NAME[weight.feature]
        assert feature.reason(0.0, 0)
        assert feature.reason(1.0, 2)


def test_a_finding_in_reported_speech_says_so():
    """Words that the writer chose for what somebody said are told apart from the writer's own, and do count."""
    score, page = page_of("Ines Calloway said that the operator was a disgraceful crony of the board. " + ARTICLE)
    assert any(item.attributed for item in score.evidence)
    assert "In what somebody is reported to have said, without quotation marks" in page.text


def test_no_place_among_the_texts_is_above_all_of_them():
    """A text is one of those it is compared with: the ends of the percentiles are told as ends."""
    assert [standing(percentile) for percentile in (0, 60, 100)] == ["in the lowest 1 %", "higher than 60 %", "in the highest 1 %"]
