"""Scores that travel between processes arrive as they were, whoever looks at them first."""

import copy
import json
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings

import credscore
from credscore import Document, Failure, Score
from strategies import scorable_texts

TEXT = (
    "The mayor, Ada Ruiz, told the Daily Gazette that the bridge “was safe enough”. Two officials briefed on the survey said it was not, "
    "because they were not authorised to speak. Critics say the neo-Nazi regime next door may be to blame!\n\nSubscribe to our newsletter."
)


def traveled(score: Score) -> Score:
    made = pickle.loads(pickle.dumps(score))
    assert isinstance(made, Score)
    return made


@given(scorable_texts())
@settings(max_examples=50)
def test_a_score_arrives_as_it_was(text: str) -> None:
    """Equal, of the same types, and the same bytes of JSON."""
    score = credscore.score(text, title="Bridge ‘may fall’")
    assert traveled(score) == score
    assert traveled(score).to_json() == score.to_json()
    assert repr(traveled(traveled(score))) == repr(score)
    assert copy.deepcopy(score) == score


def test_evidence_is_one_thing_wherever_it_is_seen() -> None:
    """The pieces in contributions are those of the score, whichever is asked for first."""
    for first in "evidence", "contributions":
        score = traveled(credscore.score(TEXT))
        assert getattr(score, first)
        seen = {id(item) for contribution in score.contributions for item in contribution.evidence}
        assert seen
        assert seen <= {id(item) for item in score.evidence}


def test_many_threads_may_ask_at_once() -> None:
    for _ in range(20):
        score = traveled(credscore.score(TEXT))
        with ThreadPoolExecutor(4) as pool:
            lines = [*pool.map(lambda _, score=score: score.to_json(), range(8))]
        assert len(set(lines)) == 1


def test_numbers_need_no_unpacking() -> None:
    """A batch that wants the values alone does not pay for the evidence."""
    score = credscore.score(TEXT)
    arrived = traveled(score)
    assert (arrived.value, arrived.features, arrived.signature) == (score.value, score.features, score.signature)
    assert arrived._later.keys() == {"find"}
    assert arrived.evidence == score.evidence
    assert arrived._later.keys() == {"found"}


def test_scores_made_anew_travel_too() -> None:
    """Without evidence of its own, with other evidence than its contributions have, and read from JSON."""
    score = credscore.score(TEXT)
    for made in replace(score, evidence=()), replace(score, evidence=(), contributions=()), Score.from_json(score.to_json()):
        assert traveled(made) == made
    assert json.loads(traveled(score).to_json()) == score.to_dict()


class Kept(Score):
    """A score of somebody's own kind."""


def test_a_score_keeps_its_type() -> None:
    score = credscore.score(TEXT)
    made = traveled(Kept(**{field.name: getattr(score, field.name) for field in fields(score)}))
    assert type(made) is Kept
    assert made.evidence == score.evidence


def test_a_score_may_do_without_evidence() -> None:
    """It holds none until it is asked, and then the same: the same bytes, a prior included. Handed on, it brings its own evidence along."""
    whole, numbers = (credscore.score(TEXT, "Bridge ‘may fall’", prior=0.2, keep_evidence=kept) for kept in (True, False))
    assert numbers._later.keys() == {"find"}
    assert (numbers.value, numbers.probability, numbers.features) == (whole.value, whole.probability, whole.features)
    assert numbers._later.keys() == {"find"}
    assert numbers.to_json() == whole.to_json()
    assert numbers._later.keys() == {"found"}
    handed_on = pickle.dumps(credscore.score(TEXT, "Bridge ‘may fall’", prior=0.2, keep_evidence=False))
    assert len(handed_on) < 1.1 * len(pickle.dumps(whole))
    assert pickle.loads(handed_on) == whole


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_scores_may_do_without_evidence(jobs: int) -> None:
    """In one process and in two, failures in their places; what becomes of a mapping afterwards is no matter."""
    scorer = credscore.load()
    changing = {"id": "b", "title": "Bridge ‘may fall’", "text": TEXT, "source": "vessen-post.example"}
    documents: list[Any] = [TEXT, "Too short.", changing, 7, Failure("d", "unreadable", "no such file"), Document(TEXT, id="e")]
    whole = [json.dumps(result.to_dict()) for result in scorer.score_many(documents, prior=0.4)]
    numbers = list(scorer.score_many(documents, prior=0.4, jobs=jobs, keep_evidence=False))
    assert [result._later.keys() == {"find"} for result in numbers if isinstance(result, Score)] == [True] * 3
    changing.update(title="Another", text="And another text.")
    assert [json.dumps(result.to_dict()) for result in numbers] == whole


@pytest.mark.parametrize("keep_evidence", [True, False])
def test_documents_may_go_on_after_an_error(keep_evidence: bool) -> None:
    """An iterator that raises in between raises in its place, and each score after it is that of its own document."""
    given = iter([TEXT, OSError("gone"), f"{TEXT} {TEXT}"])

    class Documents:
        def __iter__(self) -> Iterator[str]:
            return self

        def __next__(self) -> str:
            if isinstance(item := next(given), OSError):
                raise item
            return item

    results = credscore.load().score_many(Documents(), keep_evidence=keep_evidence)
    first = next(results)
    with pytest.raises(OSError, match="gone"):
        next(results)
    assert (first, next(results)) == (credscore.score(TEXT), credscore.score(f"{TEXT} {TEXT}"))


@pytest.mark.parametrize("keep_evidence", [True, False])
def test_one_mapping_may_bring_many_documents(keep_evidence: bool) -> None:
    """A loop that fills the same mapping anew for each document: each is scored as it was handed in, by other processes too."""
    scorer = credscore.load()

    def refilled() -> Iterator[dict[str, str]]:
        row = {}
        for number in range(20):
            row.update(id=str(number), text=f"{TEXT} {TEXT if number % 2 else ''}")
            yield row

    results = list(scorer.score_many(refilled(), jobs=2, keep_evidence=keep_evidence))
    assert [result.id for result in results] == [str(number) for number in range(20)]
    assert {result.to_json().partition(',"source"')[2] for result in results if isinstance(result, Score)} == {
        scorer.score(text).to_json().partition(',"source"')[2] for text in (f"{TEXT} ", f"{TEXT} {TEXT}")
    }


def test_what_a_score_has_not_is_told() -> None:
    with pytest.raises(AttributeError, match="'Score' object has no attribute 'verdict'"):
        traveled(credscore.score(TEXT)).verdict  # noqa: B018
