"""Peers are asked for the same texts, and one that cannot be asked is a row that says why."""

import pytest
from benchmarks import peers


def _missing() -> peers.Asked:
    raise ImportError("no such package")


def _without_data() -> peers.Asked:
    def asked(_text: str) -> object:
        raise LookupError("download it")

    return asked


def test_peers_here_and_not_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ratio for who is here, a reason for who is not or lacks its data; nothing stops the others."""
    seen: list[str] = []
    monkeypatch.setattr(peers, "documents", lambda: ("The bridge fell. " * 20,) * 8)
    monkeypatch.setattr(
        peers, "PEERS", (("gone", "a number", _missing), ("bare", "a number", _without_data), ("here", "its length", lambda: seen.append))
    )
    (table,) = peers.run()
    ours, gone, bare, here = table.rows
    assert ours[0] == "credscore" and ours[3] == 1.0
    assert gone == ["gone (not installed)", "a number", None, None]
    assert bare == ["bare (its data are not here)", "a number", None, None]
    assert isinstance(here[3], float) and here[3] > 1.0
    assert {text.rstrip("0123456789 ") for text in seen} == {("The bridge fell. " * 20).rstrip()}
    assert len(set(seen)) == len(seen), "no answer can be remembered"
