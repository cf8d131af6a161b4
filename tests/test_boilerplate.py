"""The page around a report is found by its menus, and texts with short lines of their own are left alone."""

import pytest

import credscore

REPORT = """Harbour wall to be raised
Monday 4 May, 10:15
The council voted on Monday to raise the harbour wall by one metre after three floods in two winters, officials said.
Engineers told the meeting that the work would take eighteen months and close the fish market for at least one of them.
"We have waited long enough for this," said Orla Tennick, who runs a bakery on the quay and lost an oven in the last flood.
The money comes from a regional fund, the treasurer said, and none of it has to be paid back before the work is complete.
A second vote on the colour of the stone is planned for June, when the full report on the harbour wall is to be published."""
ABOVE = "Home\nNews\nSport\nWeather\nJobs\nClassifieds\nSearch"
BELOW = """Related stories
Mayor opens swimming hall
Ice rink sold to a chain of garden shops for a sum nobody would name.
Bus fares frozen
About us
Privacy policy
Site map
Terms of use"""


def marked(text: str) -> list[str]:
    """What is marked as boilerplate."""
    return [item.text for item in credscore.read(text).evidence if item.layer == "boilerplate"]


def test_the_page_above_and_below_a_report_is_marked_line_by_line():
    assert marked(f"{ABOVE}\n{REPORT}\n{BELOW}") == [*ABOVE.split("\n"), *BELOW.split("\n")]


def test_a_line_of_a_frame_has_a_kind_and_a_note():
    evidence = credscore.read(f"{REPORT}\n{BELOW}").evidence
    story = next(item for item in evidence if item.text.startswith("Ice rink"))
    assert story.layer == "boilerplate"
    assert story.kind == "related_links"
    assert "around the report" in story.note


def test_the_report_keeps_its_headline_and_its_date():
    assert "Harbour wall to be raised" not in marked(f"{ABOVE}\n{REPORT}")
    assert "Monday 4 May, 10:15" not in marked(f"{ABOVE}\n{REPORT}")


@pytest.mark.parametrize(
    "lines",
    [
        "Grey stone\nGrey water\nNobody asks\nWhere the tide goes\nWhen it goes\nNor do we",
        "1. Copper pans\n2. Linen sheets\n3. Oak tables\n4. Tin lamps\n5. Wool rugs",
        "Q: And the wall?\nA: Higher.\nQ: By how much?\nA: A metre\nQ: Who pays?\nA: Everybody",
        "Education\nThe party wants smaller classes and has not said how it would pay for the teachers that they need.\n"
        "Health\nThe party wants shorter waits and has not said how it would pay for the doctors that they need.",
    ],
    ids=["verse", "list", "interview", "subheads"],
)
def test_short_lines_without_menus_are_no_frame(lines: str):
    assert not marked(f"{REPORT}\n{lines}")


def test_a_report_in_two_halves_stays_whole():
    """A block of menus inside a text takes neither half with it."""
    first = f"{REPORT}\n{REPORT}"
    second = first.replace("harbour", "river")
    found = marked(f"{first}\n{BELOW}\n{ABOVE}\n{second}")
    assert found == [*BELOW.split("\n"), *ABOVE.split("\n")]


@pytest.mark.parametrize(
    ("line", "is_marked"),
    [
        ("Share", True),
        ("Posted: Monday", True),
        ("Share prices fell in the last hour of trading.", False),
        ("Home, he said, was the sea.", False),
    ],
)
def test_a_label_is_all_of_its_line_or_what_stands_before_a_mark(line: str, is_marked: bool):
    assert bool(marked(f"{line}\n{REPORT}")) == is_marked


def test_the_length_of_a_line_does_not_depend_on_its_names():
    """A caption is furniture whoever stands in the picture: lengths are counted in running words."""
    caption = (
        "Singer {0} poses before signing copies of {0}'s album at the fair in the old town hall on November 18, 2015 in {0} Bay, "
        "where a crowd had waited since noon. (Ada Ruiz/Getty Images)\n\n"
    )
    whole = [marked(caption.format(name) + REPORT)[0].startswith("Singer") for name in ("Ode", "Quellanabrandsetter")]
    assert whole == [True, True]
