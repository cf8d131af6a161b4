"""A lexicon of one's own, the audit of entries, and wording in reported speech."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import credscore
from credscore.cli import main
from credscore.errors import InputError, LexiconError
from credscore.evidence.evidence import Evidence, Span
from credscore.lexicon.own import extended
from credscore.lexicon.terms import bundled
from credscore.reading import Reader
from credscore.training.audit import Labelled, audit, labelled_texts

OWN: dict[str, Any] = {
    "layer": "loaded",
    "sources": {"desk": "House style of the desk"},
    "name_calling": {"note": "mocks somebody", "entries": [{"id": "quill-pusher", "source": "desk", "strength": 2}]},
}
TOML = """
layer = "loaded"
[sources]
desk = "House style of the desk"
[name_calling]
note = "mocks somebody"
entries = [{ id = "quill-pusher", source = "desk", strength = 2 }]
"""
TEXT = "The disgraceful quill pusher left the town. Many quarrels went on."


def found(reader: Reader, layer: str, text: str = TEXT) -> list[str]:
    return [item.text for item in reader.read(credscore.Document(text)).evidence if item.layer == layer]


class TestOwn:
    def test_a_mapping_and_a_file_say_the_same(self, tmp_path: Path) -> None:
        path = tmp_path / "desk.toml"
        path.write_text(TOML, encoding="utf8")
        assert extended(bundled(), OWN).terms == extended(bundled(), path).terms
        assert found(Reader(extended(bundled(), path)), "loaded") == ["disgraceful", "quill pusher"]

    def test_the_signature_follows_every_change(self) -> None:
        scorers = [
            credscore.load(),
            credscore.load(lexicon=OWN),
            credscore.load(without=["weasel"]),
            credscore.load(lexicon=OWN, without=["weasel"]),
            credscore.load(lexicon=OWN, without=["loaded:quill-pusher"]),
        ]
        assert len({scorer.signature.lexicon for scorer in scorers}) == len(scorers)
        assert credscore.load(lexicon=OWN).signature == scorers[1].signature

    def test_nothing_changed_is_the_bundled_lexicon(self) -> None:
        assert extended(bundled()) is bundled()

    @pytest.mark.parametrize("name", ("loaded", "loaded/loaded_language"))
    def test_a_layer_and_a_kind_can_be_switched_off(self, name: str) -> None:
        assert "disgraceful" not in found(Reader(extended(bundled(), without=[name])), "loaded")

    def test_an_entry_can_be_switched_off(self) -> None:
        (entry,) = [term.id for term in bundled().terms if term.layer == "loaded" and "disgraceful" in term.terms]
        assert found(Reader(extended(bundled(), without=[f"loaded:{entry}"])), "loaded") == []

    def test_an_entry_of_the_same_id_is_replaced(self) -> None:
        milder = {**OWN, "name_calling": {"note": "n", "entries": [{"id": "sheeple", "source": "desk", "strength": 1}]}}
        (term,) = [term for term in extended(bundled(), milder).terms if term.id == "sheeple"]
        assert (term.kind, term.strength) == ("name_calling", 1)

    def test_own_terms_are_taken_from_other_layers(self) -> None:
        moved = {**OWN, "name_calling": {"note": "n", "entries": [{"id": "our-undoubtedly", "terms": ["undoubtedly"], "source": "desk"}]}}
        reader = Reader(extended(bundled(), moved))
        assert found(reader, "loaded", "It is undoubtedly so.") == ["undoubtedly"]
        assert found(reader, "booster", "It is undoubtedly so.") == []

    @pytest.mark.parametrize("without", (["weasels"], ["loaded:no-such-entry"], ["loaded/no_such_kind"]))
    def test_a_name_that_switches_nothing_off_is_refused(self, without: list[str]) -> None:
        with pytest.raises(LexiconError, match="switches nothing off"):
            extended(bundled(), without=without)

    def test_a_bad_file_is_refused_by_its_name(self, tmp_path: Path) -> None:
        path = tmp_path / "desk.toml"
        with pytest.raises(LexiconError, match=r"desk\.toml: cannot be read"):
            extended(bundled(), path)
        path.write_text("layer = ", encoding="utf8")
        with pytest.raises(LexiconError, match=r"desk\.toml: not a readable TOML file"):
            extended(bundled(), path)
        with pytest.raises(LexiconError, match=r"your lexicon 1: .*layer"):
            extended(bundled(), {})

    def test_it_travels_to_other_processes(self) -> None:
        scorer = credscore.load(lexicon=OWN)
        assert pickle.loads(pickle.dumps(scorer)).signature == scorer.signature

    def test_the_command_line_takes_it(self, tmp_path: Path) -> None:
        (tmp_path / "desk.toml").write_text(TOML, encoding="utf8")
        (tmp_path / "a.txt").write_text(TEXT * 8, encoding="utf8")
        options = ["score", str(tmp_path / "a.txt"), "--lexicon", str(tmp_path / "desk.toml"), "--without", "weasel"]
        result = CliRunner().invoke(main, options)
        assert result.exit_code == 0, result.output
        layers = {item["layer"]: item["text"] for item in json.loads(result.stdout)["evidence"]}
        assert layers["loaded"] == "quill pusher"
        assert "weasel" not in layers
        assert CliRunner().invoke(main, [*options, "--without", "weasels"]).exit_code == 2


class TestAudit:
    GOLD = (
        Labelled("a", "A disgraceful vote. A shameful vote.", {"loaded": [Span(2, 13), Span(22, 30)]}),
        Labelled("b", "The lackeys met. It was shameful.", {"loaded": [Span(4, 11)]}),
    )

    def test_hits_precision_and_effect(self) -> None:
        rows, totals = audit(Reader(), self.GOLD)
        by_hits = {(row.hits, row.right): row for row in rows}
        assert totals["loaded"] == (4, 3, 3, 3)
        mixed = by_hits[2, 1]
        assert mixed.precision == 0.5
        assert mixed.effect == pytest.approx(totals["loaded"].f1 - 0.8), "without it two of two are right and two of three reached"
        assert sum(row.hits for row in rows) == 4

    def test_the_worst_comes_first(self) -> None:
        effects = [row.effect for row in audit(Reader(), self.GOLD)[0]]
        assert effects == sorted(effects)

    def test_layers_that_were_not_marked_are_left_out(self) -> None:
        rows, totals = audit(Reader(), [Labelled("a", "A disgraceful vote, undoubtedly.", {"booster": []})])
        assert [(row.layer, row.right, row.effect) for row in rows] == [("booster", 0, 0.0)]
        assert set(totals) == {"booster"}

    def test_the_command_prints_every_entry_found(self, tmp_path: Path) -> None:
        path = tmp_path / "gold.jsonl"
        rows = [
            {"id": item.id, "text": item.text, "gold": {"loaded": [{"start": span.start, "end": span.end} for span in item.gold["loaded"]]}}
            for item in self.GOLD
        ]
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
        assert list(labelled_texts([path])) == list(self.GOLD)
        result = CliRunner().invoke(main, ["lexicon", "audit", str(path)])
        assert result.exit_code == 0, result.output
        assert "loaded: F1 0.857, 3 of 4 right, 3 of 3 reached" in result.output
        listed = [
            json.loads(line) for line in CliRunner().invoke(main, ["lexicon", "audit", str(path), "--format", "json"]).output.splitlines()
        ]
        assert sum(row["hits"] for row in listed) == 4

    def test_a_row_without_gold_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "gold.jsonl"
        path.write_text('{"text": "A vote."}\n', encoding="utf8")
        with pytest.raises(InputError, match=r"gold\.jsonl:1: not of the form"):
            list(labelled_texts([path]))


class TestReportedSpeech:
    TEXT = 'Ada Ruiz said that the plan was in fact a shameful farce. The farce went on. "It is a farce," she said.'

    def wording(self) -> list[Evidence]:
        return [item for item in credscore.read(self.TEXT).evidence if item.layer in ("booster", "loaded")]

    def test_wording_in_what_somebody_is_reported_to_have_said_is_attributed(self) -> None:
        told = [(item.text, item.in_quote, item.attributed) for item in sorted(self.wording(), key=lambda item: item.start)]
        assert told == [
            ("in fact", False, True),
            ("shameful", False, True),
            ("farce", False, True),
            ("farce", False, False),
            ("farce", True, False),
        ]

    def test_it_survives_json(self) -> None:
        for item in self.wording():
            assert Evidence.from_dict(item.to_dict()) == item
            assert ("attributed" in item.to_dict()) == item.attributed
