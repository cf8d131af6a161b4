"""The README is true: its code runs, its commands exist, its links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL), ids=lambda block: block.split("\n")[0])
def test_python_runs(block):
    """Every Python block of the README runs as it stands, from the root of the checkout, and prints something."""
    done = subprocess.run([sys.executable, "-W", "error", "-X", "utf8", "-c", block], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


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
