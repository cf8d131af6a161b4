"""The audit tells a clean answer from none: packages that nobody was asked about are never called clean."""

import pytest

from audit import verdict

WANTED = {"abacus": "2.0", "barrow": "1.1"}
CLEAN = {"name": "abacus", "version": "2.0", "vulns": []}
STRUCK = {"name": "abacus", "version": "2.0", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]}
OTHER = {"name": "barrow", "version": "1.1", "vulns": []}
UNKNOWN = {"name": "barrow", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("told", "status", "said"),
    [
        ([CLEAN, OTHER], 0, "2 of 2 packages audited, 0 advisories"),
        ([STRUCK, OTHER], 1, "abacus 2.0: X-1, mended in 2.1"),
        ([CLEAN, UNKNOWN], 2, "not audited, for the service knows nothing of them: barrow"),
        ([STRUCK, UNKNOWN], 1, "1 of 2 packages audited, 1 advisories"),
        ([], 2, "0 of 2 packages audited, 0 advisories"),
    ],
    ids=("clean", "struck", "in part", "struck and in part", "nothing"),
)
def test_verdict(told, status, said):
    found, lines = verdict({"dependencies": told}, WANTED)
    assert found == status
    assert said in lines
