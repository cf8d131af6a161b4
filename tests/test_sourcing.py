"""Attributions: where contents begin and end, whose they are, and what is told of sources without a name."""

from typing import Any

import pytest

import credscore
from credscore.evidence.sourcing import layout


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


def test_a_transcript_has_several_speakers_and_a_headline_one_who_is_told_of() -> None:
    spoken = attributions("RUIZ: The road is safe.\n\nKEANE: Is it?\n\nRUIZ: It is.")
    assert [(record["source"], record["kind"]) for record in spoken] == [(name, "named_person") for name in ("RUIZ", "KEANE", "RUIZ")]
    assert not attributions("UPDATE: The road is shut.\n\nUPDATE: The road is open.")
    assert not attributions("LUNCH: The road is shut.\n\nDINNER: The road is open.")
    (headline,) = attributions("Ruiz: The road is safe\n\nAda Ruiz walked home.")
    assert (headline["source"], headline["content"]) == ("Ruiz", "The road is safe")
    assert not attributions("Skerry: The road is safe\n\nAda Ruiz walked home.")


def test_a_capital_hides_a_verb_in_a_headline_alone() -> None:
    (record,) = attributions("Ada Ruiz Says The Harbour Road Was Never Safe")
    assert (record["source"], record["content"]) == ("Ada Ruiz", "The Harbour Road Was Never Safe")
    assert not attributions("The road to Ada Says House was never safe.")


def test_who_is_quoted_by_an_outlet_speaks_and_the_outlet_relays() -> None:
    (record,) = attributions("Ada Ruiz was quoted by the Gazette as saying the road was shut.")
    assert (record["source"], record["relay"], record["content"]) == ("Ada Ruiz", "the Gazette", "the road was shut")
    assert [record["source"] for record in attributions("Ada Ruiz was quoted by the Gazette.")] == ["the Gazette"]


def test_how_sure_a_source_is_does_not_count_as_the_writers_words() -> None:
    """Scope: the hedge and the booster of reported speech are told apart, a loaded word is the writer's choice."""
    told = credscore.read("Ada Ruiz said that the bridge was certainly safe. Tom Keane said that it might fall.").features
    own = credscore.read("The bridge was certainly safe. It might fall.").features
    assert (told["boosters"], told["hedges"]) == (0.0, 0.0)
    assert own["boosters"] > 0.0
    assert own["hedges"] > 0.0
    assert credscore.read("Ada Ruiz said that the neo-Nazi regime fell.").features["loaded_terms"] > 0.0


