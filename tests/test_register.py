"""Registers: counted in the writer's own words alone, few enough to be shown, and blind to names."""

import pytest
from benchmarks import fixtures

import credscore
from credscore.features.catalogue import FEATURES
from credscore.lexicon.terms import bundled

KINDS = {term.kind for term in bundled().terms if term.layer == "register"}
NAMES = [feature.name for feature in FEATURES if feature.family == "register"]


def registered(text: str, title: str | None = None) -> list[credscore.Evidence]:
    """The register evidence of a text."""
    return [item for item in credscore.read(text, title=title).evidence if item.layer == "register"]


def test_words_of_a_source_are_no_finding() -> None:
    """Law 6: what a source says in quotation marks leaves no trace in any register feature."""
    said = "Therefore this hidden agenda is a fact and numerous guys got stuff going here"
    quoted = credscore.read(f'Ada Ruiz said: "{said}." The bridge is closed.')
    assert len(registered(f"{said}. The bridge is closed.")) > 8
    assert [item for item in quoted.evidence if item.layer == "register"] == []
    assert {name: quoted.features[name] for name in NAMES} == dict.fromkeys(NAMES, 0.0)


def test_a_headline_leaves_no_trace() -> None:
    """A headline has a register of its own, and its capitals would hide half of it."""
    assert registered("The bridge is closed.", title="Why this secret agenda is a fact") == []


