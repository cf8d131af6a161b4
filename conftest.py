"""Options of the test run, and the checkout on the import path for `benchmarks`."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes golden scores and documented output anew; the diff is then read before it is kept."""
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden/*.json and the output shown in pages from the present"
    )
