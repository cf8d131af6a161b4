"""Golden scores: the whole JSON of each fixture's score. `pytest --update-golden` writes them anew; read the diff."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from benchmarks import fixtures

import credscore

FOLDER = Path(__file__).parent / "golden"
TOLERANCE = 1e-8


def score_of(document: fixtures.GoldDocument) -> credscore.Score:
    return credscore.load().score_document(credscore.Document(document.text, id=document.slug, title=document.title))


def differences(here: Any, golden: Any, at: str = "") -> list[str]:
    """Where two JSON values differ; floats by more than the tolerance."""
    if isinstance(here, float | int) and isinstance(golden, float | int) and not isinstance(here, bool) and not isinstance(golden, bool):
        close = math.isclose(here, golden, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        return [] if close and isinstance(here, float) == isinstance(golden, float) else [f"{at}: {here!r}, was {golden!r}"]
    if type(here) is not type(golden):
        return [f"{at}: {here!r}, was {golden!r}"]
    if isinstance(here, dict):
        if list(here) != list(golden):
            return [f"{at}: fields {', '.join(here)}, were {', '.join(golden)}"]
        return [line for key in here for line in differences(here[key], golden[key], f"{at}.{key}")]
    if isinstance(here, list):
        lines = [f"{at}: {len(here)} items, were {len(golden)}"] if len(here) != len(golden) else []
        for number, (one, other) in enumerate(zip(here, golden, strict=False)):
            lines += differences(one, other, f"{at}[{number}]")
        return lines
    return [] if here == golden else [f"{at}: {here!r}, was {golden!r}"]


@pytest.mark.parametrize("document", fixtures.documents(), ids=lambda document: document.slug)
def test_score(document, request):
    path = FOLDER / f"{document.slug}.json"
    line = score_of(document).to_json()
    if request.config.getoption("--update-golden"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(line + "\n", encoding="utf8")
        return
    assert path.is_file(), "no golden score: write it with pytest --update-golden tests/test_golden.py and read it"
    found = differences(json.loads(line), json.loads(path.read_text(encoding="utf8")))
    shown = "\n".join(found[:20])
    assert not found, f"{document.slug}: {len(found)} differences; if they are meant, pytest --update-golden\n{shown}"


def test_there_is_no_golden_score_without_its_document(request):
    known = {document.slug for document in fixtures.documents()}
    stale = [path for path in FOLDER.glob("*.json") if path.stem not in known]
    if request.config.getoption("--update-golden"):
        for path in stale:
            path.unlink()
        return
    assert not stale


@pytest.mark.parametrize(
    ("here", "golden", "count"),
    [
        ({"a": [1.0, "x"]}, {"a": [1.0 + 1e-10, "x"]}, 0),
        ({"a": 1.0}, {"a": 1.0001}, 1),
        ({"a": 1.0}, {"a": 1}, 1),
        ({"a": 1}, {"a": True}, 1),
        ({"a": None}, {"a": 0.0}, 1),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, 1),
        ([1, 2], [1], 1),
        ([1, 2], [3, 4], 2),
        ("x", "y", 1),
    ],
)
def test_differences_are_found(here, golden, count):
    assert len(differences(here, golden)) == count
