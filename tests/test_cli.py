"""The command line from outside: what goes in, what comes out, and the exit status."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import fixtures
from click.testing import CliRunner, Result

import credscore
from credscore.batch import write
from credscore.cli import main
from credscore.reading import compiled

COMMANDS = ("score", "explain", "read", "sources", "features", "card", "train", "evaluate")
GOOD = fixtures.load("a-wire-ferry-strike")
OTHER = fixtures.load("b-health-saltbark")


def run(*arguments: object, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def outside(
    *arguments: object, stdin: bytes | None = None, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "credscore.cli", *map(str, arguments)],
        input=stdin, cwd=cwd, env={**os.environ, **environment}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


def rows(output: str | bytes) -> list[dict]:
    text = output.decode("utf8") if isinstance(output, bytes) else output
    return [json.loads(line) for line in text.split("\n") if line]


def codes(output: str | bytes) -> list[str | None]:
    return [row["error"]["code"] if "error" in row else None for row in rows(output)]


def value_of(text: str, title: str | None = None) -> float:
    return credscore.score(text, title).value


def no_traceback(result: Result) -> bool:
    return "Traceback" not in result.output and (result.exception is None or isinstance(result.exception, SystemExit))


def has_control(text: str) -> bool:
    return any(not char.isprintable() and char != "\n" for char in text)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(GOOD.text, encoding="utf8")
    return path


class TestUsage:
    @pytest.mark.parametrize("command", COMMANDS)
    @pytest.mark.parametrize("flag", ["--help", "-h"])
    def test_every_command_has_help(self, command, flag):
        result = run(command, flag)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage:")
        assert len(result.stdout.split("Options:")[0].split("\n\n")[1].split()) > 4, "the help says what the command does"

    def test_the_help_of_the_whole_names_every_command(self):
        result = run("--help")
        assert result.exit_code == 0
        for command in COMMANDS:
            assert f"\n  {command} " in result.stdout

    def test_every_option_of_every_command_is_explained(self):
        for command in COMMANDS:
            for option in main.commands[command].params:
                if option.param_type_name == "option" and option.name not in ("form", "help"):
                    assert option.help, f"{command} {option.name}"

    def test_version(self):
        result = run("--version")
        assert result.exit_code == 0
        assert credscore.__version__ in result.stdout
        assert ("compiled" in result.stdout) == compiled()

    @pytest.mark.parametrize(
        "arguments",
        [
            ["score"], ["explain"], ["read"], ["sources"], ["train"], ["evaluate"],
            ["nothing-of-the-kind"],
            ["score", ""],
            ["sources", ""],
            ["score", "--no-such-option", "x.txt"],
            ["score", "--format", "xml", "x.txt"],
            ["score", "--jobs", "0", "x.txt"],
            ["score", "--jobs", "-1", "x.txt"],
            ["score", "--prior", "0", "x.txt"],
            ["score", "--prior", "1", "x.txt"],
            ["score", "--prior", "nan", "x.txt"],
            ["score", "--model", "no-such-model", "x.txt"],
            ["explain", "--model", "no-such-model", "x.txt"],
            ["score", "-o", "out.xyz", "x.txt"],
            ["train", "no-such-file.jsonl", "-o", "m.json"],
            ["evaluate", "no-such-file.jsonl"],
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_wrong_usage_is_status_2_and_says_why(self, arguments, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        Path("x.txt").write_text(GOOD.text, encoding="utf8")
        result = run(*arguments)
        assert result.exit_code == 2, result.output
        assert result.stderr.strip()
        assert no_traceback(result)
        assert not list(Path().glob("out*")), "nothing was written"

    def test_train_needs_an_output(self, article):
        assert run("train", article).exit_code == 2

    def test_a_folder_without_anything_to_read_is_usage(self, tmp_path):
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")
        result = run("score", tmp_path)
        assert result.exit_code == 2
        assert ".txt" in result.stderr

    def test_a_glob_that_matches_nothing_is_usage(self, tmp_path):
        assert run("score", tmp_path / "*.txt").exit_code == 2

    def test_an_unknown_model_names_those_there_are(self, article):
        assert "news-en-1" in run("score", article, "--model", "news-xx-9").stderr

    def test_a_broken_model_file_is_named(self, article, tmp_path):
        model = tmp_path / "broken.json"
        model.write_text("{", encoding="utf8")
        result = run("score", article, "--model", model)
        assert result.exit_code == 2
        assert "broken.json" in result.stderr


class TestInput:
    def test_text(self, article):
        result = run("score", article)
        assert result.exit_code == 0
        assert rows(result.stdout)[0]["value"] == value_of(GOOD.text)
        assert rows(result.stdout)[0]["id"] == str(article)

    def test_markdown_takes_its_first_line_as_headline(self, tmp_path):
        path = tmp_path / "a.md"
        path.write_text(f"# {GOOD.title}\n\n{GOOD.text}", encoding="utf8")
        assert rows(run("score", path).stdout)[0]["value"] == value_of(GOOD.text, GOOD.title)

    def test_html(self, tmp_path):
        path = tmp_path / "a.html"
        body = "".join(f"<p>{paragraph}</p>" for paragraph in GOOD.text.split("\n\n"))
        path.write_text(f"<html><body><h1>{GOOD.title}</h1><script>var x</script>{body}</body></html>", encoding="utf8")
        (row,) = rows(run("score", path).stdout)
        assert row["words"] == credscore.read(GOOD.text).words
        assert row["features"]["headline_question"] is not None if "headline_question" in row["features"] else True

    def test_rows_of_json_lines(self, tmp_path):
        path = tmp_path / "a.jsonl"
        records = [{"id": "one", "text": GOOD.text, "title": GOOD.title, "source": "ledger.example"}, {"text": OTHER.text}]
        path.write_text("\n".join(map(json.dumps, records)) + "\n\n", encoding="utf8")
        first, second = rows(run("score", path).stdout)
        assert (first["id"], first["source"], first["value"]) == ("one", "ledger.example", value_of(GOOD.text, GOOD.title))
        assert (second["id"], second["value"]) == (f"{path}:2", value_of(OTHER.text))

    def test_rows_of_csv(self, tmp_path):
        path = tmp_path / "a.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerows([["id", "text", "title"], ["one", GOOD.text, GOOD.title], ["", OTHER.text, ""]])
        first, second = rows(run("score", path).stdout)
        assert (first["id"], first["value"]) == ("one", value_of(GOOD.text, GOOD.title))
        assert (second["id"], second["value"]) == (f"{path}:2", value_of(OTHER.text))

    @pytest.mark.parametrize("suffix", ["txt", "md", "html", "jsonl", "csv"])
    def test_gzip_of_every_format_gives_the_same_scores(self, suffix, tmp_path):
        content = {
            "txt": GOOD.text,
            "md": f"# {GOOD.title}\n\n{GOOD.text}",
            "html": f"<h1>{GOOD.title}</h1><p>{GOOD.text}</p>",
            "jsonl": json.dumps({"text": GOOD.text}),
            "csv": 'text\n"{}"\n'.format(GOOD.text.replace('"', '""')),
        }[suffix].encode()
        plain, packed = tmp_path / f"a.{suffix}", tmp_path / f"a.{suffix}.gz"
        plain.write_bytes(content)
        packed.write_bytes(gzip.compress(content))
        result = run("score", plain, packed)
        assert result.exit_code == 0, result.output
        one, two = rows(result.stdout)
        assert one["value"] == two["value"]
        assert one["contributions"] == two["contributions"]

    def test_field_options(self, tmp_path):
        path = tmp_path / "a.jsonl"
        row = {"body": GOOD.text, "key": 7, "head": GOOD.title, "site": "ledger.example"}
        path.write_text(json.dumps(row), encoding="utf8")
        options = ["--text-field", "body", "--id-field", "key", "--title-field", "head", "--source-field", "site"]
        (found,) = rows(run("score", path, *options).stdout)
        assert (found["id"], found["source"], found["value"]) == ("7", "ledger.example", value_of(GOOD.text, GOOD.title))
        for command in ("explain", "read"):
            result = run(command, path, *options, "--format", "json")
            assert result.exit_code == 0
            assert rows(result.stdout)[0]["id"] == "7"

    def test_a_wrong_text_field_names_the_fields_there_are(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps({"body": GOOD.text, "key": 7}), encoding="utf8")
        result = run("score", path)
        assert result.exit_code == 1
        assert "body" in result.stderr
        assert "--text-field" in result.stderr

    def test_a_folder_is_read_in_a_stable_order_with_its_subfolders(self, tmp_path):
        (tmp_path / "b").mkdir()
        for name in ("c.txt", "a.md", "b/a.html", "ignored.pdf"):
            (tmp_path / name).write_text(GOOD.text, encoding="utf8")
        result = run("score", tmp_path)
        assert result.exit_code == 0
        assert [Path(row["id"]).relative_to(tmp_path).as_posix() for row in rows(result.stdout)] == ["a.md", "b/a.html", "c.txt"]

    def test_globs_and_several_paths(self, tmp_path):
        for name in ("a.txt", "b.txt", "c.md"):
            (tmp_path / name).write_text(GOOD.text, encoding="utf8")
        found = rows(run("score", tmp_path / "*.txt", tmp_path / "c.md").stdout)
        assert [Path(row["id"]).name for row in found] == ["a.txt", "b.txt", "c.md"]

    def test_a_path_given_twice_is_scored_twice(self, article):
        assert len(rows(run("score", article, article).stdout)) == 2

    @pytest.mark.parametrize("command", ["score", "read"])
    def test_standard_input(self, command):
        result = run(command, "-", stdin=GOOD.text)
        assert result.exit_code == 0
        (row,) = rows(result.stdout)
        assert row["words"] == credscore.read(GOOD.text).words
        assert row["id"] is None

    def test_standard_input_of_json_lines(self):
        result = run("score", "-", stdin=json.dumps({"id": "x", "text": GOOD.text}) + "\n" + json.dumps({"id": "y", "text": ""}) + "\n")
        assert result.exit_code == 1
        assert [row["id"] for row in rows(result.stdout)] == ["x", "y"]
        assert codes(result.stdout) == [None, "empty"]

    def test_explain_of_standard_input(self):
        result = run("explain", "-", stdin=GOOD.text)
        assert result.exit_code == 0
        assert "of 100" in result.stdout


class TestOutput:
    def test_into_a_pipe_it_is_json_lines_and_nothing_else(self, article):
        result = outside("score", article)
        assert (result.returncode, result.stderr) == (0, b"")
        assert len(rows(result.stdout)) == 1

    def test_json_lines_are_the_librarys(self, article):
        scored = credscore.load().score_document(credscore.Document(GOOD.text, id=str(article)))
        assert run("score", article, "--format", "jsonl").stdout == scored.to_json() + "\n"

    def test_csv(self, article, tmp_path):
        empty = tmp_path / "empty.txt"
        empty.write_text("", encoding="utf8")
        result = run("score", article, empty, "--format", "csv")
        assert result.exit_code == 1
        good, bad = csv.DictReader(io.StringIO(result.stdout))
        assert good["id"] == str(article)
        assert float(good["value"]) == round(value_of(GOOD.text), 2)
        assert float(good["low"]) <= float(good["value"]) <= float(good["high"])
        assert good["error"] == ""
        model = credscore.load().model
        assert {weight.feature for weight in model.weights} <= set(good)
        assert bad["value"] == ""
        assert bad["error"].startswith("empty:")

    def test_table(self, article, tmp_path):
        empty = tmp_path / "empty.txt"
        empty.write_text("", encoding="utf8")
        result = run("score", article, empty, "--format", "table")
        assert result.exit_code == 1
        assert f"{value_of(GOOD.text):.0f}" in result.stdout
        assert "article.txt" in result.stdout.replace("\n", "")
        assert "empty" in result.stdout

    @pytest.mark.parametrize(("name", "start"), [("out.jsonl", "{"), ("out.csv", "id,source,date,value,"), ("out.ndjson", "{")])
    def test_the_suffix_of_the_output_tells_the_format(self, name, start, article, tmp_path):
        result = run("score", article, "-o", tmp_path / name)
        assert result.exit_code == 0
        assert result.stdout == ""
        assert (tmp_path / name).read_text(encoding="utf8").startswith(start)

    def test_a_format_given_wins_over_the_suffix(self, article, tmp_path):
        run("score", article, "-o", tmp_path / "out.data", "--format", "csv")
        assert (tmp_path / "out.data").read_text(encoding="utf8").startswith("id,")

    def test_an_output_file_holds_the_bytes_of_the_pipe(self, article, tmp_path):
        run("score", article, "-o", tmp_path / "out.jsonl")
        assert (tmp_path / "out.jsonl").read_bytes() == outside("score", article).stdout

    def test_failures_stand_in_the_output_and_the_rest_is_written(self, article, tmp_path):
        result = run("score", tmp_path / "gone.txt", article, "-o", tmp_path / "out.jsonl")
        assert result.exit_code == 1
        assert codes((tmp_path / "out.jsonl").read_text(encoding="utf8")) == ["missing_file", None]
        assert "gone.txt" in result.stderr

    def test_a_run_that_breaks_leaves_the_old_file_whole(self, article, tmp_path, monkeypatch):
        out = tmp_path / "out.jsonl"
        out.write_text("the old one", encoding="utf8")

        def breaks(_form, _model):
            return write.Form("half a ", line)

        def line(_result):
            raise RuntimeError("power cut")

        monkeypatch.setattr(write, "form_of", breaks)
        result = run("score", article, "-o", out)
        assert result.exit_code != 0
        assert out.read_text(encoding="utf8") == "the old one"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "out.jsonl"]

    def test_an_output_folder_that_is_not_there(self, article, tmp_path):
        result = run("score", article, "-o", tmp_path / "no" / "out.jsonl")
        assert result.exit_code != 0
        assert "out.jsonl" in result.stderr
        assert no_traceback(result)

    def test_an_output_that_is_a_folder(self, article, tmp_path):
        (tmp_path / "out.jsonl").mkdir()
        assert run("score", article, "-o", tmp_path / "out.jsonl").exit_code == 2

    def test_a_reader_that_leaves_early_is_no_traceback(self, tmp_path):
        path = tmp_path / "many.jsonl"
        path.write_text((json.dumps({"text": GOOD.text}) + "\n") * 40, encoding="utf8")
        command = [sys.executable, "-m", "credscore.cli", "score", str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            errors = process.stderr.read()
            process.wait(60)
        assert b"Traceback" not in errors

    def test_two_processes_give_the_same_bytes(self, tmp_path):
        path = tmp_path / "many.jsonl"
        texts = [document.text for document in fixtures.documents()[:8]]
        lines = [json.dumps({"id": number, "text": texts[number % len(texts)]}) for number in range(72)]
        lines[3], lines[40] = "not json", json.dumps({"id": "e", "text": ""})
        path.write_text("\n".join(lines), encoding="utf8")
        one, two = outside("score", path), outside("score", path, "--jobs", "2")
        assert one.returncode == two.returncode == 1
        assert one.stdout == two.stdout
        assert one.stderr == two.stderr
        assert len(rows(one.stdout)) == 72

    def test_the_same_command_twice_gives_the_same_bytes(self, article):
        first = outside("score", article, PYTHONHASHSEED="1")
        assert first.stdout == outside("score", article, PYTHONHASHSEED="2").stdout

    def test_a_prior_moves_the_probability_alone(self, article):
        plain, moved = rows(run("score", article).stdout + run("score", article, "--prior", "0.9").stdout)
        assert moved["probability"] > plain["probability"]
        for record in (plain, moved):
            del record["probability"], record["prior"]
        assert plain == moved

    def test_a_terminal_that_knows_only_ascii_gets_an_output(self, article):
        for command in (["score", "--format", "table"], ["explain"], ["features"]):
            result = outside(
                command[0], *([] if command[0] == "features" else [article]), *command[1:], PYTHONIOENCODING="ascii", PYTHONUTF8="0"
            )
            assert b"Traceback" not in result.stderr, command

    def test_formulas_in_ids_stay_text_in_csv(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps({"id": "=HYPERLINK(1)", "text": GOOD.text}), encoding="utf8")
        (row,) = csv.DictReader(io.StringIO(run("score", path, "--format", "csv").stdout))
        assert row["id"] == "'=HYPERLINK(1)"


class TestTables:
    @pytest.fixture
    @staticmethod
    def rows_of_publishers(tmp_path):
        path = tmp_path / "given.jsonl"
        given = [
            {"id": number, "text": document.text, "source": f"{number % 2}.example", "date": f"2031-04-0{1 + number % 9}"}
            for number, document in enumerate(fixtures.documents()[:12])
        ]
        path.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf8")
        return path

    def test_parquet_holds_what_the_library_gives(self, article, tmp_path):
        parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra: pip install 'credscore[parquet]'")
        short = tmp_path / "short.txt"
        short.write_text("Too short.", encoding="utf8")
        result = run("score", article, short, "-o", tmp_path / "out.parquet")
        assert result.exit_code == 1
        good, bad = parquet.read_table(tmp_path / "out.parquet").to_pylist()
        score = credscore.score(GOOD.text)
        assert (good["id"], good["value"], good["logit"], good["words"]) == (str(article), score.value, score.logit, score.words)
        assert good["signature"] == str(score.signature)
        assert all(good[item.feature] == item.value for item in score.contributions)
        assert (bad["id"], bad["error"], bad["value"]) == (str(short), "too_short", None)

    def test_parquet_without_its_extra_is_told_before_anything_is_scored(self, article, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        result = run("score", article, "-o", tmp_path / "out.parquet")
        assert result.exit_code == 1
        assert "pip install 'credscore[parquet]'" in result.stderr

    @pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
    def test_publishers_of_scores_are_those_of_the_texts(self, form, rows_of_publishers, tmp_path):
        if form == "parquet":
            pytest.importorskip("pyarrow", reason="needs the extra: pip install 'credscore[parquet]'")
        out = tmp_path / f"out.{form}"
        assert run("score", rows_of_publishers, "-o", out).exit_code == 0
        texts, scores = (rows(run("sources", path).stdout) for path in (rows_of_publishers, out))
        assert [row["source"] for row in texts] == [row["source"] for row in scores]
        assert [row["first"] for row in texts] == [row["first"] for row in scores]
        assert [row["value"] for row in texts] == pytest.approx([row["value"] for row in scores], abs=0.05)

    @pytest.mark.parametrize("form", ["jsonl", "csv"])
    def test_publishers_of_scores_from_a_pipe(self, form, rows_of_publishers):
        piped = run("score", rows_of_publishers, "--format", form).stdout
        found = run("sources", "-", stdin=piped)
        assert found.exit_code == 0, found.stderr
        assert [row["n"] for row in rows(found.stdout)] == [6, 6]

    def test_publishers_of_texts_from_a_pipe(self, rows_of_publishers):
        found = run("sources", "-", stdin=rows_of_publishers.read_bytes())
        assert found.stdout == run("sources", rows_of_publishers).stdout

    def test_failures_apart(self, article, tmp_path):
        short = tmp_path / "short.txt"
        short.write_text("Too short.", encoding="utf8")
        for output in ([], ["-o", tmp_path / "out.jsonl"]):
            result = run("score", short, article, tmp_path / "gone.txt", "--failures", tmp_path / "failed.jsonl", *output)
            assert result.exit_code == 1
            written = (tmp_path / "out.jsonl").read_text(encoding="utf8") if output else result.stdout
            assert [row["id"] for row in rows(written)] == [str(article)]
            failed = rows((tmp_path / "failed.jsonl").read_text(encoding="utf8"))
            assert [row["error"]["code"] for row in failed] == ["too_short", "missing_file"]
            assert "at least 40" in failed[0]["error"]["message"]
            assert "2 documents could not be scored" in result.stderr

    def test_ids_that_come_twice_are_told(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text("".join(json.dumps({"id": name, "text": GOOD.text}) + "\n" for name in "abacab"), encoding="utf8")
        result = run("score", path)
        assert result.exit_code == 0
        assert len(rows(result.stdout)) == 6
        assert "3 documents have the id of one before them, such as a, a, b" in result.stderr

    @pytest.mark.parametrize(
        "options",
        [["--resume"], ["--format", "parquet"], ["--resume", "-o", "out.txt"], ["--failures", "f.jsonl", "--format", "table"],
         ["--failures", "out.csv", "-o", "out.csv"]],
    )  # fmt: skip
    def test_what_cannot_be_meant_is_usage(self, options, article, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert run("score", article, *options).exit_code == 2

    def test_resume_with_nothing_to_resume_is_a_run_like_any(self, article, tmp_path):
        assert run("score", article, "-o", tmp_path / "out.jsonl", "--resume").exit_code == 0
        assert len(rows((tmp_path / "out.jsonl").read_text(encoding="utf8"))) == 1


class TestFailures:
    """One bad document never stops the others."""

    BAD = {  # noqa: RUF012 - read only
        "empty.txt": (b"", "empty"),
        "blank.txt": (b" \n\t\n ", "empty"),
        "short.txt": (b"The ferry was late on Monday.", "too_short"),
        "nul.txt": (b"abc\0def" * 50, "binary"),
        "noise.txt": (bytes(range(1, 9)) * 400, "binary"),
        "cut.txt.gz": (gzip.compress(os.urandom(4000))[:600], "unreadable"),
        "not.txt.gz": (b"this was never packed", "unreadable"),
        "empty.html": (b"<html><body><script>x</script></body></html>", "empty"),
        "list.jsonl": (b'["a", "b"]\n', "bad_json"),
        "broken.jsonl": (b'{"text": "half\n', "bad_json"),
        "deep.jsonl": (b"[" * 200_000 + b"\n", "bad_json"),
        "number.jsonl": (b'{"text": 5}\n', "no_text"),
        "null.jsonl": (b'{"text": null}\n', "no_text"),
        "other.csv": (b"headline,body\nx,y\n", "no_text"),
        "paper.pdf": (b"%PDF-1.7", "unknown_format"),
        "bare": (b"no suffix at all", "unknown_format"),
    }

    @pytest.mark.parametrize("name", BAD)
    def test_it_is_reported_and_the_next_one_scored(self, name, article, tmp_path):
        content, code = self.BAD[name]
        path = tmp_path / name
        path.write_bytes(content)
        result = run("score", path, article)
        assert result.exit_code == 1, result.output
        assert codes(result.stdout) == [code, None]
        assert name in result.stderr
        assert code in result.stderr
        assert no_traceback(result)

    def test_all_of_them_at_once(self, article, tmp_path):
        bad = tmp_path / "bad"
        bad.mkdir()
        for name, (content, _) in self.BAD.items():
            (bad / name).write_bytes(content)
        paths = [path for name in self.BAD for path in (bad / name, article)]
        result = run("score", *paths, tmp_path / "gone.txt", tmp_path)
        found = codes(result.stdout)
        assert result.exit_code == 1
        assert found[: 2 * len(self.BAD)] == [code for _, expected in self.BAD.values() for code in (expected, None)]
        assert found[2 * len(self.BAD)] == "missing_file"
        assert len(result.stderr.splitlines()) >= len(self.BAD) + 1

    def test_a_message_says_what_to_do(self, tmp_path):
        path = tmp_path / "short.txt"
        path.write_text("The ferry was late.", encoding="utf8")
        stderr = run("score", path).stderr
        assert "4 words" in stderr
        assert "40" in stderr

    def test_one_bad_row_among_good_ones(self, tmp_path):
        path = tmp_path / "a.jsonl"
        good = json.dumps({"text": GOOD.text})
        path.write_bytes(b"\n".join([good.encode(), b"{broken", b"\xff\xfe", good.encode(), b'{"id": 9}', b"null", good.encode()]))
        result = run("score", path)
        assert result.exit_code == 1
        assert codes(result.stdout) == [None, "bad_json", "bad_json", None, "no_text", "bad_json", None]
        assert [row["id"] for row in rows(result.stdout)][1:3] == [f"{path}:2", f"{path}:3"]

    def test_a_truncated_gzip_keeps_the_rows_before_the_cut(self, tmp_path, article):
        path = tmp_path / "a.jsonl.gz"
        lines = [json.dumps({"id": number, "text": GOOD.text, "noise": os.urandom(3000).hex()}) for number in range(30)]
        packed = gzip.compress("\n".join(lines).encode())
        path.write_bytes(packed[: len(packed) // 2])
        result = run("score", path, article)
        found = codes(result.stdout)
        assert result.exit_code == 1
        assert found[-2:] == ["unreadable", None]
        assert found.count(None) > 3

    def test_a_byte_order_mark_is_no_part_of_the_text(self, tmp_path, article):
        path = tmp_path / "bom.txt"
        path.write_bytes(b"\xef\xbb\xbf" + GOOD.text.encode())
        with_mark, without = rows(run("score", path, article).stdout)
        assert with_mark["value"] == without["value"]
        assert with_mark["evidence"] == without["evidence"]

    @pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
    def test_other_encodings_are_read(self, encoding, tmp_path):
        path = tmp_path / "a.txt"
        text = GOOD.text + "\n\nA café in the old town served free coffee to those who waited.\n"
        path.write_bytes(text.encode(encoding, "replace"))
        (row,) = rows(run("score", path).stdout)
        assert row["words"] == credscore.read(text).words

    def test_not_text_but_not_nul_either_is_scored_or_refused_and_never_breaks(self, tmp_path, article):
        path = tmp_path / "odd.txt"
        path.write_bytes(bytes(range(128, 256)) * 40)
        result = run("score", path, article)
        assert no_traceback(result)
        assert codes(result.stdout)[1] is None

    def test_a_file_that_may_not_be_read(self, tmp_path, article, monkeypatch):
        path = tmp_path / "closed.txt"
        path.write_text(GOOD.text, encoding="utf8")
        opened = Path.open

        def refuses(self, *arguments, **options):
            if self.name == "closed.txt":
                raise PermissionError(13, "Permission denied", str(self))
            return opened(self, *arguments, **options)

        monkeypatch.setattr(Path, "open", refuses)
        assert codes(run("score", path, article).stdout) == ["unreadable", None]

    def test_a_name_too_long_for_any_file(self, article):
        """Found by the fuzzer: asking the file system about such a name is an error of its own."""
        assert codes(run("score", "A" * 300, "A" * 300 + ".txt", article).stdout) == ["unknown_format", "unreadable", None]
        assert run("score", "A" * 300 + "-card", "--model", "A" * 300 + "-card").exit_code == 2

    def test_a_folder_named_like_a_file_is_a_folder(self, tmp_path):
        folder = tmp_path / "folder.txt"
        folder.mkdir()
        (folder / "a.txt").write_text(GOOD.text, encoding="utf8")
        assert codes(run("score", folder).stdout) == [None]

    @pytest.mark.parametrize("command", [["explain"], ["explain", "--format", "json"], ["read"]], ids=" ".join)
    def test_explain_and_read_go_on_too(self, command, article, tmp_path):
        result = run(*command, tmp_path / "gone.txt", article)
        assert result.exit_code == 1
        assert "missing_file" in result.stderr
        assert result.stdout.strip()

    def test_standard_input_that_is_empty(self):
        result = run("score", "-", stdin="")
        assert result.exit_code == 1
        assert codes(result.stdout) == ["empty"]

    def test_html_without_selectolax_says_which_command_installs_it(self, article, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "selectolax", None)
        monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
        page = tmp_path / "a.html"
        page.write_text(f"<p>{GOOD.text}</p>", encoding="utf8")
        result = run("score", page, article)
        assert result.exit_code == 1
        assert codes(result.stdout) == ["missing_extra", None]
        assert "pip install 'credscore[html]'" in result.stderr


class TestHostileNames:
    NAMES = (
        "a b.txt",
        "line\nbreak.txt",
        "escape\x1b[31mred\x1b[0m.txt",
        "bell\x07.txt",
        "right-to-left\u202egpj.txt",
        "markup[bold]x[red].txt",
        "[0].txt",
        "star*.txt",
        "=SUM(A1).txt",
        "-o.txt",
        "quote'\".txt",
        "emoji😀.txt",
        "{curly}.txt",
    )

    @pytest.mark.parametrize("name", NAMES)
    def test_a_name_is_found_and_reported_without_moving_the_cursor(self, name, tmp_path):
        path = tmp_path / name
        path.write_text(GOOD.text, encoding="utf8")
        result = run("score", path, "--format", "jsonl")
        assert result.exit_code == 0, result.output
        assert [row["id"] for row in rows(result.stdout)] == [str(path)]
        for form in ("table", "csv"):
            result = run("score", path, "--format", form)
            assert result.exit_code == 0
            assert form == "csv" or not has_control(result.stdout)
        explained = run("explain", path)
        assert explained.exit_code == 0
        assert not has_control(explained.stdout)

    @pytest.mark.parametrize("name", NAMES)
    def test_a_failure_of_such_a_name_too(self, name, tmp_path):
        path = tmp_path / name
        path.write_text("", encoding="utf8")
        for command in (["score"], ["score", "--format", "table"], ["explain"]):
            result = run(*command, path)
            assert result.exit_code == 1
            assert not has_control(result.stderr)
            assert len(result.stderr.splitlines()) == 1

    def test_markup_in_a_name_is_shown_not_obeyed(self, tmp_path):
        path = tmp_path / "[bold]x[red].txt"
        path.write_text(GOOD.text, encoding="utf8")
        assert "[bold]x[red].txt" in run("score", path, "--format", "table").stdout.replace("\n", "").replace(" ", "")
        assert "[bold]x[red].txt" in run("explain", path).stdout.replace("\n", "")

    @pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
    def test_a_name_that_is_no_utf8(self, tmp_path):
        path = os.fsencode(tmp_path) + b"/odd\xff.txt"
        with open(path, "wb") as stream:  # noqa: PTH123 - the name is bytes
            stream.write(GOOD.text.encode())
        for form in ("jsonl", "csv", "table"):
            result = outside("score", tmp_path, "--format", form)
            assert result.returncode == 0, result.stderr
            assert b"Traceback" not in result.stderr
        for command in ("explain", "read"):
            assert outside(command, tmp_path).returncode == 0

    def test_control_characters_of_a_text_do_not_reach_the_terminal(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("\x1b]0;owned\x07 Some experts certainly said \x1b[2J so.\u202e " + OTHER.text, encoding="utf8")
        result = run("explain", path, "--full")
        assert result.exit_code == 0
        assert not has_control(result.stdout)

    def test_control_characters_of_an_id_do_not_either(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text(
            json.dumps({"id": "\x1b[2Jx", "text": GOOD.text}) + "\n" + json.dumps({"id": "\x1b[2Jy", "text": ""}), encoding="utf8"
        )
        for command in (["score", "--format", "table"], ["explain"]):
            result = run(*command, path)
            assert not has_control(result.stdout)
            assert not has_control(result.stderr)

    def test_control_characters_of_a_field_name_do_not_either(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps({"\x1b[2Jfield": "x"}), encoding="utf8")
        for command in (["score"], ["score", "--format", "table"], ["read"], ["explain"]):
            result = run(*command, path)
            assert not has_control(result.stderr)
            assert command[-1] == "score" or not has_control(result.stdout)

    def test_a_lone_surrogate_survives(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"id": "\\ud800", "text": ' + json.dumps("\ud800 " + GOOD.text) + "}", encoding="utf8")
        for form in ("jsonl", "csv", "table"):
            result = outside("score", path, "--format", form)
            assert result.returncode == 0, result.stderr
        for command in ("explain", "read"):
            result = outside(command, path)
            assert result.returncode == 0, result.stderr
        assert outside("score", path, "-o", tmp_path / "out.csv").returncode == 0


class TestExplain:
    def test_it_shows_the_words_and_adds_up(self, tmp_path):
        path = tmp_path / "a.md"
        path.write_text(f"# {OTHER.title}\n\n{OTHER.text}", encoding="utf8")
        result = run("explain", path)
        assert result.exit_code == 0
        out = result.stdout
        assert f"{value_of(OTHER.text, OTHER.title):.0f} of 100" in out
        assert "Lowers the score" in out
        assert "baseline" in out
        assert "not checked:" in out
        assert str(credscore.load().signature) in out.replace("\n", "")

    def test_full_shows_more(self, tmp_path):
        path = tmp_path / "a.md"
        path.write_text(f"# {OTHER.title}\n\n{OTHER.text}", encoding="utf8")
        assert len(run("explain", path, "--full").stdout) > len(run("explain", path).stdout)

    def test_a_sources_next_statement_is_shown_where_it_is_made(self, tmp_path):
        """The same words under each other twice would look like one finding counted twice."""
        path = tmp_path / "a.txt"
        path.write_text(f"“The bridge has sunk by a hand,” one source said, referencing the old pier. {GOOD.text}", encoding="utf8")
        shown = {line.strip() for line in run("explain", path, "--full").stdout.splitlines() if "one source said, referencing" in line}
        assert len(shown) == 2

    def test_several_documents_stand_one_after_the_other(self, article, tmp_path):
        other = tmp_path / "other.txt"
        other.write_text(OTHER.text, encoding="utf8")
        out = run("explain", article, other).stdout.replace("\n", "")
        assert out.index("article.txt") < out.index("other.txt")
        assert out.count("not checked:") == 2

    def test_json_is_the_score(self, article):
        assert run("explain", article, "--format", "json").stdout == run("score", article, "--format", "jsonl").stdout

    def test_it_never_judges_truth(self, article):
        words = set(run("explain", article, "--full").stdout.casefold().split())
        assert not words & {"fake", "false", "lie", "untrue"} - set(GOOD.text.casefold().split())


class TestRead:
    def test_the_contract(self, article):
        result = run("read", article, "--format", "json")
        assert result.exit_code == 0
        (record,) = rows(result.stdout)
        assert {"id", "words", "sentences", "evidence", "features"} <= set(record)
        assert "value" not in record
        assert {item["layer"] for item in record["evidence"]} >= {"sourcing"}
        for item in record["evidence"]:
            assert {"layer", "kind", "field", "start", "end", "text", "in_quote", "strength", "note"} <= set(item)
            assert GOOD.text[item["start"] : item["end"]] == item["text"]
        sourcing = {"source", "cue", "content", "mode", "act", "anaphor", "antecedent", "relay", "basis", "reason", "condition"}
        assert all(sourcing <= set(item) for item in record["evidence"] if item["layer"] == "sourcing")

    def test_it_is_the_librarys_reading(self, article):
        (record,) = rows(run("read", article).stdout)
        expected = credscore.read(GOOD.text).to_dict()
        assert {**record, "id": None} == json.loads(json.dumps(expected))

    def test_one_word_is_read(self):
        result = run("read", "-", stdin="Allegedly")
        assert result.exit_code == 0
        assert rows(result.stdout)[0]["words"] == 1

    @pytest.mark.parametrize("content", ["", "\0\0"])
    def test_nothing_and_noise(self, content):
        result = run("read", "-", stdin=content)
        assert result.exit_code in (0, 1)
        assert no_traceback(result)

    @pytest.mark.parametrize("name", ["a.html", "a.md", "a.html.gz"])
    def test_an_extracted_text_goes_with_the_offsets(self, name, tmp_path):
        content = f"<h1>{GOOD.title}</h1><p>{GOOD.text}</p>" if "html" in name else f"# {GOOD.title}\n\n{GOOD.text}"
        path = tmp_path / name
        path.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
        (record,) = rows(run("read", path).stdout)
        for item in record["evidence"]:
            if item["field"] == "text":
                assert record["text"][item["start"] : item["end"]] == item["text"]


class TestFeatures:
    def test_every_feature_with_its_reason_and_source(self):
        result = run("features")
        assert result.exit_code == 0
        for feature in credscore.FEATURES:
            assert feature.name in result.stdout
            assert feature.why in result.stdout
            assert feature.source in result.stdout

    def test_json(self):
        result = run("features", "--format", "json")
        assert result.exit_code == 0
        records = json.loads(result.stdout)
        assert [record["name"] for record in records] == [feature.name for feature in credscore.FEATURES]
        for record in records:
            assert {"name", "family", "unit", "why", "source", "direction"} <= set(record)
            assert record["direction"] in ("up", "down", "open")


class TestTrainAndEvaluate:
    @pytest.fixture(scope="class")
    @staticmethod
    def labelled(tmp_path_factory) -> Path:
        path = tmp_path_factory.mktemp("labelled") / "labelled.jsonl"
        records = [
            {"text": document.text, "title": document.title, "label": int(document.label == "credible"), "group": document.slug}
            for document in fixtures.documents()
            if document.label != "middling"
        ]
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf8")
        return path

    def test_a_model_is_fitted_written_and_usable(self, labelled, tmp_path, article):
        model = tmp_path / "own.json"
        result = run("train", labelled, "-o", model)
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        assert "own.json" in result.stderr
        record = json.loads(model.read_text(encoding="utf8"))
        assert record["name"] == "own"
        (row,) = rows(run("score", article, "--model", model).stdout)
        assert f"|own:{record['digest']}|" in row["signature"]
        result = run("evaluate", labelled, "--model", model, "--format", "json")
        assert result.exit_code == 0
        assert json.loads(result.stdout)["auc"] > 0.8

    def test_a_name_may_be_given(self, labelled, tmp_path):
        assert run("train", labelled, "-o", tmp_path / "m.json", "--name", "house").exit_code == 0
        assert json.loads((tmp_path / "m.json").read_text(encoding="utf8"))["name"] == "house"

    def test_a_corpus_may_be_left_out(self, labelled, tmp_path):
        """Leaving out all there is, or what is not there, writes no model."""
        for name, says in (("labelled", "no labelled text"), ("elsewhere", "no corpus elsewhere")):
            result = run("train", labelled, "-o", tmp_path / "m.json", "--without", name)
            assert result.exit_code == 1
            assert says in result.stderr
        assert not (tmp_path / "m.json").exists()

    def test_a_model_of_ones_own_is_compared_with_the_bundled_one(self, labelled, tmp_path):
        """The same texts, the difference and its interval; the bundled model alone is compared with nothing unless asked."""
        run("train", labelled, "-o", tmp_path / "m.json")
        found = json.loads(run("evaluate", labelled, "--model", tmp_path / "m.json", "--format", "json").stdout)
        bundled = json.loads(run("evaluate", labelled, "--format", "json").stdout)
        other = found["against"]
        assert other["auc"] == bundled["auc"]
        assert other["signature"] == bundled["signature"]
        assert other["difference_low"] <= found["auc"] - other["auc"] <= other["difference_high"]
        assert "against" not in bundled
        itself = run("evaluate", labelled, "--against", "news-en-1")
        assert "a difference of +0.000" in itself.stdout

    def test_evaluate_as_table_and_json(self, labelled):
        shown = run("evaluate", labelled)
        figures = json.loads(run("evaluate", labelled, "--format", "json").stdout)
        assert shown.exit_code == 0
        assert f"AUC {figures['auc']:.3f}" in shown.stdout
        assert figures["texts"] == 45
        assert figures["unscorable"] == 0

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ('{"text": "x", "label": 2}', "row 1"),
            ('{"label": 1}', "row 1"),
            ("{broken", "not JSON"),
            ("", "no labelled text"),
            (json.dumps({"text": "too short", "label": 1}), "80 words"),
            (json.dumps({"text": GOOD.text, "label": 1}), "both labels"),
        ],
    )
    def test_bad_data_is_an_error_that_says_why(self, content, says, tmp_path):
        path = tmp_path / "bad.jsonl"
        path.write_text(content, encoding="utf8")
        model = tmp_path / "m.json"
        result = run("train", path, "-o", model)
        assert result.exit_code == 1
        assert says in result.stderr
        assert no_traceback(result)
        assert not model.exists()

    def test_a_corpus_folder_that_holds_nothing(self, tmp_path):
        result = run("train", tmp_path, "-o", tmp_path / "m.json")
        assert result.exit_code == 1
        assert "docs/DATA.md" in result.stderr

    def test_evaluate_needs_both_labels(self, tmp_path):
        path = tmp_path / "one.jsonl"
        path.write_text(json.dumps({"text": GOOD.text, "label": 1}), encoding="utf8")
        result = run("evaluate", path)
        assert result.exit_code == 1
        assert "both labels" in result.stderr
