"""A batch that breaks off goes on where it was: killed, interrupted, out of disk, nothing lost and nothing doubled."""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
from benchmarks import kills

from credscore import Document, Failure, many
from credscore.batch import partial, write
from credscore.batch.files import Gauge
from credscore.batch.partial import Noted, Partial
from credscore.errors import InputError

QUICK = "from credscore.batch import partial; partial.PAUSE = 0.02; from credscore.cli import main; main()"
"""The command line with a journal that is written often, so that a test need not wait."""

ABOUT = {"signature": "one", "fields": {"text": "text"}, "bytes of": {"a": 1}}
GIVEN = [Document(f"text {number}", id=str(number)) if number % 4 else Failure(str(number), "empty", "no text") for number in range(12)]
LINES = write.Form("head\n", lambda result: f"{result.id}\n")


def start(*arguments: object) -> "subprocess.Popen[bytes]":
    """The command in a session of its own, which hears Ctrl-C even where the tests were started in the background of a shell."""
    command = [sys.executable, "-c", QUICK, *map(str, arguments)]
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, before)


def marks(out: Path) -> int:
    """Lines of the journal beside an output that is being written."""
    with suppress(FileNotFoundError):
        return out.with_name(f"{out.name}.part.journal").read_bytes().count(b"\n")
    return 0


def reach(process: "subprocess.Popen[bytes]", out: Path, lines: int) -> None:
    """Wait until the journal has so many lines, or the process has ended."""
    end = monotonic() + 60
    while marks(out) < lines and process.poll() is None:
        assert monotonic() < end
        sleep(0.005)


def run(target: Path, failures: Path | None = None, *, stop: int | None = None, resume: bool = True, given=GIVEN, about=ABOUT) -> list[str]:
    """One run over documents whose lines are their ids, broken off after so many; the ids that it went through again."""
    noted, passed = Noted(given), []
    with Partial(target, failures, LINES, about, resume=resume) as part:
        for number, document in enumerate(part.resumed(noted, passed.append)):
            if number == stop:
                raise KeyboardInterrupt
            part.add(LINES.line(document), noted, document if isinstance(document, Failure) else None)
    return passed


def broken_off(*arguments, **options) -> KeyboardInterrupt:
    with pytest.raises(KeyboardInterrupt) as caught:
        run(*arguments, **options)
    return caught.value


@pytest.fixture(autouse=True)
def always_saved(monkeypatch):
    """Within this process every document gets its line in the journal."""
    monkeypatch.setattr(partial, "PAUSE", -1.0)


