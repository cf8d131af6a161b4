"""Tables of texts and the quotations in them; what stands in ⟦ ⟧ is the quotation that must be found, marks included."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from credscore.evidence.quotations import _opens_single, find
from credscore.text.passage import Passage
from strategies import texts


def quotations(text: str) -> list[str]:
    """The quotations of a text as strings."""
    return [text[start:end] for start, end in find(Passage(text)).spans]


def check(marked: str) -> None:
    """Compare what is found with what is marked."""
    expected = [part.split("⟧")[0] for part in marked.split("⟦")[1:]]
    assert quotations(marked.replace("⟦", "").replace("⟧", "")) == expected


@pytest.mark.parametrize(
    "marked",
    (
        'He said: ⟦"It is safe."⟧ It fell.',
        '⟦"It is safe,"⟧ he said. ⟦"It is new."⟧',
        '⟦"It is,"⟧ he said, ⟦"safe."⟧',
        'It was ⟦"safe"⟧, he said.',
        '(⟦"Safe,"⟧ he said.)',
        'He said⟦"safe"⟧.'.replace("said⟦", "said, ⟦"),
        'The ⟦"safe"⟧-looking bridge.',
        'He called it ⟦"safe"⟧; she called it ⟦"old"⟧.',
        'He said:⟦"It is safe."⟧',
        '— ⟦"It is safe."⟧ —',
        '**⟦"It is safe,"⟧** he said.',
        '⟦"It is safe."⟧\n⟦"It is new."⟧',
        '⟦"Is it?"⟧ ⟦"It is!"⟧',
    ),
)
def test_straight_marks(marked: str) -> None:
    """Typewriter marks pair by what stands beside them."""
    check(marked)


@pytest.mark.parametrize(
    "marked",
    (
        "He said: ⟦“It is safe.”⟧ It fell.",
        "⟦“It is safe,”⟧ he said. ⟦“It is new.”⟧",
        "⟦“It’s safe,”⟧ he said; the town’s bridge wasn’t.",
        "⟦“He called it ‘safe’ once,”⟧ she said.",
        '⟦“Mixed marks,"⟧ he said.',
        '⟦"Mixed marks,”⟧ he said.',
        "It was ⟦“safe”⟧ — or ⟦“new”⟧.",
    ),
)
def test_curly_marks(marked: str) -> None:
    """Typographic and mixed marks read like straight ones; single marks inside a quotation are part of it."""
    check(marked)


@pytest.mark.parametrize(
    "marked",
    (
        "⟦‘It is safe,’⟧ he said.",
        "⟦'It is safe,'⟧ he said.",
        "He said: ⟦‘It’s safe and it won’t fall.’⟧ It fell.",
        "He said: ⟦'It's safe and it won't fall.'⟧ It fell.",
        "It was ⟦‘safe’⟧, she said.",
        "⟦‘The workers’ bridge is safe,’⟧ he said.",
    ),
)
def test_british_single_marks(marked: str) -> None:
    """Single marks are read as quotations where they cannot be apostrophes."""
    check(marked)


@pytest.mark.parametrize(
    "text",
    (
        "The town's bridge and the workers' hut weren't safe.",
        "The town’s bridge and the workers’ hut weren’t safe.",
        "'Tis the season of the '90s and rock 'n' roll.",
        "Back in the '60s the workers' hut was new.",
        "’Twas late, and he told ’em so.",
        "He is 6' 2\" tall.",
        "It was 5'10\" long and 3' wide.",
        'A 12" pizza and a 9" one.',
        "James' car and Charles' bridge fell.",
        "No marks at all.",
        "",
    ),
)
def test_no_quotations(text: str) -> None:
    """Apostrophes, elisions, possessives, feet and inches are no quotations."""
    assert quotations(text) == []


@pytest.mark.parametrize(
    "marked",
    (
        "⟦''It is safe,''⟧ he said.",
        "⟦``It is safe,''⟧ he said.",
        '⟦""It is safe,""⟧ he said.',
        "⟦‘‘It is safe,’’⟧ he said.",
    ),
)
def test_doubled_marks_are_one(marked: str) -> None:
    """Agencies write a double mark as two single ones; CSV files double theirs."""
    check(marked)


@pytest.mark.parametrize(
    "marked",
    (
        "Il a dit : ⟦«It is safe»⟧ and left.",
        "He said: ⟦„It is safe“⟧ and left.",
        "He said: ⟦„It is safe”⟧ and left.",
        "He said: ⟦»It is safe«⟧ and left.",
    ),
)
def test_foreign_marks(marked: str) -> None:
    """Guillemets and low marks, in either order, are quotation marks too."""
    check(marked)


@pytest.mark.parametrize(
    "marked",
    (
        "He said: ⟦“It is safe.⟧\n\n⟦“It is new.”⟧ He left.",
        'He said: ⟦"It is safe.⟧\n\n⟦"It is new.⟧\n\n⟦"It is wide."⟧ He left.',
        "⟦“It is safe. It is new.⟧\n\n⟦“It is wide,”⟧ he said. It fell.",
    ),
)
def test_quotations_over_several_paragraphs(marked: str) -> None:
    """A paragraph that ends inside a quotation hands it on if the next one opens with a mark."""
    check(marked)


@pytest.mark.parametrize("mark", ('"', "“", "„", "«", "'", "‘"))
@pytest.mark.parametrize("before", ("He said: {}It is safe. Nobody knows", "{}It is safe. Nobody knows", "It was {}safe and it fell"))
def test_unbalanced_marks_end_with_their_paragraph(mark: str, before: str) -> None:
    """A mark that is never closed does not swallow the next paragraph."""
    text = before.format(mark) + "\n\nThe disgraceful regime fell in the town.\n\nIt was late."
    assert all("disgraceful" not in found for found in quotations(text))


@pytest.mark.parametrize(
    "text",
    (
        'It fell." The disgraceful regime left.',
        'The 12" pipe and the disgraceful regime "fell" there.',
        "‘It fell. The town is quiet.\n\nThe disgraceful regime’s bridge is old. The workers’ hut is new.",
    ),
)
def test_stray_marks_swallow_nothing(text: str) -> None:
    """One stray mark does not turn the writer's own words into somebody else's."""
    assert all("disgraceful" not in found for found in quotations(text))


@given(texts())
@example('\'He said "no way" to me and "never", you see,\' Ruiz said.')
@example("‘They cried “it falls” and “run”, they did,’ Ruiz said.")
@settings(max_examples=300)
def test_quotations_are_spans_in_order(text: str) -> None:
    """Quotations index the text, hold something and do not overlap, whatever the marks."""
    passage = Passage(text)
    spans = find(passage).spans
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for start, end in spans:
        assert any(first <= start and end <= last for first, last in passage.paragraphs)


@given(texts())
def test_around_and_within_agree_with_the_spans(text: str) -> None:
    """The look-ups find what a plain search through the spans finds."""
    found = find(Passage(text))
    for start in range(0, len(text), 3):
        holding = [span for span in found.spans if span[0] <= start and start + 1 <= span[1]]
        assert found.around(start, start + 1) == (holding[-1] if holding else None)
        assert found.within(start, start + 20) == [span for span in found.spans if start <= span[0] < start + 20]


@given(st.text(st.sampled_from("a' \n\".")))
def test_a_text_without_single_openings_is_known(plain: str) -> None:
    """The look that spares most texts the search for single marks."""
    assert _opens_single(plain) == (plain.startswith("'") or " '" in plain or "\n'" in plain)
