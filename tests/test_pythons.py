"""Law 4 on other interpreters: each Python from 3.11 on that is found on the PATH gives every fixture the same bytes.

`make pythons` tells which were not found. Scoring needs no package, so they are taken as they are; where `ahocorasick_rs` is not
installed the scan falls back on its trie, whose bytes are compared as well.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import credscore

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PATIENCE = 60
CODE = """
import sys
sys.path.insert(0, sys.argv[1])
import credscore
from credscore.batch.sources import documents
out = sys.stdout.buffer
for document in documents(sys.argv[2:]):
    out.write(credscore.load().score_document(document).to_json().encode() + b"\\n")
"""


def interpreter(version: str) -> str:
    """A Python of this version; the test is skipped where none is found, or what is found does not start (a pyenv shim, say)."""
    place = shutil.which(f"python{version}")
    if place is None:
        pytest.skip(f"python{version} was not found on the PATH")
    command = [place, "-I", "-c", "import platform; print(platform.python_version())"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if told.returncode or not told.stdout.startswith(f"{version}."):
        pytest.skip(f"{place} does not start: {told.stderr.strip().splitlines()[:1]}")
    return place


@pytest.mark.parametrize("version", VERSIONS)
def test_other_interpreters_give_the_same_bytes(version: str, root: Path, scorer: credscore.Scorer) -> None:
    """The JSON of every fixture's score, from this interpreter and from another."""
    from credscore.batch.sources import documents

    paths = sorted(map(str, (root / "fixtures" / "documents").glob("*.md")))
    source = Path(credscore.__file__).parents[1]
    command = [interpreter(version), "-I", "-c", CODE, str(source), *paths]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr.decode()
    expected = [scorer.score_document(document).to_json().encode() for document in documents(paths)]
    assert len(expected) == len(paths) > 50
    assert done.stdout.splitlines() == expected


def test_no_pattern_holds_a_possessive_or_atomic_group() -> None:
    """Python before 3.11.5, Debian's among them, matches some of these wrongly; a possessive single character or class is safe."""
    group = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")
    package = Path(credscore.__file__).parent
    assert [path.name for path in package.rglob("*.py") if group.search(path.read_text(encoding="utf8"))] == []