class TestPartial:
    ALL = "head\n" + "".join(f"{number}\n" for number in range(12))

    def test_a_run_nobody_stops_leaves_its_output_alone(self, tmp_path):
        assert run(tmp_path / "out") == []
        assert (tmp_path / "out").read_text(encoding="utf8") == self.ALL
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    @pytest.mark.parametrize("stop", range(1, 12))
    def test_wherever_it_stops_it_goes_on_there(self, stop, tmp_path):
        told = broken_off(tmp_path / "out", stop=stop)
        assert f"{stop} documents are kept" in told.__notes__[0]
        assert run(tmp_path / "out") == [item.id for item in GIVEN[:stop]]
        assert (tmp_path / "out").read_text(encoding="utf8") == self.ALL

    def test_it_may_stop_again_and_again(self, tmp_path):
        for _ in range(5):
            broken_off(tmp_path / "out", stop=2)
        assert len(run(tmp_path / "out")) == 10
        assert (tmp_path / "out").read_text(encoding="utf8") == self.ALL

    def test_failures_apart_are_resumed_too(self, tmp_path):
        for _ in range(3):
            broken_off(tmp_path / "out", tmp_path / "failed", stop=3)
        run(tmp_path / "out", tmp_path / "failed")
        assert (tmp_path / "out").read_text(encoding="utf8").split() == ["head", *(str(n) for n in range(12) if n % 4)]
        failed = (tmp_path / "failed").read_text(encoding="utf8").splitlines()
        assert [json.loads(line)["id"] for line in failed] == ["0", "4", "8"]

    def test_a_torn_line_and_lines_the_journal_does_not_know_are_cut_off(self, tmp_path):
        broken_off(tmp_path / "out", stop=5)
        with (
            (tmp_path / "out.part").open("a", encoding="utf8") as part,
            (tmp_path / "out.part.journal").open("a", encoding="utf8") as journal,
        ):
            part.write("5\n6\nhal")
            journal.write('{"documents": 6, "fai')
        broken_off(tmp_path / "out", stop=2)
        run(tmp_path / "out")
        assert (tmp_path / "out").read_text(encoding="utf8") == self.ALL

    def test_a_journal_that_knows_more_than_the_file_holds_is_believed_as_far_as_it_goes(self, tmp_path):
        broken_off(tmp_path / "out", stop=6)
        part = tmp_path / "out.part"
        os.truncate(part, part.stat().st_size - 3)
        assert len(run(tmp_path / "out")) == 4
        assert (tmp_path / "out").read_text(encoding="utf8") == self.ALL

    def test_killed_between_the_end_and_the_name(self, tmp_path, monkeypatch):
        """All is written and the journal says so; the parts have not taken their places, or only one of them has."""
        finish = Partial._finish
        for half in (False, True):
            out, failed = tmp_path / f"out{half}", tmp_path / f"failed{half}"

            def dies(self, half=half):
                if half:
                    part, place = self._places[0]
                    part.replace(place)
                raise KeyboardInterrupt

            monkeypatch.setattr(Partial, "_finish", dies)
            broken_off(out, failed)
            monkeypatch.setattr(Partial, "_finish", finish)
            assert len(run(out, failed)) == 12
            assert len(out.read_text(encoding="utf8").split()) == 10
            assert len(failed.read_text(encoding="utf8").splitlines()) == 3
        assert not list(tmp_path.glob("*.part*"))

    def test_without_resume_all_begins_anew(self, tmp_path):
        broken_off(tmp_path / "out", stop=5)
        assert run(tmp_path / "out", resume=False) == []
        assert (tmp_path / "out").read_text(encoding="utf8") == self.ALL

    def test_what_did_nothing_leaves_nothing(self, tmp_path):
        broken_off(tmp_path / "out", stop=0)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("about", "told"),
        [
            ({**ABOUT, "signature": "two"}, "signature was one, is two"),
            ({**ABOUT, "fields": {"text": "body"}}, "fields text was text, is body"),
            ({**ABOUT, "bytes of": {"a": 2}}, "bytes of a was 1, is 2"),
            ({**ABOUT, "bytes of": {"a": 1, "b": 3}}, "bytes of b was None, is 3"),
        ],
    )
    def test_another_run_is_refused_and_what_differs_is_said(self, about, told, tmp_path):
        broken_off(tmp_path / "out", stop=5)
        with pytest.raises(InputError, match=told) as caught:
            run(tmp_path / "out", about=about)
        assert caught.value.code == "other_run"
        assert len(run(tmp_path / "out")) == 5, "what was done is still there"

    @pytest.mark.parametrize("changed", [Document("text 2 ", id="2"), Document("text 2", id="two"), Failure("2", "empty", "no text")])
    def test_documents_that_changed_are_noticed_by_what_they_say(self, changed, tmp_path):
        broken_off(tmp_path / "out", stop=5)
        with pytest.raises(InputError, match="5 documents that are not the first ones"):
            run(tmp_path / "out", given=[*GIVEN[:2], changed, *GIVEN[3:]])
        assert len(run(tmp_path / "out", given=[*GIVEN[:5], changed])) == 5, "documents that were not done may change"


