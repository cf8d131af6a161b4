"""The long stream through pipes is counted rightly: nothing missing, nothing doubled, and a command that fails is told."""

import json
import sys
from itertools import islice

import pytest
from benchmarks import pipe


def counted(numbers, form="jsonl"):
    check = pipe.Check(form)
    for number in numbers:
        check.add(b'{"id": "d%d", "value": 1}\n' % number if form == "jsonl" else b"d%d,,,1\n" % number)
    return check.taken, check.missing, check.doubled, check.due


@pytest.mark.parametrize("form", pipe.FORMS)
@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((0, 1, 2, 10, 11), (5, 7, 0, 12)),
        ((0, 1, 1, 2), (4, 0, 1, 3)),
        ((0, 1, 0, 1, 2), (5, 0, 2, 3)),
        ((), (0, 0, 0, 0)),
    ],
    ids=("a gap", "a line twice", "begun anew", "nothing"),
)
def test_lines_are_counted(numbers, found, form):
    assert counted(numbers, form) == found


def test_a_line_of_no_document_ends_the_count():
    with pytest.raises(pipe.BrokenOffError, match="no document's"):
        pipe.Check("jsonl").add(b"Traceback (most recent call last):\n")


def test_documents_are_numbered_and_each_has_words_of_its_own():
    first, second = (json.loads(line) for line in islice(pipe.documents(), 2))
    assert (first["id"], second["id"]) == ("d0", "d1")
    assert "Mona Qa said" in first["text"] and "Mona Qb said" in second["text"]


@pytest.mark.parametrize(("form", "jobs"), [("jsonl", 1), ("csv", 2)])
def test_a_short_stream_comes_through_whole(form, jobs):
    """Every document that goes in comes out once, those that cannot be scored among them."""
    *_, end = pipe.stream(200_000, form, jobs, every=0.5)
    assert end.bytes >= 200_000
    assert end.given == end.taken > pipe.SHORT
    assert (end.missing, end.doubled) == (0, 0)


@pytest.mark.parametrize("status", (1, 3))
def test_a_command_that_fails_is_told(status, monkeypatch, tmp_path):
    """One that ends before it has read everything, whatever its status says."""
    stub = tmp_path / "stub"
    stub.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf8")
    stub.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stub))
    with pytest.raises(pipe.BrokenOffError, match=f"ended with status {status}"):
        list(pipe.stream(1_000_000))
