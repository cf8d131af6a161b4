"""Attributions: where contents begin and end, whose they are, and what is told of sources without a name."""

from typing import Any

import pytest

import credscore


def attributions(text: str) -> list[dict[str, Any]]:
    """The attributions of a text, spans as their words."""
    records = [item.to_dict() for item in credscore.read(text).evidence if item.layer == "sourcing"]
    for record in records:
        for name in ("source", "cue", "content", "relay"):
            record[name] = record[name] and text[slice(*record[name])]
    return records


CONTENTS = [
    ('"The bridge is safe," Ada Ruiz said.', '"The bridge is safe,"'),
    ('"Is the bridge safe?" Ada Ruiz asked, looking up.', '"Is the bridge safe?"'),
    (
        '"We looked at it twice," Ada Ruiz said, "and then we looked again."',
        '"We looked at it twice," Ada Ruiz said, "and then we looked again."',
    ),
    (
        '"We closed it," she said. "We had to close it, and we will again."',
        '"We closed it," she said. "We had to close it, and we will again."',
    ),
    (
        '"No," said Ada Ruiz, the pilot of the harbour of Skerry Point. "We looked at the bridge twice."',
        '"We looked at the bridge twice."',
    ),
    ('Ada Ruiz said on Monday in the town hall, "The bridge is safe."', '"The bridge is safe."'),
    ("Ada Ruiz said the bridge was safe, prompting a long silence.", "the bridge was safe"),
    ("Ada Ruiz said the bridge was safe, including its piers.", "the bridge was safe, including its piers"),
    ("Ada Ruiz praised the crew, and the crew went home.", "the crew"),
    ('"The bridge is safe," Ruiz told Channel 6 in Aldmouth.', '"The bridge is safe,"'),
    ('"It will hold," Ruiz said of the bridge.', '"It will hold,"'),
]


@pytest.mark.parametrize(("text", "content"), CONTENTS)
def test_contents_end_where_the_writer_speaks_again(text: str, content: str) -> None:
    assert content in [record["content"] for record in attributions(text)]


def test_a_quotation_goes_on_in_the_next_paragraph_only_if_nothing_else_stands_there() -> None:
    goes_on = 'Ruiz spoke for an hour. "The old bridge of the town is safe," Ruiz said.\n\n"It has held for years and will hold again."'
    ends = goes_on + " The town was quiet."
    assert attributions(goes_on)[-1]["content"].endswith('again."')
    assert attributions(ends)[-1]["content"].endswith('safe,"')


TOLD = [
    ("A source said the bridge was unsafe.", []),
    ("An official said the bridge was unsafe.", ["described"]),
    ("A source in the ministry said the bridge was unsafe.", ["described"]),
    ("Two sources said the bridge was unsafe.", ["corroborated"]),
    ("Two officials familiar with the plans said the bridge was unsafe.", ["described", "basis", "corroborated"]),
    ("An official, speaking on condition of anonymity, said the bridge was unsafe.", ["described", "condition"]),
    ("An official called the bridge a disgrace.", ["described", "opinion"]),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_what_is_told_of_an_unnamed_source(text: str, told: list[str]) -> None:
    (record,) = [record for record in attributions(text) if record["kind"] == "unnamed"]
    assert record["told"] == told


def test_the_basis_is_told_with_its_object() -> None:
    (record,) = attributions("A person with knowledge of the harbour talks said the bridge was unsafe.")
    assert record["basis"] == "with knowledge of the harbour talks"
    assert record["note"] == "a particular person whose name is withheld; a role or place is given, how they know is told"


@pytest.mark.parametrize("verb", ["will say", "may say", "did not say", "never said"])
def test_what_was_not_said_is_no_speech(verb: str) -> None:
    assert {record["act"] for record in attributions(f"Ada Ruiz {verb} that the bridge was safe.")} == {"attitude"}


def test_a_post_is_signed_and_a_turn_has_a_colon() -> None:
    post = attributions("The road stays shut.\n\n— Ada Ruiz (@adaruiz) March 3")
    assert [(record["source"], record["content"]) for record in post] == [("Ada Ruiz", "The road stays shut.")]
    turn = attributions('Ruiz: "The road stays shut."\nNote: "The road" is a name.')
    assert [(record["source"], record["content"]) for record in turn] == [("Ruiz", '"The road stays shut."')]


def test_how_sure_a_source_is_does_not_count_as_the_writers_words() -> None:
    """Scope: the hedge and the booster of reported speech are told apart, a loaded word is the writer's choice."""
    told = credscore.read("Ada Ruiz said that the bridge was certainly safe. Tom Keane said that it might fall.").features
    own = credscore.read("The bridge was certainly safe. It might fall.").features
    assert (told["boosters"], told["hedges"]) == (0.0, 0.0)
    assert own["boosters"] > 0.0
    assert own["hedges"] > 0.0
    assert credscore.read("Ada Ruiz said that the neo-Nazi regime fell.").features["loaded_terms"] > 0.0