class TestKilled:
    @pytest.mark.parametrize(("form", "jobs", "kills_at"), [("jsonl", 1, (2, 3, 4)), ("csv", 2, (3,)), ("parquet", 1, (3,))])
    def test_nothing_is_lost_and_nothing_doubled(self, form, jobs, kills_at, tmp_path):
        if form == "parquet":
            pytest.importorskip("pyarrow", reason="needs the extra: pip install 'credscore[parquet]'")
        given, out, failed = (tmp_path / name for name in ("given.jsonl", f"out.{form}", "failed.jsonl"))
        ids = kills.write_documents(given, 200)
        command = ["score", given, "-o", out, "--failures", failed, "--jobs", jobs, "--resume"]
        killed = 0
        for lines in kills_at:
            with start(*command) as process:
                reach(process, out, lines)
                process.kill()
            killed += process.returncode == -signal.SIGKILL
            assert not out.exists() or process.returncode == 1
        assert killed == len(kills_at)
        with start(*command) as process:
            assert process.stderr is not None
            assert b"4 documents could not be scored" in process.stderr.read()
        assert process.returncode == 1
        good, bad = kills.ids_of(out), kills.ids_of(failed)
        assert sorted(good + bad) == sorted(ids)
        assert good == [name for name in ids if name not in set(bad)], "in their order"
        assert not list(tmp_path.glob("*.part*"))

    def test_ctrl_c_keeps_what_was_done_and_leaves_no_process(self, tmp_path):
        given, out = tmp_path / "given.jsonl", tmp_path / "out.jsonl"
        kills.write_documents(given, 12_000)
        with start("score", given, "-o", out, "--jobs", "2") as process:
            reach(process, out, 3)
            os.killpg(process.pid, signal.SIGINT)
            assert process.stderr is not None
            told = process.stderr.read()
        assert process.returncode == 130, told.decode()
        assert b"Traceback" not in told
        assert b"--resume goes on" in told
        assert not kills._alive(process.pid)

    def test_what_the_pool_trips_over_is_not_heard_and_all_else_is(self, monkeypatch):
        def trip() -> None:
            raise RuntimeError("tripped")

        heard: list[str] = []
        monkeypatch.setattr(threading, "excepthook", lambda error: heard.append(error.thread.name))
        with many._unheard():
            for name in (many._ITS_THREAD, "another"):
                thread = threading.Thread(target=trip, name=name)
                thread.start()
                thread.join()
        assert heard == ["another"]


class TestDisk:
    def test_a_full_disk_is_told_and_what_was_done_is_kept(self, tmp_path):
        given, out = tmp_path / "given.jsonl", tmp_path / "out.jsonl"
        ids = kills.write_documents(given, 40)

        def little_room() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, 1 << 18))

        command = [sys.executable, "-c", QUICK, "score", str(given), "-o", str(out)]
        full = subprocess.run(command, capture_output=True, preexec_fn=little_room, check=False, timeout=60)
        assert full.returncode == 1
        assert b"Cannot write" in full.stderr
        assert b"--resume goes on" in full.stderr
        assert b"Traceback" not in full.stderr
        again = subprocess.run([*command, "--resume"], capture_output=True, check=False, timeout=60)
        assert again.returncode == 1, "a few documents are too short"
        assert kills.ids_of(out) == ids

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
    @pytest.mark.parametrize("output", [["-o", "/dev/full", "--format", "jsonl"], ["--failures", "/dev/full"]])
    def test_a_device_that_is_full(self, output, tmp_path):
        given = tmp_path / "given.jsonl"
        kills.write_documents(given, 20)
        with start("score", given, *output) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read()
            told = process.stderr.read()
        assert process.returncode == 1
        assert b"No space left" in told
        assert b"Traceback" not in told
        assert Path("/dev/full").is_char_device()


def test_a_gauge_tells_how_much_has_been_read(tmp_path):
    """What the progress bar shows ends at all bytes, also of packed files."""
    paths = [str(tmp_path / name) for name in ("a", "b")]
    for path in paths:
        Path(path).write_bytes(b"x" * 1000)
    gauge = Gauge(paths)
    read = [gauge.read()]
    for path in paths:
        with gauge.opened(path) as stream:
            stream.read()
            read.append(gauge.read())
    assert (gauge.total, read, gauge.read()) == (2000, [0, 1000, 2000], 2000)
    assert Gauge(["-", *paths]).total is None


def test_the_signature_is_part_of_what_a_run_is(tmp_path):
    """A run is not resumed with another lexicon: its scores would not be of one scale."""
    given, out = tmp_path / "given.jsonl", tmp_path / "out.csv"
    kills.write_documents(given, 400)
    with start("score", given, "-o", out) as process:
        reach(process, out, 2)
        process.kill()
    with start("score", given, "-o", out, "--resume", "--without", "hedge") as process:
        assert process.stderr is not None
        told = process.stderr.read().decode()
    assert process.returncode == 2
    assert "signature was credscore-" in told
    assert out.with_name("out.csv.part").stat().st_size > 1000, "what was done is still there"
