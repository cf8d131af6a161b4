"""The README is true: its commands exist, its links lead somewhere (its code runs in `test_docs.py`)."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")


def test_make_targets_exist():
    """Every make target that the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf8")
    named = set(re.findall(r"(?:^|`)(?:\w+=\S+ )?make ([a-z]+)", README, re.MULTILINE))
    assert {"score", "test", "bench"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_linked_files_exist():
    """Every file that the README links to is there."""
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / link).exists(), link


def test_first_screen_holds_both_commands():
    """A stranger finds the two commands without scrolling."""
    first = README.split("\n")[:25]
    assert any("make score" in line for line in first)
    assert any("make test" in line for line in first)