@pytest.mark.parametrize(
    "text", ("Mr. Good said the bridge is closed.", "Ada Young met Kid Hell.", "At Human Rights Now Ruiz read the Daily Fact.")
)
def test_a_name_is_no_word_of_a_register(text: str) -> None:
    """Law 7: a capital in mid-sentence makes a name."""
    assert registered(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    (
        ("More people crossed than before.", ["More people", "than"]),
        ("More than ten cars crossed.", ["More than"]),
        ("There were no more cars. Two or three came as soon as it rained.", []),
        ("They made history with a student loan.", []),
        ("It is safe or empty. Or so they say.", ["or"]),
    ),
)
def test_look_alikes_are_no_finding(text: str, found: list[str]) -> None:
    """Common words count where they do what their class says, once each."""
    assert [item.text for item in registered(text)] == found


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and words of the register evidence of a text."""
    return [(item.kind, item.text) for item in registered(text)]


@pytest.mark.parametrize(
    "text",
    (
        "Vessen has demanded an international inquiry.",
        "Tenants filed a lawsuit alleging that the lift fell.",
        "The flood claimed the lives of two people, and no group claimed responsibility for it.",
        "A state of emergency was declared; the town declared bankruptcy.",
        "Rust, which explains the noise, is explained by salt.",
        "The owner insisted on a second key.",
        "The ministry has not replied.",
        "Patients admitted with burns went home.",
        "The suspect confessed to the theft.",
        "The stated aim is a new bridge.",
        "The club is six points out of first place.",
    ),
)
def test_a_plain_act_is_no_dressed_up_said(text: str) -> None:
    """Demanding, declaring a war, being admitted: `said` could not stand there."""
    assert [words for kind, words in kinds(text) if kind == "dressed_said"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    (
        ("Ruiz claimed that the lives lost were few.", "claimed"),
        ("Ruiz declared that the war was over.", "declared"),
        ("Ruiz explained that rust was at work.", "explained"),
        ("Ruiz insisted that the key was new.", "insisted"),
        ("Ruiz insisted on Monday that the key was new.", "insisted"),
        ("Ruiz confessed to reporters that the key was new.", "confessed"),
        ("Some people admitted they had the key.", "admitted"),
        ("Ministers admitted patients had died.", "admitted"),
        ("Ruiz claimed victory was stolen.", "claimed"),
        ("Ruiz claimed benefits were cut.", "claimed"),
        ("Ruiz replied that the bridge was old.", "replied"),
        ("Ruiz admitted that the bridge was old.", "admitted"),
        ("Ruiz confessed that the bridge was old.", "confessed"),
        ("The letter stated that the bridge was old.", "stated"),
        ("Ruiz points out that the bridge was old.", "points out"),
        ("Reporters called, alleging that the lift fell.", "alleging"),
    ),
)
def test_a_verb_in_the_place_of_said_is_found(text: str, found: str) -> None:
    """The same verbs where `said` would do."""
    assert ("dressed_said", found) in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    (
        ("Ruiz grew up by the river and declined comment.", "comparison"),
        ("Keane rose to his feet and dropped to the floor.", "comparison"),
        ("The executive order names ten member states.", "post"),
        ("It is hard to judge how big it is; do not judge by the sample, which is nationally representative.", "post"),
        ("Keane, a film critic, was dismissed from school.", "disagreement"),
        ("Keane was questioned by police, as opposed to Ruiz.", "disagreement"),
        ("Keane cut the sound effects on the night shift.", "analysis"),
        ("The test went wrong on the wrong side of the road and proved fatal.", "truth"),
        ("A fact check proved to be useful.", "truth"),
        ("The toll is on the agenda; the risk of bias is low.", "accusation"),
        ("Walkers exposed to rain saw the hills that lie ahead under a tax regime.", "accusation"),
        ("Keane moved to assisted living.", "padding"),
        ("The vote was supposed to take place on Monday.", "hearsay"),
        ("Marchers clashed with police after gunfire erupted.", "drama"),
        ("Keane counted each yes vote.", "talk"),
    ),
)
def test_a_plain_use_is_no_word_of_a_register(text: str, kind: str) -> None:
    """Words whose class stands in what is around them: a post is not an order, an agenda may be a list, a clash a fight."""
    assert [words for found, words in kinds(text) if found == kind] == []


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    (
        ("The herd grew in May.", "comparison", "grew"),
        ("The fare rose to ten.", "comparison", "rose to"),
        ("An executive met a member.", "post", "executive"),
        ("The judge met a critic.", "post", "judge"),
        ("The critics were opposed.", "disagreement", "critics"),
        ("Keane questioned the plan.", "disagreement", "questioned"),
        ("The effects were small.", "analysis", "effects"),
        ("Ruiz was wrong.", "truth", "wrong"),
        ("The town went in the wrong direction.", "truth", "wrong"),
        ("He asked the judge whether it was late.", "post", "judge"),
        ("The plan is being questioned by economists.", "disagreement", "questioned"),
        ("It was an early shift in policy.", "analysis", "shift"),
        ("The agenda was long.", "accusation", "agenda"),
        ("The letters exposed a plot.", "accusation", "exposed"),
        ("It is a supposed cure.", "hearsay", "supposed"),
        ("The two mayors clashed.", "drama", "clashed"),
    ),
)
def test_the_same_words_are_found_elsewhere(text: str, kind: str, found: str) -> None:
    """A look-alike silences itself alone."""
    assert (kind, found) in kinds(text)


def test_every_kind_is_measured_by_a_feature() -> None:
    """No kind of word is found for nothing: one text a kind, made of its first entry, moves exactly one feature."""
    base = credscore.read("Ada Ruiz met Tom Keane.").features
    moved = set()
    for kind in KINDS:
        word = next(
            term.terms[0] for term in bundled().terms if term.layer == "register" and term.kind == kind and " " not in term.terms[0]
        )
        changed = credscore.read(f"Ada Ruiz met {word} Tom Keane.").features
        moved |= {name for name in NAMES if changed[name] != base[name]}
    assert moved == set(NAMES)
    assert len(KINDS) == len(NAMES)


def test_there_are_few_enough_to_show() -> None:
    """Over the fixtures at most one word in twelve is register evidence: 4 KB of text hold some forty."""
    readings = [credscore.read(document.text) for document in fixtures.documents()]
    found = sum(item.layer == "register" for reading in readings for item in reading.evidence)
    assert found <= sum(reading.words for reading in readings) / 12
