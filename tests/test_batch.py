"""Reading documents from paths, taking text out of pages, writing results."""

import csv
import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest
from benchmarks import fixtures

import credscore
from credscore import Document, Failure
from credscore.batch import files, html, write
from credscore.batch.files import suffix_of
from credscore.batch.rows import Fields
from credscore.batch.sources import documents, expand, headline_of
from credscore.errors import MissingExtra

GOOD = fixtures.load("a-wire-ferry-strike")


def put(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def only(path: str, fields: Fields | None = None) -> Document | Failure:
    (found,) = documents([path], fields)
    return found


class TestExpand:
    def test_a_file_is_itself_whether_it_is_there_or_not(self, tmp_path):
        assert expand([str(tmp_path / "no.txt")]) == [str(tmp_path / "no.txt")]

    def test_standard_input_stays(self):
        assert expand(["-"]) == ["-"]

    def test_a_folder_gives_all_known_files_below_it_sorted(self, tmp_path):
        names = ["b.txt", "a/z.md", "a/b/c.html.gz", "d.JSONL", "e.csv", "no.pdf", "no.gz", ".hidden.txt"]
        for name in names:
            put(tmp_path, name, "x")
        found = [Path(path).relative_to(tmp_path).as_posix() for path in expand([str(tmp_path)])]
        assert found == sorted(found)
        assert set(found) >= {"b.txt", "a/z.md", "a/b/c.html.gz", "d.JSONL", "e.csv"}
        assert not {"no.pdf", "no.gz"} & set(found)

    def test_a_glob_gives_files_in_order(self, tmp_path):
        for name in ("b.txt", "a.txt", "c.md", "sub/d.txt"):
            put(tmp_path, name, "x")
        (tmp_path / "folder.txt").mkdir()
        assert [Path(path).name for path in expand([f"{tmp_path}/*.txt"])] == ["a.txt", "b.txt"]
        assert [Path(path).name for path in expand([f"{tmp_path}/**/*.txt"])] == ["a.txt", "b.txt", "d.txt"]

    def test_a_file_whose_name_looks_like_a_glob_is_that_file(self, tmp_path):
        put(tmp_path, "a.txt", "x")
        odd = put(tmp_path, "[a].txt", "x")
        assert expand([odd]) == [odd]

    def test_the_order_of_the_arguments_is_kept(self, tmp_path):
        one, two = put(tmp_path, "z.txt", "x"), put(tmp_path, "a.txt", "x")
        assert expand([one, "-", two]) == [one, "-", two]

    @pytest.mark.parametrize(
        ("name", "suffix"), [("a.txt", ".txt"), ("a.TXT", ".txt"), ("a.txt.gz", ".txt"), ("a.b.md", ".md"), ("a", ""), ("a.gz", "")]
    )
    def test_suffixes(self, name, suffix):
        assert suffix_of(name) == suffix


class TestDocuments:
    def test_a_text_is_its_whole_content(self, tmp_path):
        path = put(tmp_path, "a.txt", "# Not a headline\n\n  Body. \n")
        assert only(path) == Document("# Not a headline\n\n  Body. \n", id=path)

    @pytest.mark.parametrize("suffix", ["txt", "text", "md", "markdown", "html", "htm", "jsonl", "ndjson", "csv"])
    def test_every_suffix_and_its_gzip(self, suffix, tmp_path):
        content = {"jsonl": '{"text": "One two."}', "ndjson": '{"text": "One two."}', "csv": "text\nOne two.\n"}.get(suffix, "One two.")
        plain = only(put(tmp_path, f"a.{suffix}", content))
        packed = only(put(tmp_path, f"a.{suffix}.gz", gzip.compress(content.encode())))
        assert isinstance(plain, Document)
        assert isinstance(packed, Document)
        assert plain.text == packed.text == "One two."

    def test_what_cannot_be_read_stands_in_its_place(self, tmp_path):
        good = put(tmp_path, "a.txt", "One.")
        found = list(documents([good, str(tmp_path / "gone.txt"), put(tmp_path, "a.exe", "MZ"), good]))
        assert [item.code if isinstance(item, Failure) else None for item in found] == [None, "missing_file", "unknown_format", None]
        assert [item.id for item in found] == [good, str(tmp_path / "gone.txt"), str(tmp_path / "a.exe"), good]

    def test_it_streams(self, tmp_path):
        path = put(tmp_path, "a.jsonl", '{"text": "One."}\n' * 3)
        stream = documents([path, str(tmp_path / "gone.txt")])
        assert isinstance(next(stream), Document), "the first document comes before the last file is opened"
        put(tmp_path, "gone.txt", "Back.")
        assert [type(item) for item in stream] == [Document, Document, Document]

    def test_all_fields_of_a_row(self, tmp_path):
        row = {"t": "One.", "n": 5, "h": "Head", "s": "a.example", "d": "2024-01-02"}
        path = put(tmp_path, "a.jsonl", json.dumps(row))
        assert only(path, Fields("t", "n", "h", "s", "d")) == Document("One.", "5", "Head", "a.example", "2024-01-02")

    @pytest.mark.parametrize("empty", [None, ""])
    def test_empty_fields_are_unknown(self, empty, tmp_path):
        path = put(tmp_path, "a.jsonl", json.dumps({"text": "One.", "id": empty, "title": empty, "source": empty}))
        assert only(path) == Document("One.", id=f"{path}:1")

    def test_an_id_of_zero_is_an_id(self, tmp_path):
        assert only(put(tmp_path, "a.jsonl", '{"text": "One.", "id": 0}')).id == "0"

    def test_blank_lines_are_passed_over_and_counted(self, tmp_path):
        path = put(tmp_path, "a.jsonl", '\n{"text": "One."}\n\n{"text": "Two."}\n')
        assert [item.id for item in documents([path])] == [f"{path}:2", f"{path}:4"]

    def test_a_csv_cell_may_hold_line_breaks_and_be_large(self, tmp_path):
        text = "One, two.\n\nThree “four”. " + "x " * 200_000
        out = io.StringIO()
        csv.writer(out).writerows([["text"], [text]])
        with_mark = put(tmp_path, "a.csv", b"\xef\xbb\xbf" + out.getvalue().encode())
        (found,) = list(documents([with_mark]))
        assert isinstance(found, Document)
        assert found.text == text

    def test_a_csv_row_with_too_many_or_too_few_cells(self, tmp_path):
        path = put(tmp_path, "a.csv", "text,title\nOne.,T,extra,more\nTwo.\n")
        first, second = documents([path])
        assert (first.text, first.title, second.text, second.title) == ("One.", "T", "Two.", None)

    @pytest.mark.parametrize(
        ("data", "text"),
        [
            (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
            (b"caf\xe9 \x93quoted\x94", "café “quoted”"),
            ("café".encode("utf-16"), "café"),
            (b"\xff\xfec\x00a\x00", "ca"),
            (b"", ""),
        ],
    )
    def test_encodings(self, data, text, tmp_path):
        found = only(put(tmp_path, "a.txt", data))
        assert isinstance(found, Document)
        assert found.text.lstrip("\ufeff") == text

    def test_a_text_keeps_its_line_ends(self, tmp_path):
        assert only(put(tmp_path, "a.txt", b"One.\r\nTwo.\r")).text == "One.\r\nTwo.\r"

    def test_html_without_the_extra_is_a_failure_of_its_own(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
        page, text = put(tmp_path, "a.html", "<p>One."), put(tmp_path, "b.txt", "Two.")
        first, second = documents([page, text])
        assert isinstance(first, Failure)
        assert first.code == "missing_extra"
        assert "pip install 'credscore[html]'" in first.message
        assert second.text == "Two."
        with pytest.raises(MissingExtra):
            html.article("<p>One.")


def zst(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard", reason="needs the extra: pip install 'credscore[zst]'")
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


class TestPacked:
    ROWS = b"".join(json.dumps({"id": number, "text": f"One {number}."}).encode() + b"\n" for number in range(20_000))

    @pytest.mark.parametrize(("suffix", "content"), [("txt", "One two."), ("jsonl", '{"text": "One two."}'), ("csv", "text\nOne two.\n")])
    def test_zstandard(self, suffix, content, tmp_path):
        assert only(put(tmp_path, f"a.{suffix}.zst", zst(content.encode()))).text == "One two."

    def test_several_frames_are_one_file(self, tmp_path):
        half = self.ROWS.index(b"\n", len(self.ROWS) // 2) + 7
        packed = put(tmp_path, "a.jsonl.zst", zst(self.ROWS[:half]) + zst(self.ROWS[half:]))
        assert [item.id for item in documents([packed])] == [str(number) for number in range(20_000)]

    @pytest.mark.parametrize(("name", "pack"), [("a.jsonl.zst", zst), ("a.jsonl.gz", gzip.compress)])
    @pytest.mark.parametrize("share", [0.0001, 0.3, 0.9999])
    def test_a_file_that_was_cut_off_gives_the_rows_before_the_cut(self, name, pack, share, tmp_path):
        packed = pack(self.ROWS)
        *good, last = documents([put(tmp_path, name, packed[: int(share * len(packed))])])
        assert all(isinstance(item, Document) or item.code == "bad_json" for item in good)
        assert [item.id for item in good][:-1] == [str(number) for number in range(len(good))][:-1]
        assert (last.code, last.id) == ("unreadable", str(tmp_path / name))
        assert len(good) > (15_000 if share > 0.9 else -1)

    @pytest.mark.parametrize("name", ["a.jsonl.zst", "a.jsonl.gz"])
    def test_damage_is_told_and_the_next_file_read(self, name, tmp_path):
        packed = bytearray((zst if name.endswith("zst") else gzip.compress)(self.ROWS))
        packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
        *_, broken, after = documents([put(tmp_path, name, bytes(packed)), put(tmp_path, "b.txt", "One.")])
        assert broken.code == "unreadable"
        assert after.text == "One."

    def test_what_was_never_packed(self, tmp_path):
        pytest.importorskip("zstandard", reason="needs the extra: pip install 'credscore[zst]'")
        assert only(put(tmp_path, "a.txt.zst", "plain")).code == "unreadable"


class TestParquet:
    @pytest.fixture
    @staticmethod
    def arrow():
        pytest.importorskip("pyarrow.parquet", reason="needs the extra: pip install 'credscore[parquet]'")
        import pyarrow

        return pyarrow

    @pytest.fixture
    @staticmethod
    def path(arrow, tmp_path):
        columns = {
            "id": range(300),
            "text": [f"One {number}." for number in range(300)],
            "date": ["2031-04-02"] * 300,
            "other": [0.5] * 300,
        }
        arrow.parquet.write_table(
            arrow.table({name: list(cells) for name, cells in columns.items()}), tmp_path / "a.parquet", row_group_size=70
        )
        return tmp_path / "a.parquet"

    def test_rows_are_documents(self, path):
        found = list(documents([str(path)]))
        assert len(found) == 300
        assert found[299] == Document("One 299.", id="299", date="2031-04-02")

    def test_packed_again_it_is_read_too(self, path, tmp_path):
        again = put(tmp_path, "b.parquet.gz", gzip.compress(path.read_bytes()))
        assert list(documents([again])) == list(documents([str(path)]))

    def test_a_column_that_is_not_there_is_told_once(self, path):
        found = only(str(path), Fields(text="body"))
        assert found.code == "no_text"
        assert "id, text, date, other" in found.message

    def test_a_cell_without_text_is_a_failure_in_its_place(self, arrow, tmp_path):
        arrow.parquet.write_table(arrow.table({"text": ["One.", None, "Two."]}), tmp_path / "a.parquet")
        assert [getattr(item, "code", None) for item in documents([str(tmp_path / "a.parquet")])] == [None, "no_text", None]

    @pytest.mark.parametrize("share", [0, 0.5, 0.99])
    def test_a_file_that_was_cut_off(self, share, path, tmp_path):
        whole = path.read_bytes()
        broken, after = documents([put(tmp_path, "cut.parquet", whole[: int(share * len(whole))]), put(tmp_path, "b.txt", "One.")])
        assert broken.code == "unreadable"
        assert after.text == "One."

    def test_damage_within_it(self, path, tmp_path):
        data = bytearray(path.read_bytes())
        data[60:1200] = bytes(1140)
        found = list(documents([put(tmp_path, "bad.parquet", bytes(data)), put(tmp_path, "b.txt", "One.")]))
        assert [item.code for item in found if isinstance(item, Failure)] == ["unreadable"]
        assert found[-1].text == "One."


@pytest.mark.parametrize(("package", "name", "extra"), [("zstandard", "a.txt.zst", "zst"), ("pyarrow", "a.parquet", "parquet")])
def test_without_an_extra_it_says_which_command_installs_it(package, name, extra, tmp_path, monkeypatch):
    """What cannot be read is told with its remedy, and the next file is read."""
    monkeypatch.setitem(sys.modules, package, None)
    first, second = documents([put(tmp_path, name, "x"), put(tmp_path, "b.txt", "One.")])
    assert first.code == "missing_extra"
    assert f"pip install 'credscore[{extra}]'" in first.message
    assert second.text == "One."


class Endless(io.RawIOBase):
    """Rows without end: whoever wants all of them before the first waits forever."""

    def readable(self):
        return True

    def readinto(self, buffer):
        line = b'{"text": "One."}\n'
        buffer[: len(line)] = line
        return len(line)


class TestPiped:
    def test_rows_come_before_the_pipe_ends(self):
        stream = documents(["-"], piped=files.Piped(io.BufferedReader(Endless())))
        assert [next(stream) for _ in range(3)] == [Document("One.", id=f"-:{number}") for number in (1, 2, 3)]

    @pytest.mark.parametrize("data", [b"", b"\n\n", b"{", b"{not json}\nOne.", b"One.\r\n\r\nTwo.", b"\n {1}", b'"a"\n', b"[1]\n", b"9"])
    def test_whatever_is_no_row_is_text_to_the_last_byte(self, data):
        (found,) = documents(["-"], piped=files.Piped(io.BytesIO(data)))
        assert found.text.encode() == data

    @pytest.mark.parametrize("before", [b"", b"\n \n", b"\xef\xbb\xbf"])
    def test_rows_after_blank_lines_and_a_byte_order_mark(self, before):
        found = list(documents(["-"], piped=files.Piped(io.BytesIO(before + b'{"text": "One."}\n\n{"text": "Two."}'))))
        assert [item.text for item in found] == ["One.", "Two."]


class TestHeadline:
    @pytest.mark.parametrize(
        ("markdown", "expected"),
        [
            ("# Bridge falls\n\nIt fell.", ("Bridge falls", "It fell.")),
            ("# Bridge falls\r\n\r\nIt fell.", ("Bridge falls", "It fell.")),
            ("#  Spaces  \nIt fell.", ("Spaces", "It fell.")),
            ("## A section\n\nIt fell.", (None, "## A section\n\nIt fell.")),
            ("#hashtag\n\nIt fell.", (None, "#hashtag\n\nIt fell.")),
            ("It fell.\n\n# Later heading", (None, "It fell.\n\n# Later heading")),
            ("# Only a headline", ("Only a headline", "")),
            ("", (None, "")),
        ],
    )
    def test_a_first_line_with_one_hash_is_the_headline(self, markdown, expected):
        assert headline_of(markdown) == expected


class TestHtml:
    PAGE = """<!doctype html><html><head><title>Site | Bridge falls</title><style>p{}</style></head><body>
    <nav><a href="/">Home</a> <a href="/news">News</a></nav>
    <h1>Bridge <em>falls</em></h1>
    <p>The bridge <b>fell</b> on Monday,<br>the mayor said.</p>
    <script>var secret = "tracked";</script><noscript>enable scripts</noscript><template>later</template>
    <iframe>frame</iframe><svg><text>drawing</text></svg>
    <ul><li>One hurt</li><li>None dead</li></ul>
    <table><tr><td>left</td><td>right</td></tr></table>
    <aside>Sign up for our newsletter</aside><footer>© 2024 Example. All rights reserved.</footer>
    </body></html>"""

    def test_the_headline_is_taken_out_and_told(self):
        title, text = html.article(self.PAGE)
        assert title == "Bridge falls"
        assert "Bridge falls" not in text

    def test_every_block_has_a_line_of_its_own(self):
        lines = html.article(self.PAGE)[1].split("\n")
        assert "The bridge fell on Monday," in lines
        assert "the mayor said." in lines
        assert {"One hurt", "None dead"} <= set(lines)
        assert all(line == " ".join(line.split()) and line for line in lines)

    def test_boilerplate_stays_since_it_is_evidence(self):
        text = html.article(self.PAGE)[1]
        assert "Home News" in text
        assert "Sign up for our newsletter" in text
        assert "All rights reserved." in text
        kinds = {item.kind for item in credscore.read(text).evidence if item.layer == "boilerplate"}
        assert kinds >= {"newsletter", "copyright"}

    @pytest.mark.parametrize("hidden", ["secret", "tracked", "enable", "later", "frame", "drawing", "p{}", "Site |"])
    def test_what_a_reader_does_not_see_is_left_out(self, hidden):
        assert hidden not in html.article(self.PAGE)[1]

    def test_words_of_neighbouring_blocks_do_not_run_together(self):
        assert html.article("<div>one</div><div>two</div><p>three")[1].split() == ["one", "two", "three"]

    def test_words_of_inline_elements_stay_together(self):
        assert html.article("<p>un<b>believ</b>able <i>news</i></p>")[1] == "unbelievable news"

    def test_the_article_element_is_the_text_if_there_is_exactly_one(self):
        page = "<body><p>outside</p><article><p>inside</p></article>{}</body>"
        assert html.article(page.format(""))[1] == "inside"
        assert "outside" in html.article(page.format("<article>second</article>"))[1]

    def test_the_title_element_serves_where_there_is_no_h1(self):
        assert html.article("<title>Only\n here</title><p>Body.") == ("Only here", "Body.")

    def test_no_headline_at_all(self):
        assert html.article("<p>Body.") == (None, "Body.")

    @pytest.mark.parametrize("page", ["", "   ", "<html></html>", "<script>x</script>", "<!-- only a comment -->"])
    def test_pages_without_text(self, page):
        assert html.article(page)[1] == ""

    def test_entities_are_characters(self):
        assert html.article("<p>Fish &amp; chips &lt;b&gt; &#8220;now&#8221;")[1] == "Fish & chips <b> “now”"

    @pytest.mark.parametrize("page", ["<p>a<p>b</div></p><b>c", "<p", "<<<>>>", "\0<p>x", "<table><p>in a table</table>"])
    def test_broken_markup_is_no_error(self, page):
        html.article(page)

    def test_very_deep_markup_is_no_error(self):
        assert "deep" in html.article("<div>" * 5000 + "deep")[1]


class TestAtomic:
    def test_what_was_written_takes_the_place(self, tmp_path):
        path = tmp_path / "out.txt"
        path.write_text("old", encoding="utf8")
        with write.atomic(path) as stream:
            stream.write("naïve\r\nnew\n")
            assert path.read_text(encoding="utf8") == "old", "the old file stands until all has been written"
        assert path.read_bytes() == "naïve\r\nnew\n".encode()
        assert os.listdir(tmp_path) == ["out.txt"]  # noqa: PTH208 - hidden files count

    @pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError, SystemExit])
    def test_a_failure_leaves_the_old_file_and_nothing_else(self, error, tmp_path):
        path = tmp_path / "out.txt"
        path.write_text("old", encoding="utf8")
        with pytest.raises(error), write.atomic(path) as stream:
            stream.write("half")
            raise error
        assert path.read_text(encoding="utf8") == "old"
        assert os.listdir(tmp_path) == ["out.txt"]  # noqa: PTH208

    def test_a_failure_before_there_was_a_file_leaves_none(self, tmp_path):
        with pytest.raises(ValueError, match="stop"), write.atomic(tmp_path / "out.txt"):
            raise ValueError("stop")
        assert os.listdir(tmp_path) == []  # noqa: PTH208

    def test_a_bare_file_name_goes_to_the_current_folder(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with write.atomic(Path("out.txt")) as stream:
            stream.write("x")
        assert os.listdir(tmp_path) == ["out.txt"]  # noqa: PTH208

    def test_a_text_that_cannot_be_encoded_leaves_nothing_behind(self, tmp_path):
        with pytest.raises(UnicodeEncodeError), write.atomic(tmp_path / "out.txt") as stream:
            stream.write("\ud800")
        assert os.listdir(tmp_path) == []  # noqa: PTH208

    def test_the_file_may_be_read_by_whom_the_umask_allows(self, tmp_path):
        plain = tmp_path / "plain"
        plain.write_text("", encoding="utf8")
        with write.atomic(tmp_path / "out.txt") as stream:
            stream.write("x")
        assert (tmp_path / "out.txt").stat().st_mode == plain.stat().st_mode


class TestResults:
    @pytest.fixture(scope="class")
    @staticmethod
    def score():
        return credscore.load().score_document(Document(GOOD.text, id="one", title=GOOD.title, source="ledger.example"))

    def test_json_lines(self, score):
        first, second = write.json_line(score), write.json_line(Failure("two", "empty", "nothing"))
        assert credscore.Score.from_json(first).to_json() + "\n" == first
        assert json.loads(second) == {"id": "two", "error": {"code": "empty", "message": "nothing"}}
        assert first.isascii()

    def test_comma_separated(self, score):
        model = credscore.load().model
        names = [weight.feature for weight in model.weights]
        form = write.form_of("csv", model)
        out = form.head + form.line(score) + form.line(Failure("two", "empty", "nothing, at all"))
        header, first, second = csv.reader(io.StringIO(out))
        assert header == [*write.COLUMNS, *names]
        assert len(first) == len(second) == len(header)
        assert dict(zip(header, first, strict=True))["words"] == str(score.words)
        assert dict(zip(header, first, strict=True))["source"] == "ledger.example"
        for name in names:
            cell = dict(zip(header, first, strict=True))[name]
            assert cell == "" if score.features[name] is None else float(cell) == score.features[name]
        assert dict(zip(header, second, strict=True))["error"] == "empty: nothing, at all"

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
    def test_no_cell_is_taken_for_a_formula(self, start):
        line = write.csv_line(write.COLUMNS, Failure(start + "cmd|' /C calc'!A0", "empty", "nothing"))
        (row,) = csv.reader(io.StringIO(line, newline=""))
        assert row[0][0] not in "=+-@\t\r"
        assert row[0].endswith("cmd|' /C calc'!A0")

    def test_an_ordinary_id_and_numbers_stay_as_they_are(self, score):
        first, second = (next(csv.reader([write.csv_line(write.COLUMNS, item)])) for item in (score, Failure("a=b", "empty", "nothing")))
        assert (first[0], second[0]) == ("one", "a=b")
        assert float(first[write.COLUMNS.index("value")]) == round(score.value, 2)

    def test_a_lone_surrogate_does_not_stop_the_file(self):
        assert write.csv_line(write.COLUMNS, Failure("a\ud800b", "empty", "nothing")).encode("utf8").count(b"\n") == 1

    def test_a_line_break_in_an_id_stays_inside_its_cell(self):
        line = write.csv_line(("id",), Failure('a\nb,"c"', "empty", "nothing"))
        assert [row[0] for row in csv.reader(io.StringIO(line, newline=""))] == ['a\nb,"c"']


def test_the_known_suffixes_are_those_of_the_contract():
    assert {".txt", ".md", ".html", ".jsonl", ".csv", ".parquet"} <= set(files.SUFFIXES)
