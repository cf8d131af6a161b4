"""Short texts by provenance: what must be found, what must stay silent, and what is known to go wrong.

Each case of `fixtures/cases/*.toml` has an `id`, a `text` (and perhaps a `title`), lists `expect` and `absent`, and says `why`.
An entry of a list names fields of a piece of evidence (`layer`, `kind`, `text`, `in_quote`, `mode`, `act`, `anaphor`, `basis`, …; `cue`,
`content` and `relay` as their words; `contains` for a part of its text) or a `notice`. A known failure also gives a `reason`.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from benchmarks.fixtures import FOLDER

import credscore

FILES = ("synthetic", "negative", "known_failures")
SPANS = ("source", "cue", "content", "antecedent", "relay")
ENTRY = {"layer", "kind", "field", "text", "contains", "in_quote", "strength", "mode", "act", "anaphor", "basis", "reason", "condition"}
ENTRY |= {*SPANS, "notice"}
FEWEST = 150


def load(name: str, folder: Path = FOLDER / "cases") -> list[dict[str, Any]]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf8")).get("case", [])


def found_in(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything found in a case's text, spans of attributions as their words."""
    reading = credscore.read(case["text"], title=case.get("title"))
    records = []
    for item in reading.evidence:
        record = item.to_dict()
        for name in SPANS:
            if record.get(name) is not None:
                start, end = record[name]
                record[name] = case["text"][start:end]
        records.append(record)
    return records + [{"notice": notice.code} for notice in reading.notices]


def fits(record: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Whether a record has everything that an entry names; an empty string stands for "nothing there"."""
    for name, value in entry.items():
        if name == "contains":
            if value not in record.get("text", ""):
                return False
        elif (record.get(name) or "" if value == "" else record.get(name)) != value:
            return False
    return True


def check(case: dict[str, Any]) -> None:
    records = found_in(case)
    shown = "\n".join(str({key: value for key, value in record.items() if key not in ("note", "field", "term")}) for record in records)
    for entry in case.get("expect", ()):
        assert any(fits(record, entry) for record in records), f"not found: {entry}\n{case['why']}\n{shown}"
    for entry in case.get("absent", ()):
        assert not any(fits(record, entry) for record in records), f"should be silent: {entry}\n{case['why']}\n{shown}"


def parameters() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{name}-{case['id']}",
            marks=pytest.mark.xfail(reason=case["reason"], strict=True, raises=AssertionError) if name == "known_failures" else (),
        )
        for name in FILES
        for case in load(name)
    ]


@pytest.mark.parametrize("case", parameters())
def test_case(case):
    check(case)


@pytest.mark.parametrize("name", FILES)
def test_every_case_is_well_formed(name):
    for case in load(name):
        assert set(case) <= {"id", "text", "title", "why", "expect", "absent", "reason"}, case["id"]
        assert case["text"]
        assert case["why"].strip(), case["id"]
        assert case.get("expect") or case.get("absent"), case["id"]
        assert ("reason" in case) == (name == "known_failures"), case["id"]
        for entry in (*case.get("expect", ()), *case.get("absent", ())):
            assert entry, case["id"]
            assert set(entry) <= ENTRY, case["id"]
            if "text" in entry:
                assert entry["text"] in case["text"] + case.get("title", ""), case["id"]
        if name == "negative":
            assert case.get("absent"), case["id"]


def test_there_are_enough_and_none_twice():
    cases = [case for name in FILES for case in load(name)]
    assert len(cases) >= FEWEST
    assert len({case["id"] for case in cases}) == len(cases)