SOURCES = [
    ("Keane, who was in town, said the road was shut.", "Keane"),
    ("Ada Ruiz, who leads the council, said the road was shut.", "Ada Ruiz, who leads the council"),
    ("Ada Ruiz, speaking on Monday, said the road was shut.", "Ada Ruiz"),
    ("Ada Ruiz, 22, of Skerry, Mich., said the road was shut.", "Ada Ruiz, 22, of Skerry, Mich"),
    ("Even many local officials are hoping that the road is shut.", "many local officials"),
    ("They've denied that the road was shut.", "They"),
    ("Hours after the mayor said the road was shut, it was.", "the mayor"),
    ("Perhaps the minister annoyed them by saying the road was shut.", "the minister"),
    ("Ada Ruiz went on to say the road was shut.", "Ada Ruiz"),
    ("The court forced the ministry to admit that the road was shut.", "the ministry"),
    ("The pilot repeated the report's broad conclusions about the road.", "the report"),
    ("The road was described to her by a Gazette reporter.", "a Gazette reporter"),
    ("The permit issued without the tender the law demands is void.", "the law"),
    ("Tom Keane Jr. warned that the road was shut.", "Tom Keane Jr"),
    ('"The road is shut," Jan de Vos said.', "Jan de Vos"),
    ("The F.B.I. said the road was shut.", "The F.B.I"),
    ("Ada Hope Keane said the road was shut.", "Ada Hope Keane"),
    ("Ada Ruiz herself said the road was shut.", "Ada Ruiz"),
    ("The harbour panel last week said the road was shut.", "The harbour panel"),
    ("Ada Ruiz, the party chairman, on Tuesday said the road was shut.", "Ada Ruiz, the party chairman"),
    ("The man of the month said the road was shut.", "The man of the month"),
    ('"The road is shut," said Ada Ruiz (D-S.C.), a former chair of the board.', "Ada Ruiz (D-S.C.), a former chair of the board"),
    ("The road is shut, according to a letter to the council by its clerk.", "a letter to the council by its clerk"),
    ("The road was shut, according to a statement on Monday.", "a statement"),
    ("Current and former officials said the road was shut.", "Current and former officials"),
    ("The strike was total and former officials said the road was shut.", "former officials"),
    ("Ruiz left in June, denounced the board and said the road was shut.", "Ruiz"),
    ("Ada Ruiz was quoted as saying the road was shut.", "Ada Ruiz"),
    ("As Ruiz put it, the road was shut.", "Ruiz"),
    ('Ruiz\'s statement read: "The road is shut."', "Ruiz's statement"),
    ("Data from the Harbour Board show that the road is shut.", "Data from the Harbour Board"),
    ("The polls that show a shut road are wrong.", "that"),
    ("The road is shut, per Ruiz.", "Ruiz"),
    ("Per the ministry, the road is shut.", "the ministry"),
    ("Six in 10 said the road was shut.", "Six in 10"),
    ("At least half of voters in each town say the road is shut.", "At least half of voters in each town"),
    ("Both want the road to be shut.", "Both"),
    ("The road is liked, according to a Gazette/Herald poll.", "a Gazette/Herald poll"),
    ("The road is liked, according to a source at the harbour station on Monday.", "a source at the harbour station"),
    ("The road is shut, said a spokesman in a statement.", "a spokesman"),
    ("The road is shut, said the mayor at the hall.", "the mayor"),
    ('"It is shut," said a man who gave his name only as Tom.', "a man who gave his name only as Tom"),
    ("Ada Ruiz, the party's director, issued a letter, saying the road was shut.", "Ada Ruiz, the party's director"),
    ("Ruiz's younger sister went home, saying the road was shut.", "Ruiz's younger sister"),
    ("Outside the hall, the mayor walked on, adding that the road was shut.", "the mayor"),
    ("Two weeks after the road was shut, the mayor lost patience, asking for a ferry.", "the mayor"),
    ("OLDPORT, Mich. - With the vote near, the mayor crossed the state, saying the road was shut.", "the mayor"),
    ("All three mayors sent letters condemning the road.", "All three mayors"),
    ("Some left, condemning the road.", "Some"),
    ("The mayor met crews who had asked for a road, and condemned the plan.", "The mayor"),
    ("The board left in June, delegates of the crews and aides said the road was shut.", "delegates of the crews and aides"),
]


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_sources_begin_and_end_with_those_who_speak(text: str, source: str) -> None:
    assert source in [record["source"] for record in attributions(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Divers of the police found a knife.",
        "This shows that roads fall.",
        "The fuel costs $5 per barrel.",
        "Those asked were late.",
        "Ruiz was asked in 2010.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert not attributions(text)


def test_what_is_likely_to_be_said_is_no_speech() -> None:
    said, likely = attributions("Ada Ruiz continued to deny the claim.\n\nAda Ruiz is likely to deny the claim.")
    assert (said["act"], likely["act"]) == ("speech", "attitude")


@pytest.mark.parametrize(
    "text",
    (
        "according to Ode and",
        "citing her",
        "said nominee or",
        "reported her",
        "- the by him of report citing unless Odes or the :",
        "He said that although",
        "Ode, a",
    ),
)
def test_a_text_may_end_anywhere(text: str) -> None:
    """A text that breaks off in a phrase is read up to there."""
    credscore.read(text)


def test_what_was_told_of_a_source_holds_when_it_speaks_again() -> None:
    """ "The source" is not bare where the text has said how it knows."""
    first, again, other = attributions(
        "A source familiar with the plan believes the road will shut.\n\nThe source said it was late.\n\nA second source said it was not."
    )
    assert first["basis"] == again["basis"] == "familiar with the plan"
    assert "opinion" in first["told"]
    assert "opinion" not in again["told"]
    assert other["basis"] is None


def test_who_raised_a_theory_does_not_accuse() -> None:
    """A noun behind a preposition is no subject of what follows: the phrase has another, unknown one."""
    text = "One of the wilder theories raised by experts is that the town means to sell the field, possibly accusing the mayor of a trick."
    assert attributions(text) == []


def test_an_outlet_ends_before_the_people_its_reader_hears_of() -> None:
    (record,) = attributions("Ada Ruiz told the newspaper officials knew of the road.")
    assert (record["relay"], record["content"]) == ("the newspaper", "officials knew of the road")


KINDS = [
    (
        "It fell in Vardania’s Harbour Province. Ada Ruiz left. Vardania said so. Vardania knew. Vardania expects more.",
        "Vardania",
        "organization",
    ),
    ("It fell in Odes’ Harbour Province. Ada Ruiz left. Odes said so. Odes knew. Odes expects more.", "Odes", "organization"),
    ("The home is in Odes’ ward. Piers Odes closed it. Odes said the strike was a mistake.", "Odes", "named_person"),
    ("A spokesman for President Ada Ruiz said the strike was a mistake.", "A spokesman for President Ada Ruiz", "organization"),
    ("Officials close to President Tom Keane said it was a mistake.", "Officials close to President Tom Keane", "unnamed"),
    ("U.S. Secretary of State Ada Ruiz said the strike was a mistake.", "U.S. Secretary of State Ada Ruiz", "named_person"),
    ("His lawyer and Ada Ruiz say it was a mistake.", "His lawyer and Ada Ruiz", "named_person"),
    ("Fourteen Vardanians said the strike was a mistake.", "Fourteen Vardanians", "unnamed"),
    ("The firm Keane & Ruiz said the strike was a mistake.", "The firm Keane & Ruiz", "organization"),
    ("Ada Ruiz spoke. The strike was a mistake, according to her.", "her", "named_person"),
    ("Ada Ruiz left. Divers said the strike was a mistake. Two divers were hurt.", "Divers", "vague"),
    ("Ada Ruiz met Tom Waters. Waters said the waters were deep.", "Waters", "named_person"),
    ("According to the news outlet officials who asked for calm said it was a mistake.", "officials who asked for calm", "unnamed"),
    ("The news outlet official said it was a mistake.", "The news outlet official", "unnamed"),
    ('"They are done," a pal told the Gazette.', "a pal", "unnamed"),
    ("The police found that the strike was a mistake.", "The police", "organization"),
    ("About 9 percent said the strike was a mistake.", "About 9 percent", "vague"),
    ("A letter to the Gazette said the strike was a mistake.", "A letter to the Gazette", "document"),
    ("The strike was a mistake, according to a Gazette/Herald poll.", "a Gazette/Herald poll", "document"),
    ("Oldport said the strike was a mistake.", "Oldport", "named_person"),  # nothing tells
    ("Ada Ruiz left. Oldport said the strike was a mistake.", "Oldport", "organization"),  # people are introduced here
    ("Ada Ruiz left. Ruiz said the strike was a mistake.", "Ruiz", "named_person"),
    ("Mr. Keane left. Keane said the strike was a mistake.", "Keane", "named_person"),
    ("Ada Ruiz left. Mr. de Vos came. Vos said the strike was a mistake.", "Vos", "named_person"),
    ("Greens say the strike was a mistake.", "Greens", "vague"),
    ("Mr. Reeves and Mr. Keane are late. Reeves said the strike was a mistake.", "Reeves", "named_person"),
    ("Blue Heron Kilns said the strike was a mistake. Blue Heron pays its crews little.", "Blue Heron Kilns", "organization"),
    ("Tom Keane Jr. said the road was shut. Tom Keane left.", "Tom Keane Jr", "named_person"),
    ("Mary Jo Keane said it was over. Mary Jo walked home.", "Mary Jo Keane", "named_person"),
    ("Mr. Reeves came. If Reeves were to go, all would. It is shut, Reeves said.", "Reeves", "named_person"),
    ("Ode, a senior adviser who said the road was shut, left in", "Ode", "named_person"),
    ("Blue Heron Kilns said it was a mistake. Nobody at Blue Heron Kilns, which pays little, agreed.", "Blue Heron Kilns", "organization"),
    ("Ada Maria Ruiz said the strike was a mistake. Ruiz pays little.", "Ada Maria Ruiz", "named_person"),
    ("Senator Ada Ruiz, the Republican who heads the Harbour Committee, said it was late.", "Senator Ada Ruiz", "named_person"),
    ("Ada Ruiz, a top adviser to the mayor who has long opposed the strike, was late.", "Ada Ruiz", "named_person"),
    ("A board that has long opposed the strike was late.", "A board that", "organization"),
]


@pytest.mark.parametrize(("text", "name", "kind"), KINDS)
def test_a_name_is_told_by_its_form_and_company(text: str, name: str, kind: str) -> None:
    kinds = {item.text: item.kind for item in credscore.read(text).evidence if item.layer == "sourcing"}
    assert kinds[name] == kind


def test_who_a_passage_is_about_is_a_person() -> None:
    """A name that stands throughout, never after "in", is a person even where others are introduced in full."""
    about = "Ada Ruiz left. " + "Keane walked on. " * 8 + "Keane said the strike was a mistake."
    (record,) = attributions(about)
    assert record["kind"] == "named_person"


def test_speech_inside_boilerplate_is_no_share_of_nothing() -> None:
    """A text that is boilerplate from end to end has no words of a report to divide by; found by the fuzzer."""
    text = "Ad::a Ruiz, the mayor, told reporters on Tuesday ththe neo\u201d-Nazi regime"
    assert credscore.read(text).features["attributed_share"] == 0.0


@pytest.mark.parametrize(
    ("text", "kind"),
    (
        ("The bridge was hit by a barge, according to multiple reports.", "vague"),
        ("Unconfirmed reports said the bridge fell.", "vague"),
        ("The reports say the bridge is old.", "document"),
        ("Three reports by the agency say the bridge is old.", "document"),
    ),
)
def test_reports_that_nobody_could_look_up_are_vague(text: str, kind: str) -> None:
    """A report that is named or pointed to is a document; "multiple reports" is hearsay."""
    assert kind in [item.kind for item in credscore.read(text).evidence if item.layer == "sourcing"]


def test_who_could_neither_confirm_nor_deny_is_the_one_named() -> None:
    """The word "neither" stands among the auxiliaries there and is nobody."""
    found = credscore.read("The bridge fell. Mayor Ruiz could neither confirm nor deny that it was old.").evidence
    assert [(item.kind, item.text) for item in found if item.layer == "sourcing" and item.attribution] == [("named_person", "Mayor Ruiz")]


@pytest.mark.parametrize(
    "line",
    ("From the Merrow Post:", "(Via Merrow Post)", "via Merrow Post", "[h/t Merrow Post]", "H/T Merrow Post", "Source: Merrow Post",
     "SOURCE: Merrow Post", "Hat tip: Merrow Post"),
)  # fmt: skip
def test_a_credit_is_known_by_how_it_begins(line: str) -> None:
    """Most lines are told apart from credits by their first character."""
    assert layout._CREDIT.fullmatch(line)
    assert line[0] in layout._OPENS_CREDIT
