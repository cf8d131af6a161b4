"""Law 8 without a clock: the calls that a reading makes grow with its text and no faster, whatever the text."""

import sys
from types import FrameType

import pytest

import credscore
from test_laws import SHAPES

FIRST, TIMES = 3000, 4
SLACK = 1.2
"""So much more than in proportion calls may grow: some shapes hold a few words more in the longer text."""


def calls(text: str) -> int:
    """How often Python and C functions are called while a text is read: the same on every machine."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        credscore.read(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_work_is_linear(shape: str) -> None:
    """Four times the text makes at most about four times the calls."""
    build = SHAPES[shape]
    credscore.read(build(100))
    nothing, short, long = calls(""), calls(build(FIRST)), calls(build(TIMES * FIRST))
    assert long - nothing <= SLACK * TIMES * (short - nothing) + 200, (nothing, short, long)


def test_calls_are_counted() -> None:
    """The measure measures: it is the same twice, and a longer text makes more calls."""
    text = "Ada Ruiz said the bridge was safe. "
    credscore.read(text)
    assert calls(text) == calls(text) < calls(text * 20)
